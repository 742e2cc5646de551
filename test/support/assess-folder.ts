/** The whole pipeline in this process, on a folder. */
import path from 'node:path';
import { assess, type AssessOptions, loadContent } from '../../src/assess.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { unresolved } from './resting.ts';
import { inlineExecutor } from '../../src/run/index.ts';

/** Loaded once for all tests of a file. */
const content = loadContent(nodePlatform);

export async function assessFolder(folder: string, options: Partial<AssessOptions> = {}): Promise<Assessment> {
  const executor = inlineExecutor();
  const { assessment } = await assess([folder], {
    organisation: path.basename(folder),
    known: [],
    executor,
    platform: nodePlatform,
    content,
    ...options,
  });
  // Whatever is asked of an assessment: each of its sentences rests on something that is there.
  const loose = unresolved(assessment);
  if (loose.length > 0) throw new Error(loose.join('\n'));
  return assessment;
}

/** What every table of expectations can ask for. A list means: one of these. */
export interface Expect {
  readonly answer?: readonly string[];
  readonly stage?: readonly string[];
  readonly beyond?: readonly string[];
  readonly entered?: readonly string[];
  readonly exitCode?: readonly number[];
  readonly intrusions?: { readonly intruders?: number; readonly visitors?: number };
  /** Words that a reader must meet in the verdict, the missing list or the intrusions. */
  readonly mustName?: readonly string[];
  /** Stages that no finding may claim, as confirmed or probable. */
  readonly mustNotClaim?: readonly string[];
}

/** What differs from the expectation; empty: nothing. */
export function differences(assessment: Assessment, expect: Expect): string[] {
  const { verdict } = assessment;
  const found: string[] = [];
  const oneOf = (what: string, got: string | number, wanted: readonly (string | number)[] | undefined): void => {
    if (wanted !== undefined && !wanted.includes(got)) found.push(`${what}: expected ${wanted.join(' or ')}, got ${got}`);
  };
  oneOf('answer', verdict.answer, expect.answer);
  oneOf('stage', verdict.stage, expect.stage);
  oneOf('beyond', verdict.beyond, expect.beyond);
  oneOf('entered', verdict.entered, expect.entered);
  oneOf('exit code', verdict.exitCode, expect.exitCode);
  for (const [role, wanted] of [
    ['intruder', expect.intrusions?.intruders],
    ['visitor', expect.intrusions?.visitors],
  ] as const) {
    const got = assessment.intrusions.filter((intrusion) => intrusion.role === role).length;
    if (wanted !== undefined && got !== wanted) found.push(`${role}s: expected ${wanted}, got ${got}`);
  }
  const said = JSON.stringify([
    verdict.sentence,
    verdict.headline,
    verdict.reasons,
    verdict.missing,
    assessment.intrusions,
    assessment.organisation,
  ]);
  for (const word of expect.mustName ?? [])
    if (!said.toLowerCase().includes(word.toLowerCase())) found.push(`"${word}" is not named`);
  for (const stage of expect.mustNotClaim ?? []) {
    const claiming = assessment.findings.filter(
      (finding) => finding.stage === stage && finding.confidence !== 'possible' && finding.declared === null,
    );
    if (claiming.length > 0) found.push(`${stage} is claimed by ${claiming.map(({ rule }) => rule).join(', ')}`);
  }
  return [...found, ...headlineAgainstLadder(verdict)];
}

const done: readonly (readonly [stage: string, words: RegExp])[] = [
  ['exploited', /got in/],
  ['implanted', /left (?:a back door|something)|planted a back door/],
  ['operated', /gave the server orders/],
  ['spread', /moved on/],
  ['impact', /took or broke/],
];

/** Where the headline says what the ladder does not show, or nothing of the furthest that it shows; empty: nowhere. */
export function headlineAgainstLadder({ headline, ladder }: Assessment['verdict']): string[] {
  const said = headline.replace('How they got in is not seen.', '').replace('We cannot see how far they got.', '');
  const reached = (stage: string): boolean =>
    ladder.some((step) => step.stage === stage && (step.state === 'seen' || step.state === 'likely'));
  // Who moved on or took something gave orders: the headline says these where it says no more.
  const furthest = done.slice(0, 3).findLast(([stage]) => reached(stage));
  return [
    ...done.filter(([stage, words]) => words.test(said) && !reached(stage)).map(([stage]) => `"${headline}" says ${stage}`),
    ...(furthest !== undefined && !furthest[1].test(said) ? [`"${headline}" does not say ${furthest[0]}`] : []),
  ];
}

export const summary = ({ verdict }: Assessment): string =>
  `${verdict.answer}/${verdict.stage} (${verdict.confidence}), entered ${verdict.entered}, beyond ${verdict.beyond}, exit ${verdict.exitCode}`;
