/**
 * The key in which Exchange's setup keeps what it installed, `HKLM\SOFTWARE\Microsoft\ExchangeServer\v15\Setup`, as `reg query` prints
 * it and `reg export` or regedit writes it. `OwaVersion` is the installed build; it follows updates.
 * @see https://github.com/microsoft/CSS-Exchange, Setup/SetupAssist
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { layoutOfNoun, nouns, versionSource } from './powershell-nouns.ts';
import { firstLines, textLines } from './text-lines.ts';

const layout = layoutOfNoun(nouns.find(({ logSource }) => logSource === versionSource)!);

const key = /^\s*\[?HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\ExchangeServer\\v1[45]\\Setup\]?\s*$/i;
const anyKey = /^\s*\[?-?HKEY_[A-Z_]{4,20}\\/i;
const version = /^\s{0,8}"?OwaVersion"?\s{0,10}(?:=|REG_SZ\s{1,10})\s{0,4}"?(\d{1,2}\.\d{1,2}\.\d{1,5}\.\d{1,5})"?\s*$/i;
const anyValue = /^\s{0,8}(?:"[^"]{1,200}"=|@=|[A-Za-z]\w{0,60}\s{2,10}REG_)/;

function* parseSetup(text: string): Generator<PlainRecord> {
  let inside = false;
  for (const line of textLines(text)) {
    const words = line.text.slice(0, 1000);
    if (anyKey.test(words)) inside = key.test(words);
    const found = inside ? version.exec(words) : null;
    if (found === null) continue;
    const fields = new Map([
      ['FileVersion', found[1]!],
      ['File', 'OwaVersion'],
    ]);
    yield { start: line.start, end: line.end, line: line.number, timeMs: Number.NaN, layout, fields };
  }
}

export const registrySetup: Reader = {
  kind: 'registry-setup',
  logSource: versionSource,
  speaksFor: 'state',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) => (firstLines(head, 400).some((line) => key.test(line.slice(0, 400))) ? 0.91 : 0),
  claims(given, previous) {
    const line = given.slice(0, 1000);
    if (version.test(line)) return 2;
    if (key.test(line)) return 1;
    return previous && anyValue.test(line) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(versionSource, demand, parseSetup),
};
