/** A server with a page of somebody's, a case about it, and small new evidence that is held against checks of steps. */
import type { Assessment } from '../../src/core/assessment.ts';
import type { StepCheck } from '../../src/core/plan.ts';
import type { SaidDone, Verification } from '../../src/core/verified.ts';
import { knownPages, stepRules, verify } from '../../src/verify/index.ts';
import { assessFolder } from './assess-folder.ts';
import { evidenceFolders } from './folder-of.ts';

export const made = evidenceFolders('verify');

export const page = '/aspnet_client/q7x.aspx';
export const file = 'C:\\inetpub\\wwwroot\\aspnet_client\\q7x.aspx';
export const log = (...rows: string[]): string =>
  [
    '#Software: Microsoft Internet Information Services 10.0',
    '#Version: 1.0',
    '#Date: 2021-03-03 00:00:00',
    '#Fields: date time s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
    ...rows,
    '',
  ].join('\r\n');
export const asked = (time: string, status: number, address = '203.0.113.24', stem = page): string =>
  `${time} MAIL01 10.20.0.11 POST ${stem} - 443 - ${address} python-requests/2.25.1 - ${status} 0 0 ${String(40 + Number(time.slice(-1)) * 31)}`;
export const probes = (from: string, hours: number): string[] =>
  Array.from({ length: hours }, (_, hour) => {
    const at = new Date(Date.parse(`${from}T00:30:00Z`) + hour * 3_600_000).toISOString().replace('T', ' ').slice(0, 19);
    return asked(at, 200, '127.0.0.1', '/owa/healthcheck.htm');
  });
export const event = (time: string, id: number, data: Readonly<Record<string, string>>): string =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Security-Auditing"/><EventID>${id}</EventID><TimeCreated SystemTime="${time}"/><EventRecordID>7</EventRecordID><Channel>Security</Channel><Computer>DC01.haven.example</Computer></System><EventData>${Object.entries(
    data,
  )
    .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
    .join('')}</EventData></Event>`;
export const listed = (...rows: (readonly [path: string, made: string])[]): string =>
  [
    '"FullName","Length","CreationTimeUtc","LastWriteTimeUtc"',
    ...rows.map(([path, at]) => `"${path}","2168","${at}","${at}"`),
    '',
  ].join('\r\n');

export const iis = 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log';
export const later = 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210310.log';
export const before = await assessFolder(
  made({ [iis]: log(asked('2021-03-03 04:10:01', 200), asked('2021-03-03 04:11:02', 200), ...probes('2021-03-03', 24)) }),
);
export const endUtc = before.organisation.evidenceEndUtc!;

interface Asked {
  readonly said?: readonly SaidDone[];
  /** The case; left out: one whose web log knows the page. */
  readonly of?: Assessment;
  /** Of the steps. */
  readonly host?: string | null;
}

/** New evidence, held against steps with these checks. */
export async function verified(
  check: StepCheck | readonly StepCheck[],
  files: Readonly<Record<string, string>>,
  { said = [], of = before, host = 'MAIL01' }: Asked = {},
): Promise<Verification> {
  const steps = (Array.isArray(check) ? (check as readonly StepCheck[]) : [check as StepCheck]).map((one, number) => ({
    id: `s${number}`,
    title: `Step ${number}`,
    host,
    check: one,
  }));
  let result: Verification | null = null;
  let seen: Parameters<NonNullable<Parameters<typeof assessFolder>[1]>['onObserved'] & {}> | null = null;
  const after = await assessFolder(made(files), {
    alsoAsk: [...stepRules(steps), ...knownPages([page])],
    onObserved: (...observed) => void (seen = observed),
  });
  const [observed, hosts] = seen!;
  result = verify({ before: of, steps, said, after, observed, hosts });
  return result;
}

export const pageGone = { kind: 'page_not_answered', host: 'MAIL01', path: page } as const satisfies StepCheck;
export const fileGone = { kind: 'file_gone', host: 'MAIL01', path: file, sha256: null } as const satisfies StepCheck;
export const quiet = log(...probes('2021-03-10', 24));
