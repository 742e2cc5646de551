/** What looks like a clean-up and is none: each of these was once told as done, or as nothing new. */
import { describe, expect, test } from 'vitest';
import type { StepCheck } from '../../src/core/plan.ts';
import { assessFolder } from '../support/assess-folder.ts';
import {
  asked,
  before,
  endUtc,
  event,
  file,
  fileGone,
  iis,
  later,
  listed,
  log,
  made,
  page,
  pageGone,
  probes,
  quiet,
  verified,
} from '../support/verify-scene.ts';

const shell = Buffer.from(
  'PCVAIFBhZ2UgTGFuZ3VhZ2U9IkpzY3JpcHQiJT48JWV2YWwoUmVxdWVzdC5JdGVtWyJxIl0sInVuc2FmZSIpOyU+',
  'base64',
).toString();
const old = log(asked('2021-03-03 04:10:01', 200), asked('2021-03-03 04:11:02', 200), ...probes('2021-03-03', 24));
const outside = (day: string): string[] =>
  [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22].map((hour) =>
    asked(`${day} ${String(hour).padStart(2, '0')}:20:05`, 200, '198.51.100.7', '/owa/auth/logon.aspx'),
  );
const password = (name: string): StepCheck => ({ kind: 'secret_new', what: 'password', host: null, name, afterUtc: endUtc });
const key: StepCheck = {
  kind: 'secret_new',
  what: 'machine_key',
  host: 'MAIL01',
  name: 'C:\\inetpub\\wwwroot\\web.config',
  afterUtc: endUtc,
};
const address: StepCheck = {
  kind: 'setting_lacks',
  host: 'MAIL01',
  object: 'OabVirtualDirectory',
  property: 'ExternalUrl',
  lacks: '<script',
};

test('the log of a machine that is no domain controller does not show that a password was not set', async () => {
  const local = (time: string): string => event(time, 4724, { TargetUserName: 'local' }).replace('DC01.', 'WS7.');
  const files = { [later]: quiet, 'ws.xml': local('2021-03-01T08:00:00Z') + local('2021-03-09T08:00:00Z') };
  expect((await verified(password('HAVEN\\svc-mail'), files)).steps[0]!.state).toBe('cannot_tell');
});

describe('no step is done by', () => {
  test.each<[what: string, check: StepCheck, files: Record<string, string>, state: string, words: RegExp]>([
    [
      'a list of a folder below its own',
      fileGone,
      { [later]: quiet, 'web.csv': listed([file.replace('q7x.aspx', 'system_web\\a.js'), '2021-03-01T06:44:19.0000000Z']) },
      'cannot_tell',
      /Nobody asked/,
    ],
    [
      'the old evidence, without the file',
      fileGone,
      { [iis]: old, 'C/inetpub/wwwroot/aspnet_client/other.aspx': '<html>x</html>' },
      'cannot_tell',
      /of after the case/,
    ],
    [
      'another shell in the same place',
      { ...fileGone, sha256: 'a'.repeat(64) },
      { [later]: quiet, 'C/inetpub/wwwroot/aspnet_client/q7x.aspx': shell },
      'not_done',
      /no better/,
    ],
    [
      'a filter that turned the request away',
      fileGone,
      { [later]: log(asked('2021-03-10 05:00:03', 404).replace('404 0 0', '404 11 0')) },
      'cannot_tell',
      /Nobody asked/,
    ],
    [
      'a password that Windows refused to set',
      password('HAVEN\\svc-mail'),
      {
        [later]: quiet,
        'dc.xml': event('2021-03-09T08:00:00Z', 4724, { TargetUserName: 'svc-mail' }).replace(
          '<Channel>',
          '<Keywords>0x8010000000000000</Keywords><Channel>',
        ),
      },
      'cannot_tell',
      /No Security log/,
    ],
    [
      'the silence of one domain controller',
      password('HAVEN\\svc-mail'),
      {
        [later]: quiet,
        'dc.xml': ['01', '09']
          .map((day) => event(`2021-03-${day}T08:00:00Z`, 4768, { TargetUserName: 'a.berg' }).replace('DC01.', 'DC02.'))
          .join(''),
      },
      'cannot_tell',
      /log of DC02 .* another domain controller may have it/,
    ],
    [
      'a list of scripts alone',
      fileGone,
      { [later]: quiet, 'web.csv': listed([file.replace('q7x.aspx', 'other.js'), '2021-03-01T06:44:19.0000000Z']) },
      'cannot_tell',
      /Nobody asked/,
    ],
    [
      'a copy of scripts alone',
      fileGone,
      { [later]: quiet, 'C/inetpub/wwwroot/aspnet_client/other.js': 'var x;' },
      'cannot_tell',
      /Nobody asked/,
    ],
    [
      'an old tree beside a new log',
      fileGone,
      { [later]: quiet, 'old/C/inetpub/wwwroot/aspnet_client/other.aspx': '<html>x</html>' },
      'cannot_tell',
      /nothing tells that they are of after the case/,
    ],
    [
      'an address with other code in it',
      address,
      {
        [later]: quiet,
        'oab.txt':
          '\r\nServer      : MAIL01\r\nName        : OAB (Default Web Site)\r\nPollInterval : 480\r\nExternalUrl : http://a/<%x%>\r\n\r\n',
      },
      'not_done',
      /still holds/,
    ],
    [
      'the password of an account of the same name elsewhere',
      password('HAVEN\\administrator'),
      {
        [later]: quiet,
        'ws.xml': event('2021-03-09T08:00:00Z', 4724, { TargetUserName: 'Administrator', TargetDomainName: 'WS7' }),
      },
      'cannot_tell',
      /No Security log/,
    ],
    [
      'a file of settings that cannot be read',
      key,
      { [later]: quiet, 'C/inetpub/wwwroot/web.config': '<configuration><system.web><pages/></system.web' },
      'cannot_tell',
      /not be read whole/,
    ],
    [
      'an empty file of settings',
      key,
      { [later]: quiet, 'C/inetpub/wwwroot/web.config': '' },
      'cannot_tell',
      /not be read whole/,
    ],
    [
      'days of which no log is here',
      { kind: 'no_requests_from_outside', host: 'MAIL01' },
      {
        'C/inetpub/logs/LogFiles/W3SVC1/u_ex210304.log': log(...outside('2021-03-04'), ...probes('2021-03-04', 24)),
        [later]: log(...outside('2021-03-10'), ...probes('2021-03-10', 24)),
      },
      'cannot_tell',
      /no web log/,
    ],
    [
      'a removal, and the account made again',
      { kind: 'thing_gone', what: 'account', host: null, name: 'HAVEN\\helper$' },
      {
        [later]: quiet,
        'dc.xml':
          event('2021-03-09T08:00:00Z', 4726, { TargetUserName: 'helper$' }) +
          event('2021-03-09T09:00:00Z', 4720, { TargetUserName: 'helper$' }),
      },
      'not_done',
      /made or enabled/,
    ],
    [
      'a task that was removed from another machine',
      { kind: 'thing_gone', what: 'task', host: 'MAIL01', name: 'UpdateCheck' },
      { [later]: quiet, 'ws.xml': event('2021-03-09T08:00:00Z', 4699, { TaskName: '\\UpdateCheck' }) },
      'cannot_tell',
      /Nothing among the new evidence lists/,
    ],
    [
      'a list of another virtual directory',
      address,
      {
        [later]: quiet,
        'ecp.txt':
          '\r\nServer      : MAIL01\r\nName        : ecp (Default Web Site)\r\nExternalUrl : https://mail.haven.example/ecp\r\n\r\n',
      },
      'cannot_tell',
      /not among the new evidence/,
    ],
  ])('%s', async (_, check, files, state, words) => {
    const [step] = (await verified(check, files)).steps;
    expect([step!.state, step!.text]).toEqual([state, expect.stringMatching(words)]);
  });
});

test('a page that said "not found" at will in the case is not gone when it says so again, and did not come back', async () => {
  const used = log(
    ...[200, 404, 200].map((status, number) => asked(`2021-03-03 04:1${number}:0${number}`, status)),
    ...probes('2021-03-03', 24),
  );
  const known = await assessFolder(made({ [iis]: used }));
  const step = async (...rows: string[]): Promise<unknown> => {
    const [one] = (await verified(pageGone, { [later]: log(...rows) }, { of: known })).steps;
    return [one!.state, one!.back, /was there/.test(one!.text)];
  };
  const missed = asked('2021-03-10 05:00:03', 404);
  expect(await step(missed)).toEqual(['cannot_tell', null, true]);
  expect(await step(missed, asked('2021-03-10 06:00:04', 200))).toEqual(['not_done', 'leftover', false]);
});

test('a tree tells of the page when it lies where the new log does', async () => {
  const tree = 'C/inetpub/wwwroot/aspnet_client/other.aspx';
  const [step] = (await verified(fileGone, { [later]: quiet, [tree]: '<html>x</html>' })).steps;
  expect([step!.state, step!.evidence.map(({ artifact }) => artifact)]).toEqual(['done', [tree]]);
});

test('a page of the same name on another server is new there, though the one that the case knows is gone', async () => {
  const { fresh, steps, exitCode } = await verified([pageGone, { kind: 'quiet_since', days: 1 }], {
    [later]: log(asked('2021-03-05 05:00:03', 404), ...probes('2021-03-05', 72)),
    'MAIL02/C/inetpub/logs/LogFiles/W3SVC1/u_ex210306.log': log(
      ...[asked('2021-03-06 05:00:03', 200), asked('2021-03-06 05:00:07', 200), ...probes('2021-03-06', 24)].map((row) =>
        row.replaceAll('MAIL01', 'MAIL02').replaceAll('10.20.0.11', '10.20.0.12'),
      ),
    ),
  });
  expect(steps.map(({ state }) => state)).toEqual(['done', 'not_done']);
  expect(fresh.map(({ what, host, kind }) => [what, host, kind])).toEqual([[page, 'MAIL02', 'again']]);
  expect(exitCode).toBe(1);
});

test('what was done with a known page after the case, before it was taken away, is new', async () => {
  const { fresh, steps, exitCode } = await verified([pageGone, { kind: 'quiet_since', days: 1 }], {
    [later]: log(
      asked('2021-03-05 05:00:03', 200),
      asked('2021-03-05 05:10:03', 200),
      asked('2021-03-05 15:00:03', 404),
      ...probes('2021-03-05', 96),
    ),
  });
  expect(steps.map(({ state }) => state)).toEqual(['done', 'not_done']);
  expect(fresh.map(({ text }) => text)).toEqual([expect.stringContaining('before it was taken away')]);
  expect(exitCode).toBe(1);
});

test('a step about several servers is not done by one of them', async () => {
  const second = (text: string): string => text.replaceAll('MAIL01', 'MAIL02').replaceAll('10.20.0.11', '10.20.0.12');
  const used = log(asked('2021-03-03 04:10:01', 200), asked('2021-03-03 04:11:02', 200), ...probes('2021-03-03', 24));
  const both = await assessFolder(made({ [`MAIL01/${iis}`]: used, [`MAIL02/${iis}`]: second(used) }));
  expect(both.hosts.map(({ host, verdict }) => [host, verdict.answer])).toEqual([
    ['MAIL01', 'suspected'],
    ['MAIL02', 'suspected'],
  ]);
  const cut: StepCheck = { kind: 'no_requests_from_outside', host: 'MAIL01' };
  const first = log(asked('2021-03-04 00:00:05', 200, '198.51.100.7', '/owa/auth/logon.aspx'), ...probes('2021-03-04', 24));
  const state = async (other: string): Promise<string> =>
    (await verified(cut, { [`MAIL01/${later}`]: first, [`MAIL02/${later}`]: second(other) }, { of: both, host: null })).steps[0]!
      .state;
  // What is known of an address in one file is its first and last request.
  expect(
    await state(log(...outside('2021-03-04').slice(0, 1), ...probes('2021-03-04', 1), ...outside('2021-03-04').slice(1, 2))),
  ).toBe('not_done');
  expect(await state(first)).toBe('done');
});

test('of what has no page, another thing that the same rule finds is new, and the same one is not', async () => {
  const directory = (name: string, url: string): string =>
    `\r\nServer      : MAIL01\r\nName        : ${name} (Default Web Site)\r\nPollInterval : 480\r\nExternalUrl : ${url}\r\n\r\n`;
  const [one, two] = ['a', 'b'].map((sign) =>
    directory('OAB', `http://${sign}/#%3Cscript%3E`.replaceAll('%3C', '<').replaceAll('%3E', '>')),
  );
  const known = await assessFolder(made({ [iis]: log(...probes('2021-03-03', 24)), 'oab.txt': one! }));
  const fresh = async (text: string): Promise<(string | null)[]> =>
    (await verified(address, { [later]: quiet, 'oab.txt': text }, { of: known })).fresh.map(({ title }) => title);
  expect(await fresh(one!)).toEqual([]);
  expect(await fresh(two!)).toEqual([expect.stringContaining('virtual directory')]);
});

test('what is new and only possible is told, proves no return, and leaves the end open', async () => {
  const services =
    '"Name","DisplayName","PathName","StartMode","State"\r\n"Upd","Upd","C:\\Windows\\Temp\\a.exe","Auto","Running"\r\n';
  const gone = log(asked('2021-03-04 01:00:03', 404), ...probes('2021-03-03', 9 * 24));
  const steps: StepCheck[] = [pageGone, { kind: 'quiet_since', days: 7 }];
  const outcome = async (files: Readonly<Record<string, string>>, known = before): Promise<unknown> => {
    const result = await verified(steps, { [later]: gone, ...files }, { of: known });
    return [
      result.exitCode,
      result.steps.map(({ state }) => state),
      result.fresh.map(({ kind, findings }) => [kind, findings.length]),
    ];
  };
  expect(await outcome({})).toEqual([0, ['done', 'done'], []]);
  expect(await outcome({ 'services.csv': services })).toEqual([2, ['done', 'cannot_tell'], [['possible', 1]]]);
  // The case has it already: whoever looked at it then is not asked again.
  const withIt = await assessFolder(made({ [iis]: old, 'services.csv': services }));
  expect(await outcome({ 'services.csv': services }, withIt)).toEqual([0, ['done', 'done'], []]);
});
