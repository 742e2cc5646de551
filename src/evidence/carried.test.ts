import { describe, expect, test } from 'vitest';
import { utf16 } from '../../test/support/memory.ts';
import { carried } from './carried.ts';

const utf8 = new TextEncoder();
const row = '2021-03-03 05:32:20 10.10.0.20 POST /ecp/y.js a=b 443 - 203.0.113.77 curl/7.1 - 241 0 0 1406';
const read = (text: string): unknown => {
  const found = carried(utf8.encode(text), 'utf8');
  return found === null
    ? null
    : [...found.mended].map(([{ kind }, { bytes }]) => [kind, new TextDecoder().decode(bytes).trimEnd().split('\n')]);
};
const head =
  '#Fields: date time s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken';

describe('what carries rows', () => {
  test.each([
    ['one object a line', `${JSON.stringify({ _source: { message: row } })}\n${JSON.stringify({ message: 'words' })}\n`],
    ['a list', JSON.stringify([{ message: 'words' }, { event: { original: `${row}\r\n` } }], null, 2)],
    ['an answer of a search', JSON.stringify({ took: 3, hits: { total: 1, hits: [{ _source: { message: row } }] } })],
    ['objects of Splunk', JSON.stringify({ preview: false, result: { _raw: row } })],
    ['a table', `"_time","_raw"\n"2021-03-03T05:32:20.000+0000","${row}"\n`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual([['iis-w3c', [row]]]);
  });
  test.each([
    ['no object', '[1, 2, 3]'],
    ['no list', 'words {"message": 1}'],
    ['an object that says nothing', '{"a": {"b": 1}}'],
    ['a raw value of several lines', JSON.stringify({ message: `x\n${row}` })],
    ['a body that a client sent', JSON.stringify({ body: row })],
    ['brackets without end', '{'.repeat(10_000)],
    ['a table of something else', 'a,b,c\n1,2,3\n'],
    ['nothing', ''],
  ])('%s carries none', (_name, text) => {
    expect(read(text)).toBe(null);
  });
});

describe('values under other names', () => {
  test('become a row of the web server, value by value', () => {
    const text = JSON.stringify({
      '@timestamp': '2021-03-03T05:32:20.000Z',
      source: { ip: '203.0.113.77' },
      http: { request: { method: 'POST' }, response: { status_code: 302 } },
      url: { path: '/ecp/y.js' },
      user_agent: { original: 'x 241 0 0\n2021-03-03 05:32:20' },
    });
    expect(read(text)).toEqual([
      ['iis-w3c', [head, '2021-03-03 05:32:20 - - POST /ecp/y.js - - - 203.0.113.77 x+241+0+0+2021-03-03+05:32:20 - 302 - - -']],
    ]);
  });
  test('a whole address is parted into path and query', () => {
    const text = 'Date,Time,Source IP,Method,URI,Status\n2021-03-03,05:31:20,203.0.113.77,POST,/ecp/y.js?a=b?c,302\n';
    expect(read(text)).toEqual([
      ['iis-w3c', [head, '2021-03-03 05:31:20 - - POST /ecp/y.js a=b?c - - 203.0.113.77 - - 302 - - -']],
    ]);
  });
  test('a time without a zone is none', () => {
    const text =
      '@timestamp,source.ip,http.request.method,url.path,http.response.status_code\n"Mar 3, 2021 @ 05:32:20.000",203.0.113.77,GET,/x,200\n';
    expect(read(text)).toEqual([['iis-w3c', [head, '- - - - GET /x - - - 203.0.113.77 - - 200 - - -']]]);
  });
  test('a row that a client’s sign parted is left out and told', () => {
    for (const [head_, row_] of [
      [
        'date;time;cs-method;cs-uri-stem;c-ip;cs(User-Agent);sc-status',
        '2021-03-03;05:32:20;POST;/ecp/y.js;203.0.113.77;x;241;302',
      ],
      [
        '| date | time | cs-method | cs-uri-stem | c-ip | cs(User-Agent) | sc-status |',
        '| 2021-03-03 | 05:32:20 | POST | /ecp/y.js | 203.0.113.77 | x | 241 | 302 |',
      ],
    ] as const) {
      const good = row_.replace(/ ?(?:;|\|) ?302/, '');
      const found = carried(utf8.encode(`${head_}\n${good}\n${row_}\n`), 'utf8')!;
      expect(
        new TextDecoder()
          .decode([...found.mended.values()][0]!.bytes)
          .trimEnd()
          .split('\n').length,
      ).toBe(2);
      expect(found.problems.map(({ code, count }) => `${code}×${count}`)).toEqual(['row.columns×1']);
      expect(carried(utf8.encode(`${head_}\n${row_}\n`), 'utf8')).toBe(null);
    }
  });
  test('columns of a web server are UTC, also where a spreadsheet has changed their dates', () => {
    const text = 'date;time;cs-method;cs-uri-stem;c-ip;sc-status\n23.03.2021;05:32:20;GET;/x;203.0.113.77;200\n';
    expect(read(text)).toEqual([['iis-w3c', [head, '2021-03-23 05:32:20 - - GET /x - - - 203.0.113.77 - - 200 - - -']]]);
  });
});

describe('objects', () => {
  test('of a console keep their values apart', () => {
    const text = JSON.stringify([{ DateTime: '2021-03-03T04:12:31.310Z', AnchorMailbox: 'x","241","', HttpStatus: 302 }]);
    expect(read(text)).toEqual([
      ['test-proxylogon', ['DateTime,AnchorMailbox,HttpStatus', '"2021-03-03T04:12:31.310Z","x"",""241"",""","302"']],
    ]);
  });
  test('values of PowerShell are what stands in them', () => {
    const text = JSON.stringify({
      Name: 'OAB (Default Web Site)',
      ExternalUrl: { AbsoluteUri: 'https://x.example/', OriginalString: 'https://x.example/OAB' },
      WhenChangedUTC: '/Date(1614744751310)/',
      State: { value: 10, Value: 'Completed' },
    });
    expect(read(text)).toEqual([
      [
        'export-csv',
        [
          'Name,ExternalUrl.AbsoluteUri,ExternalUrl,WhenChangedUTC,State',
          '"OAB (Default Web Site)","https://x.example/","https://x.example/OAB","2021-03-03T04:12:31.310Z","Completed"',
        ],
      ],
    ]);
  });
  test('of which each has names of its own are no table', () => {
    const many = Array.from({ length: 6000 }, (_, index) => JSON.stringify({ CommandLine: 'x', [`n${index}`]: 1 })).join('\n');
    expect(read(many)).toBe(null);
  });
});

describe('places', () => {
  test('lead to the object as handed in, in any encoding', () => {
    const first = JSON.stringify({ message: 'Grüße \u{1F600}' });
    const second = JSON.stringify({ message: row });
    const text = `${first}\n${second}\n`;
    for (const [bytes, encoding] of [
      [utf8.encode(text), 'utf8'],
      [utf16(text, false, false), 'utf16le'],
      [utf16(text, true, true), 'utf16be'],
    ] as const) {
      const found = carried(bytes, encoding)!;
      const [{ at, end, firstLine }] = found.parts as [(typeof found.parts)[number]];
      const decoder = new TextDecoder(encoding === 'utf8' ? 'utf-8' : encoding === 'utf16le' ? 'utf-16le' : 'utf-16be');
      expect([firstLine, decoder.decode(bytes.slice(at, end))]).toEqual([1, second]);
    }
  });
  test('what is torn off is said, and the rest counts', () => {
    const whole = `[${JSON.stringify({ message: row })},`;
    const found = carried(utf8.encode(`${whole}{"message":"20`), 'utf8')!;
    expect(found.parts.length).toBe(1);
    expect(found.problems).toEqual([{ code: 'json.broken', at: whole.length, count: 1 }]);
  });
});

describe('places and forgeries', () => {
  test('each object of a list within an answer has its own place', () => {
    const rows = Array.from({ length: 50 }, (_, i) => row.replace('y.js', `y${i}.js`));
    const text = JSON.stringify({ note: '"results": [', results: rows.map((one) => ({ é: '"}{[', _raw: one })) });
    const found = carried(utf8.encode(text), 'utf8')!;
    const bytes = utf8.encode(text);
    const lines = [...found.mended.values()].flatMap(({ lines: all }) => all);
    expect(lines).toHaveLength(50);
    for (const [index, { at, end }] of lines.entries())
      expect(JSON.parse(new TextDecoder().decode(bytes.subarray(at, end)))).toEqual({ é: '"}{[', _raw: rows[index] });
  });

  test('a quote in a client’s word gives its row no other row’s status', () => {
    const header = 'date,time,cs-method,cs-uri-stem,c-ip,cs(User-Agent),sc-status';
    const text = [
      header,
      '2021-03-03,10:00:01,POST,/aspnet_client/x.aspx,203.0.113.77,"abc,404',
      '2021-03-03,10:01:01,GET,/owa/auth/logon.aspx,203.0.113.77,xyz",200',
      '2021-03-03,10:02:01,GET,/owa/,203.0.113.77,xyz,200',
      '',
    ].join('\n');
    const found = carried(utf8.encode(text), 'utf8')!;
    expect(found.problems.map(({ code }) => code)).toContain('csv.open_quote');
    expect(JSON.stringify(read(text))).not.toContain('x.aspx');
    expect(JSON.stringify(read(text))).toContain('/owa/');
  });
});

test('rows of a list stand each in its own place, however the name of the list is written and whatever stands before it', () => {
  const rows = ['a', 'b', 'c'].map((sign) => row.replace('y.js', `${sign}.js`));
  const list = JSON.stringify(rows.map((message) => ({ _source: { message } })));
  const places = (text: string): string[] => {
    const [mended] = [...carried(utf8.encode(text), 'utf8')!.mended.values()];
    return mended!.lines.map(({ at, end }) => text.slice(at, end));
  };
  const wanted = rows.map((message) => JSON.stringify({ _source: { message } }));
  for (const text of [
    `{"hits":{"\\u0068its":${list}}}`,
    `{"note":"\\"hits\\":[{},{},{}]","hits":{"of":{"hits":[{},{},{}]},"hits" : ${list}}}`,
    `{"hits":{"hits":[{},{},{}]},"hits":{"hits":[{},{},{}],"hits":${list}}}`,
  ])
    expect(places(text)).toEqual(wanted);
});
