/**
 * Scheduled tasks as Windows keeps them below `C:\Windows\System32\Tasks` (one file each, UTF-16), as `schtasks /query /xml` and
 * `Export-ScheduledTask` print them. One record per task. Its dates are of the server's own clock and say no zone; an intruder who writes
 * the file writes them, too.
 * @see https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema
 */
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, ScannedFile, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { layoutOfNoun, nouns } from './powershell-nouns.ts';
import { xmlPieces } from './xml-pieces.ts';

const logSource = 'scheduled-task';
const layout = layoutOfNoun(nouns.find((noun) => noun.logSource === logSource)!);
const namespace = 'schemas.microsoft.com/windows/2004/02/mit/task';

/** Programs of one task that are told. */
const mostActions = 32;
const longest = 4096;

interface Draft {
  readonly start: number;
  readonly actions: string[];
  readonly values: Map<string, string>;
}

/** Element → field. */
const fieldOf: Readonly<Record<string, string>> = { URI: 'TaskName', Author: 'Author', Date: 'Date', UserId: 'UserId' };

function* records(text: string, problems: Problems, file: ScannedFile | undefined): Generator<PlainRecord> {
  let draft: Draft | null = null;
  const path: string[] = [];
  let line = 0;
  let counted = 0;
  for (const piece of xmlPieces(text)) {
    if (piece.kind === 'open') {
      if (piece.name === 'Task') {
        if (draft !== null) problems.add('xml.broken', piece.start);
        draft = { start: piece.start, actions: [], values: new Map() };
        path.length = 0;
      } else if (draft !== null && !piece.empty) {
        path.push(piece.name);
        if (piece.name === 'Exec' && draft.actions.length < mostActions) draft.actions.push('');
      }
    } else if (piece.kind === 'text' && draft !== null) take(draft, path, piece.text.trim().slice(0, longest));
    else if (piece.kind === 'close' && draft !== null) {
      if (piece.name !== 'Task') {
        if (path.at(-1) === piece.name) path.pop();
        continue;
      }
      for (let at = text.indexOf('\n', counted); at !== -1 && at < draft.start; at = text.indexOf('\n', counted)) {
        line++;
        counted = at + 1;
      }
      const fields = fieldsOf(draft, file);
      yield { start: draft.start, end: piece.end, line, timeMs: Number.NaN, layout, fields };
      draft = null;
    }
  }
  if (draft !== null) problems.add('xml.broken', draft.start);
}

function take(draft: Draft, path: readonly string[], value: string): void {
  if (value === '') return;
  const name = path.at(-1)!;
  const inside = path.at(-2);
  if (inside === 'Exec' && (name === 'Command' || name === 'Arguments')) {
    const last = draft.actions.length - 1;
    if (last >= 0) draft.actions[last] = `${draft.actions[last]!} ${value}`.trim();
  } else if (inside === 'ComHandler' && name === 'ClassId') {
    if (draft.actions.length < mostActions) draft.actions.push(value);
  } else if (inside === 'Settings' && name === 'Enabled' && value === 'false') draft.values.set('State', 'Disabled');
  else if (
    (inside === 'RegistrationInfo' && name !== 'UserId') ||
    (inside === 'Principal' && name === 'UserId' && !draft.values.has('UserId'))
  ) {
    const field = Object.hasOwn(fieldOf, name) ? fieldOf[name] : undefined;
    if (field !== undefined) draft.values.set(field, value);
  }
}

const kept = /\\System32\\Tasks\\/i;

function fieldsOf({ values, actions }: Draft, file: ScannedFile | undefined): ReadonlyMap<string, string> {
  const fields = new Map(values);
  const path = file?.path ?? '';
  const match = kept.exec(path);
  // The name of the file is the task's; what it says of itself may be anything.
  const own = match === null ? values.get('TaskName') : path.slice(match.index + match[0].length - 1);
  if (own !== undefined) {
    const cut = own.lastIndexOf('\\');
    fields.set('TaskName', own.slice(cut + 1));
    if (cut !== -1) fields.set('TaskPath', own.slice(0, cut + 1));
  }
  const told = actions.filter((action) => action !== '').join('; ');
  if (told !== '') fields.set('Actions', told);
  return fields;
}

export const taskXml: Reader = {
  kind: 'task-xml',
  logSource,
  speaksFor: 'state',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) => (/<Task\s[^<>]{0,400}>/.test(head.slice(0, 4000)) && head.slice(0, 4000).includes(namespace) ? 0.96 : 0),
  claims: () => 0,
  scanner: (demand: Demand): Scanner => new PlainScanner(logSource, demand, records),
};
