/** Whether a finding is proven to be an intruder's: then nobody marks it as known to be good in passing. */
import type { Assessment, Finding } from '../core/assessment.ts';
import { UserError } from '../core/errors.ts';
import { stageRank } from '../core/stage.ts';

const left = stageRank('implanted');

const pagesOf = ({ observables }: Pick<Finding, 'observables'>): string[] =>
  observables.filter(({ kind }) => kind === 'page').map(({ value }) => value.toLowerCase());

/** The finding that proves it: the same one, or one of the same intrusion that is about the same page; null: nothing does. */
export function provenBy({ findings, intrusions }: Pick<Assessment, 'findings' | 'intrusions'>, id: string): Finding | null {
  const found = findings.filter((one) => one.id.startsWith(id));
  if (found.length !== 1) return null;
  const [own] = found;
  const isProof = ({ stage, confidence, declared }: Finding): boolean =>
    declared === null && confidence === 'confirmed' && stageRank(stage) >= left;
  const owners = intrusions.filter((one) => one.role === 'intruder' && one.findings.includes(own!.id));
  if (owners.length > 0 && isProof(own!)) return own!;
  if (stageRank(own!.stage) < left) return null;
  const pages = pagesOf(own!);
  const others = new Set(owners.flatMap((one) => one.findings));
  return findings.find((one) => others.has(one.id) && isProof(one) && pagesOf(one).some((page) => pages.includes(page))) ?? null;
}

/** @throws UserError for what is proven to be an intruder's, unless somebody says it all the same */
export function refuseProven(assessment: Assessment, id: string, although: boolean): string | null {
  const proof = provenBy(assessment, id);
  if (proof === null) return null;
  if (although)
    return `It is proven to be an intruder’s by “${proof.title}” (${proof.id.slice(0, 8)}), and acknowledged all the same: the answer leaves it out and says so.`;
  throw new UserError(
    'acknowledge.proven',
    `This is proven to be an intruder’s, by “${proof.title}” (${proof.id.slice(0, 8)}): whoever calls it known to be good hides it.`,
    'Look at that finding in the report first. Where you are sure that the proof is wrong, say it again with --although-proven.',
  );
}
