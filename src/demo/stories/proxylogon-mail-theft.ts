import { forgedRequest, tools } from './forged-anchor.ts';
import type { Step } from '../step.ts';
import type { Chapter, Story } from '../story.ts';

/** Calls of the mail services through the hole: the back end carries them out as the front end's machine. */
const call = (
  name: string,
  action: string,
  mailbox: string,
  times: readonly [number, number],
  bytes: readonly [number, number],
): Step => ({
  name,
  afterS: [2, 25],
  request: forgedRequest({
    backStem: '/EWS/Exchange.asmx',
    agent: tools.crawler,
    stem: '/owa/auth/Current/themes/resources/{THEME}',
  }),
  call: { action, user: '{NETBIOS}\\{FRONT}$', impersonated: mailbox, status: 200 },
  times,
  takenMs: [30, 900],
  requestBytes: [900, 2300],
  responseBytes: bytes,
  stage: 'impact',
});
/** Asked at webmail's folder, so it stands in that folder's log, and the cookie is the one of that folder. */
export const atWebmail = (step: Step): Step => {
  const { request } = step;
  const proxied = { ...request.proxied, hint: 'X-AnonResource-Backend-Cookie' };
  return { ...step, request: { ...request, protocol: 'Owa', encoding: true, proxied } };
};
export const mailboxSteps = (victim: string): readonly Step[] =>
  [
    call('find-folders', 'FindFolder', victim, [1, 1], [2000, 9000]),
    call('find-items', 'FindItem', victim, [2, 5], [9000, 70_000]),
    call('get-items', 'GetItem', victim, [12, 40], [4000, 160_000]),
  ].map(atWebmail);
const visit = (name: string, at: Chapter['at'], victims: readonly string[]): Chapter => ({
  name,
  by: 'reader',
  at,
  steps: [
    atWebmail({
      name: 'discover',
      request: forgedRequest({
        backStem: '/autodiscover/autodiscover.xml',
        agent: tools.crawler,
        stem: '/owa/auth/Current/themes/resources/{THEME}',
      }),
      stage: 'attempted',
    }),
    ...victims.flatMap(mailboxSteps),
  ],
});

export const proxylogonMailTheft: Story = {
  name: 'proxylogon-mail-theft',
  what: 'In the quiet weeks somebody reads two mailboxes through the hole, on three days, and leaves no page.',
  sources: [
    'https://github.com/cert-lv/exchange_webshell_detection/blob/main/Readme.md',
    'https://github.com/cisagov/CHIRP/blob/develop/indicators/AA21-062A/AA21062A.yaml',
  ],
  from: '2021-01-04',
  days: 14,
  builds: { before: '15.1.2176.2', after: '15.1.2176.9' },
  patchedAt: null,
  intruders: { reader: {} },
  chapters: [
    visit('first-day', [0.2, 0.3], ['{VICTIM1}']),
    visit('second-day', [0.4, 0.55], ['{VICTIM1}', '{VICTIM2}']),
    visit('third-day', [0.7, 0.9], ['{VICTIM2}']),
  ],
  expect: {
    answer: 'confirmed',
    stage: 'impact',
    intruders: 1,
    why: 'the back end answered calls that read mail, through the hole; no page is needed for that',
  },
};
