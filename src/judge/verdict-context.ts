/** What every question of the verdict is asked with, and the few words that all of them use. */
import type { Exposure, LedgerEntry, Said, Silence, SourceCoverage } from '../core/assessment.ts';
import type { Pack } from '../core/pack.ts';
import { stageRank } from '../core/stage.ts';
import type { AskedTime } from '../run/index.ts';
import type { AcknowledgedText } from './acknowledged.ts';
import type { Claim } from './claims.ts';
import type { Coverage } from './coverage.ts';
import type { Hosts } from './hosts.ts';

export interface VerdictContext {
  readonly packs: readonly Pack[];
  readonly coverage: Coverage;
  /** What is here and what is missing, as the assessment lists it. */
  readonly sources: readonly SourceCoverage[];
  /** Books of requests held against each other. */
  readonly ledgers: readonly LedgerEntry[];
  readonly silences: readonly Silence[];
  /** When which server was open to what: a reason, never a proof that somebody got in. */
  readonly exposure: readonly Exposure[];
  readonly hosts: Hosts;
  /** What the web logs say of requests for files that Exchange does not ship, by page. */
  readonly askedPages: ReadonlyMap<string, string>;
  readonly readable: ReadonlySet<string>;
  readonly residueKinds: ReadonlySet<string>;
  /** What the tools whose output was handed in say about their own logs. */
  readonly toolNotes: readonly Said[];
  /** Sentences on activity that the owner declared. */
  readonly declared: readonly Said[];
  /** What was marked as known to be good; the same sentences stand in `declared`. */
  readonly acknowledged: readonly AcknowledgedText[];
  /** Logs that have nothing of this time were left out; null: none was. */
  readonly asked: AskedTime | null;
  /** Files handed in, read or not. */
  readonly files: number;
  /** Files that are encrypted, and no password opened them. */
  readonly encrypted: number;
}

export const proven = ({ confidence }: Claim): boolean => confidence !== 'possible';
export const rankOf = (claim: Claim): number => stageRank(claim.stage);
export const exploitedRank = stageRank('exploited');
export function least(times: readonly (number | null)[]): number | null {
  return times.reduce((found, time) => (time !== null && (found === null || time < found) ? time : found), null);
}
export function most(times: readonly (number | null)[]): number | null {
  return times.reduce((found, time) => (time !== null && (found === null || time > found) ? time : found), null);
}
