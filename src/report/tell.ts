/**
 * The owner's other questions: whose mail was read, which data to look at, since when it is known, whom to tell by when, what to say to
 * people. In: an assessment, the moment of knowledge, duties as dated facts. Out: sections of plain text, for the page, for paper and for
 * the terminal alike.
 */
import type { Assessment } from '../core/assessment.ts';
import { isoUtc } from '../core/time.ts';
import { stageRank } from '../core/stage.ts';
import { type Duty, dutiesIn } from '../knowledge/index.ts';
import { enteredHosts } from './answers.ts';
import { markdownText as md } from './markdown-text.ts';
import { sayList } from './say.ts';
import { tellMessages as say } from './tell-messages.ts';
import { wrap } from './terminal-text.ts';

export interface TellFacts {
  /** ISO, UTC; null: nothing is known that would have to be told. */
  readonly knownUtc: string | null;
  readonly duties: readonly Duty[];
  /** ISO 3166; null: every country of which something is known. */
  readonly country: string | null;
}

export interface TellSection {
  readonly id: 'mail' | 'data' | 'known' | 'duties' | 'notice' | 'phone';
  readonly title: string;
  readonly texts: readonly string[];
  readonly items: readonly TellItem[];
}

export interface TellItem {
  readonly head: string;
  readonly text: string;
  /** Address of ours, from the knowledge files. */
  readonly url: string | null;
}

export function tellOf(assessment: Assessment, { knownUtc, duties, country }: TellFacts): TellSection[] {
  const { verdict } = assessment;
  const inside = verdict.entered === 'yes' || verdict.entered === 'probable';
  const named = enteredHosts(assessment);
  const hosts = named.length === 0 ? say.theServer : sayList(named);
  const mail = assessment.intrusions.filter(({ declared }) => declared === null).flatMap((one) => one.mail);
  const code = stageRank(verdict.stage) >= stageRank('implanted');
  const missing = verdict.missing.some(({ kind }) => kind === 'ews');
  const sections: TellSection[] = [
    {
      id: 'mail',
      title: say.mailTitle,
      texts: mail.length > 0 ? [say.mailRead] : [inside ? say.mailUnseen(missing, code) : say.mailNobody],
      items: mail.map((one) => ({ head: one.mailbox, text: say.taken(one), url: null })),
    },
    {
      id: 'known',
      title: say.knownTitle,
      texts: [knownUtc === null ? say.knownNot : say.known(minute(Date.parse(knownUtc)))],
      items: [],
    },
  ];
  if (inside)
    sections.splice(1, 0, {
      id: 'data',
      title: say.dataTitle,
      texts: [],
      items: say.data(hosts, code).map(([head, text]) => ({ head, text, url: null })),
    });
  sections.push({
    id: 'duties',
    title: say.dutiesTitle(country),
    texts: [say.notAdvice, ...(knownUtc === null ? [say.noPeriod] : [])],
    items: dutiesIn(duties, country).map(({ law, tell, applies, hours, by, asOf, url }) => ({
      head: law,
      text: say.duty(
        tell,
        applies,
        by,
        knownUtc === null || hours === null ? null : minute(Date.parse(knownUtc) + hours * 3_600_000),
        asOf,
      ),
      url,
    })),
  });
  if (inside) {
    const { kind, steps } = assessment.plan;
    const cut = steps.findIndex(({ check, phase }) => check.kind === 'no_requests_from_outside' && phase !== 'watch');
    const step = cut === -1 ? null : cut + 1;
    // In a plan of kind C the doors stay open until the night: what is said before it tells them.
    const wait = kind === 'C';
    const sure = verdict.entered === 'yes';
    const notice = say.notice(mail.length > 0, sure, kind === 'A');
    const phone = say.phone(sure);
    sections.push(
      {
        id: 'notice',
        title: say.noticeTitle,
        texts: wait ? [say.noticeWait(step), say.noticeBefore, say.noticeAfter, ...notice] : [say.noticeWhen(step), ...notice],
        items: [],
      },
      {
        id: 'phone',
        title: say.phoneTitle,
        texts: wait ? [say.noticeWait(step), say.phoneBefore, say.noticeAfter, ...phone] : [say.noticeWhen(step), ...phone],
        items: [],
      },
    );
  }
  return sections;
}

/** `2021-03-09 20:40 UTC`. */
const minute = (ms: number): string => `${isoUtc(ms).slice(0, 16).replace('T', ' ')} UTC`;

export function renderTellMarkdown(sections: readonly TellSection[]): string {
  const lines = [`# ${md(say.title)}`, ''];
  for (const { title, texts, items } of sections) {
    lines.push(`## ${md(title)}`, '');
    for (const text of texts) lines.push(md(text), '');
    for (const { head, text, url } of items) lines.push(`- **${md(head)}:** ${md(text)}${url === null ? '' : ` <${url}>`}`);
    if (items.length > 0) lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

export function renderTellTerminal(
  sections: readonly TellSection[],
  options: { readonly width: number; readonly color: boolean },
): string {
  const width = Math.min(100, Math.max(40, Math.floor(options.width)));
  const lines: string[] = [];
  for (const { title, texts, items } of sections) {
    if (lines.length > 0) lines.push('');
    lines.push(...wrap(title.toUpperCase(), width).map((line) => (options.color ? `\u001b[1m${line}\u001b[0m` : line)));
    for (const text of texts) lines.push(...wrap(text, width, 2));
    for (const { head, text, url } of items) {
      lines.push(...wrap(`- ${head}: ${text}`, width, 2));
      // Of ours, and to be copied.
      if (url !== null) lines.push(`    ${url}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
