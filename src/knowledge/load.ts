/** Reads the files of `knowledge/` and checks each by itself and against the others. */
import { compareBuilds, cuKey, type Product, productOf, products } from '../core/build.ts';
import { groupBy } from '../core/group.ts';
import { byCodeUnit } from '../core/text.ts';
import { buildShape, cveShape, type Fact, factsOf, KnowledgeError, type KnowledgeFile } from './lines.ts';

const releaseKinds = ['RTM', 'CU', 'SP', 'SU', 'HU', 'RU', 'Preview', 'unverified'] as const;

/** A build that was released. */
export interface Release {
  readonly build: string;
  readonly product: Product;
  /** `CU18`, `RTM`, `SP3`. */
  readonly cu: string;
  /** `Mar21SU`, `RU31`; null: the CU itself. */
  readonly update: string | null;
  /** `Preview` and `unverified` were never meant for servers. */
  readonly kind: (typeof releaseKinds)[number];
  /** `YYYY-MM-DD`, or `YYYY-MM` where the day is not known. */
  readonly released: string;
  readonly kb: string | null;
  /** Another name of the CU (2013 SP1 is CU4). */
  readonly also: string | null;
  /** Updates that this CU is itself (`Feb19SU`). */
  readonly includes: readonly string[];
  /** Numbers that some sources give it instead. */
  readonly alternatives: readonly string[];
  /** The update of March 2021 for a CU out of support: four fixes, and no earlier ones. */
  readonly fourFixesOnly: boolean;
  readonly note: string | null;
}

/** Meant for servers: no preview, and not only in one third party's list. */
export const isMeant = ({ kind }: Release): boolean => kind !== 'Preview' && kind !== 'unverified';

const checks = [
  'build',
  'build-and-override',
  'build-and-configuration',
  'build-and-file',
  'build-plus-configuration',
  'configuration',
  'ad-schema',
  'ad-permissions',
  'windows-build',
  'windows-file-version',
  'windows-and-iis-module',
  'dotnet-file-version',
] as const;

export const steps = [
  'prepare-ad',
  'prepare-schema',
  'prepare-all-domains',
  'download-domains',
  'extended-protection',
  'data-signing',
  'override',
  'hybrid-app',
  'fip-fs',
  'token-cache-module',
  'windows-update',
  'dotnet-update',
] as const;
/** What has to be done beside the update; no build tells whether it was. */
export type ExtraStep = (typeof steps)[number];

/** A hole with a number of its own. */
export interface Hole {
  readonly cve: string;
  /** In a few words of ours; null: nobody needs to know it by name. */
  readonly name: string | null;
  readonly kind: string | null;
  readonly published: string | null;
  readonly check: (typeof checks)[number];
  readonly affects: readonly Product[];
  /** Per product, ascending: the first closed build of each CU that got the fix. */
  readonly fixed: ReadonlyMap<Product, readonly string[]>;
  /** First closed build → the lower one that another source names. */
  readonly disputed: ReadonlyMap<string, string>;
  /** The same builds by their CU. */
  readonly fixedOfCu: ReadonlyMap<string, string>;
  readonly step: ExtraStep | null;
  readonly overrides: readonly string[];
  /** Products that are known not to have it, though nobody looked after them any more. */
  readonly absentFrom: readonly string[];
  /** Roles that do not have it. */
  readonly notOn: readonly string[];
  /** Day or month of its first known use. */
  readonly used: string | null;
  readonly note: string | null;
  /** In the catalogue of known exploited vulnerabilities since. */
  readonly kev: { readonly added: string; readonly ransomware: boolean } | null;
}

/** What the setup of a CU writes into the directory, and what the CU runs on. */
export interface SetupLevel {
  readonly product: Product;
  readonly cu: string;
  readonly update: string | null;
  readonly build: string;
  readonly schema: number | null;
  readonly domain: number | null;
  readonly organisation: number | null;
  readonly dotnet: readonly string[];
  readonly windows: readonly string[];
}

export interface Mitigation {
  readonly id: string;
  readonly cves: readonly string[];
  readonly appliedBy: readonly string[];
  readonly how: string;
  /** Names of its rules in IIS. */
  readonly rules: readonly string[];
  /** What those rules look for, in the form that holds; a rule of the name with another one was passed by attackers. */
  readonly patterns: readonly string[];
  /** All of its rules are needed; else any of them. */
  readonly all: boolean;
  readonly place: string | null;
  /** It helps against some who would use the hole, not against all. */
  readonly partial: boolean;
  /** From which update on it is not needed; null: it stays. */
  readonly ends: string | null;
}

export interface Knowledge {
  /** By build. */
  readonly releases: readonly Release[];
  /** By CU (`15.1.2106`), those that were meant for servers. */
  readonly ofCu: ReadonlyMap<string, readonly Release[]>;
  readonly supportEnd: ReadonlyMap<Product, string | null>;
  /** By number. */
  readonly holes: readonly Hole[];
  /** By build. */
  readonly setup: readonly SetupLevel[];
  readonly mitigations: readonly Mitigation[];
  /** Per CU (`15.1.1847`), number of a hole → the update before March 2021 that closes it. */
  readonly beforeMarch2021: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const kbShape = /^KB\d{6,8}$/;
const product = (fact: Fact): Product => fact.among('product', products);

function release(fact: Fact): Release {
  const build = fact.text('build', buildShape);
  const one: Release = {
    build,
    product: product(fact),
    cu: fact.text('cu'),
    update: fact.optional('update'),
    kind: fact.among('kind', releaseKinds),
    released: fact.day('released') ?? '',
    kb: fact.optional('kb', kbShape),
    also: fact.optional('also'),
    includes: fact.list('includes'),
    alternatives: fact.list('alternatives', buildShape),
    fourFixesOnly: fact.flag('fourFixesOnly'),
    note: fact.optional('note'),
  };
  fact.optional('dated');
  if (one.released === '') throw fact.error('`released` is missing', 'add the day or the month');
  if (productOf(build) !== one.product) throw fact.error(`${build} is no build of ${one.product}`, 'put one of them right');
  return one;
}

function hole(fact: Fact, kev: ReadonlyMap<string, NonNullable<Hole['kev']>>): Hole {
  const cve = fact.text('cve', cveShape);
  const affects = fact.list('affects').map((name) => {
    const found = products.find((one) => one === name);
    if (found === undefined) throw fact.error(`there is no product \`${name}\``, `one of: ${products.join(', ')}`);
    return found;
  });
  const fixed = new Map<Product, readonly string[]>();
  for (const [name, builds] of fact.table('fixed', 'lists', buildShape)) {
    const own = affects.find((one) => one === name);
    if (own === undefined) throw fact.error(`\`fixed\` names ${name}, and \`affects\` does not`, 'put one of them right');
    if (builds.some((build, at) => productOf(build) !== own || (at > 0 && compareBuilds(builds[at - 1]!, build) >= 0)))
      throw fact.error(`the builds for ${name} are not its own, or not in order`, 'lowest first');
    if (new Set(builds.map(cuKey)).size !== builds.length && own !== '2010')
      throw fact.error(`two builds for one CU of ${name}`, 'the first closed one counts');
    fixed.set(own, builds);
  }
  const step = fact.has('step') ? fact.among('step', steps) : null;
  const one: Hole = {
    cve,
    name: fact.optional('name'),
    kind: fact.optional('kind'),
    published: fact.day('published'),
    check: fact.among('check', checks),
    affects,
    fixed,
    disputed: fact.table('disputed', 'texts', buildShape),
    fixedOfCu: new Map([...fixed.values()].flat().map((build) => [cuKey(build), build])),
    step,
    overrides: fact.list('overrides'),
    absentFrom: fact.list('absentFrom'),
    notOn: fact.list('notOn'),
    used: fact.day('used'),
    note: fact.optional('note'),
    kev: kev.get(cve) ?? null,
  };
  fact.list('fixedBy');
  if ((one.used === null) !== (fact.optional('usedFrom') === null))
    throw fact.error('`used` and `usedFrom` stand together', 'name the source of the first known use');
  return one;
}

const mitigation = (fact: Fact): Mitigation => ({
  id: fact.text('id'),
  cves: fact.list('cves', cveShape),
  appliedBy: fact.list('appliedBy'),
  how: fact.text('how'),
  rules: fact.list('rules'),
  patterns: fact.list('patterns'),
  all: fact.flag('all'),
  place: fact.optional('place'),
  partial: fact.flag('partial'),
  ends: fact.optional('ends'),
});

const setupLevel = (fact: Fact): SetupLevel => ({
  product: product(fact),
  cu: fact.text('cu'),
  update: fact.optional('update'),
  build: fact.text('build', buildShape),
  schema: fact.count('schema'),
  domain: fact.count('domain'),
  organisation: fact.count('organisation'),
  dotnet: fact.list('dotnet'),
  windows: fact.list('windows'),
});

/** Names of the files, without folder. */
export const knowledgeFiles = [
  'exchange-builds.jsonl',
  'exchange-cves.jsonl',
  'exchange-march-2021.jsonl',
  'exchange-mitigations.jsonl',
  'exchange-setup.jsonl',
  'kev.jsonl',
] as const;

/** @throws KnowledgeError at the first line that is wrong */
export function loadKnowledge(files: readonly KnowledgeFile[]): Knowledge {
  const file = (name: (typeof knowledgeFiles)[number]): KnowledgeFile => {
    const found = files.find(({ path }) => path.replaceAll('\\', '/').split('/').at(-1) === name);
    if (found === undefined) throw new KnowledgeError('knowledge.invalid', 'the file is missing', 'put it back', name, '', 0);
    return found;
  };
  const supportEnd = new Map<Product, string | null>();
  const builds = new Set<string>();
  const releases = factsOf(file('exchange-builds.jsonl'), (fact) => {
    if (!fact.has('build')) {
      supportEnd.set(product(fact), fact.day('supportEnd'));
      return null;
    }
    const one = release(fact);
    if (builds.has(one.build)) throw fact.error(`${one.build} stands here twice`, 'leave one out');
    builds.add(one.build);
    return one;
  }).sort((a, b) => compareBuilds(a.build, b.build));
  const kev = new Map<string, NonNullable<Hole['kev']>>();
  factsOf(file('kev.jsonl'), (fact) => {
    const cve = fact.text('cve', cveShape);
    fact.among('family', ['exchange', 'sharepoint', 'windows']);
    fact.day('due');
    fact.day('dueBefore');
    kev.set(cve, { added: fact.day('added') ?? '', ransomware: fact.flag('ransomware') });
    return null;
  });
  const holes = factsOf(file('exchange-cves.jsonl'), (fact) => {
    const one = hole(fact, kev);
    const unknown = [...one.fixed.values()].flat().find((build) => !builds.has(build));
    if (unknown !== undefined) throw fact.error(`${unknown} is no build that we know`, 'add it to exchange-builds.jsonl');
    return one;
  }).sort((a, b) => byCodeUnit(a.cve, b.cve));
  const beforeMarch2021 = new Map<string, Map<string, string>>();
  factsOf(file('exchange-march-2021.jsonl'), (fact) => {
    const [of, cu, kb] = [product(fact), fact.text('cu'), fact.text('kb', kbShape)];
    const own = releases.find((one) => one.product === of && one.cu === cu);
    if (own === undefined) throw fact.error(`there is no ${of} ${cu}`, 'see exchange-builds.jsonl');
    const known = beforeMarch2021.get(cuKey(own.build)) ?? new Map<string, string>();
    beforeMarch2021.set(cuKey(own.build), known);
    for (const cve of fact.list('cves', cveShape)) known.set(cve, kb);
    return null;
  });
  return {
    releases,
    ofCu: groupBy(releases.filter(isMeant), ({ build }) => cuKey(build)),
    supportEnd,
    holes,
    setup: factsOf(file('exchange-setup.jsonl'), setupLevel).sort((a, b) => compareBuilds(a.build, b.build)),
    mitigations: factsOf(file('exchange-mitigations.jsonl'), mitigation),
    beforeMarch2021,
  };
}
