/** Which build ran when, told by the rows that the running code wrote, and what it was open to. */
import type { Exposure } from '../core/assessment.ts';
import type { Pack } from '../core/pack.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtcOrNull } from '../core/time.ts';
import { compareBuilds } from '../packs/index.ts';
import type { Observed } from '../run/index.ts';
import { type Hosts, shortName } from './hosts.ts';
import { sentences } from './messages.ts';

const products: Readonly<Record<string, string>> = {
  '8': 'Exchange 2007',
  '14': 'Exchange 2010',
  '15.0': 'Exchange 2013',
  '15.1': 'Exchange 2016',
  '15.2': 'Exchange 2019 or SE',
};
const productOf = (build: string): string | null =>
  products[build.split('.').slice(0, 2).join('.')] ?? products[build.split('.', 1)[0]!] ?? null;

export function exposureOf(observed: Observed, hosts: Hosts, packs: readonly Pack[]): Exposure[] {
  const said = new Map<string | null, string>();
  const byHost = new Map<string | null, Map<string, { firstMs: number; lastMs: number; source: string }>>();
  for (const artifact of observed.artifacts) {
    for (const part of artifact.parts) {
      const add = (host: string | null, build: string, firstMs: number, lastMs: number): void => {
        if (!/^\d+(?:\.\d+){3}$/.test(build)) return;
        const builds = byHost.get(host) ?? new Map<string, { firstMs: number; lastMs: number; source: string }>();
        byHost.set(host, builds);
        const seen = builds.get(build);
        if (seen === undefined) builds.set(build, { firstMs, lastMs, source: part.kind });
        else {
          if (!(seen.firstMs <= firstMs) && !Number.isNaN(firstMs)) Object.assign(seen, { firstMs, source: part.kind });
          if (!(seen.lastMs >= lastMs) && !Number.isNaN(lastMs)) seen.lastMs = lastMs;
        }
      };
      for (const { tuple, firstMs, lastMs } of part.groups.get(
        'MajorVersion|MinorVersion|BuildVersion|RevisionVersion|ServerHostName',
      ) ?? []) {
        if (Number.isNaN(firstMs)) continue;
        add(
          shortName(tuple[4]) ?? hosts.ofArtifact(artifact.path),
          // A column that is not there is no zero.
          tuple
            .slice(0, 4)
            .map((digits) => (digits === null ? '' : String(Number(digits))))
            .join('.'),
          firstMs,
          lastMs,
        );
      }
      // Of a saved answer: the build that gave it, at the answer's own date.
      for (const group of ['BLD|ServerName', 'Bld|ServerName', 'X-OWA-Version|X-FEServer']) {
        for (const { tuple, firstMs, lastMs } of part.groups.get(group) ?? []) {
          if (!Number.isNaN(firstMs))
            add(shortName(tuple[1]) ?? hosts.ofArtifact(artifact.path), tuple[0] ?? '', firstMs, lastMs);
        }
      }
      // A tool that was run on the server; when, its text says in a zone that it does not say.
      for (const { tuple, firstMs, lastMs } of part.groups.get('Build|Server|Product') ?? []) {
        const host = shortName(tuple[1]) ?? hosts.ofArtifact(artifact.path);
        add(host, tuple[0] ?? '', firstMs, lastMs);
        if (tuple[2] !== null && tuple[2] !== undefined) said.set(host, tuple[2]);
      }
    }
  }
  return [...byHost]
    .sort(([a], [b]) => byCodeUnit(a ?? '', b ?? ''))
    .map(([host, builds]): Exposure => {
      // What has no time stands last.
      const rank = (ms: number): number => (Number.isNaN(ms) ? Number.MAX_VALUE : ms);
      const list = [...builds].sort(([a, x], [b, y]) => rank(x.firstMs) - rank(y.firstMs) || compareBuilds(a, b));
      return {
        host,
        product: said.get(host) ?? productOf(list[0]![0]),
        builds: list.map(([build, { firstMs, lastMs, source }]) => ({
          build,
          firstUtc: isoUtcOrNull(firstMs),
          lastUtc: isoUtcOrNull(lastMs),
          source,
        })),
        campaigns: packs
          .filter((pack) => pack.fixedBuilds.length > 0)
          .map((pack) => {
            const open = list.filter(([build]) => !isFixed(pack, build));
            const fixed = list.filter(([build]) => isFixed(pack, build));
            const since = fixed.map(([, { firstMs }]) => firstMs).filter((ms) => !Number.isNaN(ms));
            return {
              campaign: pack.id,
              state: open.length > 0 ? 'vulnerable' : 'fixed',
              fixedSinceUtc: since.length === 0 ? null : isoUtcOrNull(Math.min(...since)),
              why:
                open.length > 0
                  ? Number.isNaN(open[0]![1].firstMs)
                    ? sentences.saidBuild(open[0]![0])
                    : sentences.ranBuild(open[0]![0], open[0]![1].firstMs, open[0]![1].lastMs)
                  : sentences.onlyBuild(list[0]![0]),
            } as const;
          }),
      };
    });
}

/** Each entry names the first fixed build of a line and where the line ends; builds between are fixed. */
export const isFixed = (pack: Pack, build: string): boolean =>
  pack.fixedBuilds.some(({ from, below }) => compareBuilds(build, from) >= 0 && compareBuilds(build, below) < 0);
