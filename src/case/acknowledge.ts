/** `acknowledged.json` of a case: written by `afterpatch case acknowledge`, read when the case is assessed again. */
import { type Acknowledgement, acknowledgementId, contentOf } from '../core/acknowledged.ts';
import type { Assessment, Finding } from '../core/assessment.ts';
import { UserError } from '../core/errors.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, isoUtc, oneDayMs } from '../core/time.ts';
import { readSaid } from './said-list.ts';

export const acknowledgedFile = 'acknowledged.json';
const schema = 'afterpatch.acknowledged/1';

export interface Said {
  readonly reason: string;
  readonly by: string;
  /** `YYYY-MM-DD`, the last day on which it holds, UTC. */
  readonly until: string;
  readonly saidMs: number;
}

/** @throws UserError for a finding that is not there, or of which more rows count than the case holds */
export function acknowledge(assessment: Assessment, finding: string, said: Said): Acknowledgement {
  const found = findingOf(assessment, finding);
  if (found.evidence.length === 0 || found.evidence.length < found.count)
    throw new UserError(
      'acknowledge.rows',
      `“${found.title}” stands for ${found.count} rows, and the case holds ${found.evidence.length} of them.`,
      'An acknowledgement speaks for rows one by one, so that it never covers the next one. For many requests of one address, user agent or account declare that activity: write address or account, from and until into a file, and assess again with --known <file> (docs/guide/known-activity.md).',
    );
  const untilMs = dayMs(said.until) + oneDayMs;
  if (!/^\d{4}-\d\d-\d\d$/.test(said.until) || Number.isNaN(untilMs))
    throw new UserError('acknowledge.until', `“${said.until}” is no day.`, 'Give --until a day such as 2021-04-30.');
  if (untilMs <= said.saidMs)
    throw new UserError(
      'acknowledge.over',
      `${said.until} is over.`,
      'Name a day to come: until then the finding is left out of the answer, and after it somebody has to look again.',
    );
  for (const [option, text] of [
    ['--reason', said.reason],
    ['--by', said.by],
  ] as const)
    if (text.trim() === '' || text.length > 500)
      throw new UserError('acknowledge.words', `${option} is empty or longer than 500 characters.`, 'Say it in a sentence.');
  const files = new Map(assessment.evidence.map((entry) => [entry.path, entry]));
  const contents = [...new Set(found.evidence.map((row) => contentOf(row, files.get(row.artifact))))].sort(byCodeUnit);
  // Rows of one object that nobody can tell apart (an export in one line) have one content: it would speak for the others, too.
  const others = assessment.findings.filter(
    (one) =>
      one !== found &&
      one.rule === found.rule &&
      one.host === found.host &&
      one.evidence.some((row) => contents.includes(contentOf(row, files.get(row.artifact)))),
  );
  if (others.length > 0)
    throw new UserError(
      'acknowledge.shared',
      `“${found.title}” stands in one object with “${others[0]!.title}” (${others[0]!.id.slice(0, 8)}), and nobody can tell its rows apart.`,
      'Hand the log in as the server wrote it, one row in a line, and acknowledge the finding there.',
    );
  return {
    id: acknowledgementId(found.rule, found.host, contents),
    title: found.title,
    rule: found.rule,
    host: found.host,
    contents,
    reason: said.reason.trim(),
    by: said.by.trim(),
    untilUtc: isoUtc(untilMs),
    saidUtc: isoUtc(said.saidMs),
    withdrawnUtc: null,
  };
}

function findingOf({ findings }: Assessment, id: string): Finding {
  const found = /^[0-9a-f]{4,16}$/.test(id) ? findings.filter((one) => one.id.startsWith(id)) : [];
  if (found.length === 1) return found[0]!;
  throw new UserError(
    'acknowledge.finding',
    found.length === 0 ? `The case has no finding ${id}.` : `${found.length} findings begin with ${id}.`,
    'Give its id as the report and findings.ndjson have it; its first letters are enough where no other begins so.',
  );
}

/** With one more; what was said of the same rows before is replaced. */
export const withOne = (list: readonly Acknowledgement[], one: Acknowledgement): Acknowledgement[] =>
  [...list.filter(({ id }) => id !== one.id), one].sort((a, b) => byCodeUnit(a.saidUtc, b.saidUtc) || byCodeUnit(a.id, b.id));

/** @throws UserError where nothing that holds has that id */
export function withdrawn(list: readonly Acknowledgement[], id: string, atMs: number): Acknowledgement[] {
  const found = id.length < 4 ? [] : list.filter((one) => one.id.startsWith(id) && one.withdrawnUtc === null);
  if (found.length !== 1)
    throw new UserError(
      'acknowledge.none',
      `Nothing that was acknowledged here has the id ${id}.`,
      '`npx afterpatch case acknowledge <case> --list` shows what there is.',
    );
  return list.map((one) => (one === found[0] ? { ...one, withdrawnUtc: isoUtc(atMs) } : one));
}

export const acknowledgedText = (list: readonly Acknowledgement[]): string =>
  `${JSON.stringify({ schema, acknowledged: list }, null, 2)}\n`;

/** @throws UserError where it is not what this version writes */
export const readAcknowledged = (text: string, file: string): Acknowledgement[] =>
  readSaid(
    text,
    file,
    {
      code: 'acknowledged.invalid',
      advice: 'It is written by `afterpatch case acknowledge`; take it away, and nothing is acknowledged.',
      schema,
      name: 'acknowledged',
      longest: 3999,
    },
    ({ fields, word, time, fail }) => {
      const { contents } = fields;
      if (!Array.isArray(contents) || contents.length === 0 || !contents.every((hash) => /^[0-9a-f]{64}$/.test(String(hash))))
        return fail('names no rows');
      return {
        id: word('id'),
        title: word('title'),
        rule: word('rule'),
        host: fields.host === null ? null : word('host'),
        contents: contents.map(String),
        reason: word('reason'),
        by: word('by'),
        untilUtc: time('untilUtc'),
        saidUtc: time('saidUtc'),
        withdrawnUtc: fields.withdrawnUtc === null ? null : time('withdrawnUtc'),
      };
    },
  );
