/** Which servers have to be built anew, and which backup is from before they came. */
import type { PlanBackup, PlanRebuild } from '../core/plan.ts';
import type { Finding } from '../core/assessment.ts';
import { stageRank } from '../core/stage.ts';
import { shownName } from './bindings.ts';
import { cameTo, type PlanFacts } from './facts.ts';
import { planWords as say } from './messages.ts';
import { earliest } from './secrets.ts';

const implanted = stageRank('implanted');

/** Of this server, or of one that nobody can name. */
const ofHost = (findings: readonly Finding[], host: string | null): Finding[] =>
  findings.filter((finding) => finding.host === host || finding.host === null);
const shown = (host: string | null): string => (host === null ? say.theServer : shownName(host));

export function rebuildOf(facts: PlanFacts): PlanRebuild[] {
  if (!cameTo(facts, 'implanted')) return [];
  const { assessment, findings } = facts;
  return facts.places.flatMap((host): PlanRebuild[] => {
    const own = ofHost(findings, host);
    const written = own.filter(({ stage }) => stageRank(stage) >= implanted);
    if (written.length === 0) return [];
    const orders = own.filter(
      ({ stage }) =>
        stage === 'operated' || stage === 'spread' || (stage === 'impact' && written.some((one) => one.stage !== 'impact')),
    );
    const { seen } = assessment.verdict.presence;
    const config = assessment.coverage.sources.some(
      (source) => source.kind === 'iis-config' && source.host === host && source.state === 'covers',
    );
    const modules = { text: config ? say.modulesDone : say.modulesNot, findings: [] };
    if (orders.length === 0 && (seen === 'quiet' || seen === 'active' || seen === 'not_seen'))
      return [
        {
          host,
          advice: 'clean',
          reasons: [
            { text: say.cleanIdle(shown(host)), findings: written.slice(0, 5).map(({ id }) => id) },
            { text: say.cleanBodies, findings: [] },
          ],
        },
      ];
    return [
      {
        host,
        advice: 'rebuild',
        reasons: [
          {
            text: say.ranAsSystem(shown(host)),
            findings: (orders.length > 0 ? orders : written).slice(0, 5).map(({ id }) => id),
          },
          { text: say.memoryNot, findings: [] },
          modules,
        ],
      },
    ];
  });
}

export function backupOf(facts: PlanFacts): PlanBackup[] {
  if (!cameTo(facts, 'exploited')) return [];
  return facts.places.map((host): PlanBackup => {
    const own = ofHost(facts.findings, host);
    const at = (list: readonly Finding[]): { beforeUtc: string | null; findings: string[] } => {
      const beforeUtc = earliest(list.map(({ timeUtc }) => timeUtc));
      return {
        beforeUtc,
        findings: list
          .filter(({ timeUtc }) => timeUtc !== null && timeUtc === beforeUtc)
          .map(({ id }) => id)
          .slice(0, 5),
      };
    };
    const written = at(own.filter(({ stage }) => stageRank(stage) >= implanted));
    if (written.beforeUtc !== null) return { host, ...written, text: say.backupBefore(shown(host), moment(written.beforeUtc)) };
    const entered = at(own.filter(({ stage }) => stageRank(stage) >= stageRank('exploited')));
    if (entered.beforeUtc !== null) return { host, ...entered, text: say.backupEntered(shown(host), moment(entered.beforeUtc)) };
    return { host, beforeUtc: null, text: say.backupUnknown(shown(host)), findings: own.slice(0, 5).map(({ id }) => id) };
  });
}

/** `2021-03-03 04:12`. */
const moment = (utc: string): string => utc.slice(0, 16).replace('T', ' ');
