/** In which time a campaign could have reached the servers, whether its questions are answered for it, and which logs are not here at all. */
import type { CampaignCoverage, SourceCoverage } from '../core/assessment.ts';
import type { Pack, Question } from '../core/pack.ts';
import { dayMs, isoUtc, oneDayMs } from '../core/time.ts';
import { byRule, idOf } from './because.ts';
import { type Coverage, lacksOf } from './coverage.ts';
import type { Hosts } from './hosts.ts';

/** The questions of a pack that some reader's log answers. */
export const answerable = (pack: Pack, readable: ReadonlySet<string>): Question[] =>
  pack.questions.filter((question) => question.kind === 'trace' && readable.has(question.source));

/** Those of them on which "nothing found" rests. */
export const decisive = (pack: Pack, readable: ReadonlySet<string>): Question[] =>
  answerable(pack, readable).filter(({ decides }) => decides);

export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * From the first known exploitation, or the first day on which a server was open and reached, to the end of the evidence; null when no
 * server ever was, when the evidence ends before, or has no time, or begins after
 * an attack on few was over: that years ago somebody was attacked takes nothing from what is known of today.
 */
export function windowOf(pack: Pack, coverage: Coverage): Window | null {
  if (pack.firstExploited === null || pack.asked === 'when_found' || Number.isNaN(coverage.endMs)) return null;
  const fromMs = dayMs(pack.firstExploited);
  if (coverage.endMs < fromMs) return null;
  const over = pack.asked === 'in_time' ? pack.waves.at(-1) : undefined;
  if (over !== undefined && coverage.beginMs >= dayMs(over.to) + oneDayMs) return null;
  // Servers that were closed to it all the time, or not there yet, are not asked.
  const startMs = coverage.everyHost.reduce<number>(
    (least, host) => Math.min(least, coverage.startMs(pack.id, host)),
    Number.POSITIVE_INFINITY,
  );
  return startMs > coverage.endMs ? null : { fromMs: Math.max(fromMs, startMs), toMs: coverage.endMs };
}

export function campaignCoverage(pack: Pack, coverage: Coverage): CampaignCoverage | null {
  const window = windowOf(pack, coverage);
  if (window === null) return null;
  return {
    campaign: pack.id,
    fromUtc: isoUtc(window.fromMs),
    toUtc: isoUtc(window.toMs),
    sources: pack.questions.flatMap((question) =>
      coverage.hostsFor(question.source).map((host) => {
        const lacks = lacksOf(coverage, pack, question, host, window.fromMs, window.toMs);
        const state =
          lacks.length === 0
            ? 'covered'
            : lacks.every(({ notRecording }) => notRecording)
              ? 'not_recording'
              : coverage.sources.some(
                    (source) => source.kind === question.source && source.host === host && source.spans.length > 0,
                  )
                ? 'partly'
                : 'missing';
        return { kind: question.source, host, stage: question.stage, state, shows: question.shows } as const;
      }),
    ),
  };
}

/** Logs on which an answer rests and of which a server has nothing: not here, or not written by its product. */
export function absentSources(
  packs: readonly Pack[],
  coverage: Coverage,
  hosts: Hosts,
  readable: ReadonlySet<string>,
): SourceCoverage[] {
  const kinds = [...new Set(packs.flatMap((pack) => decisive(pack, readable).map(({ source }) => source)))];
  const present: readonly (string | null)[] = hosts.present.length === 0 ? [null] : hosts.present;
  const here = (kind: string, host: string | null): boolean =>
    coverage.sources.some((source) => source.kind === kind && source.host === host && source.spans.length > 0);
  return kinds.flatMap((kind) =>
    present
      .filter((host) => !here(kind, host) && (!coverage.exists(kind, host) || coverage.hostsFor(kind).includes(host)))
      .map((host): SourceCoverage => {
        const state = coverage.exists(kind, host) ? 'missing' : 'does_not_exist';
        return {
          id: idOf('absent', kind, host),
          kind,
          host,
          state,
          proven: [],
          spans: [],
          gaps: [],
          records: 0,
          problems: [],
          because: [byRule('coverage.recording')],
        };
      }),
  );
}
