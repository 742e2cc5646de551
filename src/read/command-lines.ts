/**
 * Command lines as people copy them from a process list, an EDR portal or a report: one a line, the program first, with or without
 * the programs that called it (`w3wp.exe → cmd.exe → …`) and a time before it. They say what ran; whether a server wrote them
 * down or somebody typed them cannot be told from the text.
 */
import type { Demand, Layout, Reader, Scanner } from '../core/record.ts';
import { parseIsoBytes } from '../core/time.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';
import { firstLines, textLines } from './text-lines.ts';

export const processSource = 'process-listing';

/** Of all lists of processes. A command line is what the program was called with; the system wrote down that it was. */
export const processFields: Readonly<Record<string, FieldFacts>> = {
  Image: by('server', 'process.image'),
  CommandLine: by('server', 'process.command_line'),
  ParentImage: by('server', 'process.parent'),
  Ancestors: by('server'),
  User: by('server', 'user.name'),
  Time: by('server', undefined, { type: 'time' }),
  Computer: by('server', 'server.name'),
  ProcessId: by('server', undefined, { type: 'int' }),
  ParentProcessId: by('server', undefined, { type: 'int' }),
};

const stamp = /^\s*\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?)\]?[\s,;|]+/;
/** A program at the beginning: quoted, or without blanks, or a path whose blanks end in `.exe`. */
const quotedProgram = /^"([^"<>|\r\n]{1,400})"(?=\s|$)/;
const bareProgram = /^([A-Za-z]:\\[^"<>|:*?\r\n]{1,400}?\.exe|[^\s"<>|=:;,]{1,200})(?=\s|$)/i;
const shells =
  /^(?:cmd|powershell|pwsh|net1?|cscript|wscript|mshta|rundll32|regsvr32|certutil|bitsadmin|wmic|whoami|reg|sc|schtasks|nltest|dsquery)$/i;
const arrow = /\s(?:\u2192|-{1,2}>|=>)\s/g;
const programName = (program: string): string => program.slice(Math.max(program.lastIndexOf('\\'), program.lastIndexOf('/')) + 1);

/** The program that a line calls; null: it does not begin as a command line does. */
export function programOf(line: string): string | null {
  const quoted = quotedProgram.exec(line);
  const found = quoted ?? bareProgram.exec(line);
  if (found === null) return null;
  const program = found[1]!;
  const name = programName(program);
  // `.com` ends names of hosts as well: it is a program only with its folder.
  const ending = name === program ? /^[\w .$~()+@-]{1,120}\.(?:exe|scr)$/i : /^[\w .$~()+@-]{1,120}\.(?:exe|com|scr)$/i;
  if (ending.test(name)) return program;
  if (!shells.test(name)) return null;
  // A bare word is a program only with something behind it that is no sentence.
  const rest = line.slice(found[0].length).trimStart();
  return quoted !== null || /^[/-]/.test(rest) || /\s\/\w/.test(rest) ? program : null;
}

interface Parted {
  readonly time: string | null;
  /** Outermost first. */
  readonly callers: readonly string[];
  readonly command: string;
  readonly program: string;
}

const evenQuotes = (text: string): boolean => (text.split('"').length - 1) % 2 === 0;

/** Windows itself takes no longer ones. */
const longestCommand = 33_000;
const mostCallers = 16;

function parted(whole: string): Parted | null {
  if (whole.length > longestCommand) return parted(whole.slice(0, longestCommand));
  const stamped = stamp.exec(whole);
  let rest = (stamped === null ? whole : whole.slice(stamped[0].length)).trim();
  const calling: string[] = [];
  // An arrow within quotes is part of what was called.
  arrow.lastIndex = 0;
  let from = 0;
  for (let match = arrow.exec(rest), callers = 0; match !== null && callers < mostCallers; match = arrow.exec(rest), callers++) {
    const left = rest.slice(from, match.index).trim();
    const right = rest.slice(match.index + match[0].length).trim();
    const caller = evenQuotes(left) ? programOf(left) : null;
    if (caller === null || programOf(right) === null) break;
    calling.push(caller);
    from = match.index + match[0].length;
  }
  rest = rest.slice(from).trim();
  const program = programOf(rest);
  return program === null ? null : { time: stamped?.[1] ?? null, callers: calling, command: rest, program };
}

const utf8 = new TextEncoder();
export const stampMs = (time: string | null): number => {
  if (time === null || !/(?:Z|[+-]\d\d:\d\d)$/.test(time)) return Number.NaN;
  const bytes = utf8.encode(time);
  return parseIsoBytes(bytes, 0, bytes.length);
};

export const processLayout: Layout = layoutOf(processSource, Object.keys(processFields), processFields);

/** How trees of processes are drawn before a line: what called a program stands above it, further left. */
const branch =
  /^[\s\u2502\u2503|:]{0,200}(?:[\u2514\u251c\u2570\u2517\u2523][\u2500\u2501\u2574-]{0,8}|[`|+\\]-{1,4}|\\_)>?\s{1,8}/;
const branchOf = (line: string): string => branch.exec(line)?.[0] ?? '';
/** A number that the drawing put behind the program. */
const bare = (line: string): string =>
  line.slice(branchOf(line).length).replace(/^([^\s()]{1,200})\s\((?:pid:?\s?)?\d{1,10}\)/i, '$1');
const treeOf = (line: string): Parted | null => parted(bare(line));

function* parseCommands(text: string): Generator<PlainRecord> {
  /** Programs above, by how far right they stand. */
  let above: { readonly depth: number; readonly program: string }[] = [];
  for (const line of textLines(text)) {
    const plain = treeOf(line.text);
    if (plain === null) {
      if (line.text.trim() === '') above = [];
      continue;
    }
    const mark = branchOf(line.text);
    above = mark === '' ? [] : above.filter(({ depth }) => depth < mark.length);
    const found: Parted = { ...plain, callers: [...above.map(({ program }) => program), ...plain.callers].slice(-mostCallers) };
    above.push({ depth: mark.length, program: found.program });
    const fields = new Map([
      ['Image', found.program],
      ['CommandLine', found.command],
    ]);
    if (found.callers.length > 0) {
      fields.set('ParentImage', found.callers.at(-1)!);
      fields.set('Ancestors', found.callers.join(' > '));
    }
    if (found.time !== null) fields.set('Time', found.time);
    yield { start: line.start, end: line.end, line: line.number, timeMs: stampMs(found.time), layout: processLayout, fields };
  }
}

export const commandLines: Reader = {
  kind: 'command-lines',
  logSource: processSource,
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise(head) {
    const lines = firstLines(head, 100);
    return lines.length > 0 && lines.every((line) => treeOf(line) !== null) ? 0.9 : 0;
  },
  claims: (line) => (treeOf(line) === null ? 0 : 2),
  scanner: (demand: Demand): Scanner => new PlainScanner(processSource, demand, parseCommands),
};
