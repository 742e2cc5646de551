/** What no single row proves but several together do. The texts stand here as those of a pack stand in the pack. */
import type { Proof, Step } from '../core/pack.ts';
import type { Confidence, Stage } from '../core/stage.ts';

const proof = (
  name: string, step: Step, stage: Stage, confidence: Confidence, title: string, proves: string, doesNotProve: string, innocent: string, techniques: readonly string[],
): Proof => ({
  rule: `together/${name}`, step, stage, confidence, title, proves, doesNotProve, innocent, techniques,
  cves: [], decisive: ['cs-method', 'cs-uri-stem', 'sc-status', 'AnchorMailbox', 'CMD'],
});

export const builtIn = {
  chain: proof(
    'chain', 'enter', 'exploited', 'probable',
    'They used an answer that only a successful request gives',
    'A later request carries what the server hands out only when the earlier one has worked (a session, a canary). So the earlier one very likely worked.',
    'The rows are the intruder’s own words; the server’s answer is not among them. The ECP server log or the HttpProxy status decides.',
    'None known: no ordinary program makes these requests in this order.',
    ['T1190'],
  ),
  written: proof(
    'written', 'arm', 'implanted', 'confirmed',
    'A script was planted and then written out as a page',
    'The server accepted a script as a web address, and then ran the reset that writes the address into a file.',
    'It does not say under which name the page stands, nor that anybody used it.',
    'None known: administrators set these addresses to an https address, and rarely reset the directory within minutes.',
    ['T1190', 'T1505.003'],
  ),
  pageAnswered: proof(
    'page-answered', 'page', 'implanted', 'confirmed',
    'A page that Exchange does not ship answered after the script had been planted',
    'Something was written, and a page that is no part of the product was there afterwards and answered.',
    'The answer alone does not say what the page does; the file itself does, or its compiled copy.',
    'None known, when a script was planted just before.',
    ['T1505.003'],
  ),
  orders: proof(
    'orders', 'order', 'operated', 'probable',
    'The page was sent data again and again, and worked on it',
    'Several POST requests were answered, and the answers took different times or had different sizes: the page did different things.',
    'What was sent is not in this log: bodies of requests are never logged. A child process of the web server, or a file that appeared, would prove it.',
    'A form of an add-on that stands in this folder; Exchange itself has none there.',
    ['T1505.003', 'T1059'],
  ),
  askedOnce: proof(
    'asked-once', 'page', 'implanted', 'probable',
    'The page was sent data once and answered',
    'A page that is no part of the product took a POST and answered it.',
    'Asked once; bodies are not logged, so we cannot see what was asked.',
    'A form of an add-on that stands in this folder; Exchange itself has none there.',
    ['T1505.003'],
  ),
  visitor: proof(
    'visitor', 'page', 'probed', 'confirmed',
    'Somebody else asked for the page that another had left',
    'Another address asked for the page, with nothing but a look.',
    'It does not say that they used it.',
    'A responder, a scanner of an authority or a researcher looking for known pages.',
    ['T1595.003'],
  ),
} as const;

/** Proofs of the rules that a run makes for itself from what it learnt (`learnt/…`). */
export const learntProofs: readonly Proof[] = [
  {
    ...proof(
      'learnt', 'page', 'implanted', 'probable',
      'The page whose path stands in the server’s log was asked for and answered',
      'The file that the cmdlet wrote is reachable from the web and answers.',
      'The answer alone does not say what the page does.',
      'None known.',
      ['T1505.003'],
    ),
    rule: 'learnt/page-answered',
  },
  {
    ...proof(
      'learnt-asked', 'page', 'probed', 'confirmed',
      'The page whose path stands in the server’s log was asked for and not found',
      'Somebody knew the name of the page.',
      'It was not there, or not reachable, at that time.',
      'A responder or scanner that looks for known pages.',
      ['T1595.003'],
    ),
    rule: 'learnt/page-asked',
  },
];
