/** What a worker does for {@link bookRowsOf}: the rows of one block that stand in a book, within the minutes that are asked. */
import { type BookedRow, type BookQuestion, requestId, requestIdOf, type ServiceEvent } from '../core/booked-row.ts';
import type { Rows } from '../core/record.ts';

const minuteMs = 60_000;

/** Minutes of which the rows are asked, ends included, by time. */
export type Spans = BookQuestion['spans'];

export interface RowsOfBlock {
  readonly rows: readonly Omit<BookedRow, 'artifact'>[];
  readonly events: readonly Omit<ServiceEvent, 'artifact'>[];
  readonly programs: { readonly events: number; readonly withCommandLine: number };
  /** False: there were more than are kept. */
  readonly whole: boolean;
}

const blockRowLimit = 50_000;
const eventLimit = 2000;

/** The rows of a block that stand in a book within these minutes. */
export class BookRowFolder {
  readonly #spans: Spans;
  readonly #rows: Omit<BookedRow, 'artifact'>[] = [];
  readonly #events: Omit<ServiceEvent, 'artifact'>[] = [];
  readonly #programs = { events: 0, withCommandLine: 0 };
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
      if (logSource === 'windows-event') {
        if (text('EventID') === '4688') {
          this.#programs.events++;
          if (text('CommandLine') !== null) this.#programs.withCommandLine++;
          continue;
        }
        const event = serviceEvent(text, timeMs);
        if (event !== null && this.#events.length < eventLimit) this.#events.push(event);
        continue;
      }
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
    return { rows: this.#rows, events: this.#events, programs: this.#programs, whole: this.#whole };
  }
}

/** Provider and event → what it says. @see https://learn.microsoft.com/troubleshoot/windows-server/performance/troubleshoot-unexpected-reboots-system-event-logs */
const serviceEvents: ReadonlyMap<string, ServiceEvent['kind']> = new Map([
  ['eventlog 6005', 'started'],
  ['eventlog 6006', 'stopped'],
  ['eventlog 6008', 'stopped'],
  ['user32 1074', 'stopped'],
  ['microsoft-windows-kernel-power 41', 'stopped'],
  ['microsoft-windows-kernel-power 42', 'stopped'],
  ['microsoft-windows-kernel-power 107', 'started'],
  ['microsoft-windows-kernel-power 109', 'stopped'],
  ['microsoft-windows-kernel-general 12', 'started'],
  ['microsoft-windows-kernel-general 13', 'stopped'],
  ['microsoft-windows-kernel-general 1', 'clock_set'],
]);

function serviceEvent(text: (field: string) => string | null, timeMs: number): Omit<ServiceEvent, 'artifact'> | null {
  if (text('Channel') !== 'System') return null;
  const provider = (text('Provider_Name') ?? '').toLowerCase();
  const eventId = text('EventID') ?? '';
  const kind = serviceEvents.get(`${provider} ${eventId}`);
  if (kind !== undefined) return { timeMs, kind, eventId };
  // The service manager names the service as the language of Windows has it, and its short name in what follows.
  if (provider !== 'service control manager' || eventId !== '7036') return null;
  const named = `${text('param1') ?? ''} ${text('Binary') ?? ''}`;
  // `W3SVC` in UTF-16 as hexadecimal digits.
  if (!/World Wide Web Publishing|W3SVC|5700330053005600430/i.test(named)) return null;
  return { timeMs, kind: /run/i.test(text('param2') ?? '') ? 'started' : 'stopped', eventId };
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
