import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mentionsIn, noteWords } from './mentions.ts';

test('what a note mentions, in its order, defanged or not, each once', () => {
  const text =
    'Were we hacked on 3 March (CVE-2021-26855)? 198[.]51[.]100[.]7 and 198.51.100.7 asked for hxxps://mail[.]haven.example/aspnet_client/supp0rt.aspx. There is C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx, also /owa/auth/y.aspx and z.aspx, d41d8cd98f00b204e9800998ecf8427e.';
  expect(mentionsIn(text)).toEqual([
    'CVE-2021-26855',
    '198.51.100.7',
    'hxxps://mail[.]haven.example/aspnet_client/supp0rt.aspx',
    'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx',
    '/owa/auth/y.aspx',
    'z.aspx',
    'd41d8cd98f00b204e9800998ecf8427e',
  ]);
});

test.each(['Thanks, we are fine.', 'build 15.1.2176.999', 'version 1.2.3', ''])('nothing: %s', (text) => {
  expect(mentionsIn(text)).toEqual([]);
});

test('a long list is cut', () => {
  expect(mentionsIn(Array.from({ length: 200 }, (_, i) => `192.0.2.${i}`).join(' ')).length).toBe(20);
});

test('the reason says that it proves nothing', () => {
  expect(noteWords('a web page', 'Hello')).toBe('a web page');
  expect(noteWords('a web page', '192.0.2.7?')).toBe('a web page; it mentions 192.0.2.7, which proves nothing');
});

test('any text gives short values', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const value of mentionsIn(text)) expect(value.length).toBeLessThanOrEqual(120);
    }),
  );
});
