/** The safe first steps for tonight, tied to what was found. The whole plan comes with its own room. */
import type { Exposure, PlanStep, Verdict } from '../core/assessment.ts';
import { stageRank } from '../core/stage.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Hosts } from './hosts.ts';
import type { Judged } from './intrusions.ts';
import { sentences, steps } from './messages.ts';

export function planOf(verdict: Verdict, judged: readonly Judged[], hosts: Hosts, exposure: readonly Exposure[]): PlanStep[] {
  const own = judged.filter(({ declared }) => declared === null);
  const because = own
    .flatMap(({ findings }) => findings)
    .filter(({ stage, confidence }) => confidence !== 'possible' && stageRank(stage) >= stageRank('exploited'))
    .map(({ id }) => id)
    .slice(0, 5);
  const touched = [
    ...new Set(
      own
        .filter(({ intrusion }) => stageRank(intrusion.stage) >= stageRank('exploited'))
        .flatMap(({ intrusion }) => intrusion.hosts.map(({ host }) => host)),
    ),
  ].sort();
  // A server of which nothing is here may be the one that carried it out.
  const host = [...(touched.length > 0 ? touched : hosts.present), ...hosts.absent].sort(byCodeUnit);
  const list: Omit<PlanStep, 'findings'>[] = [];
  const add = (id: string, step: Omit<PlanStep, 'id' | 'findings'>): void => void list.push({ id, ...step });
  const missing = verdict.missing[0];
  const fetch = (): void => {
    if (missing === undefined) return;
    if (missing.kind === 'encrypted') {
      add('open-encrypted', steps.openEncrypted());
      return;
    }
    if (missing.kind === 'other_time' || missing.kind === 'no_packs') {
      add('read-all', steps.readAll());
      return;
    }
    const what =
      missing.kind === 'host' && missing.host !== null
        ? sentences.fetchHost(missing.host)
        : missing.kind === 'load-balancer'
          ? sentences.fetchOther
          : sentences.fetch(missing.kind, missing.host, missing.text.includes(': only '));
    add('fetch-missing', steps.fetchMissing(what, missing.where));
  };
  if (verdict.answer === 'confirmed' || verdict.answer === 'suspected') {
    const operated = stageRank(verdict.stage) >= stageRank('operated');
    if (operated) {
      add('keep-copy', steps.keepCopy(host));
      add('call-help', steps.callHelp());
      add('cut-off', steps.cutOff(host));
    } else {
      add('cut-off', steps.cutOff(host));
      add('keep-copy', steps.keepCopy(host));
    }
    if (verdict.answer === 'suspected') fetch();
    const page = verdict.presence.waysBack.find(
      ({ kind, state, what }) => kind === 'file' && state === 'open' && what.startsWith('/'),
    );
    if (page !== undefined && !operated) add('move-page', steps.movePage(page.what));
    add('passwords', steps.passwords());
  } else if (verdict.exitCode === 2) fetch();
  // Where the fixed build was seen to run everywhere, nobody is sent to install it again.
  const fixed =
    exposure.length > 0 &&
    exposure.every(({ campaigns }) => campaigns.every(({ state, fixedSinceUtc }) => state === 'fixed' && fixedSinceUtc !== null));
  if (verdict.answer !== 'confirmed' && !fixed) add('patch', steps.patch());
  add('run-again', steps.runAgain());
  return list.map((step) => ({ ...step, findings: because }));
}
