import { expect, test } from 'vitest';
import { parsePattern, PatternError } from './stix-pattern.ts';

const said = (text: string): string[] =>
  parsePattern(text).comparisons.map(
    (one) =>
      `${one.negated ? 'not ' : ''}${one.object}:${one.property} ${one.operator} ${one.values.join('|')}${one.alone ? ' alone' : one.sameFile ? ' same file' : ''}`,
  );

// The first ones are examples of the specification.
test.each([
  ["[ipv4-addr:value = '198.51.100.1/32']", ['ipv4-addr:value = 198.51.100.1/32 alone']],
  [
    "[file:hashes.'SHA-256' = 'aec0' OR file:hashes.MD5 = 'cead']",
    ['file:hashes.SHA-256 = aec0 alone', 'file:hashes.MD5 = cead alone'],
  ],
  [
    "[file:name = 'foo.dll' AND file:hashes.MD5 = 'cead' AND file:size = 25536]",
    ['file:name = foo.dll same file', 'file:hashes.MD5 = cead same file', 'file:size = 25536 same file'],
  ],
  [
    "[domain-name:value = 'a.example' AND domain-name:resolves_to_refs[*].value = '198.51.100.1']",
    ['domain-name:value = a.example', 'domain-name:resolves_to_refs[*].value = 198.51.100.1'],
  ],
  [
    "([ipv4-addr:value = '198.51.100.1'] FOLLOWEDBY [url:value = 'http://x.example']) WITHIN 300 SECONDS",
    ['ipv4-addr:value = 198.51.100.1', 'url:value = http://x.example'],
  ],
  ["[a:b = 'x'] AND [a:b = 'y']", ['a:b = x', 'a:b = y']],
  ["[a:b = 'x'] OR [a:b = 'y']", ['a:b = x alone', 'a:b = y alone']],
  ["[a:b = 'x'] REPEATS 5 TIMES WITHIN 10 SECONDS", ['a:b = x']],
  ["[a:b IN ('x', 'y')]", ['a:b IN x|y alone']],
  ["[a:b != 'x']", ['not a:b = x alone']],
  ["[NOT a:b = 'x']", ['not a:b = x alone']],
  ["[a:b NOT LIKE '%x']", ['not a:b LIKE %x alone']],
  ["[ipv4-addr:value ISSUBSET '203.0.113.0/24']", ['ipv4-addr:value ISSUBSET 203.0.113.0/24 alone']],
  ['[EXISTS a:b]', ['a:b EXISTS  alone']],
  [
    "[(file:hashes.MD5 = 'a' OR file:hashes.MD5 = 'b') AND file:size > 5]",
    ['file:hashes.MD5 = a', 'file:hashes.MD5 = b', 'file:size > 5'],
  ],
  [
    "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'x y']",
    ['network-traffic:extensions.http-request-ext.request_header.User-Agent = x y alone'],
  ],
  ["[a:b = 'it\\'s \\\\ OR [x:y']", ["a:b = it's \\ OR [x:y alone"]],
])('%s', (text, expected) => {
  expect(said(text)).toEqual(expected);
});

test('its qualifier says how long it is valid', () => {
  expect(parsePattern("[a:b = 'x'] START t'2021-03-01T00:00:00Z' STOP t'2021-03-09T00:00:00Z'")).toMatchObject({
    start: '2021-03-01T00:00:00Z',
    stop: '2021-03-09T00:00:00Z',
  });
});

test.each([
  '',
  '[',
  "[a:b = 'x'",
  "[a:b = 'x]",
  "[a:b 'x']",
  "[a = 'x']",
  '[a:b = ]',
  "[a:b = 'x'] garbage",
  "[a:b IN ('x']",
  '('.repeat(500),
  `[${'('.repeat(500)}a:b = 1`,
])('%s is an error, never another pattern', (text) => {
  expect(() => parsePattern(text)).toThrow(PatternError);
});

test('a pattern of ten thousand choices is read in one pass', () => {
  const text = `[${Array.from({ length: 10_000 }, (_, i) => `ipv4-addr:value = '198.51.${i >> 8}.${i & 255}'`).join(' OR ')}]`;
  expect(parsePattern(text).comparisons).toHaveLength(10_000);
});
