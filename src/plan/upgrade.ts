/** Each server's way from the build that ran last to one that is looked after. Minutes are an estimate for one server of usual size. */
import { compareBuilds, cuKey, productOf } from '../core/build.ts';
import type { PlanUpgrade } from '../core/plan.ts';
import { identify, type Knowledge, newestOf, type Release, releaseName, type SetupLevel } from '../knowledge/index.ts';
import type { PlanFacts } from './facts.ts';
import { upgradeWords as say } from './messages.ts';

const cuPage = 'https://learn.microsoft.com/exchange/plan-and-deploy/install-cumulative-updates';
const matrix = 'https://learn.microsoft.com/exchange/plan-and-deploy/supportability-matrix';
const directoryPage = 'https://learn.microsoft.com/exchange/plan-and-deploy/prepare-ad-and-domains';
const dagPage = 'https://learn.microsoft.com/exchange/high-availability/manage-ha/manage-dags';
const sePage = 'https://learn.microsoft.com/exchange/plan-and-deploy/upgrade-to-exchange-server-se';

type Stage = PlanUpgrade['stages'][number];

export function upgradesOf({ assessment }: PlanFacts, knowledge: () => Knowledge): PlanUpgrade[] {
  return assessment.exposure.flatMap(({ host, builds }): PlanUpgrade[] => {
    const build = builds.at(-1)?.build;
    if (build === undefined) return [];
    const known = knowledge();
    const name = identify(known, build);
    const product = productOf(build);
    const target = newestOf(known, build);
    if (product === null || name === null || target === null) return [];
    const from = { build, name: builds.at(-1)!.name };
    const over = known.supportEnd.get(product) ?? null;
    const done = compareBuilds(build, target.build) >= 0;
    // Who runs the last build of a product that is looked after has nothing to install.
    if (done && over === null) return [];
    const stages = done ? [] : stagesTo(known, build, target);
    const last = over === null ? [] : successor(product);
    const all = [...stages, ...last];
    return [
      {
        host,
        from,
        to: { build: target.build, name: releaseName(target), kb: target.kb },
        downMinutes: stages.filter(({ what }) => what !== say.download).reduce((sum, { minutes }) => sum + minutes, 0),
        stages: all,
        notKnown: [
          say.installedDotnet,
          say.windows,
          say.dagMembers,
          say.restarts,
          ...(from.name === null ? [say.outOfList] : []),
        ],
      },
    ];
  });
}

function stagesTo({ releases, setup }: Knowledge, build: string, target: Release): Stage[] {
  const sameCu = cuKey(build) === cuKey(target.build);
  const cu = releases.find((one) => cuKey(one.build) === cuKey(target.build) && one.update === null) ?? target;
  const before = levelOf(setup, build);
  const after = levelOf(setup, target.build);
  const dotnet = after?.dotnet[0]?.replace(/ \(.*$/, '');
  const stages: Stage[] = [{ what: say.download, minutes: 30, restart: false, source: cuPage }];
  stages.push({ what: say.dag, minutes: 15, restart: false, source: dagPage });
  if (!sameCu) {
    if (dotnet !== undefined && !(before?.dotnet ?? []).slice(0, 1).includes(dotnet))
      stages.push({ what: say.dotnet(dotnet), minutes: 25, restart: true, source: matrix });
    if (before === undefined || after === undefined || differ(before, after))
      stages.push({ what: say.directory, minutes: 30, restart: false, source: directoryPage });
    stages.push({ what: say.cu(releaseName(cu)), minutes: 120, restart: true, source: cuPage });
  }
  if (target.update !== null)
    stages.push({ what: say.su(releaseName(target), target.kb), minutes: 45, restart: true, source: cuPage });
  stages.push(
    { what: say.restart, minutes: 15, restart: true, source: cuPage },
    { what: say.check, minutes: 5, restart: false, source: cuPage },
  );
  return stages;
}

/** The setup of this CU, with what its last update that wrote into the directory says. */
const levelOf = (setup: readonly SetupLevel[], build: string): SetupLevel | undefined =>
  setup.find((one) => cuKey(one.build) === cuKey(build) && one.update === null);

const differ = (a: SetupLevel, b: SetupLevel): boolean =>
  a.schema === null ||
  b.schema === null ||
  a.schema < b.schema ||
  (a.organisation ?? 0) < (b.organisation ?? 0) ||
  (a.domain ?? 0) < (b.domain ?? 0);

function successor(product: string): Stage[] {
  const what = product === '2019' ? say.toSe : product === '2013' ? say.noWay2013 : product === 'SE' ? null : say.migrate;
  return what === null ? [] : [{ what, minutes: 0, restart: false, source: sePage }];
}
