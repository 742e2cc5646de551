/**
 * Who wrote this field? A stage from `exploited` upward is confirmed only by rules that ask for something the server or an
 * administrator wrote; what only the client said is probable at best.
 */
import { expect, test } from 'vitest';
import { loadContent } from '../../src/assess.ts';
import { stageRank } from '../../src/core/stage.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { ecpFields } from '../../src/read/ecp-server.ts';
import { httpproxyFields } from '../../src/read/httpproxy.ts';
import { responseFields } from '../../src/read/http-response.ts';
import { iisFields } from '../../src/read/iis-w3c.ts';
import type { FieldFacts } from '../../src/read/layout.ts';
import { nouns } from '../../src/read/powershell-nouns.ts';
import { eventFields } from '../../src/read/event-text.ts';
import { windowsEventFields } from '../../src/read/windows-event-record.ts';
import { fieldsOf } from '../../src/rules/index.ts';

const written: Readonly<Record<string, Readonly<Record<string, FieldFacts>>>> = {
  httpproxy: httpproxyFields,
  'ecp-server': ecpFields,
  'ecp-excerpt': { ...ecpFields, Result: { type: 'text', writtenBy: 'server' } },
  'iis-w3c': iisFields,
  'http-response': responseFields,
  ...Object.fromEntries(nouns.map(({ logSource, fields }) => [logSource, fields])),
  'windows-event': { ...eventFields, ...windowsEventFields },
};
const { packs, rules } = loadContent(nodePlatform);
const confirming = packs
  .flatMap(({ proofs }) => proofs)
  .filter(({ stage, confidence }) => confidence === 'confirmed' && stageRank(stage) >= stageRank('exploited'));

test('there are such rules, and every field they name is one that its reader knows', () => {
  expect(confirming.length).toBeGreaterThan(8);
  for (const rule of rules) {
    const known = written[rule.logSource];
    if (known === undefined) continue;
    expect(
      fieldsOf(rule.expr).filter((field) => !(field in known)),
      rule.id,
    ).toEqual([]);
  }
});

test.each(confirming.map(({ rule }) => rule))('%s asks for words of the server', (id) => {
  const rule = rules.find((one) => one.id === id)!;
  const own = fieldsOf(rule.expr).filter((field) => written[rule.logSource]?.[field]?.writtenBy !== 'client');
  expect(own).not.toEqual([]);
});

test('a chain of the client’s own words proves nothing for certain', () => {
  for (const { chain } of packs.flatMap(({ proofs }) => proofs))
    if (chain !== undefined) expect(chain.confidence).not.toBe('confirmed');
});
