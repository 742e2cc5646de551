/** The steps of a case's plan, as far as they can be checked. */
import type { Assessment } from '../core/assessment.ts';
import type { StepCheck } from '../core/plan.ts';
import type { CheckedStep } from './step-rules.ts';

/** Until the plan carries its checks: what the ways back ask for. */
export function stepsOf({ verdict, intrusions, organisation, exposure }: Assessment): CheckedStep[] {
  const steps: CheckedStep[] = [];
  const put = (id: string, title: string, host: string | null, check: StepCheck): void =>
    void steps.push({ id, title, host, check });
  const afterUtc = organisation.evidenceEndUtc ?? '';
  const touched = [...new Set(intrusions.flatMap(({ hosts }) => hosts.map(({ host }) => host)))].sort();
  for (const host of touched) put(`cut-${host}`, `Cut ${host} off`, host, { kind: 'no_requests_from_outside', host });
  for (const [number, { kind, what, host }] of verdict.presence.waysBack.entries()) {
    if (kind === 'file' && what.startsWith('/'))
      put(`file-${number}`, `Take ${what} away`, host, { kind: 'page_not_answered', host, path: what });
    if (kind === 'rule')
      put(`setting-${number}`, 'Take the script out of the address', host, {
        kind: 'setting_lacks',
        host,
        object: 'OAB',
        property: 'ExternalUrl',
        lacks: '<script',
      });
  }
  put('krbtgt', 'Set krbtgt anew', null, { kind: 'secret_new', what: 'krbtgt', host: null, name: 'krbtgt', afterUtc });
  for (const { host, fix } of exposure)
    if (host !== null && fix !== null)
      put(`update-${host}`, `Update ${host}`, host, { kind: 'build_at_least', host, build: fix.build });
  put('watch', 'Watch', null, { kind: 'quiet_since', days: 14 });
  return steps;
}
