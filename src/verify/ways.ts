/** The ways back that a case knows, by their newest state: as the steps that close them came out, and what is new since. */
import type { WayBack } from '../core/assessment.ts';
import type { FreshFinding, StillOpen } from '../core/verified.ts';
import { verifySentences as say } from './messages.ts';
import type { Outcome } from './outcome.ts';
import { type CheckedStep, pageOf } from './step-rules.ts';

/** Nothing names it; it is only not ruled out. */
const isVague = ({ state, what }: Pick<StillOpen, 'state' | 'what'>): boolean => state === 'unknown' && what === '';

export interface Ways {
  readonly known: number;
  readonly closed: number;
  readonly open: number;
  /** That may be open: named or not. */
  readonly unknown: number;
  readonly list: readonly StillOpen[];
}

export function waysNow(
  before: readonly WayBack[],
  steps: readonly CheckedStep[],
  outcomes: readonly Pick<Outcome, 'state' | 'text'>[],
  fresh: readonly FreshFinding[],
): Ways {
  const known = before.map((way): StillOpen => {
    const { kind, what, host, state, why } = way;
    const own = outcomes.filter((_, number) => closes(steps[number]!, way));
    const open = own.find((one) => one.state === 'not_done');
    const now =
      open !== undefined
        ? { state: 'open' as const, why: open.text }
        : own.length > 0 && own.every((one) => one.state === 'done')
          ? { state: 'closed' as const, why: own[0]!.text }
          : { state, why };
    return { kind, what, host, ...now, fresh: false };
  });
  const names = new Set(known.map(({ what, host }) => `${host ?? ''}\u0000${what.toLowerCase()}`));
  // A page that came after the case is a way back, too.
  const added = fresh.flatMap(({ what, host, kind, text }): StillOpen[] =>
    what === null || kind === 'unknown' || names.has(`${host ?? ''}\u0000${what.toLowerCase()}`)
      ? []
      : [{ kind: 'file', what, host, state: 'open', why: text, fresh: true }],
  );
  const list = [...known, ...added];
  const of = (state: StillOpen['state']): number => list.filter((way) => way.state === state).length;
  return {
    known: list.filter((way) => !isVague(way)).length,
    closed: of('closed'),
    open: of('open'),
    unknown: of('unknown'),
    list,
  };
}

/** Whether this step is what closes that way. */
function closes({ check }: CheckedStep, { kind, what, host }: WayBack): boolean {
  const here = !('host' in check) || check.host === null || host === null || check.host === host;
  if (!here) return false;
  switch (check.kind) {
    case 'file_gone':
    case 'page_not_answered':
      return kind === 'file' && pageOf(check.path) === what.toLowerCase();
    case 'setting_lacks':
      return kind === 'rule' && what !== '';
    case 'thing_gone':
      return what !== '' && kind === check.what && what.toLowerCase() === check.name.toLowerCase();
    case 'secret_new':
      return (kind === 'key' && check.what === 'machine_key') || (kind === 'certificate' && check.what === 'certificate');
    default:
      return false;
  }
}

export const sayWays = ({ known, open, closed, unknown, list }: Ways, quiet: boolean, days: number): string[] =>
  known === 0
    ? []
    : open > 0
      ? [say.waysOpen(open, list.filter(({ fresh }) => fresh).length, closed, unknown)]
      : closed >= known && quiet
        ? [say.waysClosed(known, days)]
        : [say.waysUnsure(closed, known)];
