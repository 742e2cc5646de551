/** A request as one of the books writes it that every request stands in: read for the few minutes in which they do not agree. */
export interface BookedRow {
  readonly book: 'front' | 'proxy' | 'back';
  /** HttpProxy: the back end answered, and has it in its own book. */
  readonly proxied: boolean;
  readonly id: string;
  readonly timeMs: number;
  readonly artifact: string;
  /** From 1; null: the artifact has no lines. */
  readonly line: number | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly address: string | null;
  readonly account: string | null;
  readonly status: string | null;
  /** The server that it was passed on to. */
  readonly target: string | null;
}

/** That Windows or its web server stopped or started, or that the clock was set, as the System log says. */
export interface ServiceEvent {
  readonly timeMs: number;
  readonly artifact: string;
  readonly kind: 'stopped' | 'started' | 'clock_set';
  readonly eventId: string;
}

/** New programs (event 4688) in a stretch of a Security log. */
export interface ProgramsStarted {
  readonly artifact: string;
  readonly events: number;
  /** Of them so many with the command line. */
  readonly withCommandLine: number;
}

/** What is asked of one file: rows of these minutes, ends included, by time. */
export interface BookQuestion {
  readonly artifact: string;
  readonly spans: readonly (readonly [fromMinute: number, toMinute: number])[];
}

const guidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** As all books write it; null: it is none. */
export const requestId = (text: string): string | null => (guidShape.test(text) ? text.toLowerCase() : null);

/** What a server puts behind everything that the client wrote: the last one is its own. The kernel's book counts by the same rule. */
const names = { front: ['cafereqid'], back: ['cafereqid', 'reqid', 'requestid'] } as const;

/** Id of the request in the query of a row of IIS; null: it has none. */
export function requestIdOf(query: string, site: 'front' | 'back'): string | null {
  for (let at = query.lastIndexOf('='); at > 0; at = query.lastIndexOf('=', at - 1)) {
    const id = requestId(query.slice(at + 1, at + 37));
    if (id === null) continue;
    for (const name of names[site]) {
      const from = at - name.length;
      if (from < 0 || query.slice(from, at).toLowerCase() !== name) continue;
      if (from === 0 || '&;?'.includes(query[from - 1]!)) return id;
    }
  }
  return null;
}
