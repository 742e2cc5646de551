/**
 * `knowledge/` against the collected facts that it was made from, and the answer for every pair of a build and a hole against one that
 * is found by another way: by the order of releases and the labels of updates, never by comparing numbers.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { holeIn } from '../../src/knowledge/index.ts';
import { knowledgeHere } from '../../src/knowledge/knowledge.fixture.ts';
import { factsFolder } from '../support/evidence.ts';

interface Build {
  readonly product: string;
  readonly cu: string;
  readonly su: string | null;
  readonly ru?: string | null;
  readonly build: string;
  readonly release_date: string;
  readonly kb?: string;
  readonly end_of_support: string | null;
  readonly oob_mar2021_old_cu?: boolean;
}
interface Cve {
  readonly cve: string;
  readonly kev: boolean;
  readonly kev_date_added?: string;
  readonly affected_products: readonly string[];
  readonly fixed_in: readonly { readonly product: string; readonly cu: string; readonly build_min: string }[];
  readonly needs_extra_step: { readonly type: string } | null;
  readonly msrc_published?: string | null;
}

const folder = factsFolder();
const facts = <T>(name: string): T => JSON.parse(fs.readFileSync(path.join(folder!, name), 'utf8')) as T;
const short = (product: string): string => product.replace('Exchange Server ', '');

test.skipIf(folder === null)('builds, holes and the catalogue hold what was collected, and nothing else', () => {
  const { releases, holes, setup } = knowledgeHere();
  const builds = facts<Build[]>('exchange/builds.json');
  expect(
    releases.map(({ build, product, cu, update, released, kb, fourFixesOnly }) => [
      build,
      product,
      cu,
      update,
      released,
      kb,
      fourFixesOnly,
    ]),
  ).toEqual(
    builds
      .map((one): [string, ...unknown[]] => [
        one.build,
        short(one.product),
        one.cu,
        one.ru ?? one.su,
        one.release_date,
        one.kb ?? null,
        one.oob_mar2021_old_cu === true,
      ])
      .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
  );
  const cves = facts<Cve[]>('exchange/cves.json');
  expect(holes.map(({ cve, kev }) => [cve, kev?.added ?? null])).toEqual(
    cves
      .map((one): [string, string | null] => [
        one.cve,
        one.kev ? (one.kev_date_added ?? '') : one.cve === 'CVE-2020-1147' ? '2021-11-03' : null,
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  expect(setup.length).toBe(facts<{ levels: unknown[] }>('exchange/setuplevels.json').levels.length);
});

test.skipIf(folder === null)('every pair of a build and a hole has the answer that the labels give', () => {
  const builds = facts<Build[]>('exchange/builds.json');
  const cves = facts<Cve[]>('exchange/cves.json');
  const knowledge = knowledgeHere();
  // The list comes in no order that matters: by day, and on one day by the number of the build as text of four wide parts.
  const wide = (build: string): string =>
    build
      .split('.')
      .map((part) => part.padStart(6, '0'))
      .join('.');
  const ofProduct = new Map<string, Build[]>();
  for (const build of builds.toSorted((a, b) => (wide(a.build) < wide(b.build) ? -1 : 1))) {
    const list = ofProduct.get(build.product) ?? [];
    list.push(build);
    ofProduct.set(build.product, list);
  }
  /** CUs of a product in the order in which their first build stands; a preview is of the CU that it became. */
  const cuOf = (one: Build): string => (one.cu === 'Preview' ? 'RTM' : one.cu);
  const cuOrder = new Map([...ofProduct].map(([product, list]) => [product, [...new Set(list.map(cuOf))]]));
  const fixedByLabel = (one: Build, cve: Cve, within: readonly Build[]): boolean => {
    const own = cve.fixed_in.filter(({ product }) => product === one.product);
    const order = cuOrder.get(one.product)!;
    const same = own.find(({ cu }) => cu === cuOf(one));
    if (same !== undefined) return within.indexOf(one) >= within.findIndex(({ build }) => build === same.build_min);
    const last = Math.max(...own.map(({ cu }) => order.indexOf(cu)));
    return order.indexOf(cuOf(one)) > last;
  };
  const four = ['CVE-2021-26855', 'CVE-2021-26857', 'CVE-2021-26858', 'CVE-2021-27065'];
  const expected = (one: Build, cve: Cve): string => {
    if (!cve.affected_products.includes(one.product)) {
      const absent = short(one.product) === '2010' && ['CVE-2021-26855', 'CVE-2021-26858', 'CVE-2021-27065'].includes(cve.cve);
      const late = one.end_of_support !== null && (cve.msrc_published ?? '') > one.end_of_support;
      return late && !absent ? 'unsupported' : 'not_affected';
    }
    if (!cve.fixed_in.some(({ product }) => product === one.product)) return 'no_build';
    const list = ofProduct.get(one.product)!;
    if (!fixedByLabel(one, cve, list)) return 'open';
    const first = list.find((other) => other.cu === one.cu)!;
    if (one.oob_mar2021_old_cu === true && !four.includes(cve.cve) && !fixedByLabel(first, cve, list)) return 'unknown';
    return cve.needs_extra_step === null ? 'fixed' : 'step';
  };
  const wrong: string[] = [];
  let pairs = 0;
  for (const cve of cves) {
    const hole = knowledge.holes.find((one) => one.cve === cve.cve)!;
    for (const one of builds) {
      pairs++;
      const { state } = holeIn(knowledge, hole, { from: one.build, to: one.build });
      const want = expected(one, cve);
      if (state !== want) wrong.push(`${cve.cve} in ${one.build} (${one.product} ${one.cu}): expected ${want}, got ${state}`);
    }
  }
  expect(pairs).toBe(388 * 154);
  expect(wrong).toEqual([]);
});
