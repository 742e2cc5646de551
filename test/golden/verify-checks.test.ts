/** Every kind of check that a step can have, on small evidence: done, not done, cannot be told; whose word it is; and what came back. */
import { expect, test } from 'vitest';
import type { StepCheck } from '../../src/core/plan.ts';
import type { SaidDone } from '../../src/core/verified.ts';
import {
  asked,
  before,
  endUtc,
  event,
  file,
  fileGone,
  later,
  listed,
  log,
  page,
  pageGone,
  probes,
  quiet,
  verified,
} from '../support/verify-scene.ts';

test('the case knows the page', () => {
  expect(before.verdict.presence.waysBack.map(({ what }) => what)).toContain(page);
  expect(endUtc.slice(0, 10)).toBe('2021-03-03');
});

test.each<[what: string, check: StepCheck, files: Record<string, string>, state: string, back: string | null, words: RegExp]>([
  ['asked and not found', pageGone, { [later]: log(asked('2021-03-10 05:00:03', 404)) }, 'done', null, /not there any more/],
  ['still answers', pageGone, { [later]: log(asked('2021-03-10 05:00:03', 200)) }, 'not_done', 'leftover', /still answers/],
  [
    'was gone and answers again',
    pageGone,
    { [later]: log(asked('2021-03-10 05:00:03', 404), asked('2021-03-10 06:00:04', 200)) },
    'not_done',
    'again',
    /answers again/,
  ],
  ['nobody asked', pageGone, { [later]: quiet }, 'cannot_tell', null, /Nobody asked/],
  ['no web log', pageGone, { 'tasks.csv': '"TaskName","State"\r\n"A","Ready"\r\n' }, 'cannot_tell', null, /No web log/],
  [
    'listed, of before',
    fileGone,
    { [later]: quiet, 'web.csv': listed([file, '2021-03-01T06:44:19.0000000Z']) },
    'not_done',
    'leftover',
    /before the clean-up/,
  ],
  [
    'listed, written after',
    fileGone,
    { [later]: quiet, 'web.csv': listed([file, '2021-03-09T06:44:19.0000000Z']) },
    'not_done',
    'again',
    /after the case/,
  ],
  [
    'a time without a zone that is near says nothing',
    fileGone,
    { [later]: quiet, 'web.csv': listed([file, '2021-03-04 01:44:19']) },
    'not_done',
    'leftover',
    /not known/,
  ],
  [
    'its folder is listed without it',
    fileGone,
    { [later]: quiet, 'web.csv': listed([file.replace('q7x.aspx', 'other.aspx'), '2021-03-01T06:44:19.0000000Z']) },
    'done',
    null,
    /does not name/,
  ],
  [
    'another folder is listed',
    fileGone,
    { [later]: quiet, 'web.csv': listed(['C:\\temp\\a.txt', '2021-03-01T06:44:19.0000000Z']) },
    'cannot_tell',
    null,
    /Nobody asked/,
  ],
  [
    'the listing says that it is gone, and the web log that it answers',
    fileGone,
    {
      [later]: log(asked('2021-03-10 05:00:03', 200)),
      'web.csv': listed([file.replace('q7x.aspx', 'other.aspx'), '2021-03-01T06:44:19.0000000Z']),
    },
    'not_done',
    'leftover',
    /still answers/,
  ],
])('file: %s', async (_, check, files, state, back, words) => {
  const [step] = (await verified(check, files)).steps;
  expect([step!.state, step!.back]).toEqual([state, back]);
  expect(step!.text).toMatch(words);
  expect(step!.evidence.length > 0).toBe(state !== 'cannot_tell');
});

test.each<[what: string, check: StepCheck, files: Record<string, string>, state: string, view: string | null]>([
  [
    'krbtgt twice, ten hours apart',
    { kind: 'secret_new', what: 'krbtgt', host: null, name: 'krbtgt', afterUtc: endUtc },
    {
      'dc.xml':
        event('2021-03-09T08:00:00Z', 4724, { TargetUserName: 'krbtgt' }) +
        event('2021-03-09T20:00:00Z', 4724, { TargetUserName: 'krbtgt' }),
    },
    'done',
    'outside',
  ],
  [
    'krbtgt once, by one domain controller',
    { kind: 'secret_new', what: 'krbtgt', host: null, name: 'krbtgt', afterUtc: endUtc },
    { 'dc.xml': event('2021-03-09T08:00:00Z', 4724, { TargetUserName: 'krbtgt' }) },
    'cannot_tell',
    null,
  ],
  [
    'a password, of after',
    { kind: 'secret_new', what: 'password', host: null, name: 'HAVEN\\svc-mail', afterUtc: endUtc },
    { 'dc.xml': event('2021-03-09T08:00:00Z', 4724, { TargetUserName: 'svc-mail' }) },
    'done',
    'outside',
  ],
  [
    'a password, of before',
    { kind: 'secret_new', what: 'password', host: null, name: 'HAVEN\\svc-mail', afterUtc: '2021-03-09T09:00:00Z' },
    { 'dc.xml': event('2021-03-09T08:00:00Z', 4724, { TargetUserName: 'svc-mail' }) },
    'cannot_tell',
    null,
  ],
  [
    'the log of one domain controller goes on, and has none',
    { kind: 'secret_new', what: 'password', host: null, name: 'HAVEN\\svc-mail', afterUtc: endUtc },
    {
      'dc.xml':
        event('2021-03-01T08:00:00Z', 4768, { TargetUserName: 'a.berg' }) +
        event('2021-03-09T08:00:00Z', 4768, { TargetUserName: 'a.berg' }),
    },
    'cannot_tell',
    null,
  ],
  [
    'a local account in a list, set after',
    { kind: 'secret_new', what: 'password', host: 'MAIL01', name: 'Administrator', afterUtc: endUtc },
    { 'users.csv': '"Name","Enabled","PasswordLastSet"\r\n"Administrator","True","2021-03-09 10:11:12"\r\n' },
    'done',
    'server',
  ],
  [
    'an account of the domain in a list of the domain controller',
    { kind: 'secret_new', what: 'password', host: 'MAIL01', name: 'HAVEN\\svc-mail', afterUtc: endUtc },
    {
      'DC01/dc.xml': event('2021-03-09T08:00:00Z', 4768, { TargetUserName: 'a.berg' }),
      'DC01/users.csv': '"Name","Enabled","PasswordLastSet"\r\n"svc-mail","True","2021-03-09 10:11:12"\r\n',
    },
    'done',
    'outside',
  ],
  [
    'krbtgt in a list: the last time alone',
    { kind: 'secret_new', what: 'krbtgt', host: null, name: 'krbtgt', afterUtc: endUtc },
    { 'DC01/users.csv': '"Name","Enabled","PasswordLastSet"\r\n"krbtgt","False","2021-03-09 10:11:12"\r\n' },
    'cannot_tell',
    null,
  ],
  [
    'an account that was deleted',
    { kind: 'thing_gone', what: 'account', host: null, name: 'HAVEN\\helper$' },
    { 'dc.xml': event('2021-03-09T08:00:00Z', 4726, { TargetUserName: 'helper$' }) },
    'done',
    'outside',
  ],
  [
    'a task that is there',
    { kind: 'thing_gone', what: 'task', host: 'MAIL01', name: 'UpdateCheck' },
    { 'tasks.csv': '"TaskName","TaskPath","State"\r\n"UpdateCheck","\\","Ready"\r\n"Defrag","\\","Ready"\r\n' },
    'not_done',
    'server',
  ],
  [
    'a task that is gone',
    { kind: 'thing_gone', what: 'task', host: 'MAIL01', name: 'UpdateCheck' },
    { 'tasks.csv': '"TaskName","TaskPath","State"\r\n"Defrag","\\","Ready"\r\n' },
    'done',
    'server',
  ],
  [
    'tasks that nobody listed',
    { kind: 'thing_gone', what: 'task', host: 'MAIL01', name: 'UpdateCheck' },
    { 'users.csv': '"Name","Enabled","PasswordLastSet"\r\n"Administrator","True","2021-03-09 10:11:12"\r\n' },
    'cannot_tell',
    null,
  ],
  [
    'an address that still holds it',
    { kind: 'setting_lacks', host: 'MAIL01', object: 'OAB', property: 'ExternalUrl', lacks: 'ooo/#' },
    {
      'oab.txt':
        '\r\nServer      : MAIL01\r\nName        : OAB (Default Web Site)\r\nPollInterval : 480\r\nExternalUrl : http://ooo/#x\r\n\r\n',
    },
    'not_done',
    'server',
  ],
  [
    'an address that does not',
    { kind: 'setting_lacks', host: 'MAIL01', object: 'OAB', property: 'ExternalUrl', lacks: 'ooo/#' },
    {
      'oab.txt':
        '\r\nServer      : MAIL01\r\nName        : OAB (Default Web Site)\r\nPollInterval : 480\r\nExternalUrl : https://mail.haven.example/OAB\r\n\r\n',
    },
    'done',
    'server',
  ],
  [
    'a certificate that is still in use',
    { kind: 'secret_new', what: 'certificate', host: 'MAIL01', name: 'A'.repeat(40), afterUtc: endUtc },
    { 'certificates.csv': `"Thumbprint","Subject","NotBefore"\r\n"${'A'.repeat(40)}","CN=mail","2020-01-01"\r\n` },
    'not_done',
    'server',
  ],
  [
    'a certificate that is listed no more',
    { kind: 'secret_new', what: 'certificate', host: 'MAIL01', name: 'A'.repeat(40), afterUtc: endUtc },
    { 'certificates.csv': `"Thumbprint","Subject","NotBefore"\r\n"${'B'.repeat(40)}","CN=mail","2021-03-08"\r\n` },
    'done',
    'server',
  ],
  [
    'certificates that nobody named, the one in use made anew',
    { kind: 'secret_new', what: 'certificate', host: 'MAIL01', name: 'certificate', afterUtc: endUtc },
    {
      'certificates.csv': `"Thumbprint","Subject","Services","NotBefore"\r\n"${'B'.repeat(40)}","CN=mail","IIS, SMTP","2021-03-08"\r\n"${'C'.repeat(40)}","CN=old","None","2020-03-08"\r\n`,
    },
    'done',
    'server',
  ],
  [
    'a certificate made anew beside the old one that still serves',
    { kind: 'secret_new', what: 'certificate', host: 'MAIL01', name: 'certificate', afterUtc: endUtc },
    {
      'certificates.csv': `"Thumbprint","Subject","Services","NotBefore"\r\n"${'B'.repeat(40)}","CN=mail","SMTP","2021-03-08"\r\n"${'C'.repeat(40)}","CN=mail","IIS","2020-03-08"\r\n`,
    },
    'cannot_tell',
    null,
  ],
  [
    'a certificate made anew, and nothing says that it is in use',
    { kind: 'secret_new', what: 'certificate', host: 'MAIL01', name: 'certificate', afterUtc: endUtc },
    { 'certificates.csv': `"Thumbprint","Subject","NotBefore"\r\n"${'B'.repeat(40)}","CN=mail","2021-03-08"\r\n` },
    'cannot_tell',
    null,
  ],
  [
    'an Auth certificate made anew, the old one still listed',
    { kind: 'secret_new', what: 'certificate', host: 'MAIL01', name: 'auth_certificate', afterUtc: endUtc },
    {
      'certificates.csv': `"Thumbprint","Subject","NotBefore"\r\n"${'B'.repeat(40)}","CN=Microsoft Exchange Server Auth Certificate","2021-03-08"\r\n"${'C'.repeat(40)}","CN=Microsoft Exchange Server Auth Certificate","2020-03-08"\r\n`,
    },
    'cannot_tell',
    null,
  ],
  [
    'the Auth certificate, and only another one is new',
    { kind: 'secret_new', what: 'certificate', host: null, name: 'auth_certificate', afterUtc: endUtc },
    {
      'certificates.csv': `"Thumbprint","Subject","NotBefore"\r\n"${'B'.repeat(40)}","CN=mail","2021-03-08"\r\n"${'C'.repeat(40)}","CN=Microsoft Exchange Server Auth Certificate","2019-03-08"\r\n`,
    },
    'not_done',
    'server',
  ],
  [
    'days in a form that only one country reads',
    { kind: 'secret_new', what: 'certificate', host: null, name: 'auth_certificate', afterUtc: endUtc },
    {
      'certificates.csv': `"Thumbprint","Subject","NotBefore"\r\n"${'C'.repeat(40)}","CN=Microsoft Exchange Server Auth Certificate","04/05/2021 10:00:00"\r\n`,
    },
    'cannot_tell',
    null,
  ],
  ['what no record shows', { kind: 'by_hand' }, {}, 'cannot_tell', null],
  [
    'a key in the cloud',
    { kind: 'secret_new', what: 'service_principal', host: null, name: '', afterUtc: endUtc },
    {},
    'cannot_tell',
    null,
  ],
  [
    'a source that is here',
    { kind: 'source_here', source: 'iis-w3c', host: null, fromUtc: null, toUtc: null },
    {},
    'done',
    'server',
  ],
  [
    'a source that is not',
    { kind: 'source_here', source: 'ecp-server', host: null, fromUtc: null, toUtc: null },
    {},
    'not_done',
    null,
  ],
  ['a build that nothing tells', { kind: 'build_at_least', host: 'MAIL01', build: '15.1.2176.9' }, {}, 'cannot_tell', null],
])('%s', async (_, check, files, state, view) => {
  const [step] = (await verified(check, { [later]: quiet, ...files })).steps;
  expect([step!.state, step!.view], step!.text).toEqual([state, view]);
});

test('cut off: a pause that is longer than those that the server has anyway', async () => {
  const cut: StepCheck = { kind: 'no_requests_from_outside', host: 'MAIL01' };
  // Somebody from outside every two hours, but for what is left out.
  const outside = (day: number, hours: readonly number[]): string[] =>
    hours.map((hour) =>
      asked(`2021-03-${day} ${String(hour).padStart(2, '0')}:20:05`, 200, '198.51.100.7', '/owa/auth/logon.aspx'),
    );
  const all = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22];
  const state = async (hours: readonly number[]): Promise<string> =>
    (
      await verified(cut, {
        // One file a quarter of a day: what is known of an address is its first and last request in each.
        ...Object.fromEntries(
          [0, 6, 12, 18].map((from) => [
            `C/inetpub/logs/LogFiles/W3SVC1/u_ex2103${10}${String(from).padStart(2, '0')}.log`,
            log(
              ...outside(
                10,
                hours.filter((hour) => hour >= from && hour < from + 6),
              ),
              ...probes('2021-03-10', 24).slice(from, from + 6),
            ),
          ]),
        ),
        'C/inetpub/logs/LogFiles/W3SVC1/u_ex210304.log': log(
          asked('2021-03-04 00:00:05', 200, '198.51.100.7', '/owa/auth/logon.aspx'),
        ),
        ...Object.fromEntries(
          [4, 5, 6, 7, 8, 9].map((day) => [
            `C/inetpub/logs/LogFiles/W3SVC1/u_ex21030${day}x.log`,
            log(
              asked(`2021-03-0${day} 00:10:05`, 200, '198.51.100.7', '/owa/auth/logon.aspx'),
              asked(`2021-03-0${day} 23:50:05`, 200, '198.51.100.7', '/owa/auth/logon.aspx'),
            ),
          ]),
        ),
      })
    ).steps[0]!.state;
  expect(await state(all)).toBe('not_done');
  expect(await state(all.filter((hour) => hour < 6 || hour >= 18))).toBe('done');
});

test('what people say is held against the evidence; where no record can show it, it is told as theirs', async () => {
  const said = (step: string): SaidDone => ({
    step,
    by: 'T. Lind',
    doneUtc: '2021-03-05T10:00:00.000Z',
    saidUtc: '2021-03-05T12:00:00.000Z',
    note: null,
  });
  const { steps, exitCode, sentence, waysBack } = await verified(
    [pageGone, { kind: 'by_hand' }],
    { [later]: log(asked('2021-03-10 05:00:03', 200), ...probes('2021-03-10', 24)) },
    { said: [said('s0'), said('s1')] },
  );
  expect(steps.map(({ state, contradicted, view }) => [state, contradicted, view])).toEqual([
    ['not_done', true, 'server'],
    ['cannot_tell', false, 'people'],
  ]);
  expect(steps[0]!.text).toContain('T. Lind said that it was done on 2021-03-05. That is not so.');
  expect(sentence).toContain('One step that was reported as done is not done.');
  expect(exitCode).toBe(1);
  expect(waysBack).toMatchObject({ known: 1, closed: 0, open: 1 });
  expect(waysBack.list.find(({ what }) => what === page)).toMatchObject({ state: 'open', fresh: false });
});

test('all closed and nothing new: so many days, and never that they are gone', async () => {
  const days = Array.from({ length: 14 }, (_, day) => new Date(Date.UTC(2021, 2, 4 + day)).toISOString().slice(0, 10));
  const result = await verified([pageGone, { kind: 'quiet_since', days: 7 }], {
    [later]: log(
      ...days.flatMap((day, number) => [...probes(day, 24), ...(number === 2 ? [asked(`${day} 23:59:05`, 404)] : [])]),
    ),
  });
  expect(result.steps.map(({ state }) => state)).toEqual(['done', 'done']);
  expect(result.sentence).toContain('The one known way back is closed; nothing new in the 10 days since.');
  expect([result.exitCode, result.fresh, result.watched.covered]).toEqual([0, [], true]);
  // The same, and another page that is used since.
  const again = await verified([pageGone, { kind: 'quiet_since', days: 7 }], {
    [later]: log(
      ...days.flatMap((day, number) => [
        ...probes(day, 24),
        ...(number === 2 ? [asked(`${day} 23:59:05`, 404)] : []),
        ...(number === 5
          ? [
              asked(`${day} 23:59:06`, 200, '203.0.113.24', '/aspnet_client/zz9.aspx'),
              asked(`${day} 23:59:07`, 200, '203.0.113.24', '/aspnet_client/zz9.aspx'),
            ]
          : []),
      ]),
    ),
  });
  expect(again.fresh.map(({ what, kind }) => [what, kind])).toEqual([['/aspnet_client/zz9.aspx', 'again']]);
  expect(again.steps.map(({ state }) => state)).toEqual(['done', 'not_done']);
  expect(again.exitCode).toBe(1);
});
