import { expect, test } from 'vitest';
import { nodePlatform } from '../host/node-platform.ts';
import { keepPacks, keptPacks, loadPacks, packsKey } from './index.ts';

const files = nodePlatform.assets
  .list('packs')
  .filter((path) => /^packs\/[^/]+\/(?:pack\.yaml|rules\/[^/]+\.yml)$/.test(path))
  .map((path) => ({ path, text: nodePlatform.assets.text(path) }));
const key = packsKey(files, nodePlatform.hasher());

test('what was kept is what is loaded', () => {
  const loaded = loadPacks(files);
  expect(loaded.rules.length).toBeGreaterThan(100);
  expect(keptPacks(keepPacks(key, loaded), key)).toEqual(loaded);
});

test('of other files nothing is kept', () => {
  const kept = keepPacks(key, { packs: [], rules: [], steps: [] });
  expect(keptPacks(null, key)).toBeNull();
  for (const other of [files.slice(1), [{ ...files[0]!, text: `${files[0]!.text} ` }, ...files.slice(1)]])
    expect(keptPacks(kept, packsKey(other, nodePlatform.hasher()))).toBeNull();
});
