/** The ways in which people and programs write which Exchange it is, brought to a build or to the builds of one CU. */
import { compareBuilds, cuKey, plainBuild, type Product, productOf, products } from '../core/build.ts';
import type { Installed } from './holes.ts';
import { isMeant, type Knowledge, type Release, type SetupLevel } from './load.ts';

export type Spelling =
  | { readonly kind: 'build'; readonly build: string }
  /** Only the CU is known: `why` says whether the text is the directory's (AdminDisplayVersion), a folder's, or a name. */
  | { readonly kind: 'cu'; readonly installed: Installed; readonly why: 'directory' | 'folder' | 'name' }
  /** A level that setup wrote into the directory: not which build runs, but which CU prepared it. */
  | { readonly kind: 'level'; readonly level: number; readonly of: readonly SetupLevel[] }
  /** Names a product or CU that has no such release. */
  | { readonly kind: 'no_release'; readonly near: readonly Release[] }
  | { readonly kind: 'unreadable' };

const longest = 200;
const directory = /^(?:Version )?(\d{1,2})\.(\d{1,2}) ?\(Build (\d{1,5})\.(\d{1,5})(?::\d+)?\)$/i;
const folder = /^(?:v(?:ersion)? ?)?(\d{1,2})\.(\d{1,2})\.(\d{3,5})$/i;
const level = /^(?:(?:schema|rangeUpper|objectVersion)\D{0,20})?(1[1-9]\d{3})$/i;
const name =
  /^(?:microsoft )?(?:exchange )?(?:server )?(2010|2013|2016|2019|SE|subscription edition)\b(?: (?:standard|enterprise))?(?: (RTM|CU ?\d{1,2}|SP ?\d|cumulative update ?\d{1,2}|service pack ?\d))?(?: (.{1,40}))?$/i;

/** A text as somebody gave it. */
export function spelled(knowledge: Knowledge, given: string): Spelling {
  const text = given.slice(0, longest).trim().replace(/\s+/g, ' ');
  const build = plainBuild(text.replace(/^v(?:ersion)? ?/i, ''));
  if (build !== null) return productOf(build) === null ? { kind: 'unreadable' } : { kind: 'build', build };
  const parts = directory.exec(text);
  // The directory keeps the number of the CU and rarely learns of an update.
  if (parts !== null) return ofCu(knowledge, parts.slice(1).map(Number).join('.'), 'directory');
  const three = folder.exec(text);
  if (three !== null) return ofCu(knowledge, `${three.slice(1).map(Number).join('.')}.0`, 'folder');
  const number = level.exec(text);
  if (number !== null) {
    const found = Number(number[1]);
    const of = knowledge.setup.filter((one) => [one.schema, one.domain, one.organisation].includes(found));
    return of.length === 0 ? { kind: 'unreadable' } : { kind: 'level', level: found, of };
  }
  const named = name.exec(text.replaceAll(/[,_-]+ ?| +/g, ' '));
  return named === null ? { kind: 'unreadable' } : byName(knowledge, named[1]!, named[2] ?? null, named[3] ?? null);
}

function ofCu(knowledge: Knowledge, build: string, why: 'directory' | 'folder'): Spelling {
  if (productOf(build) === null) return { kind: 'unreadable' };
  const own = knowledge.ofCu.get(cuKey(build)) ?? [];
  return own.length === 0
    ? { kind: 'no_release', near: nearTo(knowledge, build) }
    : { kind: 'cu', installed: { from: own[0]!.build, to: own.at(-1)!.build }, why };
}

function nearTo(knowledge: Knowledge, build: string): Release[] {
  const own = knowledge.releases.filter((one) => one.product === productOf(build) && isMeant(one) && one.update === null);
  const below = own.findLast((one) => compareBuilds(one.build, build) < 0);
  const above = own.find((one) => compareBuilds(one.build, build) > 0);
  return [below, above].filter((one) => one !== undefined);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const small = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** `Mar21SU`, `March 2021 SU`, `SU Mar21`, `RU31`, `KB5000871`, as one word. */
function updateWord(text: string): string {
  const month = /\b([a-z]{3})[a-z]{0,6} ?(?:20)?(\d\d)\b/i.exec(text);
  const kind = /hu\b|hotfix/i.test(text) ? 'hu' : 'su';
  if (month !== null && months.includes(month[1]!.toLowerCase()))
    return `${month[1]!.toLowerCase()}${month[2]!}${kind}${/v2\b/i.test(text) ? 'v2' : ''}`;
  return small(text.replace(/update rollup|rollup|rollup update/i, 'ru'));
}

function byName(knowledge: Knowledge, product: string, cu: string | null, update: string | null): Spelling {
  const of: Product = products.find((one) => one.toLowerCase() === product.toLowerCase()) ?? 'SE';
  const all = knowledge.releases.filter((one) => one.product === of && isMeant(one));
  const wanted =
    cu === null ? (of === 'SE' ? 'rtm' : null) : small(cu.replace(/cumulative update/i, 'CU').replace(/service pack/i, 'SP'));
  const own = wanted === null ? [] : all.filter((one) => [one.cu, one.also ?? ''].some((word) => small(word) === wanted));
  if (own.length === 0) return { kind: 'no_release', near: all.filter((one) => one.update === null).slice(-3) };
  if (update === null) return { kind: 'cu', installed: { from: own[0]!.build, to: own.at(-1)!.build }, why: 'name' };
  const word = updateWord(update);
  const found = own.find((one) => [one.update, one.kb, ...one.includes].some((word2) => word2 !== null && small(word2) === word));
  return found === undefined ? { kind: 'no_release', near: own } : { kind: 'build', build: found.build };
}
