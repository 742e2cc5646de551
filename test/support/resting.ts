/** Whether every sentence of a verdict rests on something, and everything that is named is there: in the data, and in the page. */
import type { Assessment, Because } from '../../src/core/assessment.ts';
import { renderHtml } from '../../src/report/index.ts';
import { waveId } from '../../src/judge/because.ts';
import { rulesOfJudgement } from '../../src/judge/rules-of-judgement.ts';

interface Resting {
  readonly at: string;
  readonly because: readonly Because[];
}

/** All lists of reasons, with their places. */
export function restingOf(assessment: Assessment): Resting[] {
  const found: Resting[] = [];
  const walk = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'because') found.push({ at, because: inner as Because[] });
      else if (name === 'restsOn')
        for (const [word, because] of Object.entries(inner as Record<string, Because[]>))
          found.push({ at: `${at}.${word}`, because });
      else walk(inner, `${at}.${name}`);
    }
  };
  // Steps of the plan name their findings and what of the evidence fills them, in a form of their own.
  walk({ ...assessment, findings: [], evidence: [], plan: null }, '');
  return found;
}

/** Sentences that rest on nothing, and reasons that are nowhere; empty: none. */
export function unresolved(assessment: Assessment): string[] {
  const { verdict, coverage } = assessment;
  const ids = (list: readonly { readonly id: string }[]): Set<string> => new Set(list.map(({ id }) => id));
  const known: Readonly<Record<Because['kind'], ReadonlySet<string>>> = {
    finding: ids(assessment.findings),
    source: ids(coverage.sources),
    missing: ids(verdict.missing),
    ledger: ids(coverage.ledgers),
    silence: ids(coverage.silences),
    exposure: ids(assessment.exposure.flatMap(({ campaigns }) => campaigns)),
    wave: new Set(verdict.waves.map(({ campaign, wave }) => waveId(campaign, wave))),
    intrusion: ids(assessment.intrusions),
    evidence: ids(assessment.evidence),
    rule: ids(assessment.rules),
  };
  const problems = restingOf(assessment).flatMap(({ at, because }) => [
    ...(because.length === 0 ? [`${at} rests on nothing`] : []),
    // A sentence without a rule says what, and not why that is concluded.
    ...(because.length > 0 && !because.some(({ kind }) => kind === 'rule') ? [`${at} names no rule`] : []),
    ...because.filter(({ kind, id }) => !known[kind].has(id)).map(({ kind, id }) => `${at}: no ${kind} ${id}`),
  ]);
  for (const [kind, set] of Object.entries({ source: coverage.sources, missing: verdict.missing }))
    if (ids(set).size < set.length) problems.push(`two of ${kind} have one id`);
  if (verdict.said.map(({ text }) => text).join(' ') !== verdict.sentence) problems.push('what is said is not the sentence');
  for (const { targeting, id } of assessment.intrusions)
    for (const weighs of ['for', 'against', 'open'] as const) {
      const texts = targeting.reasons.filter((one) => one.weighs === weighs).map(({ text }) => text);
      if (texts.join('\n') !== targeting[weighs].join('\n')) problems.push(`${id}: reasons ${weighs} differ`);
    }
  const unknown = assessment.rules.filter(({ id }) => !Object.hasOwn(rulesOfJudgement, id));
  return [...problems, ...unknown.map(({ id }) => `no rule of judgement is called ${id}`)];
}

/** Links of the page that lead nowhere; what stands behind the fold for those without our script counts. */
export function danglingLinks(assessment: Assessment): string[] {
  const whole = renderHtml(assessment, { nowMs: Date.UTC(2026, 0, 1), timeZone: 'UTC', lang: 'en', audience: 'own' });
  const page = whole.slice(0, whole.indexOf('<script'));
  const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = new Set([...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!));
  return [...links].filter((link) => !anchors.has(link));
}
