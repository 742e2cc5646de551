/** Puts the truth together when everything is written. */
import { stageRank } from '../core/stage.ts';
import { isoUtc } from '../core/time.ts';
import type { IisColumns } from './log-forms.ts';
import type { Totals } from './log-writer.ts';
import type { DemoPlan } from './options.ts';
import type { Organisation } from './organisation.ts';
import type { Server } from './server.ts';
import type { StoryPlan } from './story-plan.ts';
import type { RowTruth, Truth } from './truth.ts';

export function tellTruth(run: {
  readonly plan: DemoPlan;
  readonly pages: Truth['pages'];
  readonly organisation: Organisation;
  readonly servers: readonly Server[];
  readonly told: StoryPlan;
  readonly totals: Totals;
  readonly rows: readonly RowTruth[];
  readonly columns: IisColumns;
  readonly publicAddress: string;
  readonly balancerAddress: string;
}): Truth {
  const { plan, organisation: o, servers, told, totals } = run;
  const logs = servers.flatMap((server) => [...server.logs.values()]);
  return {
    schema: 'afterpatch.demo/1',
    note: 'The truth about made-up evidence, for whoever measures. It is no evidence.',
    seed: plan.options.seed,
    bytesAsked: plan.options.bytes,
    bytes: totals.kept,
    bytesBeforeRemoval: totals.bytes,
    records: totals.records,
    fromUtc: isoUtc(plan.fromMs),
    toUtc: isoUtc(plan.toMs),
    stories: plan.stories.map(({ name, what, sources, before, expect }) => ({
      name,
      what,
      sources,
      ...(before === undefined ? {} : { before }),
      expect: {
        ...expect,
        intruders: told.intruders.filter(
          (one) => one.story === name && one.stage !== null && stageRank(one.stage) > stageRank('attempted'),
        ).length,
      },
    })),
    organisation: {
      title: o.title,
      domain: o.domain,
      netbios: o.netbios,
      mailHost: o.mailHost,
      publicAddress: run.publicAddress,
      loadBalancer:
        plan.options.loadBalancer === undefined ? null : { address: run.balancerAddress, kind: plan.options.loadBalancer },
      utcOffsetHours: o.utcOffsetHours,
      iisColumns: run.columns,
    },
    servers: servers.map(({ plan: server, fqdn, ip, linkLocal, down }) => ({
      name: server.name,
      fqdn,
      ip,
      linkLocal,
      build: server.builds.before,
      patchedUtc: server.patchedMs === null ? null : isoUtc(server.patchedMs),
      patchedBuild: server.patchedMs === null ? null : server.builds.after,
      clockAheadMs: server.skewMs,
      off: down.map(([from, to]) => ({ fromUtc: isoUtc(from), toUtc: isoUtc(to) })),
    })),
    normal: {
      probes: { everyMinutes: plan.probeMinutes, mailbox: `${o.netbios}\\${o.healthMailbox}`, address: '127.0.0.1' },
      scanners: ['198.51.100.201-249', '203.0.113.201-249'],
      administrators: o.administrators,
      roomBooking: o.roomApp,
      filesTurnOverHours: plan.hours,
    },
    users: o.users.map(({ account, smtp, home, desk, device, deviceType, server }) => ({
      account,
      smtp,
      home,
      desk,
      device,
      deviceType,
      server: servers[server]!.plan.name,
    })),
    pages: run.pages,
    intruders: told.intruders.map((intruder) => ({ ...intruder, server: servers[intruder.server]!.plan.name })),
    rows: run.rows,
    removed: logs.flatMap((log) =>
      log.removals.flatMap(({ found }) => found.map(({ timeMs, ...rest }) => ({ ...rest, timeUtc: isoUtc(timeMs) }))),
    ),
    gaps: logs.flatMap((log) =>
      log.gaps.map(({ server, log: name, fromMs, toMs, rows }) => ({
        server,
        log: name,
        fromUtc: isoUtc(Math.max(fromMs, plan.fromMs)),
        toUtc: isoUtc(toMs),
        rows,
      })),
    ),
    lostFiles: logs.flatMap((log) => log.lostFiles),
    notCollected: [...(plan.options.without ?? [])],
    files: logs.flatMap((log) =>
      log.files.map(({ firstMs, lastMs, records, ...file }) => ({
        ...file,
        records,
        firstUtc: records === 0 ? null : isoUtc(firstMs),
        lastUtc: records === 0 ? null : isoUtc(lastMs),
      })),
    ),
  };
}
