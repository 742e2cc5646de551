/** What `--measure-blindness` plays is tied to the packs: each pack is played, or it is said that it is not, and why. */
import { expect, test } from 'vitest';
import { assess, loadContent } from '../../src/assess.ts';
import { notPlayed, techniques } from '../../src/demo/index.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { inlineExecutor } from '../../src/run/index.ts';
import { memoryFiles } from '../support/memory.ts';

const content = loadContent(nodePlatform);
const packOf = (id: string): string => id.replace(/\/.*/, '');

test('a pack that is new has a technique, or a reason why it has none', () => {
  const known = new Set([...techniques.map(({ id }) => packOf(id)), ...notPlayed.map(({ pack }) => pack)]);
  expect(content.packs.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
  const packs = new Set(content.packs.map(({ id }) => id));
  expect([...known].filter((id) => !packs.has(id))).toEqual([]);
});

test('a technique claims no more than its pack, or the packs of pages and of what comes after, can tell of', () => {
  for (const { id, stage } of techniques) {
    const own = content.packs.filter((pack) => [packOf(id), 'web-shell', 'post-exploitation'].includes(pack.id));
    // Mail that was read is proven by requests together, whatever each alone proves.
    const told = own.some((pack) => [...pack.proofs, ...pack.questions].some((one) => one.stage === stage));
    expect([id, told]).toEqual([id, true]);
  }
});

test('a pack of somebody else, which nothing is played of, is said not to be measured', async () => {
  const strange = { ...content.packs.find(({ id }) => id === 'proxylogon')!, id: 'strange', proofs: [] };
  const row =
    '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n2021-03-03 08:09:40 10.20.0.11 GET /owa/ - 443 - 203.0.113.24 curl/7.64.1 200\r\n';
  const { assessment } = await assess(['/case'], {
    organisation: '',
    known: [],
    executor: inlineExecutor(),
    platform: { ...nodePlatform, files: memoryFiles({ '/case/u_ex210303.log': row }) },
    content: { ...content, packs: [...content.packs, strange] },
    blindness: { experiments: 20 },
  });
  const { notMeasured } = assessment.blindness!;
  expect(notMeasured.find(({ pack }) => pack === 'strange')).toEqual({
    pack: 'strange',
    what: 'all of it',
    why: 'no visit of it is written yet',
  });
  for (const { pack, what, why } of notPlayed) expect(notMeasured).toContainEqual({ pack, what, why });
});
