/**
 * The community's rules for web servers over logs of lines: what is found by looking for texts in bytes is what a plain reading of the
 * specification finds when it is asked about every row.
 */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { groupsOfReader } from '../../src/detect/index.ts';
import { iisW3c } from '../../src/read/iis-w3c.ts';
import { webAccess } from '../../src/read/web-access.ts';
import { compileMany, parseCollection, bindRules, sourceOfKey } from '../../src/rules/index.ts';
import { evidenceFolder } from '../support/evidence.ts';
import { naiveMatches, type NaiveRecord, type NaiveRule } from '../support/naive-sigma.ts';
import { scanText } from '../support/scan.ts';
import { sigmaRules } from '../support/sigma-rules.ts';
import { shortened } from '../support/soak.ts';

const home = path.resolve(import.meta.dirname, '..', '..');
const evidence = evidenceFolder();
const rulesFolder = path.join(evidence ?? '', 'sigma', 'sigmahq');

/** Rows of attacks as they stand in logs, and rows beside them. */
const iis = `#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken custom-1
2021-03-03 04:00:01 192.0.2.1 GET /a.aspx q=1'+or+1=1 443 - 198.51.100.7 Mozilla/5.0 - 200 0 0 5 x
2021-03-03 04:00:02 192.0.2.1 GET /a.aspx exec=whoami&x=%24%7Bjndi:ldap://x%7D 443 - 198.51.100.7 sqlmap/1.2 - 200 0 0 5 x
2021-03-03 04:00:03 192.0.2.1 GET /.git/config - 443 - 198.51.100.7 \${jndi:ldap://x/} https://x.example/?a=<script> 404 0 0 5 x
2021-03-03 04:00:04 192.0.2.1 POST /owa/auth/x.js - 443 - 198.51.100.7 ExchangeServicesClient/0.0.0.0 - 241 0 0 5 =whoami
2021-03-03 04:00:05 192.0.2.1 GET /%2e%2e/%2e%2e/windows/win.ini %3Cscript%3Ealert(1) 443 MAIL01$ ::1 - - 500 0 0 5 -
2021-03-03 04:00:06 192.0.2.1 POST /ecp/DDI/DDIService.svc/SetObject schema=ResetOABVirtualDirectory 444 MAIL01$ 198.51.100.9 python-requests - 200 0 0 5 -
2021-03-03 04:00:07 192.0.2.1 GET /owa/ - 443 - 198.51.100.9 Mozilla/5.0+(Windows+NT+10.0) - 302 0 0 5 -
`;
const access = `198.51.100.7 - - [03/Mar/2021:04:00:01 +0000] "GET /?id=1%20union%20select%201 HTTP/1.1" 200 12 "-" "Nikto/2.1"
198.51.100.7 - - [03/Mar/2021:04:00:02 +0000] "GET /x?y=\${jndi:ldap://a/b} HTTP/1.1" 200 12 "https://x.example/?<script>" "\${jndi:dns://x}"
198.51.100.8 - alice [03/Mar/2021:04:00:03 +0000] "POST /cgi-bin/.%2e/bin/sh HTTP/1.1" 404 12 "-" "curl/7"
198.51.100.8 - - [03/Mar/2021:04:00:04 +0000] "GET / HTTP/1.1" 200 12 "-" "Mozilla/5.0"
`;

const own = (title: string, detection: string): string =>
  `title: ${title}\nlogsource: { category: webserver }\ndetection:\n${detection}\n  condition: sel\n`;
const made = [
  own('word', '  sel: [whoami, "<script>", "500"]'),
  own('all words', "  sel:\n    '|all': [GET, jndi]"),
  own('uri', "  sel: { cs-uri|contains: 'a.aspx?exec' }"),
  own('agent', '  sel: { c-useragent|startswith: [sql, nikto, "-"] }'),
  own('no agent', "  sel: { cs-user-agent: '' }"),
  own('status', '  sel: { sc-status|gte: 400 }'),
  own('not', '  sel: { cs-method|neq: GET }'),
];

/** Differences, and how many rows were hit. */
function compare(
  reader: typeof iisW3c,
  text: string | Uint8Array,
  yaml: readonly { readonly id: string; readonly source: string; readonly plain: NaiveRule }[],
  many: ReturnType<typeof compileMany>,
): readonly [string[], number] {
  const groups = groupsOfReader(reader);
  const found = new Map<number, string[]>();
  scanText(reader, text, {
    literals: many.literals,
    judge: (group, tuple) => many.judge(group, tuple),
    groups,
    onRows: (rows) => {
      for (let row = 0; row < rows.length; row++) {
        const ids: string[] = [];
        many.match(rows, row, (index) => ids.push(yaml[index]!.id));
        if (ids.length > 0) found.set(rows.offset(row), ids.sort());
      }
    },
  });
  const different: string[] = [];
  scanText(reader, text, {
    groups,
    onRows: (rows) => {
      for (let row = 0; row < rows.length; row++) {
        const { logSource, fields } = rows.layout(row);
        const record: NaiveRecord = {
          logSource,
          fields: new Map(fields.map(({ name }) => [name, rows.text(row, name) ?? ''])),
          percent: new Set(fields.filter(({ percent }) => percent === true).map(({ name }) => name)),
        };
        const wanted = yaml.filter(({ source, plain }) => {
          const resolved = sourceOfKey(source);
          return 'variants' in resolved && naiveMatches(plain, resolved.variants, record);
        });
        const ids = wanted.map(({ id }) => id).sort();
        const seen = found.get(rows.offset(row)) ?? [];
        if (ids.join() !== seen.join()) different.push(`${rows.offset(row)}: wanted ${ids.join()}; found ${seen.join()}`);
      }
    },
  });
  return [different, found.size];
}

test('rules of our own', () => {
  // One that only looks at what is not there makes every row a candidate: with and without it.
  for (const chosen of [made, made.slice(0, 4), ...made.map((one) => [one])]) {
    const set = bindRules(chosen.map((text, index) => parseCollection(text, `${index}.yml`)));
    const yaml = set.rules.map(({ id, source }, index) => ({ id, source, plain: parse(chosen[index]!) as NaiveRule }));
    for (const [reader, text] of [
      [iisW3c, iis],
      [webAccess, access],
    ] as const) {
      const many = compileMany(set.rules, [reader.logSource], groupsOfReader(reader), 'texts');
      const [different, hits] = compare(reader, text, yaml, many);
      expect(different).toEqual([]);
      if (chosen === made) expect(hits).toBeGreaterThan(2);
    }
  }
});

const logs = (folder: string): string[] =>
  !fs.existsSync(folder)
    ? []
    : (fs.readdirSync(folder, { recursive: true }) as string[])
        .filter((name) => /\.log$/i.test(name))
        .map((name) => path.join(folder, name));

describe.skipIf(evidence === null)('rules of the community', () => {
  const all = [...logs(path.join(home, 'examples', 'used-shell')), ...logs(path.join(evidence ?? '', 'logs'))].filter((name) =>
    /W3SVC|u_ex|iis/i.test(name),
  );
  const files = shortened('web logs', all, (name) => all.indexOf(name) % 6 === 0);
  test('over rows of attacks, examples and real logs', () => {
    const { set, plain } = sigmaRules(rulesFolder);
    const webRules = set.rules.filter(({ source }) => {
      const resolved = sourceOfKey(source);
      return 'variants' in resolved && resolved.variants.some(({ logSources }) => /iis|web/.test(logSources.join()));
    });
    expect(webRules.length).toBeGreaterThan(80);
    const yaml = webRules.map(({ id, source }) => ({ id, source, plain: plain.get(id)! }));
    const web = new Map(
      [iisW3c, webAccess].map((reader) => [reader, compileMany(webRules, [reader.logSource], groupsOfReader(reader), 'texts')]),
    );
    let hits = 0;
    for (const [reader, text] of [
      [iisW3c, iis],
      [webAccess, access],
      ...files.map((name) => [iisW3c, new Uint8Array(fs.readFileSync(name))] as const),
    ] as const) {
      const [different, found] = compare(reader, text, yaml, web.get(reader)!);
      expect(different).toEqual([]);
      hits += found;
    }
    expect(files.length).toBeGreaterThan(5);
    expect(hits).toBeGreaterThan(10);
    // No rule of theirs makes every row a candidate.
    expect(web.get(iisW3c)!.judge(0, [null, null, null])).toBe(false);
  }, 600_000);
});
