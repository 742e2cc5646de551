/** `assessment.json`, `findings.ndjson` and `observables.ndjson`. */
import type { Assessment } from '../core/assessment.ts';
import { Remembered } from '../core/remembered.ts';
import { byCodeUnit } from '../core/text.ts';
import { ordered } from './ordered.ts';
import { assessmentShape, findingShape, type Shape } from './shape.ts';

/** One distinct value that a fleet can hunt for. */
export interface ObservableRow {
  /** `address`, `page`, `user_agent`, `account` (keyed hash), `hash` … */
  readonly kind: string;
  readonly value: string;
  readonly firstUtc: string | null;
  readonly lastUtc: string | null;
  readonly count: number;
  /** Servers whose records hold it. */
  readonly hosts: readonly string[];
}

/** The whole assessment: keys in the contract's order, two spaces, one newline at the end. The same assessment is the same bytes. */
export function assessmentJson(assessment: Assessment): string {
  return [...assessmentJsonPieces(assessment)].join('');
}

/** The same in pieces: of a million files the whole is longer than a text can be. */
export function* assessmentJsonPieces(assessment: Assessment): Generator<string> {
  // A line break within a text is written as two characters: those that are there part lines.
  const inner = (value: unknown, shape: Shape, depth: number, at: string): string =>
    JSON.stringify(ordered(value, shape, at), null, 2).replaceAll('\n', `\n${' '.repeat(depth)}`);
  const values = new Map<string, unknown>(Object.entries(assessment));
  for (const key of values.keys()) if (!Object.hasOwn(assessmentShape, key)) throw new Error(`.${key} is not in the contract`);
  let open = '{\n';
  for (const [key, shape] of Object.entries(assessmentShape)) {
    const value = values.get(key);
    if (value === undefined) continue;
    yield `${open}  ${JSON.stringify(key)}: `;
    open = ',\n';
    if (!Array.isArray(value) || value.length === 0) yield inner(value, shape, 2, `.${key}`);
    else {
      for (const [index, element] of value.entries())
        yield `${index === 0 ? '[' : ','}\n    ${inner(element, shape, 4, `.${key}[${index}]`)}`;
      yield '\n  ]';
    }
  }
  yield '\n}\n';
}

/** One finding per line, in the assessment's order. */
export function findingsNdjson(assessment: Assessment): string {
  return assessment.findings.map((finding) => `${JSON.stringify(ordered(finding, findingShape))}\n`).join('');
}

const quoted = (text: string | null): string => (text === null ? 'null' : JSON.stringify(text));

function counted(count: number): string {
  if (!Number.isFinite(count)) throw new Error(`.count is ${count}, which JSON cannot hold`);
  return JSON.stringify(count);
}

/**
 * One observable per line, sorted by kind and value; `hosts` sorted. When more were seen than are kept, a last line
 * `{"kind":"truncated","count":n}` says how many are left out.
 */
export const observablesNdjson = (observables: Iterable<ObservableRow>, truncated = 0): string =>
  [
    ...observablesPieces(
      [...observables].sort((a, b) => byCodeUnit(a.kind, b.kind) || byCodeUnit(a.value, b.value)),
      truncated,
    ),
  ].join('');

/** The same line by line, of those that come in that order. */
export function* observablesPieces(observables: Iterable<ObservableRow>, truncated: number): Generator<string> {
  // Hundreds of thousands of rows: the keys are put in order by hand, and lists of hosts are a few that come again and again.
  const hosts = new Remembered<string>(1000);
  for (const { kind, value, firstUtc, lastUtc, count, hosts: names } of observables) {
    const key = names.join('\u0000');
    let own = hosts.get(key);
    if (own === undefined) hosts.set(key, (own = JSON.stringify(names.toSorted(byCodeUnit))));
    const head = `{"kind":${JSON.stringify(kind)},"value":${JSON.stringify(value)}`;
    yield `${head},"firstUtc":${quoted(firstUtc)},"lastUtc":${quoted(lastUtc)},"count":${counted(count)},"hosts":${own}}\n`;
  }
  if (truncated > 0) yield `${JSON.stringify({ kind: 'truncated', count: truncated })}\n`;
}
