/**
 * Days of a server as its three books keep them: people at work, phones, health probes every few minutes, strangers, pages that the front
 * end answers itself. Written from what the logs of a 2016 server look like, not from how they are compared: each book writes a request
 * when it is done with it, IIS of the front end some milliseconds after HttpProxy, the back end before both, IIS cuts to seconds.
 */
export interface Request {
  readonly ms: number;
  readonly id: string;
  /** null: IIS alone answers. */
  readonly protocol: string | null;
  /** The back end took part. */
  readonly back: boolean;
  /** Where there are several servers: the one whose back end took it. */
  readonly target?: string;
}

export type BookName = 'front' | 'proxy' | 'back';
export interface BookRow {
  readonly ms: number;
  readonly text: string;
  readonly request: Request;
}

/** xorshift32: the same days on every machine. */
export function randomOf(seed: number): () => number {
  let state = (seed * 2654435761) | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

const word = (random: () => number): string =>
  Math.floor(random() * 4294967296)
    .toString(16)
    .padStart(8, '0');
function guid(random: () => number): string {
  const [a, b, c, d] = [word(random), word(random), word(random), word(random)];
  return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`;
}
const protocols = ['Ecp', 'Owa', 'Eas', 'Ews', 'Mapi', 'Autodiscover', 'Oab'];

/** Requests of one day, by time. `busy`: an ordinary server has 1. */
export function requestsOf(dayMs: number, seed: number, busy = 1): Request[] {
  const random = randomOf(seed);
  const requests: Request[] = [];
  const add = (ms: number, protocol: string | null, back: boolean): void =>
    void requests.push({ ms, id: guid(random), protocol, back });
  // Health probes: each protocol every few minutes, day and night.
  for (const [index, protocol] of protocols.entries())
    for (let second = index * 7; second < 86_400; second += 170 + Math.floor(random() * 40))
      add(dayMs + second * 1000 + Math.floor(random() * 1000), protocol, true);
  // People and phones: few at night, many at day; some are turned away by the front end.
  for (let minute = 0; minute < 1440; minute++) {
    const hour = minute / 60;
    const rate = busy * (hour > 7 && hour < 18 ? 3 : 0.4);
    for (let left = rate; left > 0; left--)
      if (random() < left)
        add(
          dayMs + minute * 60_000 + Math.floor(random() * 60_000),
          protocols[Math.floor(random() * protocols.length)]!,
          random() < 0.85,
        );
    // Pictures and styles, and what strangers ask for.
    if (random() < 0.5 * busy) add(dayMs + minute * 60_000 + Math.floor(random() * 60_000), null, false);
  }
  return requests.sort((a, b) => a.ms - b.ms);
}

const iso = (ms: number): string => new Date(ms).toISOString();
const clock = (ms: number): string => iso(ms).slice(0, 19).replace('T', ' ');

/** The rows of a book, in the order in which it wrote them. */
export function bookRows(requests: readonly Request[], seed: number): Record<BookName, BookRow[]> {
  const random = randomOf(seed + 7777);
  const books: Record<BookName, BookRow[]> = { front: [], proxy: [], back: [] };
  for (const request of requests) {
    const { ms, id, protocol, back } = request;
    const stem =
      protocol === null ? `/owa/auth/15.1.2106/themes/x${Math.floor(random() * 9)}.png` : `/${protocol.toLowerCase()}/`;
    const trail = protocol === null ? '-' : `&CorrelationID=<empty>;&cafeReqId=${id};&encoding=;`;
    const frontMs = ms + 1 + Math.floor(random() * 12);
    books.front.push({
      ms: frontMs,
      request,
      // Most tests need no text.
      get text() {
        return `${clock(frontMs)} 10.20.0.11 GET ${stem} ${trail} 443 - 192.0.2.14 Mozilla/5.0 - 200 0 0 46`;
      },
    });
    if (protocol === null) continue;
    const cells = (): string[] => [
      iso(ms),
      id,
      '15',
      '1',
      '2106',
      '2',
      '',
      protocol,
      'mail.haven.example',
      stem,
      '',
      'FBA',
      'true',
      'HAVEN\\a.berg',
      '',
      '',
      '"Mozilla/5.0 (X11, Linux)"',
      '192.0.2.14',
      'MAIL01',
      '200',
      back ? '200' : '',
      '',
      'GET',
      '',
      back ? 'MAIL01.haven.example' : '',
    ];
    books.proxy.push({
      ms,
      request,
      get text() {
        return cells().join(',');
      },
    });
    if (!back) continue;
    const backMs = ms - 1 - Math.floor(random() * 30);
    const activity = `${id.slice(9)}-${id.slice(0, 8)}`.replace(/^(.{4}-.{4}-.{4})-(.{12})-(.{8})$/, '$3-$1-$2');
    const ids = protocol === 'Mapi' ? `FrontEnd=MAIL01&RequestId=${id}` : `reqId=${id}&ActID=${activity}`;
    books.back.push({
      ms: backMs,
      request,
      get text() {
        return `${clock(backMs)} fe80::1 GET ${stem} &${ids} 444 HAVEN\\MAIL01$ fe80::1 Mozilla/5.0 - 200 0 0 40`;
      },
    });
  }
  // Monitoring asks the back end itself, too: under no id of a front end.
  for (const book of Object.values(books)) book.sort((a, b) => a.ms - b.ms);
  return books;
}

const iisHead =
  '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2021-03-01 00:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n';
const proxyHead =
  '#Software: Microsoft Exchange Server\r\n#Version: 15.01.2106.002\r\n#Log-type: HttpProxy Logs\r\n#Date: 2021-03-01T00:00:00.000Z\r\n#Fields: DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer\r\n';

/** Files as they lie on the server: IIS one a day and site, HttpProxy one an hour and protocol. */
export function fileOf(book: BookName, { ms, request }: BookRow): string {
  const key = `${book} ${book === 'proxy' ? request.protocol : ''} ${Math.floor(ms / 3_600_000)}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const name =
    book === 'proxy'
      ? `Logging/HttpProxy/${request.protocol}/HttpProxy_${iso(ms).slice(0, 13).replaceAll(/[-T]/g, '')}-1.LOG`
      : `inetpub/logs/LogFiles/W3SVC${book === 'front' ? 1 : 2}/u_ex${iso(ms).slice(2, 10).replaceAll('-', '')}.log`;
  names.set(key, name);
  return name;
}
const names = new Map<string, string>();

export function bookFiles(books: Record<BookName, readonly BookRow[]>): Map<string, string> {
  const files = new Map<string, string>();
  for (const book of ['front', 'back', 'proxy'] as const) {
    for (const row of books[book]) {
      const name = fileOf(book, row);
      files.set(name, `${files.get(name) ?? (book === 'proxy' ? proxyHead : iisHead)}${row.text}\r\n`);
    }
  }
  return files;
}
