/** Settings, modules, tasks, rules, accounts: is it named any more where it stood? */
import type { StepCheck } from '../core/plan.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Facts, Found } from './facts.ts';
import { verifySentences as say } from './messages.ts';
import { cannotTell, isDone, latest, notDone, type Outcome, strongest } from './outcome.ts';
import { isAddress, isOab, stateSources } from './step-rules.ts';

type ThingCheck = Extract<StepCheck, { kind: 'thing_gone' }>;
type SettingCheck = Extract<StepCheck, { kind: 'setting_lacks' }>;

/** Rows of states that the case had already say nothing of today. */
const freshOnes = (facts: Facts, found: readonly Found[]): Found[] =>
  found.filter(({ row }) => !facts.isOld(row.artifact) && facts.isAfter(row.artifact));

export function thingOutcome(facts: Facts, step: number, check: ThingCheck): Outcome {
  const sources = stateSources(check);
  const there = freshOnes(facts, facts.hits(step, 'there', check.host));
  const outcomes: Outcome[] = [];
  if (there.length > 0)
    outcomes.push(
      notDone(
        say.thingThere(check.name, check.host),
        facts.viewOf(there[0]!.row.artifact, check.host),
        there.slice(0, 3).map(({ row }) => facts.proof(row)),
        'leftover',
      ),
    );
  // An account can live elsewhere; a task is removed where it ran.
  const written = (asked: 'gone' | 'made'): Found[] =>
    facts
      .hits(step, asked, check.what === 'account' ? null : check.host)
      .filter(({ hit }) => hit.lastMs !== null && hit.lastMs > facts.beforeEndMs)
      .toSorted((a, b) => b.hit.lastMs! - a.hit.lastMs!);
  const removed = written('gone');
  const made = written('made')[0];
  if (made !== undefined && made.hit.lastMs! >= (removed[0]?.hit.lastMs ?? -Infinity)) {
    outcomes.push(
      notDone(
        say.thingMade(check.name, made.hit.lastMs!),
        facts.viewOf(made.row.artifact, check.host),
        [facts.proof(made.hit.rows.at(-1)!)],
        'again',
      ),
    );
  } else if (removed.length > 0) {
    const { hit, row } = removed[0]!;
    outcomes.push(
      isDone(say.thingRemoved(check.name, hit.lastMs!), facts.viewOf(row.artifact, check.host), hit.lastMs, [
        facts.proof(hit.rows.at(-1)!),
      ]),
    );
  }
  const states = facts.states(sources, check.host);
  if (there.length === 0 && states.length > 0)
    outcomes.push(
      isDone(
        say.thingGone(check.name, check.host),
        facts.viewOf(states[0]!.path, check.host),
        latest(states.map((one) => facts.stateMs(one))),
        states.slice(0, 2).map((one) => facts.fileProof(one)),
      ),
    );
  return outcomes.length === 0
    ? cannotTell(say.thingUnknown(check.name, sources.toSorted(byCodeUnit).join(', ')))
    : strongest(outcomes);
}

export function settingOutcome(facts: Facts, step: number, check: SettingCheck): Outcome {
  const there = freshOnes(facts, facts.hits(step, 'there', check.host));
  if (there.length > 0)
    return notDone(
      say.settingHolds(check.property, check.host),
      facts.viewOf(there[0]!.row.artifact, check.host),
      there.slice(0, 3).map(({ row }) => facts.proof(row)),
      'leftover',
    );
  const named = freshOnes(facts, facts.hits(step, 'folder', check.host));
  const states = facts
    .states(settingSources(check), check.host)
    .filter(({ path }) => !isOab(check) || named.some(({ row }) => row.artifact === path));
  return states.length === 0 || check.lacks.length < 3
    ? cannotTell(say.settingUnknown(check.object))
    : isDone(
        say.settingLacks(check.property, check.host),
        facts.viewOf(states[0]!.path, check.host),
        latest(states.map((one) => facts.stateMs(one))),
        states.slice(0, 2).map((one) => facts.fileProof(one)),
      );
}

/** An address stands with the virtual directories; a listing of something else does not answer for them. */
const settingSources = (check: SettingCheck): string[] =>
  isAddress(check)
    ? ['exchange-config']
    : /^Forwarding/i.test(check.property)
      ? ['mailbox']
      : ['exchange-config', 'iis-config', 'mailbox'];
