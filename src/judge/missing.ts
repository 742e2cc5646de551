/** What is not here, or too short, and what it would decide. */
import type { Missing } from '../core/assessment.ts';
import type { Pack } from '../core/pack.ts';
import { dayMs } from '../core/time.ts';
import { eventLogs } from './coverage-parts.ts';
import { lacksOf } from './coverage.ts';
import { type Window, windowOf } from './campaign-window.ts';
import { byRule, bySources, idOf, once } from './because.ts';
import type { RuleOfJudgement } from './rules-of-judgement.ts';
import { kindName, sentences } from './messages.ts';
import type { VerdictContext } from './verdict-context.ts';

/** What is missing or too short, with where it may still be; what decides most first. */
export function missingOf(
  context: VerdictContext,
  { concerned, others }: { readonly concerned: readonly Pack[]; readonly others: readonly Pack[] },
  firstTryMs: number | null,
  hidden: boolean,
): Missing[] {
  const { coverage, hosts, readable, encrypted, asked, packs } = context;
  const missing = new Map<string, Lacking>();
  for (const pack of [...others, ...concerned]) {
    if (pack.firstExploited === null) continue;
    const window: Window = windowOf(pack, coverage) ?? { fromMs: dayMs(pack.firstExploited), toMs: dayMs(pack.firstExploited) };
    const fromMs = firstTryMs === null || others.includes(pack) ? window.fromMs : Math.min(firstTryMs, window.toMs);
    for (const question of pack.questions) {
      if (question.kind !== 'trace') continue;
      if (!readable.has(question.source)) {
        // Nothing here reads them: said once, not once for each server.
        if (!missing.has(question.source)) {
          missing.set(question.source, {
            kind: question.source,
            host: null,
            where: question.where,
            decides: question.shows,
            text:
              eventLogs.has(question.source) || question.source === 'domain-security-events'
                ? sentences.unjudgedText(question.source)
                : sentences.unreadText(question.source),
          });
        }
        continue;
      }
      for (const host of coverage.hostsFor(question.source)) {
        const lacks = lacksOf(coverage, pack, question, host, fromMs, window.toMs);
        const key = `${question.source}\u0000${question.book ?? ''}\u0000${host ?? ''}`;
        if (lacks.length === 0 || missing.has(key)) continue;
        missing.set(key, {
          kind: question.source,
          host,
          where: question.where,
          decides: question.shows,
          text: coverage.has(question.source)
            ? sentences.missingText(question.source, host, lacks)
            : sentences.missingWhole(question.source, host, lacks),
        });
      }
    }
  }
  const list = [...missing.values()];
  // A server of which nothing is here is said once, not once for each of its logs.
  const absent = hosts.absent.map((host): Lacking => {
    const kinds = [
      ...new Set(list.filter((one) => one.host === host && readable.has(one.kind)).map(({ kind }) => kindName(kind))),
    ];
    return {
      kind: 'host',
      host,
      where: sentences.hostMissingWhere(host),
      decides: sentences.hostMissingDecides,
      text: sentences.hostMissingText(host, kinds),
    };
  });
  const rest = list.filter(({ host }) => host === null || !hosts.absent.includes(host));
  // Who asked is in the balancer's own log, when the servers saw only the balancer.
  const balancer: Lacking[] = hidden
    ? [
        {
          kind: 'load-balancer',
          host: null,
          text: sentences.hiddenText,
          where: sentences.hiddenWhere,
          decides: sentences.hiddenDecides,
        },
      ]
    : [];
  // What is here and locked comes first: it is nearest.
  const locked: Lacking[] =
    encrypted === 0
      ? []
      : [
          {
            kind: 'encrypted',
            host: null,
            text: sentences.encryptedText(encrypted),
            where: sentences.encryptedWhere,
            decides: sentences.encryptedDecides,
          },
        ];
  // Left out because somebody asked for it.
  const leftOut: Lacking[] =
    asked === null
      ? []
      : [
          {
            kind: 'other_time',
            host: null,
            text: sentences.otherTimeText(asked.fromMs, asked.toMs),
            where: sentences.otherTimeWhere,
            decides: sentences.otherTimeDecides,
          },
        ];
  // Without packs nothing was looked for.
  const unasked: Lacking[] =
    packs.length > 0
      ? []
      : [
          {
            kind: 'no_packs',
            host: null,
            text: sentences.noPacksText,
            where: sentences.noPacksWhere,
            decides: sentences.noPacksDecides,
          },
        ];
  const all = [
    ...unasked,
    ...leftOut,
    ...locked,
    ...absent,
    ...rest.filter(({ kind }) => readable.has(kind)),
    ...balancer,
    ...rest.filter(({ kind }) => !readable.has(kind)),
  ];
  return all.map((one): Missing => {
    const because = once(bySources(context.sources, [one.kind], one.host), [
      byRule(ruleOf(one, readable)),
      byRule('coverage.where'),
    ]);
    return { ...one, id: idOf('missing', one.kind, one.host, one.text), because };
  });
}

type Lacking = Omit<Missing, 'id' | 'because'>;

const rules: Readonly<Record<string, RuleOfJudgement>> = {
  host: 'coverage.absent_server',
  'load-balancer': 'join.address',
  encrypted: 'coverage.locked',
  other_time: 'coverage.asked_time',
  no_packs: 'coverage.asked_time',
};

const ruleOf = ({ kind }: Lacking, readable: ReadonlySet<string>): RuleOfJudgement =>
  Object.hasOwn(rules, kind) ? rules[kind]! : readable.has(kind) ? 'coverage.trace' : 'coverage.unread';
