/**
 * EOMT and EOMTv2, Microsoft's mitigation tools: `EOMT.log` (time, level, sentence) and the same sentences on the console. They say
 * what was run, whether the server was vulnerable, whether the mitigation was put in, and what its virus scan told. Times are the
 * server's wall clock.
 * @see https://microsoft.github.io/CSS-Exchange/Security/EOMT-Legacy/
 */
import type { Problems } from '../core/problem.ts';
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';
import { trimmedLines } from './text-lines.ts';

const logSource = 'eomt';

const fields: Readonly<Record<string, FieldFacts>> = {
  Server: by('server', 'server.name'),
  Kind: by('server'),
  Level: by('server'),
  Value: by('server', 'note'),
  Seen: by('server'),
};
const layout: Layout = layoutOf(logSource, Object.keys(fields), fields);

/** `2021-03-16 10:20:30 Info: …`, or the console's `VERBOSE: …`, in the words of the server's language for the latter. */
const logged = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (Info|Notice|Error): (.{3,2000})$/;
const shown =
  /^\s*(VERBOSE|NOTICE|AUSF\u00dcHRLICH|COMMENTAIRES|DETALLADO|DETTAGLIATO|[\w.\\:/-]{0,200}EOMT(?:v2)?\.ps1 ?|Write-Error ?|Set-LogActivity ?) ?: (.{3,2000})$/;

/** Sentence → what it says. A group holds the server's name. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^Starting EOMT(?:v2)?\.ps1 version \S+ on (\S+)/, 'run'],
  [/^(\S+) is vulnerable: applying mitigation/, 'vulnerable'],
  [/^(\S+) is not vulnerable: mitigation not needed/, 'not_vulnerable'],
  [/has been fixed for the Exchange build running on this computer/, 'not_vulnerable'],
  [/^Applying mitigation on (\S+)/, 'vulnerable'],
  [/^Mitigation complete on (\S+)/, 'mitigated'],
  [/^Mitigation failed on (\S+)/, 'mitigation_failed'],
  [/^(?:Issue installing|Incorrect) IIS URL Rewrite Module (?:downloaded on )?(\S+)/, 'mitigation_failed'],
  [/^Did not detect the KB2999226 on (\S+?)\.? /, 'mitigation_failed'],
  [/^Mitigation not present on (\S+)/, 'not_mitigated'],
  [/^Rollback of mitigation complete on (\S+)/, 'rolled_back'],
  [/^Skipping mitigation .* on (\S+)/, 'skipped'],
  [/^Skipping MSERT scan .* on (\S+)/, 'skipped'],
  [/^Unable to run MSERT/, 'skipped'],
  [/^MSERT download failed on (\S+?),?(?:$| )/, 'skipped'],
  [/^Did not find expected scanner log file/, 'skipped'],
  [/^File present at .* does not seem to be signed/, 'skipped'],
  [/^Running Microsoft Safety Scanner - Mode: .* on (\S+)/, 'scan'],
  [/^Threats detected! Please review/, 'scan_threats'],
  [/^Microsoft Safety Scanner is complete on (\S+) No known threats detected/, 'scan_clean'],
  [/^EOMT(?:v2)?\.ps1 complete on (\S+?),/, 'ended'],
  [/^EOMT(?:v2)?\.ps1 failed to complete on (\S+?),/, 'failed'],
];

function told(line: string): { readonly seen: string; readonly level: string; readonly words: string } | null {
  const log = logged.exec(line);
  if (log !== null) return { seen: log[1]!.replace(' ', 'T'), level: log[2]!, words: log[3]! };
  const console = shown.exec(line);
  if (console === null) return null;
  return {
    seen: '',
    level: /^NOTICE/.test(console[1]!) ? 'Notice' : /EOMT|Error|Set-Log/.test(console[1]!) ? 'Error' : 'Info',
    words: console[2]!,
  };
}

function meaning(words: string): { readonly kind: string; readonly server: string } | null {
  for (const [shape, kind] of sentences) {
    const match = shape.exec(words);
    if (match !== null) return { kind, server: match[1] ?? '' };
  }
  return null;
}

function parse(text: string, problems: Problems): PlainRecord[] {
  const records: PlainRecord[] = [];
  let server = '';
  for (const line of trimmedLines(text)) {
    const said = told(line.text.slice(0, 3000));
    const found = said === null ? null : meaning(said.words);
    if (said === null || found === null) continue;
    if (found.server !== '') server = found.server;
    if (found.kind === 'skipped' || found.kind === 'failed')
      problems.add('tool.skipped', line.start, { found: said.words.slice(0, 200) });
    const own = new Map<string, string>([
      ['Server', server],
      ['Kind', found.kind],
      ['Level', said.level],
      ['Value', said.words],
      ['Seen', said.seen],
    ]);
    for (const [name, value] of own) if (value === '') own.delete(name);
    records.push({ start: line.start, end: line.end, line: line.number, timeMs: Number.NaN, layout, fields: own });
  }
  return records;
}

const isTelling = (line: string): boolean => {
  const said = told(line.slice(0, 3000));
  return said !== null && meaning(said.words) !== null;
};

export const eomt: Reader = {
  kind: 'eomt',
  logSource,
  speaksFor: 'excerpt',
  clock: 'local',
  blockBytes: null,
  recognise: (head) =>
    head.split(/\r?\n|\r/, 100).some((line) => logged.test(line.slice(0, 3000)) && isTelling(line)) ? 0.92 : 0,
  claims(line, previous) {
    if (isTelling(line)) return 2;
    return previous && told(line.slice(0, 3000)) !== null ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(logSource, demand, parse),
};
