/**
 * Mitigations that are rules in the web server's configuration: whether they stand there, in the form that holds, and whether something
 * takes them away again. A rule is handed down from the root of the site to every folder below it, where `clear` or `remove` undoes it.
 */
import type { Exposure } from '../core/assessment.ts';
import type { Knowledge, Mitigation } from '../knowledge/index.ts';
import type { Observed } from '../run/index.ts';
import type { Hosts } from './hosts.ts';

interface RuleSeen {
  readonly does: string;
  readonly location: string;
  readonly name: string;
  readonly pattern: string;
  readonly input: string;
  readonly value: string;
  readonly state: string;
  /** Of the file that it stands in. */
  readonly path: string;
}

const group = 'Section|Does|Location|Name|Pattern|Input|Value|State';

export interface RewriteMitigation {
  readonly id: string;
  readonly state: Exposure['mitigations'][number]['state'];
}

export function rewriteMitigations(
  observed: Observed,
  hosts: Pick<Hosts, 'ofArtifact'>,
  knowledge: Pick<Knowledge, 'mitigations'>,
  host: string | null,
): RewriteMitigation[] {
  const rules = rulesSeen(observed, hosts, host);
  return knowledge.mitigations.flatMap((mitigation): RewriteMitigation[] => {
    const own = rules.filter(
      ({ does, name }) => does === 'add' && mitigation.rules.some((known) => known.toLowerCase() === name.toLowerCase()),
    );
    return own.length === 0 ? [] : [{ id: mitigation.id, state: stateOf(mitigation, own, rules) }];
  });
}

function rulesSeen(observed: Observed, hosts: Pick<Hosts, 'ofArtifact'>, host: string | null): RuleSeen[] {
  return observed.artifacts.flatMap((artifact) =>
    hosts.ofArtifact(artifact.path) !== host
      ? []
      : artifact.parts.flatMap((part) =>
          (part.groups.get(group) ?? [])
            .filter(({ tuple }) => tuple[0] === 'rewrite' || tuple[0] === 'rewrite-outbound')
            .map(({ tuple }): RuleSeen => {
              const [, does, location, name, pattern, input, value, state] = tuple.map((one) => one ?? '');
              return {
                does: does!,
                location: location!,
                name: name!,
                pattern: pattern!,
                input: input!,
                value: value!,
                state: state!,
                path: (artifact.canonicalPath ?? artifact.path).replaceAll('/', '\\'),
              };
            }),
        ),
  );
}

const plain = (pattern: string): string => pattern.replace(/\s+/g, '').toLowerCase();

function stateOf(mitigation: Mitigation, own: readonly RuleSeen[], all: readonly RuleSeen[]): RewriteMitigation['state'] {
  const standing = own.filter(
    ({ state, value }) => state === 'in force' && /^(?:AbortRequest|CustomResponse|Rewrite|$)/i.test(value),
  );
  if (standing.length === 0) return 'removed';
  if (all.some((rule) => undoes(rule, mitigation))) return 'removed';
  const held = mitigation.patterns.filter((pattern) => standing.some((rule) => plain(rule.pattern) === plain(pattern)));
  if (mitigation.patterns.length === 0) return 'applied';
  return held.length === 0 || (mitigation.all && held.length < mitigation.patterns.length) ? 'failed' : 'applied';
}

/** In a folder below the root of the site that serves visitors, or said of such a folder in the server's own configuration. */
const isBelow = ({ path, location }: RuleSeen): boolean =>
  /\\frontend\\httpproxy\\[^\\]+\\web\.config$/i.test(path) || /^Default Web Site\/[^/]/i.test(location);

function undoes(rule: RuleSeen, { rules }: Mitigation): boolean {
  if (rule.does === 'add' || !isBelow(rule)) return false;
  return rule.does === 'clear' || rules.some((name) => name.toLowerCase() === rule.name.toLowerCase());
}
