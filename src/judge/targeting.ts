/** Picked out, or one of the many: four words, with reasons for and against and what would change them. */
import type { Targeting } from '../core/assessment.ts';
import type { Pack, Trait } from '../core/pack.ts';
import { dayMs, oneDayMs } from '../core/time.ts';
import { byFinding, byRule, once } from './because.ts';
import type { Claim } from './claims.ts';
import type { Event } from './event.ts';

export interface TargetingFacts {
  readonly pack: Pack | null;
  readonly events: readonly Event[];
  readonly claims: readonly Claim[];
  readonly firstMs: number | null;
  /** Other intruders on the same servers. */
  readonly intruders: number;
  /** The quiet first weeks of the campaign are covered by the logs that would show them. */
  readonly earlyCovered: boolean;
  readonly earlyText: string | null;
  readonly findingsOf: (event: Event) => readonly string[];
}

/** Rows that show a trait, at least one where a row shows it; null: it does not hold. */
function shownBy(trait: Trait, facts: TargetingFacts, waves: readonly string[]): readonly Event[] | null {
  const { when } = trait;
  const { events } = facts;
  const some = (own: readonly Event[]): readonly Event[] | null => (own.length === 0 ? null : own);
  const paged = (fits: (name: string) => boolean): readonly Event[] | null =>
    some(events.filter(({ page }) => page !== null && fits(page.slice(page.lastIndexOf('/') + 1))));
  switch (when.kind) {
    case 'wave':
      return waves.length > 0 && waves.every((wave) => when.ids.includes(wave))
        ? events.filter(({ timeMs }) => timeMs !== null).slice(0, 1)
        : null;
    case 'rule':
      return some(events.filter(({ proof }) => when.rules.includes(proof.rule)));
    case 'page_name':
      return paged((name) => when.names.includes(name));
    case 'page_pattern': {
      const pattern = new RegExp(when.pattern, 'i');
      return paged((name) => pattern.test(name));
    }
    case 'fast_chain': {
      const start = events.find(({ proof, timeMs }) => proof.step === 'try' && timeMs !== null);
      const end = events.find(({ proof, timeMs }) => (proof.step === 'plant' || proof.step === 'arm') && timeMs !== null);
      const fast =
        start !== undefined &&
        end !== undefined &&
        end.timeMs! >= start.timeMs! &&
        end.timeMs! - start.timeMs! <= when.seconds * 1000;
      return fast ? [start, end] : null;
    }
    case 'no_follow_up': {
      const left = facts.claims.find(({ stage }) => stage === 'implanted');
      const further = facts.claims.some(({ stage }) => stage === 'operated' || stage === 'spread' || stage === 'impact');
      return left === undefined || further ? null : left.events.slice(0, 1);
    }
    case 'several_intruders':
      return facts.intruders > 1 ? [] : null;
  }
}

/** Findings that are named with a reason. */
const findingsNamed = 3;

export function targetingOf(facts: TargetingFacts): Targeting {
  const waves = wavesOf(facts.pack, facts.firstMs);
  const held = (facts.pack?.traits ?? []).flatMap((trait) => {
    const rows = shownBy(trait, facts, waves);
    return rows === null ? [] : [{ trait, rows }];
  });
  const texts = (weighs: Trait['weighs']): string[] =>
    held.filter(({ trait }) => trait.weighs === weighs).map(({ trait }) => trait.text);
  const [pro, contra] = [texts('for'), texts('against')];
  const open = facts.earlyCovered || facts.earlyText === null ? [] : [facts.earlyText];
  const early = held.some(({ trait: { weighs, when } }) => weighs === 'for' && when.kind === 'wave');
  let word: Targeting['word'] = 'open';
  if (early && pro.length > contra.length) word = 'chosen';
  else if (contra.length >= 2 && pro.length === 0) word = facts.earlyCovered ? 'mass' : 'more likely mass';
  else if (contra.length > pro.length) word = 'more likely mass';
  const reasons: Targeting['reasons'] = [
    ...held.map(({ trait: { weighs, text }, rows }) => ({
      weighs,
      text,
      because: once([...new Set(rows.flatMap((event) => facts.findingsOf(event)))].slice(0, findingsNamed).map(byFinding), [
        byRule('target.trait'),
      ]),
    })),
    ...open.map((text) => ({ weighs: 'open' as const, text, because: [byRule('target.early')] })),
  ];
  const because = once(reasons.flatMap((one) => one.because).slice(0, findingsNamed), [byRule('target.words')]);
  return { word, for: pro, against: contra, open, because, reasons };
}

/** Waves into which a beginning falls; where it falls into none, those a day away. */
export function wavesOf(pack: Pack | null, firstMs: number | null): string[] {
  if (pack === null || firstMs === null) return [];
  const inside = pack.waves.filter(({ from, to }) => firstMs >= dayMs(from) && firstMs < dayMs(to) + oneDayMs);
  // The margin of a day is for a beginning between the waves.
  if (inside.length > 0) return inside.map(({ id }) => id);
  return pack.waves
    .filter(({ from, to }) => firstMs >= dayMs(from) - oneDayMs && firstMs < dayMs(to) + 2 * oneDayMs)
    .map(({ id }) => id);
}
