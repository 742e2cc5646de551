import { expect, test } from 'vitest';
import { articleOf } from './article.ts';

test.each([
  ['a page', '\n<!doctype HTML>\n<p>x', 'a web page'],
  ['another', '<html lang="en">', 'a web page'],
  ['Markdown with indicators', '# Attack\n\n## Indicators of Compromise\n198.51.100.7\n', 'an article about attacks'],
  ['Markdown that defangs', '# Attack\n## Hosts\n198[.]51[.]100[.]7\n', 'an article about attacks'],
  ['front matter', '---\ntitle: x\ndate: 2021-03-03\n---\n# A\n## B\n', 'an article about attacks'],
  ['plain words with indicators', 'IOCs:\n198[.]51[.]100[.]7\nevil[.]example\nhxxp://x.example/\n', 'an article about attacks'],
  // What people hand in of their own server.
  ['a ticket', '## Hacked?\n## What now?\n2021-03-03 05:31:20 10.0.0.5 GET / - 443\n', null],
  ['a mail with one defanged address', 'Is 198[.]51[.]100[.]7 an IOC?\n', null],
  ['headings of a log', '#Software: x\n#Fields: date time\n', null],
  ['a page that is a program', '<%@ Page Language="C#" %>\n<html>', null],
  ['nothing', '', null],
])('%s', (_name, text, expected) => {
  expect(articleOf(text)).toBe(expected);
});
