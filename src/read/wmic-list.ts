/**
 * `wmic … get … /format:list` and `/value`: `Name=value` lines in the order of the alphabet, objects parted by blank lines. What an object
 * is, its names tell.
 */
import type { Reader } from '../core/record.ts';
import { nounOf, nounSources } from './powershell-nouns.ts';
import { type ConsoleObject, objectScanner } from './powershell-objects.ts';
import { firstLines, textLines } from './text-lines.ts';

const pair = /^([A-Z][A-Za-z0-9]{1,60})=(.*)$/;
const mostFields = 400;
/** Names that no settings file of another program begins its lines with. */
const telling = /^(?:CommandLine|ExecutablePath|ParentProcessId|ProcessId|PathName|StartName|Caption|CreationDate|CSName)=/;

function* objects(text: string): Generator<ConsoleObject> {
  let draft: { start: number; end: number; readonly line: number; readonly fields: Map<string, string> } | null = null;
  // Each line ends in CR CR LF: blank lines stand between the values, too, and an object ends where a name comes again.
  for (const { start, end, number, text: line } of textLines(text)) {
    const match = pair.exec(line.trimEnd());
    if (match === null) {
      if (line.trim() !== '' && draft !== null) {
        yield draft;
        draft = null;
      }
      continue;
    }
    const name = match[1]!;
    if (draft !== null && (draft.fields.has(name) || draft.fields.size >= mostFields)) {
      yield draft;
      draft = null;
    }
    draft ??= { start, end, line: number, fields: new Map<string, string>() };
    draft.fields.set(name, match[2]!.trim());
    draft.end = end;
  }
  if (draft !== null) yield draft;
}

export const wmicList: Reader = {
  kind: 'wmic-list',
  logSource: 'exchange-config',
  logSources: nounSources,
  speaksFor: 'state',
  clock: 'unknown',
  blockBytes: null,
  recognise(head) {
    const lines = firstLines(head, 40);
    if (lines.length === 0 || !pair.test(lines[0]!.trimEnd()) || !lines.some((line) => telling.test(line))) return 0;
    for (const { fields } of objects(lines.join('\n'))) if (nounOf(fields.keys()) !== null) return 0.9;
    return 0;
  },
  claims(line, previous) {
    if (telling.test(line)) return 2;
    return previous && pair.test(line) ? 2 : 0;
  },
  scanner: (demand) => objectScanner(demand, objects),
};
