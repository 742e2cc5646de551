/**
 * A saved HTTP answer: the status line, the headers, and what the page begins with; also as `curl -i` and `curl -v` print it. The
 * headers of Exchange name the servers that took and answered the request, and the version of Outlook on the web.
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';
import { firstLines, textLines } from './text-lines.ts';

export const responseFields: Readonly<Record<string, FieldFacts>> = {
  Method: by('client', 'http.method'),
  Url: by('client', 'url.path', { percent: true }),
  Host: by('client'),
  Status: by('server', 'http.status', { type: 'int' }),
  Date: by('server', undefined, { type: 'time' }),
  Server: by('server'),
  'X-OWA-Version': by('server', 'build'),
  'X-FEServer': by('server', 'server.name'),
  'X-BEServer': by('server', 'target.name'),
  'X-CalculatedBETarget': by('server', 'target.name'),
  'X-DiagInfo': by('server'),
  'X-AspNet-Version': by('server'),
  'X-Powered-By': by('server'),
  'request-id': by('server', 'request.id', { type: 'guid' }),
  Location: by('server'),
  'Content-Type': by('server'),
  'Content-Length': by('server', undefined, { type: 'int' }),
  'Set-Cookie': by('server'),
  'WWW-Authenticate': by('server'),
  Body: by('server'),
};

const layout = layoutOf('http-response', Object.keys(responseFields), responseFields);
const spelling = new Map(Object.keys(responseFields).map((name) => [name.toLowerCase(), name]));
/** Fields that are no header, however a header is called. */
const ours: ReadonlySet<string> = new Set(['Method', 'Url', 'Status', 'Body']);

const mark = /^[<>*] ?/;
const statusLine = /^HTTP\/\d(?:\.\d)? (\d{3})(?: .{0,200})?$/;
const requestLine = /^(GET|POST|HEAD|PUT|OPTIONS|DELETE|PROPFIND) (\S{1,8192}) HTTP\/\d(?:\.\d)?$/;
const header = /^([A-Za-z][A-Za-z0-9-]{0,60}):\s?(.*)$/;
const longestBody = 4096;
const longestHeader = 8192;

interface Draft {
  start: number;
  end: number;
  line: number;
  readonly fields: Map<string, string>;
  part: 'request' | 'headers' | 'body';
  body: string;
}

function* drafts(text: string): Generator<Draft> {
  let draft: Draft | null = null;
  for (const line of textLines(text)) {
    const whole = line.text.slice(0, longestHeader);
    const plain = draft?.part === 'body' ? whole : whole.replace(mark, '');
    const request = requestLine.exec(plain);
    const status = statusLine.exec(plain);
    if (request !== null || (status !== null && draft?.part !== 'request')) {
      if (draft !== null && draft.fields.has('Status')) yield draft;
      draft = {
        start: line.start,
        end: line.end,
        line: line.number,
        fields: new Map(),
        part: request === null ? 'headers' : 'request',
        body: '',
      };
    }
    if (draft === null) continue;
    if (request !== null) {
      const target = request[2]!;
      draft.fields.set('Method', request[1]!);
      draft.fields.set('Url', target.split('?', 1)[0]!);
    } else if (status !== null) {
      draft.fields.set('Status', status[1]!);
      draft.part = 'headers';
    } else if (draft.part === 'body') {
      if (draft.body.length < longestBody) draft.body += `${line.text.slice(0, longestBody)}\n`;
    } else if (plain.trim() === '') {
      // What follows the headers of a request is its body or the answer.
      if (draft.part === 'headers') draft.part = 'body';
    } else {
      const found = header.exec(plain);
      const name = found === null ? undefined : spelling.get(found[1]!.toLowerCase());
      const own = draft.part === 'request' ? name === 'Host' : name !== 'Host';
      if (found !== null && name !== undefined && own && !ours.has(name) && !draft.fields.has(name))
        draft.fields.set(name, found[2]!.trim());
    }
    if (line.text.trim() !== '') draft.end = line.end;
  }
  if (draft !== null && draft.fields.has('Status')) yield draft;
}

function* parseResponses(text: string, problems: Problems): Generator<PlainRecord> {
  const dates = new DateColumn();
  for (const { fields, body, start, end, line } of drafts(text)) {
    if (body.trim() !== '') fields.set('Body', body.slice(0, longestBody).trim());
    const date = fields.get('Date') ?? '';
    const { timeMs } = claimDate(dates.read(date), date, start, problems);
    yield { start, end, line, timeMs, layout, fields };
  }
}

export const httpResponse: Reader = {
  kind: 'http-response',
  logSource: 'http-response',
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise(head) {
    const [first] = firstLines(head, 1);
    const plain = (first ?? '').replace(mark, '').trimEnd();
    return statusLine.test(plain) || requestLine.test(plain) ? 0.9 : 0;
  },
  claims(line, previous) {
    const plain = line.slice(0, longestHeader).replace(mark, '').trimEnd();
    if (statusLine.test(plain)) return 2;
    if (requestLine.test(plain)) return 1;
    // The body of a page is markup, or what a page of theirs prints: `Name : value`.
    return previous && (header.test(plain) || /^\s*<|^\s*[A-Za-z]\w* *:(?: |$)/.test(line) || mark.test(line)) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner('http-response', demand, parseResponses),
};
