/** Words of what verifying found, for terminal and report. */
import type { CameBack, FreshFinding, StepState, StepView } from '../core/verified.ts';

export const verifyWords = {
  states: { done: 'Done', not_done: 'Not done', cannot_tell: 'Cannot be told' } satisfies Record<StepState, string>,
  marks: { done: '[x]', not_done: '[ ]', cannot_tell: '[?]' } satisfies Record<StepState, string>,
  views: {
    outside: 'another machine’s record says so',
    disk: 'the disk, read without its server, says so',
    server: 'as the server itself reports',
    people: 'as people say',
  } satisfies Record<StepView, string>,
  back: {
    leftover: 'A leftover: it was never taken away.',
    again: 'They came back: it was put there anew.',
  } satisfies Record<CameBack, string>,
  kinds: {
    new: 'new',
    again: 'again',
    overlooked: 'was there before, and not seen',
    unknown: 'when it came is not known',
    possible: 'new, and possible',
  } satisfies Record<FreshFinding['kind'], string>,
  title: 'What was done',
  ofBefore: 'This was held against the assessment before this one, and the steps are those of its plan.',
  nowTitle: 'Now',
  now: {
    cutOff: (hosts: readonly string[], step: number | null) =>
      `They came back. Cut ${hosts.length === 0 ? 'the server' : hosts.join(', ')} off from the network again, today${step === null ? '' : ` (step ${step} of the plan)`}, and leave it running.`,
    open: (steps: readonly number[], first: string) =>
      `${steps.length === 1 ? `Step ${steps[0]} is open` : `Steps ${steps.slice(0, 6).join(', ')}${steps.length > 6 ? ', …' : ''} are open`}; first: ${first}.`,
    unsure: (steps: readonly number[], first: string) =>
      `${steps.length === 1 ? `Of step ${steps[0]}` : `Of steps ${steps.slice(0, 6).join(', ')}${steps.length > 6 ? ', …' : ''}`} it cannot be told: collect what shows it; first: ${first}.`,
    again: 'Then collect again from the server and the domain controllers, and run npx afterpatch verify once more.',
    watch: (untilUtc: string) =>
      `Watch until ${untilUtc.slice(0, 10)}: collect the same logs again every week, and run npx afterpatch verify each time.`,
    done: 'Nothing is left to do here. Keep the logs for longer than before, and look again when something is odd.',
  },
  fresh: 'Something new since',
  people: 'No record shows these; [s]: somebody says that it is done',
  peopleCount: (count: number) => `${count} more that no record shows`,
  said: (by: string, utc: string) => `done on ${utc.slice(0, 10)}, says ${by}`,
  more: (count: number) => `… and ${count} more`,
  report: 'Report',
  data: 'Data  ',
  exit: 'Exit  ',
  exitMeans: (code: 0 | 1 | 2) =>
    code === 0
      ? '0: every step is done, and nothing new was seen.'
      : code === 1
        ? '1: something is still open, or new.'
        : '2: some of it cannot be told.',
  step: 'Step',
  state: 'State',
  shows: 'What shows it',
} as const;
