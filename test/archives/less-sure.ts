/**
 * Whether a verdict claims no more than another one. A hand-over that lost information may say less: weaker, or that it cannot be
 * told. It may never say more, and never give a comfort that the whole evidence does not give.
 */
import type { Assessment, Verdict } from '../../src/core/assessment.ts';
import { stageRank } from '../../src/core/stage.ts';

/** What each answer may become when evidence is lost. */
const weakerAnswers: Readonly<Record<Verdict['answer'], readonly Verdict['answer'][]>> = {
  confirmed: ['confirmed', 'suspected', 'attempted', 'cannot_tell'],
  suspected: ['suspected', 'attempted', 'cannot_tell'],
  attempted: ['attempted', 'cannot_tell'],
  no_evidence: ['no_evidence', 'cannot_tell'],
  cannot_tell: ['cannot_tell'],
};
const weakerEntered: Readonly<Record<Verdict['entered'], readonly Verdict['entered'][]>> = {
  yes: ['yes', 'probable', 'cannot_tell'],
  probable: ['probable', 'cannot_tell'],
  no_sign: ['no_sign', 'cannot_tell'],
  cannot_tell: ['cannot_tell'],
};

export function saysMore(got: Assessment, whole: Assessment): string[] {
  const [less, more] = [got.verdict, whole.verdict];
  const found: string[] = [];
  if (!weakerAnswers[more.answer].includes(less.answer)) found.push(`answer ${less.answer} where all of it says ${more.answer}`);
  if (!weakerEntered[more.entered].includes(less.entered))
    found.push(`entered ${less.entered} where all of it says ${more.entered}`);
  if (stageRank(less.stage) > stageRank(more.stage)) found.push(`stage ${less.stage} where all of it says ${more.stage}`);
  if (less.beyond === 'covered' && more.beyond !== 'covered') found.push('beyond is covered where all of it does not cover it');
  if (less.exitCode === 0 && more.exitCode !== 0) found.push(`exit 0 where all of it ends with ${more.exitCode}`);
  return found;
}
