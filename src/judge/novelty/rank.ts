/**
 * How far a deed is out of place on its server, in bits: by how few it was done, whether this page knows this method, whether others who
 * were not logged in were turned away, whether what was written beside it ever looked like this. What the server refused is nothing
 * that anybody got; what people do who are logged in weighs less. No name of any attack stands here.
 */
import { oddCharacters, textShape } from '../../core/field-shape.ts';
import { hourMs } from '../../core/time.ts';
import { type Actor, type Deed, type DeedSource } from './deed.ts';
import { type Book, formOf, type Seen, Sums } from './normal.ts';

/** Why something is out of place. The sentences for people stand in `messages.ts`. */
export type Reason =
  /** Rows of all this log's that asked for it. */
  | {
      readonly code: 'rare';
      readonly bits: number;
      readonly count: number;
      readonly rows: number;
      readonly kind: DeedSource['kind'];
    }
  /** Done in another way than it ever is. */
  | { readonly code: 'how'; readonly bits: number; readonly how: string; readonly others: number }
  /** Nobody logged in, or an account of the machine, where that is rare. */
  | { readonly code: 'actor'; readonly bits: number; readonly actor: Actor; readonly others: number; readonly realm: string }
  /** Given, where others who were nobody were turned away. */
  | { readonly code: 'given'; readonly bits: number; readonly refused: number; readonly ended: string }
  /** It ended as it never does. */
  | { readonly code: 'ended'; readonly bits: number; readonly ended: string; readonly others: number }
  /** What the client wrote beside it never looked like this. */
  | {
      readonly code: 'shape';
      readonly bits: number;
      readonly shaped: string;
      readonly odd: readonly string[];
      readonly others: number;
    }
  /** First seen so long after the record begins. */
  | { readonly code: 'late'; readonly bits: number; readonly quietMs: number }
  /** The program that asked is seldom seen and never logged in. */
  | { readonly code: 'agent'; readonly bits: number; readonly count: number }
  /** Nobody ever logged in from the address. */
  | { readonly code: 'address'; readonly bits: number; readonly count: number }
  /** As the server's own monitoring, and not from the server. */
  | { readonly code: 'outside'; readonly bits: number }
  /** Other things that are out of place began within minutes. */
  | { readonly code: 'company'; readonly bits: number; readonly others: number };

export interface Ranked {
  readonly book: Book;
  readonly seen: Seen;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** Below this many rows nothing can be called normal. */
export const fewestRows = 200;
/** What lies within so long of where the record begins may have been there before. */
export const settlingMs = 48 * hourMs;

const bits = (whole: number, part: number, most: number): number =>
  Math.max(0, Math.min(most, Math.log2((whole + 1) / (part + 0.5))));

/** How much of it somebody got. */
const outcomeWeight = { given: 1, ran: 0.8, refused: 0 } as const;
/** Whose it is: nobody's, the machine's, or somebody's work. */
const actorWeight: Readonly<Record<Actor, number>> = {
  nobody: 1,
  service: 1,
  sid: 0.8,
  system: 0.8,
  computer: 0.8,
  deputy: 0.8,
  person: 0.35,
  monitor: 0.2,
};
const inForm: ReadonlySet<Reason['code']> = new Set(['how', 'shape', 'ended']);
/** What a browser fetches with a page. */
const still = /\.(?:css|js|png|gif|jpe?g|ico|svg|woff2?|ttf|eot|map|txt|htm|html)$/;

/** Those that are out of place at all, the farthest first. */
export function rank(book: Book, seen: readonly Seen[]): Ranked[] {
  const { source } = book;
  if (book.rows < fewestRows) return [];
  const what = new Sums();
  const how = new Sums();
  const realm = new Sums();
  const form = new Sums();
  const ended = new Sums();
  let all = 0;
  /** Rows, not weights: what people are told. */
  const answered = new Map<string, number>();
  for (const { deed, weight, count } of seen) {
    all += weight;
    if (deed.outcome !== 'refused') answered.set(deed.what, (answered.get(deed.what) ?? 0) + count);
    const fed = deed.outcome === 'refused' ? 'no' : 'yes';
    what.add(weight, deed.what);
    what.add(weight, deed.what, fed);
    what.add(weight, deed.what, deed.actor, fed);
    how.add(weight, deed.what, deed.how);
    how.add(weight, extensionOf(deed), deed.how, fed);
    how.add(weight, extensionOf(deed), fed);
    realm.add(weight, deed.entrance, deed.realm, fed);
    realm.add(weight, deed.entrance, fed);
    realm.add(weight, deed.entrance, deed.realm, deed.actor, fed);
    realm.add(weight, deed.entrance, fed, deed.actor, '');
    if (deed.outcome !== 'refused') {
      ended.add(weight, deed.what, deed.ended);
      ended.add(weight, deed.ended);
      ended.add(weight, '', '', '');
      form.add(weight, deed.what, formOf(deed.shape));
      form.add(weight, deed.realm, '', formOf(deed.shape));
      for (const name of oddOf(deed.shape)) {
        form.add(weight, deed.what, 'odd', name);
        form.add(weight, deed.realm, '', 'odd', name);
      }
    }
  }
  const ranked: Ranked[] = [];
  for (const one of seen) {
    const { deed, count, firstMs } = one;
    const outcome = outcomeWeight[deed.outcome];
    if (outcome === 0) continue;
    const reasons: Reason[] = [];
    const here = what.of(deed.what, 'yes');
    const rare = bits(all, here, 12);
    if (rare > 4)
      reasons.push({ code: 'rare', bits: rare * 0.6, count: answered.get(deed.what) ?? 0, rows: book.rows, kind: source.kind });

    const whole = what.of(deed.what);
    const known = how.of(deed.what, deed.how);
    // A page that is new knows no method: what pages of its kind are asked with.
    const kind = extensionOf(deed);
    const method =
      whole > known * 2 ? bits(whole, known, 7) : rare > 6 ? bits(how.of(kind, 'yes'), how.of(kind, deed.how, 'yes'), 4) : 0;
    if (method > 1.5) reasons.push({ code: 'how', bits: method, how: deed.how, others: Math.round(whole - known) });

    const inRealm = realm.of(deed.entrance, deed.realm, 'yes');
    const alike = realm.of(deed.entrance, deed.realm, deed.actor, 'yes');
    // A realm of its own has no custom: then that of the entrance.
    const stranger =
      inRealm > 20
        ? bits(inRealm, alike, 8)
        : Math.min(5, bits(realm.of(deed.entrance, 'yes'), realm.of(deed.entrance, 'yes', deed.actor, ''), 8));
    if (deed.actor !== 'person' && stranger > 1)
      reasons.push({ code: 'actor', bits: stranger, actor: deed.actor, others: Math.round(inRealm - alike), realm: deed.realm });

    const turned = what.of(deed.what, deed.actor, 'no');
    const got = what.of(deed.what, deed.actor, 'yes');
    const turnedInRealm = realm.of(deed.entrance, deed.realm, deed.actor, 'no');
    const refused = turned + got > 8 ? bits(turned + got, got, 8) : bits(turnedInRealm + alike, alike, 5);
    if (deed.actor === 'nobody' && refused > 1)
      reasons.push({ code: 'given', bits: refused, refused: Math.round(turned > 0 ? turned : turnedInRealm), ended: deed.ended });

    const ending =
      here >= 20
        ? bits(here, ended.of(deed.what, deed.ended), 6)
        : Math.min(4, bits(ended.of('', '', ''), ended.of(deed.ended), 8));
    if (ending > 2) reasons.push({ code: 'ended', bits: ending, ended: deed.ended, others: Math.round(here >= 20 ? here : all) });

    const shape = shapeReason(deed, source, form, here, realm.of(deed.entrance, deed.realm, 'yes'));
    if (shape !== null) reasons.push(shape);

    const quietMs = firstMs - book.firstMs;
    if (quietMs > settlingMs) reasons.push({ code: 'late', bits: Math.min(2, Math.log2(quietMs / settlingMs + 1) / 2), quietMs });

    const plain = source.kind === 'page' && still.test(deed.what) && /^(?:get|head)$/i.test(deed.how) && deed.actor === 'nobody';
    const weight = actorWeight[deed.actor];
    // That somebody does a rare thing at work says little; that he does it as nobody does it says more.
    const base = reasons.reduce((sum, { code, bits: own }) => sum + own * (inForm.has(code) ? Math.sqrt(weight) : weight), 0);
    const score = base * outcome * (plain ? 0.3 : 1) * steady(one, book);
    if (score > 0 && count > 0) ranked.push({ book, seen: one, score, reasons });
  }
  return ranked.sort((a, b) => b.score - a.score);
}

/** What goes on through the whole record is what this server does. */
function steady({ firstMs, lastMs, count }: Seen, book: Book): number {
  const span = book.lastMs - book.firstMs;
  if (!(span > settlingMs) || Number.isNaN(firstMs)) return 1;
  const share = (lastMs - firstMs) / span;
  const days = span / (24 * hourMs);
  return (share > 0.7 && count > days * 0.7) || (share > 0.5 && count >= 5) ? 0.6 : 1;
}

function oddOf(shape: string | null): string[] {
  const parts = shape === null ? null : textShape(shape);
  if (parts === null) return [];
  return Object.entries(oddCharacters).flatMap(([name, bit]) => ((parts.odd & bit) === 0 ? [] : [name]));
}

function extensionOf({ what }: Deed): string {
  const dot = what.lastIndexOf('.');
  return dot === -1 || what.length - dot > 8 ? '' : what.slice(dot);
}

function shapeReason(deed: Deed, source: DeedSource, form: Sums, here: number, realm: number): Reason | null {
  const own = formOf(deed.shape);
  const shape = deed.shape === null ? null : textShape(deed.shape);
  const near = here >= 20;
  const others = near ? here - form.of(deed.what, own) : realm - form.of(deed.realm, '', own);
  const surprise = near ? bits(here, form.of(deed.what, own), 8) : bits(realm, form.of(deed.realm, '', own), 5);
  if (shape === null ? surprise < 3 : surprise < 2) return null;
  // Only what others do not have as well.
  const usual = (name: string): boolean =>
    (near ? form.of(deed.what, 'odd', name) : form.of(deed.realm, '', 'odd', name)) > (near ? here : realm) * 0.05;
  const odd = oddOf(deed.shape).filter((name) => !usual(name));
  // Nothing written where others write something says little.
  const worth = shape === null ? 0.3 : 0.6 + 0.2 * odd.length;
  return { code: 'shape', bits: surprise * Math.min(1, worth), shaped: source.shaped, odd, others: Math.round(others) };
}
