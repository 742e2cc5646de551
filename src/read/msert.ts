/**
 * `msert.log` and `mrt.log`: what the Microsoft Safety Scanner and the Malicious Software Removal Tool found and removed. The counter
 * that the scanner shows while it runs is no result: only what stands here is. Times are the server's wall clock, without a zone.
 * @see https://learn.microsoft.com/en-us/defender-endpoint/safety-scanner-download
 */
import { DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { actionOf, antivirusRecord, antivirusSource, isFile, resourceOf } from './antivirus-record.ts';
import { headLines, type TextLine, trimmedLines } from './text-lines.ts';

const product = /^\s*(Microsoft Safety Scanner|Microsoft Windows Malicious Software Removal Tool) v\d/i;
const started = /^\s*Started On (.{10,60})$/i;
const finished = /^\s*Microsoft (?:Safety Scanner|Windows Malicious Software Removal Tool) Finished On (.{10,60})$/i;
const threat = /^\s*Threat detected:\s*([^\s,]{3,200})\s*,?\s*(.{0,200})$/i;
const action = /^\s*Action:\s*(\w{1,40}),?\s*(?:Result:\s*(0x[0-9a-f]{1,8}))?/i;
const resource = /^\s*([a-z-]{3,20}:\/\/.{1,4000})$/i;
const signature = /^\s*SigSeq:/i;
const found = /^\s*Found\s+([A-Za-z]{2,40}:[^\s,]{3,200})\s*,?\s*(.{0,200})$/;
const clean = /^\s*No infection found\.?\s*$/i;
const returned = /^\s*Return code:\s*(-?\d{1,12})(?:\s*\((0x[0-9a-f]{1,8})\))?/i;
const furniture =
  /^\s*(?:Engine:|Signatures:|MpGear:|Run Mode:|(?:Quick|Full|Extended|Custom(?:ized)?) Scan (?:Results|Removal)|Results Summary:|-{4,}\s*$|Successfully Submitted|Extended Scan|Security Intelligence|reboot-mode:|->|Operation )/i;

interface Threat {
  readonly name: string;
  readonly words: string;
  readonly place: TextLine;
  action: string;
  result: string;
  paths: number;
}

const toolOf = (name: string): string => (/safety/i.test(name) ? 'MSERT' : 'MSRT');

function parse(text: string, problems: Problems): PlainRecord[] {
  const records: PlainRecord[] = [];
  const column = new DateColumn();
  let tool = 'MSERT';
  let localTime = '';
  let open: TextLine | null = null;
  let current: Threat | null = null;
  let foundNothing = false;
  let listed = new Set<string>();
  const place = (line: TextLine): { start: number; end: number; line: number } => ({
    start: line.start,
    end: line.end,
    line: line.number,
  });
  const actionFor = (one: Threat): string => {
    // The words behind the name speak for the threat as a whole, the line below for its files; a failure outweighs both.
    if (/not removed/i.test(one.words)) return 'none';
    if (one.result !== '' && !/^0x0+$/i.test(one.result)) return 'failed';
    return (one.action === '' ? '' : actionOf(one.action)) || actionOf(one.words);
  };
  const detection = (one: Threat, line: TextLine, path: string): void => {
    records.push(
      antivirusRecord(place(line), {
        Tool: tool,
        Kind: 'detection',
        Threat: one.name,
        Path: path,
        Action: actionFor(one),
        Result: [one.words, one.result].filter((word) => word !== '').join(' '),
        Seen: localTime,
      }),
    );
  };
  const close = (): void => {
    if (current !== null && current.paths === 0) detection(current, current.place, '');
    current = null;
  };
  const unfinished = (): void => {
    if (open !== null)
      problems.add('tool.skipped', open.start, { found: `${tool}: the scan of ${localTime || 'an unknown time'} has no end` });
    open = null;
  };
  for (const line of trimmedLines(text)) {
    const productMatch = product.exec(line.text);
    const startMatch = productMatch === null ? started.exec(line.text) : null;
    if (productMatch !== null) {
      close();
      unfinished();
      tool = toolOf(productMatch[1]!);
      localTime = '';
      foundNothing = false;
      listed = new Set();
      open = line;
      continue;
    }
    if (startMatch !== null) {
      close();
      const date = column.read(startMatch[1]!);
      localTime = date.kind === 'local' ? date.local : '';
      if (localTime === '') problems.add('row.time', line.start, { found: startMatch[1]!.slice(0, 60) });
      records.push(antivirusRecord(place(line), { Tool: tool, Kind: 'started', Seen: localTime }));
      continue;
    }
    const threatMatch = threat.exec(line.text);
    if (threatMatch !== null) {
      close();
      listed.add(threatMatch[1]!);
      current = { name: threatMatch[1]!, words: threatMatch[2]!.trim(), place: line, action: '', result: '', paths: 0 };
      continue;
    }
    const actionMatch = action.exec(line.text);
    if (actionMatch !== null && current !== null) {
      current.action = actionMatch[1]!;
      current.result = actionMatch[2] ?? '';
      continue;
    }
    const resourceMatch = resource.exec(line.text);
    if (resourceMatch !== null && current !== null) {
      const { scheme, path } = resourceOf(resourceMatch[1]!);
      if (isFile(scheme)) {
        current.paths++;
        detection(current, line, path);
      }
      continue;
    }
    if (signature.test(line.text)) continue;
    const foundMatch = found.exec(line.text);
    const returnMatch = returned.exec(line.text);
    const finishMatch = finished.exec(line.text);
    if (foundMatch !== null) {
      close();
      // The summary repeats what stands above; alone it is all that somebody copied.
      if (!listed.has(foundMatch[1]!))
        detection(
          { name: foundMatch[1]!, words: foundMatch[2]!.trim(), place: line, action: '', result: '', paths: 0 },
          line,
          '',
        );
      listed.add(foundMatch[1]!);
    } else if (clean.test(line.text)) {
      close();
      foundNothing = true;
      records.push(antivirusRecord(place(line), { Tool: tool, Kind: 'clean', Seen: localTime }));
    } else if (finishMatch !== null) {
      close();
      open = null;
      const date = column.read(finishMatch[1]!);
      records.push(antivirusRecord(place(line), { Tool: tool, Kind: 'ended', Seen: date.kind === 'local' ? date.local : '' }));
    } else if (returnMatch !== null) {
      const code = Number(returnMatch[1]);
      // Small numbers tell what was found and done; the large ones are errors of Windows: the scan did not run to its end.
      if (code < 0 || code > 255)
        problems.add('tool.skipped', line.start, { found: `${tool} ended with ${returnMatch[2] ?? returnMatch[1]!}` });
      else if (foundNothing && code !== 0)
        problems.add('tool.skipped', line.start, { found: `${tool} found nothing and still ended with ${code}` });
    } else if (line.text.trim() === '' || !furniture.test(line.text)) close();
  }
  close();
  unfinished();
  return records;
}

export const msert: Reader = {
  kind: 'msert',
  logSource: antivirusSource,
  speaksFor: 'excerpt',
  clock: 'local',
  blockBytes: null,
  recognise(head) {
    const lines = headLines(head, 200);
    return lines.some((line) => product.test(line)) && lines.some((line) => started.test(line)) ? 0.95 : 0;
  },
  claims(line, previous) {
    if (threat.test(line) || (found.test(line) && /remov/i.test(line)) || product.test(line)) return 2;
    if (finished.test(line) || (previous && clean.test(line))) return 2;
    if (!previous) return 0;
    return started.test(line) ||
      action.test(line) ||
      resource.test(line) ||
      signature.test(line) ||
      found.test(line) ||
      returned.test(line) ||
      furniture.test(line)
      ? 1
      : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(antivirusSource, demand, parse),
};
