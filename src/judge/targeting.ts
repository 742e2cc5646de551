/** Picked out, or one of the many: four words, with reasons for and against and what would change them. */
import type { Targeting } from '../core/assessment.ts';
import type { Pack, Trait } from '../core/pack.ts';
import { dayMs, oneDayMs } from '../core/time.ts';
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
}

function holds(trait: Trait, facts: TargetingFacts, waves: readonly string[]): boolean {
  const { when } = trait;
  const pages = facts.events.flatMap((event) => (event.page === null ? [] : [event.page.slice(event.page.lastIndexOf('/') + 1)]));
  switch (when.kind) {
    case 'wave':
      return waves.length > 0 && waves.every((wave) => when.ids.includes(wave));
    case 'rule':
      return facts.events.some(({ proof }) => when.rules.includes(proof.rule));
    case 'page_name':
      return pages.some((name) => when.names.includes(name));
    case 'page_pattern':
      return pages.some((name) => new RegExp(when.pattern, 'i').test(name));
    case 'fast_chain': {
      const start = facts.events.find(({ proof, timeMs }) => proof.step === 'try' && timeMs !== null);
      const end = facts.events.find(({ proof, timeMs }) => (proof.step === 'plant' || proof.step === 'arm') && timeMs !== null);
      return (
        start !== undefined &&
        end !== undefined &&
        end.timeMs! >= start.timeMs! &&
        end.timeMs! - start.timeMs! <= when.seconds * 1000
      );
    }
    case 'no_follow_up':
      return (
        facts.claims.some(({ stage }) => stage === 'implanted') &&
        !facts.claims.some(({ stage }) => stage === 'operated' || stage === 'spread' || stage === 'impact')
      );
    case 'several_intruders':
      return facts.intruders > 1;
  }
}

export function targetingOf(facts: TargetingFacts): Targeting {
  const waves = wavesOf(facts.pack, facts.firstMs);
  const reasons = (facts.pack?.traits ?? []).filter((trait) => holds(trait, facts, waves));
  const texts = (weighs: Trait['weighs']): string[] => reasons.filter((trait) => trait.weighs === weighs).map(({ text }) => text);
  const [pro, contra] = [texts('for'), texts('against')];
  const open = facts.earlyCovered || facts.earlyText === null ? [] : [facts.earlyText];
  const early = reasons.some(({ weighs, when }) => weighs === 'for' && when.kind === 'wave');
  let word: Targeting['word'] = 'open';
  if (early && pro.length > contra.length) word = 'chosen';
  else if (contra.length >= 2 && pro.length === 0) word = facts.earlyCovered ? 'mass' : 'more likely mass';
  else if (contra.length > pro.length) word = 'more likely mass';
  return { word, for: pro, against: contra, open };
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
