/** What the owner is told about telling others. Notices say what is known, and no more. */
import type { TakenMail } from '../core/assessment.ts';

const list = (days: readonly string[]): string =>
  days.length === 0 ? '' : days.length === 1 ? ` on ${days[0]!}` : ` on ${days.length} days from ${days[0]!} to ${days.at(-1)!}`;

export const tellMessages = {
  /** Nothing here says its name. */
  theServer: 'the server',
  title: 'The owner’s other questions',
  mailTitle: 'Whose mail was read?',
  mailRead: 'These mailboxes were opened or copied. Whatever stood in them is known to somebody else.',
  taken: ({ how, requests, bytes, days }: TakenMail) =>
    how === 'exported'
      ? `an archive of the whole mailbox was ordered${list(days)}.`
      : `opened in ${requests} ${requests === 1 ? 'request' : 'requests'}${list(days)}${bytes === null ? '' : `, ${bytes} bytes handed out`}.`,
  mailUnseen: (missing: boolean, code: boolean) =>
    `No log here shows that a mailbox was opened.${missing ? ' The log that would show it (EWS, the way in which programs read mail) is missing, so this is not a no.' : ''}${code ? ' Code of theirs ran on the server, and that reads mail without any log: count every mailbox on it as readable.' : ''}`,
  mailNobody: 'Nothing here shows that anybody’s mail was read.',
  dataTitle: 'Which data to look at first',
  data: (hosts: string, code: boolean): readonly (readonly [string, string])[] => [
    ['Mail with health, bank or personnel data', `in mailboxes on ${hosts}: ask the people who hold them.`],
    ['Passwords and keys in mail', 'search for the words password, key and code in shared mailboxes first.'],
    ['The address book', 'names, numbers and addresses of everybody in it count as read.'],
    ...(code
      ? ([['Files on the same server', `whatever else lies on ${hosts}: scans, exports, backups of other programs.`]] as const)
      : []),
  ],
  knownTitle: 'Since when do you know?',
  known: (when: string) =>
    `Since ${when}: then Afterpatch said for the first time that somebody got in. This moment is kept in the case and does not change when it is assessed again. Somebody who knew earlier counts earlier: write that down.`,
  knownNot: 'Nothing here says so far that somebody got in. The moment is kept as soon as it does.',
  dutiesTitle: (country: string | null) => (country === null ? 'Whom to tell, by when' : `Whom to tell, by when: ${country}`),
  notAdvice:
    'This is not legal advice. Each line names the page of the law or of the office, and the day of the entry. A lawyer or the data protection officer decides which lines are yours; call one today.',
  noPeriod: 'No period runs from this evidence: nobody is seen to have got in.',
  duty: (tell: string, applies: string, by: string, until: string | null, asOf: string) =>
    `tell ${tell}. It applies where ${applies}. By when: ${until === null ? by : `${until} (${by})`}. (As of ${asOf}.)`,
  noticeTitle: 'A notice for your people, to be read out or printed',
  /** Before the server is closed off, nothing that is said may tell them that they were seen. */
  noticeWait: (step: number | null) =>
    `Read this out only after the server is cut off${step === null ? '' : ` (step ${step} of the plan)`}, not before: whoever is inside must not learn of it early. Until then, say only the line that follows.`,
  noticeBefore:
    '“We are working on the mail server this week. Webmail can fail for some hours, and we will say so beforehand. Whoever sees something odd calls us; please do not write.”',
  noticeAfter: 'After the cut-off:',
  /** Where the plan cuts the server off first. */
  noticeWhen: (step: number | null) =>
    `Read this out when the server is closed off${step === null ? '' : ` (step ${step} of the plan)`}: by then it is true.`,
  notice: (mailRead: boolean, sure: boolean, all: boolean): readonly string[] => [
    `“${sure ? 'Somebody from outside got into our mail server.' : 'Somebody from outside probably got into our mail server.'} We have closed it off and are asking for help. ${all ? 'Mail does not work at all' : 'Webmail and mail on phones do not work'} until further notice.`,
    mailRead
      ? 'Mail of some of us was read. We speak with each of them today.'
      : 'Whether mail was read we do not know yet. Act as though it was.',
    'Please: do not write about this by mail or chat of ours. Do not answer mails that ask for money, passwords or a changed bank account; call the person, at a number that you already have. Change your password when we ask you to, on a computer that we name. Tell us of anything odd, even a small thing: nobody is blamed.”',
  ],
  phoneTitle: 'What to say on the phone',
  phoneBefore: '“Thank you for the call. We are looking into it and will call you back. Which number is right for you?”',
  phone: (sure: boolean): readonly string[] => [
    `“Yes, our mail server was attacked, and we have closed it off.${sure ? '' : ' Probably somebody got in.'} We do not know yet everything that was read. We will call you back as soon as we know something that concerns you. Please do not open attachments and do not follow changed bank details that came in our name; call us at the number that you know.”`,
    'Do not name a day on which it is over. Do not guess who it was. Write down who called, and when.',
  ],
} as const;
