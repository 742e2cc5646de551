/**
 * Whose mail: of each intruder the mailboxes that were opened or exported, with how many requests, how many bytes and on which days. Rows
 * speak here only where they are part of what proves that mail was taken.
 */
import type { TakenMail } from '../core/assessment.ts';
import { groupBy } from '../core/group.ts';
import { byCodeUnit } from '../core/text.ts';
import { isoUtcOrNull, oneDayMs } from '../core/time.ts';
import type { Claim } from './claims.ts';
import { type Event, isMailOpened } from './event.ts';
import { byFinding, byRule, once } from './because.ts';

interface Taken {
  readonly how: TakenMail['how'];
  readonly mailbox: string;
}

const exported = /(?:^|[\s;,'"(-])Mailbox\s*[=: ]\s*(?:"([^"]{1,320})"|'{1,2}([^']{1,320})'|([^\s"',;)]{1,320}))/i;

/** null: the row hands out nobody's mail, or does not say whose. */
function takenBy({ row, ...rest }: Event): Taken | null {
  const { values, fields, logSource } = row;
  if (isMailOpened({ row, ...rest })) {
    const mailbox = values['user.impersonated'] ?? values['user.name'];
    return mailbox === undefined ? null : { how: 'opened', mailbox };
  }
  if (logSource === 'mailbox-export') {
    const mailbox = fields['Mailbox'];
    return mailbox === undefined ? null : { how: 'exported', mailbox };
  }
  const text = `${values.cmdlet ?? ''} ${values['cmdlet.parameters'] ?? ''}`;
  const match = /MailboxExportRequest/i.test(text) ? exported.exec(text) : null;
  const mailbox = match?.[1] ?? match?.[2] ?? match?.[3];
  return mailbox === undefined ? null : { how: 'exported', mailbox };
}

/**
 * @param events all of the intruder's: a hit whose kept rows are all theirs counts whole
 * @param findingOf the finding in which a claim stands
 */
export function takenMail(claims: readonly Claim[], events: readonly Event[], findingOf: (claim: Claim) => string): TakenMail[] {
  const own = new Set(events.map(({ row }) => row));
  const rows = claims
    .filter(({ stage, confidence }) => stage === 'impact' && confidence !== 'possible')
    .flatMap((claim) => claim.events.map((event) => ({ event, finding: findingOf(claim), taken: takenBy(event) })));
  const byMailbox = groupBy(rows, ({ taken }) => (taken === null ? null : `${taken.how}\u0000${taken.mailbox.toLowerCase()}`));
  return [...byMailbox.values()]
    .map((group): TakenMail => {
      const { how, mailbox } = group[0]!.taken!;
      const hits = new Set(group.map(({ event }) => event.hit));
      const whole = [...hits].filter(({ rows: kept }) => kept.every((row) => own.has(row)));
      const single = group.flatMap(({ event }) => (whole.includes(event.hit) ? [] : [event.row]));
      const singles = [...new Set(single)];
      const days = new Set([
        ...whole.flatMap(({ days: told }) => told.map(([day]) => day)),
        ...singles.flatMap(({ timeMs }) => (timeMs === null ? [] : [Math.floor(timeMs / oneDayMs)])),
      ]);
      const sizes = singles.map(({ values }) => values['http.response_bytes']).filter((size) => size !== undefined);
      const sized = sum(whole.map(({ answered }) => answered.rows)) + sizes.length;
      const inOrder = [...days].sort((a, b) => a - b).map((day) => isoUtcOrNull(day * oneDayMs)?.slice(0, 10) ?? '');
      const findings = [...new Set(group.map(({ finding }) => finding))].sort(byCodeUnit);
      return {
        mailbox,
        how,
        requests: sum(whole.map(({ count }) => count)) + singles.length,
        bytes:
          sized === 0 ? null : sum(whole.map(({ answered }) => answered.bytes)) + sum(sizes.map((size) => Number(size) || 0)),
        days: inOrder.filter((day) => day !== ''),
        findings,
        because: once(findings.map(byFinding), [byRule(how === 'opened' ? 'stage.mail' : 'stage.impact')]),
      };
    })
    .sort((a, b) => byCodeUnit(a.mailbox.toLowerCase(), b.mailbox.toLowerCase()) || byCodeUnit(a.how, b.how));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
