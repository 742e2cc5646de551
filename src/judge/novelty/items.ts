/** From what is out of place to a short list: one item for each page or action of a server, the best of its rows in front. */
import { anyValue } from '../../core/field-shape.ts';
import { groupBy } from '../../core/group.ts';
import { byCodeUnit } from '../../core/text.ts';

import type { WantedRow } from '../../run/index.ts';
import type { Book, Seen } from './normal.ts';
import { rank, type Ranked, type Reason } from './rank.ts';

export interface Draft {
  readonly host: string | null;
  readonly what: string;
  readonly kind: 'page' | 'action';
  readonly score: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
  /** More than looking. */
  readonly wrote: boolean;
  /** The best one of each log, the best first. */
  readonly members: readonly Ranked[];
  readonly reasons: readonly Reason[];
}

/** Below this nothing is worth a look. */
export const leastScore = 6;
/** Considered of each log before rows are looked at, and of those that are alike but for their page. */
const considered = 400;
const consideredAlike = 40;
/** Things that began within so long of one another keep each other company. */
export const companyMs = 5 * 60_000;
const mostCompany = 6;
const membersShown = 3;

export function draftsOf(books: Iterable<{ readonly book: Book; readonly seen: readonly Seen[] }>): Draft[] {
  const byHost = new Map<string, Ranked[]>();
  for (const { book, seen } of books) {
    const own = byHost.get(book.host ?? '') ?? [];
    byHost.set(book.host ?? '', own);
    for (const one of diverse(rank(book, seen))) own.push(one);
  }
  const drafts: Draft[] = [];
  for (const all of byHost.values()) {
    const grouped = groupBy(all, (one) => {
      const { book, seen } = one;
      // What stands for many is no page that things could be put together by.
      return `${book.source.kind} ${seen.deed.what === anyValue ? likenessOf(one) : seen.deed.what}`;
    });
    const singles = [...grouped.values()].map((members) => draftOf(members.sort(byScore)));
    drafts.push(...inCompany(singles));
  }
  return drafts.sort(byRank);
}

/**
 * A million pages that were all asked for in the same way are one thing, and must not push another out. Actions have names that the
 * server gives them, of which there are few: two are two.
 */
export const likenessOf = ({ book, seen: { deed } }: Ranked): string => {
  const named = book.source.kind === 'action' && book.logSource !== 'httpproxy' ? deed.what : '';
  return [book.logSource, book.source.kind, deed.entrance, deed.realm, deed.how, deed.actor, deed.ended, named].join('\u0000');
};

function diverse(ranked: readonly Ranked[]): Ranked[] {
  const alike = new Map<string, number>();
  const kept: Ranked[] = [];
  for (const one of ranked) {
    const likeness = likenessOf(one);
    const count = alike.get(likeness) ?? 0;
    if (count >= consideredAlike) continue;
    alike.set(likeness, count + 1);
    kept.push(one);
    if (kept.length >= considered) break;
  }
  return kept;
}

const byScore = (a: Ranked, b: Ranked): number =>
  b.score - a.score ||
  byCodeUnit(a.book.logSource, b.book.logSource) ||
  byCodeUnit(JSON.stringify(a.seen.deed), JSON.stringify(b.seen.deed));

export const byRank = (a: Draft, b: Draft): number =>
  b.score - a.score || byCodeUnit(a.host ?? '', b.host ?? '') || byCodeUnit(`${a.kind} ${a.what}`, `${b.kind} ${b.what}`);

function draftOf(members: readonly Ranked[]): Draft {
  const best = members[0]!;
  const logs = new Set<string>();
  const shown: Ranked[] = [];
  for (const one of members) {
    if (shown.length >= membersShown || logs.has(one.book.logSource + one.seen.deed.entrance)) continue;
    logs.add(one.book.logSource + one.seen.deed.entrance);
    shown.push(one);
  }
  // What was done to the same in nearly the same way, in the same log.
  const own = members.filter(
    ({ book, seen, score }) =>
      book === best.book &&
      seen.deed.actor === best.seen.deed.actor &&
      seen.deed.entrance === best.seen.deed.entrance &&
      score >= best.score / 3,
  );
  return {
    host: best.book.host,
    what: best.seen.deed.what,
    kind: best.book.source.kind,
    score: best.score,
    firstMs: best.seen.firstMs,
    lastMs: own.reduce((last, { seen }) => (seen.lastMs > last ? seen.lastMs : last), best.seen.lastMs),
    count: own.reduce((sum, { seen }) => sum + seen.count, 0),
    wrote: own.some(moreThanLooking),
    members: shown,
    reasons: best.reasons,
  };
}

/** Something was sent, or a page that hardly anybody knows was asked in a form that it alone is asked in. */
function moreThanLooking({ book, seen, reasons }: Ranked): boolean {
  if (book.source.kind === 'action' || !/^(?:get|head|options)$/i.test(seen.deed.how)) return true;
  return (
    reasons.some(({ code, bits }) => code === 'rare' && bits > 6) &&
    reasons.some((reason) => reason.code === 'shape' && reason.shaped === 'query' && seen.deed.shape !== null)
  );
}

/** What an intruder does leaves new things in several places within minutes; what is merely rare stands alone. */
function inCompany(drafts: readonly Draft[]): Draft[] {
  const timed = drafts
    .filter(({ score, firstMs }) => score >= leastScore / 2 && !Number.isNaN(firstMs))
    .sort((a, b) => a.firstMs - b.firstMs);
  const company = new Map<Draft, number>();
  let from = 0;
  for (const draft of timed) {
    while (timed[from]!.firstMs < draft.firstMs - companyMs) from++;
    const own = likenessOf(draft.members[0]!);
    const kinds = new Set<string>();
    for (let i = from; i < timed.length && timed[i]!.firstMs <= draft.firstMs + companyMs && kinds.size < 8; i++) {
      const kind = likenessOf(timed[i]!.members[0]!);
      if (kind !== own) kinds.add(kind);
    }
    const others = kinds.size;
    company.set(draft, others);
  }
  return drafts.map((draft) => {
    const others = company.get(draft) ?? 0;
    if (others === 0) return draft;
    const bits = Math.min(mostCompany, 1.5 * Math.log2(others + 1));
    return { ...draft, score: draft.score + bits, reasons: [...draft.reasons, { code: 'company', bits, others }] };
  });
}

export const wantedOf = ({ book, seen }: Ranked): WantedRow => ({
  artifact: seen.place.artifact,
  partAt: seen.place.partAt,
  block: seen.place.block,
  group: book.source.group,
  tuple: seen.place.tuple,
});
