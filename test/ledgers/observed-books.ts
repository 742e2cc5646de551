/**
 * Books as a run observes them, without their text: minutes counted, files as they lie, and the rows that are asked again. The text is
 * held to this by the tests that go through the whole pipeline.
 */
import type { LedgerEntry } from '../../src/core/assessment.ts';
import type { BookedRow } from '../../src/core/booked-row.ts';
import type { Books } from '../../src/core/record.ts';
import { hostsOf } from '../../src/judge/hosts.ts';
import { bookQuestionsOf, ledgersOf } from '../../src/judge/ledgers.ts';
import { artifact, observed, part } from '../../src/judge/observed.fixture.ts';
import type { Observed, ObservedArtifact } from '../../src/run/index.ts';
import { type BookName, type BookRow, fileOf, type Request } from './three-books.ts';

const minuteMs = 60_000;
export type ServerBooks = Readonly<Record<BookName, readonly BookRow[]>>;

const words = new WeakMap<Request, readonly number[]>();
function wordsOf(request: Request): readonly number[] {
  let known = words.get(request);
  if (known === undefined) {
    const digits = request.id.replaceAll('-', '');
    known = [0, 8, 16, 24].map((at) => Number.parseInt(digits.slice(at, at + 8), 16) | 0);
    words.set(request, known);
  }
  return known;
}

function counted(rows: readonly BookRow[]): NonNullable<Books['front']> {
  const minutes = new Map<number, number[]>();
  for (const { ms, request } of rows) {
    const minute = Math.floor(ms / minuteMs);
    const entry = minutes.get(minute) ?? [0, 0, 0, 0, 0];
    minutes.set(minute, entry);
    entry[0]!++;
    for (const [word, value] of wordsOf(request).entries()) entry[word + 1]! ^= value;
  }
  const sorted = [...minutes].sort(([a], [b]) => a - b);
  return {
    minutes: Float64Array.from(sorted, ([minute]) => minute),
    rows: Int32Array.from(sorted, ([, entry]) => entry[0]!),
    ids: Int32Array.from(sorted.flatMap(([, entry]) => entry.slice(1))),
  };
}

interface File {
  readonly artifact: ObservedArtifact;
  readonly rows: readonly BookedRow[];
}

/** IIS writes whole seconds. */
const seen = (book: BookName, ms: number): number => (book === 'proxy' ? ms : Math.floor(ms / 1000) * 1000);

function fileFrom(host: string, name: string, book: BookName, rows: readonly BookRow[]): File {
  const path = `${host}/${name}`;
  const times = rows.map(({ ms }) => seen(book, ms));
  const booked = rows.filter(({ request }) => request.protocol !== null);
  const answered = booked.filter(({ request }) => request.back);
  const books: Books =
    book === 'front'
      ? { front: counted(booked) }
      : book === 'back'
        ? { back: counted(booked) }
        : { proxy: counted(booked), ...(answered.length === 0 ? {} : { proxied: counted(answered) }) };
  const hours = new Map<number, number>();
  for (const ms of times) hours.set(Math.floor(ms / 3_600_000), (hours.get(Math.floor(ms / 3_600_000)) ?? 0) + 1);
  const protocols = [...new Set(rows.map(({ request }) => request.protocol))];
  const sketch = part({
    kind: book === 'proxy' ? 'httpproxy' : 'iis-w3c',
    groups:
      book === 'proxy'
        ? {
            'Protocol|HttpStatus|BackEndStatus': protocols.map((protocol) => [protocol, '200', '200']),
            'ServerHostName|TargetServer|IsAuthenticated': [[host, null, null]],
          }
        : { 's-port|s-computername|s-ip': [[book === 'back' ? '444' : '443', host, '10.20.0.11']] },
  });
  return {
    artifact: artifact(
      path,
      [
        {
          ...sketch,
          hours,
          records: rows.length,
          firstMs: Math.min(...times),
          lastMs: Math.max(...times),
          ...(booked.length === 0 ? {} : { books }),
        },
      ],
      host,
    ),
    rows: booked.map(({ ms, request }, index) => ({
      book,
      proxied: book === 'proxy' && request.back,
      id: request.id,
      timeMs: seen(book, ms),
      artifact: path,
      line: index + 5,
      method: 'GET',
      path: `/${request.protocol === 'Eas' ? 'Microsoft-Server-ActiveSync' : request.protocol!.toLowerCase()}/x`,
      address: book === 'back' ? null : '192.0.2.14',
      account: null,
      status: '200',
      target: book === 'proxy' ? (request.target ?? host) : null,
    })),
  };
}

/** @param without files that were not handed in */
export function observedBooks(
  servers: Readonly<Record<string, ServerBooks>>,
  without: (name: string, host: string) => boolean = () => false,
): Observed {
  const files: File[] = [];
  for (const [host, books] of Object.entries(servers)) {
    const byFile = new Map<string, { book: BookName; rows: BookRow[] }>();
    for (const book of ['front', 'proxy', 'back'] as const)
      for (const row of books[book]) {
        const name = fileOf(book, row);
        const own = byFile.get(name) ?? { book, rows: [] };
        own.rows.push(row);
        byFile.set(name, own);
      }
    for (const [name, { book, rows }] of byFile) if (!without(name, host)) files.push(fileFrom(host, name, book, rows));
  }
  const first = observed(files.map((file) => file.artifact));
  const questions = new Map(bookQuestionsOf(first).map(({ artifact: path, spans }) => [path, spans]));
  const rows = files.flatMap((file) => {
    const spans = questions.get(file.artifact.path) ?? [];
    return file.rows.filter(({ timeMs }) => {
      const minute = Math.floor(timeMs / minuteMs);
      return spans.some(([from, to]) => from <= minute && minute <= to);
    });
  });
  return { ...first, bookRows: { rows, events: [], programs: [], unread: [] } };
}

export const ledgersIn = (seenBooks: Observed): LedgerEntry[] => ledgersOf(seenBooks, hostsOf(seenBooks));
