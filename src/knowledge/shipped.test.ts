import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareBuilds } from '../core/build.ts';
import { loadShipped, shippedKinds, shippedPathOf, writeBaseline } from './shipped.ts';

const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'knowledge', 'exchange-shipped.txt');
const text = fs.readFileSync(file, 'utf8');
const shipped = loadShipped([{ path: 'exchange-shipped.txt', text }]);

test('131 builds, in order, from 2013 RTM to 2019 CU9', () => {
  expect(shipped.builds).toHaveLength(131);
  expect([shipped.builds[0], shipped.builds.at(-1)]).toEqual(['15.0.516.32', '15.2.858.5']);
  expect([...shipped.builds].sort(compareBuilds)).toEqual(shipped.builds);
});

test('1,269 paths with 3,439 contents, each as the form says', () => {
  const paths = new Set(shipped.builds.flatMap((_, build) => shipped.pathsOf(build)));
  expect(paths.size).toBe(1269);
  expect([...paths].reduce((sum, one) => sum + shipped.atPath(one)!.size, 0)).toBe(3439);
  expect([...paths].filter((one) => shippedPathOf(`C:\\Exchange\\V15\\${one}`) !== one || !shippedKinds.test(one))).toEqual([]);
});

test('a build has one content for each path', () => {
  for (const build of [0, 96, 130]) {
    for (const one of shipped.pathsOf(build))
      expect([...shipped.atPath(one)!.values()].filter((builds) => builds.has(build))).toHaveLength(1);
  }
});

test('the sign-in page of 2016 CU18, by its hash and by its place', () => {
  const build = shipped.builds.indexOf('15.1.2106.2');
  const contents = shipped.atPath('frontend\\httpproxy\\owa\\auth\\logon.aspx')!;
  const [hash] = [...contents].find(([, builds]) => builds.has(build))!;
  expect(hash).toBe('49194ca2dc5ff65a4e4438b3b68d11d63ed72e12cf72b76949733f4b5196a9b2');
  expect(shipped.ofHash(hash.toUpperCase()).map((one) => one.path)).toEqual(['frontend\\httpproxy\\owa\\auth\\logon.aspx']);
  expect(shipped.ofHash('0'.repeat(64))).toEqual([]);
  expect(shipped.atPath('frontend\\httpproxy\\owa\\auth\\errorEE.aspx')).toBe(null);
});

test.each([
  [
    'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx',
    'frontend\\httpproxy\\owa\\auth\\logon.aspx',
  ],
  ['C/Exchange/ClientAccess/Owa/prem/15.1.2106.2/web.config', 'clientaccess\\owa\\prem\\version\\web.config'],
  ['D:\\Setup\\ServerRoles\\ClientAccess\\ecp\\15.2.858\\scripts\\blank.htm', 'clientaccess\\ecp\\version\\scripts\\blank.htm'],
  ['ClientAccess\\ecp\\fonts\\5.27.1\\web.config', 'clientaccess\\ecp\\fonts\\5.27.1\\web.config'],
  ['C:\\inetpub\\wwwroot\\web.config', null],
  ['C:\\MyClientAccess\\x.aspx', null],
  ['FrontEnd\\other\\x.aspx', null],
])('%s stands at %s', (given, expected) => {
  expect(shippedPathOf(given)).toBe(expected);
});

test('a list that was written is read as it was', () => {
  const name = fc.stringMatching(/^[a-z0-9 ._-]{1,20}$/).filter((one) => one.trim() !== '');
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(name, name, fc.stringMatching(/^[0-9a-f]{64}$/)), {
        selector: ([folder, one]) => `${folder}\\${one}`,
        maxLength: 20,
      }),
      (files) => {
        const known = files.map(([folder, one, sha256]) => ({ path: `clientaccess\\${folder}\\${one}`, sha256 }));
        const read = loadShipped([{ path: 'x', text: writeBaseline('15.1.2507.61', 'a test', known) }]);
        expect(read.builds).toEqual(['15.1.2507.61']);
        for (const one of known) expect([...read.atPath(one.path)!.keys()]).toEqual([one.sha256]);
        expect(read.pathsOf(0)).toHaveLength(known.length);
      },
    ),
  );
});

test('two lists are one: builds in order, a content that both have belongs to both', () => {
  const hash = 'ab'.repeat(32);
  const path = 'clientaccess\\ecp\\a.aspx';
  const one = { path: 'a', text: writeBaseline('15.1.2507.61', 'a', [{ path, sha256: hash }]) };
  const two = { path: 'b', text: writeBaseline('15.0.1497.2', 'b', [{ path, sha256: hash }]) };
  const both = loadShipped([one, two, { path: 'c', text: one.text + two.text }]);
  expect(both.builds).toEqual(['15.0.1497.2', '15.1.2507.61']);
  expect([...both.ofHash(hash)[0]!.builds].sort()).toEqual([0, 1]);
  expect(both.ofHash(hash)).toHaveLength(1);
});

test.each([
  ['builds 15.1.1.1', 'begin'],
  ['afterpatch.baseline/1\nbuilds 15.1', 'names no builds'],
  ['afterpatch.baseline/1\nset 0 0', 'looks like this'],
  ['afterpatch.baseline/1\nbuilds 15.1.1.1\nset 0 1', 'by their numbers'],
  ['afterpatch.baseline/1\nbuilds 15.1.1.1\nset 0 0-99999', 'by their numbers'],
  ['afterpatch.baseline/1\nbuilds 15.1.1.1\nset 0 0\na.aspx\tAA:0', 'a hash and a set'],
  [`afterpatch.baseline/1\nbuilds 15.1.1.1\na.aspx\t${'ab'.repeat(32)}:0`, 'a hash and a set'],
  [`afterpatch.baseline/1\na.aspx\t${'ab'.repeat(32)}:0`, 'stand before'],
])('%j is no list', (wrong, says) => {
  expect(() => loadShipped([{ path: 'x.txt', text: wrong }])).toThrow(says);
});
