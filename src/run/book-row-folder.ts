/** What a worker does for {@link bookRowsOf}: the rows of one block that stand in a book, within the minutes that are asked. */
import { type BookedRow, type BookQuestion, requestId, requestIdOf } from '../core/booked-row.ts';
import type { Rows } from '../core/record.ts';

const minuteMs = 60_000;

/** Minutes of which the rows are asked, ends included, by time. */
export type Spans = BookQuestion['spans'];

export interface RowsOfBlock {
  readonly rows: readonly Omit<BookedRow, 'artifact'>[];
  /** False: there were more than are kept. */
  readonly whole: boolean;
}

const blockRowLimit = 50_000;

/** The rows of a block that stand in a book within these minutes. */
export class BookRowFolder {
  readonly #spans: Spans;
  readonly #rows: Omit<BookedRow, 'artifact'>[] = [];
  #whole = true;

  constructor(spans: Spans) {
    this.#spans = spans;
  }

  add(rows: Rows): void {
    for (let row = 0; row < rows.length; row++) {
      const timeMs = rows.timeMs(row);
      if (Number.isNaN(timeMs) || !within(this.#spans, Math.floor(timeMs / minuteMs))) continue;
      const text = (field: string): string | null => rows.text(row, field);
      const { logSource } = rows.layout(row);
      const booked = logSource === 'httpproxy' ? proxyRow(text) : logSource === 'iis-w3c' ? siteRow(text) : null;
      if (booked === null) continue;
      if (this.#rows.length >= blockRowLimit) {
        this.#whole = false;
        return;
      }
      this.#rows.push({ ...booked, timeMs, line: rows.line(row) });
    }
  }

  result(): RowsOfBlock {
    return { rows: this.#rows, whole: this.#whole };
  }
}

type Booked = Omit<BookedRow, 'artifact' | 'timeMs' | 'line'>;

function proxyRow(text: (field: string) => string | null): Booked | null {
  const id = requestId(text('RequestId') ?? '');
  if (id === null) return null;
  return {
    book: 'proxy',
    proxied: text('BackEndStatus') !== null,
    id,
    method: text('Method'),
    path: text('UrlStem'),
    address: text('ClientIpAddress'),
    account: text('AuthenticatedUser'),
    status: text('HttpStatus'),
    target: text('TargetServer'),
  };
}

function siteRow(text: (field: string) => string | null): Booked | null {
  const port = text('s-port');
  const book = port === '444' || port === '81' ? 'back' : 'front';
  const id = requestIdOf(text('cs-uri-query') ?? '', book);
  if (id === null || port === null) return null;
  return {
    book,
    proxied: false,
    id,
    method: text('cs-method'),
    path: text('cs-uri-stem'),
    // Who asked the back end is a front end.
    address: book === 'front' ? text('c-ip') : null,
    account: text('cs-username'),
    status: text('sc-status'),
    target: null,
  };
}

function within(spans: Spans, minute: number): boolean {
  let [low, high] = [0, spans.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = spans[middle]!;
    if (minute < from) high = middle - 1;
    else if (minute > to) low = middle + 1;
    else return true;
  }
  return false;
}
