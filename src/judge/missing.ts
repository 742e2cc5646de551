/** What is not here, or too short, and what it would decide. */
import type { Missing } from '../core/assessment.ts';
import type { Pack } from '../core/pack.ts';
import { dayMs } from '../core/time.ts';
import { eventLogs, lacksOf, type Window, windowOf } from './coverage.ts';
import { kindName, sentences } from './messages.ts';
import type { VerdictContext } from './verdict-context.ts';

/** What is missing or too short, with where it may still be; what decides most first. */
export function missingOf(
  { coverage, hosts, readable, encrypted, asked, packs }: VerdictContext,
  { concerned, others }: { readonly concerned: readonly Pack[]; readonly others: readonly Pack[] },
  firstTryMs: number | null,
  hidden: boolean,
): Missing[] {
  const missing = new Map<string, Missing>();
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
            text: eventLogs.has(question.source)
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
          text: sentences.missingText(question.source, host, lacks),
        });
      }
    }
  }
  const list = [...missing.values()];
  // A server of which nothing is here is said once, not once for each of its logs.
  const absent = hosts.absent.map((host): Missing => {
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
  const balancer: Missing[] = hidden
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
  const locked: Missing[] =
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
  const leftOut: Missing[] =
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
  const unasked: Missing[] =
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
  return [
    ...unasked,
    ...leftOut,
    ...locked,
    ...absent,
    ...rest.filter(({ kind }) => readable.has(kind)),
    ...balancer,
    ...rest.filter(({ kind }) => !readable.has(kind)),
  ];
}
