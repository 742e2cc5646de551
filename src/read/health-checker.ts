/**
 * The text of Microsoft's HealthChecker: build, updates, role, weaknesses and mitigations of one server after another. A state on the
 * day of `Generation Time`, which is a wall clock in the language of whoever ran it.
 * @see https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { buildOf, healthRecord, healthSource } from './health-checker-record.ts';
import { headLines, type TextLine, trimmedLines } from './text-lines.ts';

const heading = /^\s*Exchange Information\s*$/i;
const version = /^\s*Exchange Health Checker version/i;
const keyed = /^\s{0,40}([A-Za-z][A-Za-z0-9 ()/.-]{1,60}?)\s{0,20}:\s(.*)$/;
const update = /^\s*((?:Security|Cumulative|Hotfix) Update (?:for|\d).{3,120})$/i;
const cve = /(?:CVE-\d{4}-\d{4,6}|ADV\d{6,9})/g;
const settings =
  /^(?:Extended Protection Enabled.*|AMSI Enabled|Exchange Emergency Mitigation Service|EEMS.*|Windows service|Pattern service|Mitigation applied|Mitigations? (?:Blocked|Applied).*|SerializedDataSigning Enabled|IIS module anomalies detected|Internet Web Proxy|Vulnerability Detected|Setting Overrides Detected)$/i;

interface Server {
  readonly first: TextLine;
  last: TextLine;
  readonly values: Map<string, string>;
}

function parse(text: string, problems: Problems): PlainRecord[] {
  const servers: Server[] = [];
  const details: { readonly server: number; readonly line: TextLine; readonly kind: string; readonly value: string }[] = [];
  let open = false;
  const add = (line: TextLine, kind: string, value: string): void =>
    void details.push({ server: servers.length - 1, line, kind, value });
  for (const line of trimmedLines(text)) {
    if (heading.test(line.text)) {
      open = true;
      continue;
    }
    const words = line.text.slice(0, 2000);
    const match = keyed.exec(words);
    const [key, value] = [match?.[1]?.trim() ?? '', match?.[2]?.trim() ?? ''];
    // A copy of the middle begins without the heading.
    const begins = key === 'Name' && (open || servers.length === 0);
    if (begins) {
      servers.push({ first: line, last: line, values: new Map([['Name', value]]) });
      open = false;
      continue;
    }
    const server = servers.at(-1);
    if (server === undefined) continue;
    if (['Generation Time', 'Version', 'Build Number', 'Server Role'].includes(key)) {
      if (!server.values.has(key)) {
        server.values.set(key, value);
        server.last = line;
      }
    } else if (update.test(words)) add(line, 'update', words.trim());
    else if (settings.test(key)) add(line, 'setting', `${key}: ${value}`.slice(0, 400));
    else if (/vulnerab/i.test(key) || /^\s*(?:CVE-|ADV)\d/.test(words)) {
      const ids = [...new Set(words.slice(0, 400).match(cve) ?? [])];
      // The address behind `See:` repeats the number that stands before it.
      if (!/^\s*See:/i.test(words)) for (const id of ids) add(line, 'vulnerability', id);
    }
  }
  const dates = new DateColumn();
  for (const { values } of servers) dates.learn(values.get('Generation Time') ?? '');
  const records: PlainRecord[] = [];
  let next = 0;
  for (const [index, { first, last, values }] of servers.entries()) {
    const stamp = values.get('Generation Time') ?? '';
    const { timeMs, local } = claimDate(dates.read(stamp), stamp, first.start, problems);
    const common = { Server: values.get('Name') ?? '', Seen: local ?? '' };
    const number = values.get('Build Number') ?? '';
    records.push(
      healthRecord(
        { start: first.start, end: last.end, line: first.number },
        {
          ...common,
          Kind: 'server',
          Build: buildOf(number) ?? '',
          // A build that is written in a way nobody knows is shown, not read.
          Value: buildOf(number) === null ? number : '',
          Product: values.get('Version') ?? '',
          Role: values.get('Server Role') ?? '',
        },
        timeMs,
      ),
    );
    const told = new Set<string>();
    for (; next < details.length && details[next]!.server === index; next++) {
      const { line, kind, value } = details[next]!;
      if (told.has(`${kind} ${value}`)) continue;
      told.add(`${kind} ${value}`);
      records.push(
        healthRecord({ start: line.start, end: line.end, line: line.number }, { ...common, Kind: kind, Value: value }, timeMs),
      );
    }
  }
  return records;
}

export const healthChecker: Reader = {
  kind: 'health-checker',
  logSource: healthSource,
  speaksFor: 'state',
  clock: 'local',
  blockBytes: null,
  recognise(head) {
    const lines = headLines(head, 400);
    const about = lines.some((line) => version.test(line) || heading.test(line));
    return about && lines.some((line) => /^\s*Build Number:\s*\d/i.test(line)) ? 0.93 : 0;
  },
  claims(given, previous) {
    const line = given.slice(0, 2000);
    if (/^\s*Build Number:\s*(?:8|14|15)\.\d/i.test(line)) return 2;
    if (heading.test(line) || version.test(line)) return 1;
    return previous &&
      (/^\s*-{3,}\s*$/.test(line) ||
        keyed.test(line) ||
        update.test(line) ||
        /^\s*(?:CVE-|ADV)\d/.test(line) ||
        /^\s+\S/.test(line))
      ? 1
      : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(healthSource, demand, parse),
};
