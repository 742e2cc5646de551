/**
 * `EOMTSummary.txt` and its sibling of EOMTv2: the same text for every server, whatever happened. It says that the tool was run, and,
 * only when the run broke off, that the attempt did not succeed. It never says that the server is mitigated or clean.
 * @see https://github.com/microsoft/CSS-Exchange/issues/1279
 */
import type { Problems } from '../core/problem.ts';
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';
import { trimmedLines } from './text-lines.ts';

const logSource = 'eomt';

const fields: Readonly<Record<string, FieldFacts>> = {
  Kind: by('server'),
  Value: by('server', 'note'),
};
const layout: Layout = layoutOf(logSource, Object.keys(fields), fields);

const title = /^\s*(?:Microsoft Safety Scanner and CVE-2021-26855 mitigation summary|EOMTv2 mitigation summary)\s*$/i;
const message = /^\s*Message: Microsoft attempted to mitigate and protect your Exchange server from (CVE-\d{4}-\d{4,6})/i;
const failed = /This attempt was unsuccessful/i;
const furniture =
  /^\s*(?:For more information on these|Please review locations|Microsoft saved several files|[a-d] - |\d - |rewrite_|<\/?(?:system\.webServer|rewrite|rules?|match|conditions|add|action)\b|Microsoft Safety Scanner log can be found)/i;

function parse(text: string, problems: Problems): PlainRecord[] {
  const records: PlainRecord[] = [];
  for (const line of trimmedLines(text)) {
    const run = message.exec(line.text.slice(0, 1000));
    const broken = failed.test(line.text.slice(0, 1000));
    if (run === null && !broken) continue;
    const kind = broken ? 'failed' : 'summary';
    const value = line.text.trim().slice(0, 400);
    if (broken) problems.add('tool.skipped', line.start, { found: value });
    const own = new Map([
      ['Kind', kind],
      ['Value', value],
    ]);
    records.push({ start: line.start, end: line.end, line: line.number, timeMs: Number.NaN, layout, fields: own });
  }
  return records;
}

export const eomtSummary: Reader = {
  kind: 'eomt-summary',
  logSource,
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) =>
    head.split(/\r?\n|\r/, 40).some((line) => title.test(line)) &&
    message.test(head.split(/\r?\n|\r/, 5).find((line) => message.test(line)) ?? '')
      ? 0.95
      : 0,
  claims(given, previous) {
    const line = given.slice(0, 1000);
    if (message.test(line)) return 2;
    if (title.test(line)) return 1;
    return previous && (furniture.test(line) || failed.test(line)) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(logSource, demand, parse),
};
