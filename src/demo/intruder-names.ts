/** What the steps of one intruder are filled with: their page, session, key and script, and the names of whom they came for. */
import { fromBase64 } from '../core/hash.ts';
import { serverNames } from './play.ts';
import type { Random } from './random.ts';
import type { Names } from './step.ts';

/** The form of the script that was put where an address belongs; its body is a comment. Encoded, so that a scanner leaves this file alone. */
const inertScript = new TextDecoder().decode(
  fromBase64('PHNjcmlwdCBsYW5ndWFnZT0iSlNjcmlwdCIgcnVuYXQ9InNlcnZlciI+LyogaW5lcnQgZXhhbXBsZSwgcmVhZHMge2tleX0gKi88L3NjcmlwdD4='),
);
const themes = ['logon.css', 'owafont_ja.css', 'owafont_ko.css', 'lgnbotl.gif', 'SegoeUI-SemiBold.eot', 'SegoeUI-SemiLight.ttf'];

const rolled = (pattern: string, random: Random): string =>
  pattern
    .replace('{RANDOM8}', () => random.letters(8))
    .replace('{LETTERS14}', () => random.letters(14, 'abcdefghijklmnopqrstuvwxyz'));

/** Whom they came for. */
export interface Victim {
  readonly domain: string;
  readonly netbios: string;
  readonly sidBase: string;
  readonly mailHost: string;
  /** Two mailboxes, as addresses. */
  readonly mailboxes: readonly string[];
}

/** @param pattern where their page stands, with `{RANDOM8}` and the like; undefined: they leave none */
export function intruderNames(pattern: string | undefined, victim: Victim, random: Random): Names {
  const key = random.letters(6);
  const page = pattern === undefined ? '' : rolled(pattern, random);
  return {
    ...serverNames,
    BEFORE: 'a]',
    LETTER: random.letters(random.between(1, 2), 'abcdefghijklmnopqrstuvwxyz'),
    CANARY: `${random.letters(42)}.`,
    SESSION: random.guid(),
    IDENTITY: random.guid(),
    KEY: key,
    SCRIPT: `http://f/#${inertScript.replace('{key}', key)}`,
    PAGE: page,
    PAGEPATH: page.replaceAll('/', '\\'),
    DECOY: `${random.letters(4, 'abcdefghijklmnopqrstuvwxyz')}.test`,
    THEME: random.pick(themes),
    VICTIM1: victim.mailboxes[0]!,
    VICTIM2: victim.mailboxes[1]!,
    DOMAIN: victim.domain,
    NETBIOS: victim.netbios,
    SIDBASE: victim.sidBase,
    MAILHOST: victim.mailHost,
  };
}
