/** What a file that Exchange does not ship, or not so, proves. The texts stand here as those of a pack stand in the pack. */
import type { Proof } from '../core/pack.ts';
import type { Confidence } from '../core/stage.ts';

const proof = (
  name: string,
  confidence: Confidence,
  title: string,
  proves: string,
  doesNotProve: string,
  innocent: string,
): Proof => ({
  rule: `inventory/${name}`,
  step: 'page',
  stage: 'implanted',
  confidence,
  title,
  proves,
  doesNotProve,
  innocent,
  techniques: ['T1505.003'],
  cves: [],
  decisive: ['Path', 'FilePath', 'Decisive'],
});

const pageOfAddOn =
  'A page of an add-on (signatures, password reset), or of a newer build than the lists know: then whoever looks after the server knows of it.';

export const inventoryProofs: readonly Proof[] = [
  proof(
    'back-door-in-place',
    'probable',
    'A page that does what a visitor sends stands among the pages of Exchange, and Exchange does not ship it',
    'The file is there, the web server gives it out, no build has it, and its text hands what a visitor sends to something that runs, writes or passes it on.',
    'That anybody used it: the web server’s log tells.',
    'A tool of an administrator or a penetration test that was left behind.',
  ),
  proof(
    'changed-back-door',
    'probable',
    'A page of Exchange was changed into one that does what a visitor sends',
    'The file has the name of a shipped page and other bytes than any build ships, and its text hands what a visitor sends to something that runs, writes or passes it on.',
    'That anybody used it: the web server’s log tells.',
    'None known.',
  ),
  proof(
    'not-shipped-in-place',
    'probable',
    'A page stands in an open web folder of Exchange, and Exchange does not ship it',
    'The file is there, anybody can ask for it without a name, and no build that we know has one of this name and content.',
    'What it does, and who put it there.',
    pageOfAddOn,
  ),
  proof(
    'not-shipped',
    'possible',
    'A page stands among the pages of Exchange, and Exchange does not ship it',
    'The file is there, and no build that we know has one of this name and content.',
    'What it does, and who put it there.',
    pageOfAddOn,
  ),
  proof(
    'changed',
    'possible',
    'A page of Exchange has other bytes than any build ships',
    'The file has the name of a shipped page and other bytes.',
    'That the change is hostile: what it does now was read and nothing of the kind was seen, or its text is not here.',
    'A sign-in page with the organisation’s logo or text; an update that is in no list; line ends that were changed on the way here.',
  ),
];
