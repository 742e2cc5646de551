/** Sentences of verifying. Each says what was looked at and what it shows; a state is never said without its record. */
import type { StepView } from '../core/verified.ts';
import { isoUtc } from '../core/time.ts';

/** `14 March 2021, 09:30 UTC`, in the form of all data here: the report puts it into a zone. */
export const at = (ms: number): string => `${isoUtc(ms).slice(0, 16).replace('T', ' ')} UTC`;
const day = (ms: number): string => isoUtc(ms).slice(0, 10);
const minute = (utc: string): string => at(Date.parse(utc));
const hours = (ms: number): string => {
  const count = Math.floor(ms / 3_600_000);
  return count >= 72 ? `${Math.floor(count / 24)} days` : `${count} hours`;
};
const on = (host: string | null): string => (host === null ? '' : ` on ${host}`);
const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

export const viewWords: Readonly<Record<StepView, string>> = {
  outside: 'seen from another machine',
  disk: 'seen on a disk that was read without its server',
  server: 'as the server itself reports',
  people: 'as people say',
};

export const verifySentences = {
  pageAnswers: (page: string, host: string | null, lastMs: number) => `${page} still answers${on(host)}: last on ${at(lastMs)}.`,
  pageCameBack: (page: string, host: string | null, missedMs: number, lastMs: number) =>
    `${page} was gone${on(host)} on ${at(missedMs)} and answers again: last on ${at(lastMs)}. Somebody put it there anew.`,
  pageMissed: (page: string, host: string | null, ms: number) =>
    `${page} is not there any more${on(host)}: asked for on ${at(ms)}, and not found.`,
  pageMixed: (page: string, host: string | null, ms: number) =>
    `${page} was asked for${on(host)} on ${at(ms)} and not found; but it answered so before and was there, so that this does not show that it is gone. Look at the file.`,
  pageUnasked: (page: string, host: string | null) =>
    `Nobody asked for ${page}${on(host)} since, so that the web log does not tell; look at the file.`,
  noWebLog: (host: string | null) => `No web log${on(host)} of after the case is here.`,
  fileThere: (path: string, host: string | null) => `The file ${path} still stands there${on(host)}, with the same bytes.`,
  fileListed: (path: string, host: string | null) => `A listing${on(host)} still names ${path}.`,
  fileAgain: (path: string, host: string | null, ms: number) =>
    `${path} stands there${on(host)} and was written on ${at(ms)}, after the case: somebody put it there anew.`,
  fileLeft: (ms: number) => ` It was written on ${at(ms)}, before the clean-up.`,
  fileSince: ' When it was written is not known.',
  fileOther: (path: string, host: string | null) => `Other bytes stand at ${path}${on(host)} now.`,
  fileOtherBad: (path: string, host: string | null, title: string) =>
    `Other bytes stand at ${path}${on(host)} now, and they are no better: ${title}.`,
  fileAbsent: (path: string, host: string | null) => `Files of its folder are here${on(host)}, and ${path} is not among them.`,
  fileUnlisted: (path: string, host: string | null) => `A listing of its folder${on(host)} does not name ${path}.`,
  fileUnknown: (path: string, host: string | null) => `Neither ${path} nor its folder is among the new evidence${on(host)}.`,
  thingThere: (name: string, host: string | null) => `${name} is still there${on(host)}.`,
  thingGone: (name: string, host: string | null) => `${name} is not named any more where it stood${on(host)}.`,
  thingRemoved: (name: string, ms: number) => `${name} was removed or disabled on ${at(ms)}.`,
  thingMade: (name: string, ms: number) => `${name} was made or enabled on ${at(ms)}, after the case.`,
  thingUnknown: (name: string, what: string) => `Nothing among the new evidence lists what ${name} would stand in (${what}).`,
  settingHolds: (property: string, host: string | null) => `${property} still holds it${on(host)}.`,
  settingLacks: (property: string, host: string | null) => `${property} does not hold it any more${on(host)}.`,
  settingUnknown: (object: string) => `The settings of ${object} are not among the new evidence.`,
  secretNew: (name: string, ms: number) => `The password of ${name} was set anew on ${at(ms)}.`,
  krbtgtTwice: (first: number, second: number) =>
    `The password of krbtgt, with which every ticket of the domain is signed, was set anew twice: on ${at(first)} and ${at(second)}.`,
  krbtgtOnce: (ms: number) =>
    `The password of krbtgt was set anew once, on ${at(ms)}; it takes a second time, ten hours later or more, which is not seen here; another domain controller may have it.`,
  krbtgtListed: (ms: number) =>
    `The password of krbtgt was last set on ${at(ms)}; whether that was the second time, a list does not tell: the Security log of a domain controller does.`,
  secretOld: (name: string, ms: number) => `The password of ${name} was last set on ${at(ms)}, before the step.`,
  secretUnseen: (name: string, hosts: readonly string[]) =>
    `The Security log of ${hosts.join(', ')} goes on after the step and has no change of the password of ${name}; another domain controller may have it, because only the one that was asked writes it down. Hand in the Security logs of all of them, or a list of accounts with PasswordLastSet.`,
  secretUnknown: (name: string) =>
    `No Security log of a domain controller of after the case is here, which would show a new password of ${name}.`,
  certificateThere: (name: string) => `The certificate ${name} is still in use.`,
  certificateGone: (name: string) => `The certificate ${name} is not listed any more.`,
  certificateNew: (count: number, ms: number) =>
    `${count === 1 ? 'The one certificate that is listed and used' : `All ${count} certificates that are listed and used`} ${count === 1 ? 'is' : 'are'} valid since ${day(ms)} or later, after the step; an older one is not among them.`,
  certificateOld: (ms: number) => `The youngest certificate is valid since ${day(ms)}: none was made anew.`,
  certificateBoth: (newMs: number, thumbprint: string, oldMs: number) =>
    `A certificate is valid since ${day(newMs)}, after the step, and an older one (${thumbprint}, since ${day(oldMs)}) is still listed: whether the new one took its place, this list does not tell. Hand in Get-ExchangeCertificate with Thumbprint, Services, NotBefore and PrivateKeyExportable, when the old one is taken away.`,
  certificateIdle: (ms: number) =>
    `A certificate is valid since ${day(ms)}, after the step; whether it is the one in use, this list does not tell. Hand in Get-ExchangeCertificate with its column Services.`,
  certificateUndated: 'Certificates are listed, and their days are in a form that cannot be read for sure.',
  certificateUnknown: 'No list of the certificates (Get-ExchangeCertificate) is among the new evidence.',
  keySame: (path: string) => `${path} has the same bytes as before: its key is the old one.`,
  keyOther: (path: string) => `${path} was changed; whether its key is another one is not read: a key is never kept here.`,
  keyUnread: (path: string) => `${path} could not be read whole, so that it does not tell whether a key stands in it.`,
  keyAuto: (path: string) => `${path} holds no key any more.`,
  keyUnknown: (path: string) => `${path} is not among the new evidence.`,
  principalUnknown: 'It lives in the cloud: no record that we read tells.',
  buildOk: (host: string, build: string, ms: number | null) =>
    `${host} runs ${build}${ms === null ? '' : `, seen since ${at(ms)}`}.`,
  buildOld: (host: string, build: string, wanted: string) =>
    `${host} still runs ${build}; ${wanted} or later was to be installed.`,
  buildOther: (host: string, build: string, wanted: string) =>
    `${host} runs ${build}, which is of another Exchange than ${wanted}.`,
  buildUnknown: (host: string) => `Nothing of after the case tells the build of ${host}.`,
  cut: (host: string, fromMs: number, toMs: number) =>
    `No request from outside reached ${host} from ${at(fromMs)} to ${at(toMs)} (${hours(toMs - fromMs)}).`,
  notCut: (host: string, ms: number, longest: number) =>
    `Requests from outside reached ${host} all the time, the last on ${at(ms)}; the longest pause was ${hours(longest)}.`,
  cutBlind: (host: string, fromMs: number, toMs: number) =>
    `From ${at(fromMs)} to ${at(toMs)} no web log of ${host} is here, so that it does not tell whether it was cut off.`,
  cutUnsure: (host: string, fromMs: number, toMs: number, usual: number) =>
    `No request from outside reached ${host} from ${at(fromMs)} to ${at(toMs)}, which is no longer than its usual pauses (${hours(usual)}).`,
  sourceHere: (what: string, fromUtc: string, toUtc: string) =>
    `${what} are here from ${fromUtc.slice(0, 10)} to ${toUtc.slice(0, 10)}.`,
  sourcePartly: (what: string, spans: string) => `${what} are here for ${spans}, not for all of the time.`,
  sourceMissing: (what: string) => `${what} are still not here.`,
  quietDone: (days: number, asked: number) =>
    `Watched for ${plural(days, 'day')} of ${asked} after the last change, and nothing new.`,
  quietYet: (days: number, asked: number) => `Watched for ${plural(days, 'day')} of ${asked}: go on, and verify again.`,
  quietFresh: (count: number) => `Something new was seen since: ${plural(count, 'thing')}.`,
  quietPossible: (count: number) =>
    `${count === 1 ? 'One thing is new, and it is' : `${plural(count, 'thing')} are new, and they are`} only possibly hostile: somebody has to look.`,
  quietBlind: (lacking: string) => `It cannot be told whether it was quiet: ${lacking}.`,
  allOld:
    'Nothing among the evidence that was handed in is known to be of after the case, so that it does not tell what is so today.',
  unplaced:
    ' Lists or files are here of which nothing tells that they are of after the case: hand them in with the logs of that day, or in a folder with its day in the name.',
  byHand: 'No record that we read shows it: somebody has to look.',
  saidSo: (by: string, utc: string) => ` ${by} says that it was done on ${utc.slice(0, 10)}.`,
  contradicted: (by: string, utc: string) => ` ${by} said that it was done on ${utc.slice(0, 10)}. That is not so.`,
  fresh: {
    new: (what: string | null, host: string | null, utc: string) =>
      `${what === null ? 'It was done' : `${what} is new`}${on(host)}: ${minute(utc)}, after the case.`,
    again: (what: string | null, host: string | null, utc: string | null, who: string | null) =>
      `${what === null ? 'It was done' : `${what} is new`}${on(host)}${utc === null ? '' : `: ${minute(utc)}`}, ${
        who === null
          ? 'through something that the case knows'
          : `and it is the doing of intruder ${who} of the case: they came back`
      }.`,
    used: (page: string, host: string | null, utc: string) =>
      `${page} was used${on(host)} after the case, last on ${minute(utc)}, before it was taken away: what was done with it then is not in the case. Assess this evidence, too.`,
    overlooked: (what: string | null, host: string | null, utc: string) =>
      `${what ?? 'It'} is of ${minute(utc)}${on(host)}, before the end of the case, and the case has it not: what shows it was not among its evidence.`,
    possible: (what: string | null, host: string | null, utc: string | null) =>
      `New, and possible: ${what ?? 'this'}${on(host)}${utc === null ? ' is not in the case' : `, ${minute(utc)}, after the case`}. Its rows alone do not tell whether it is yours: look at it. What is yours, assess into the case and acknowledge.`,
    unknown: (what: string | null, host: string | null) =>
      `The case does not have ${what ?? 'it'}${on(host)}; when it came there is not known.`,
  },
  headline: {
    closed: 'Every step is done, and nothing new was seen.',
    open: 'Not done yet.',
    fresh: 'Something new was seen since.',
    unsure: 'What was looked at is done. Some of it cannot be told.',
  },
  steps: (done: number, open: number, unsure: number, people: number, said: number) =>
    `${plural(done, 'step')} ${done === 1 ? 'is' : 'are'} done, ${open} ${open === 1 ? 'is' : 'are'} not, of ${unsure} it cannot be told.${
      people === 0
        ? ''
        : ` ${people} more are of a kind that no record shows; ${said === 0 ? 'nobody says of any of them that it was done' : `of ${said} of them somebody says that ${said === 1 ? 'it was' : 'they were'} done`}.`
    }`,
  waysClosed: (known: number, days: number) =>
    `${known === 1 ? 'The one known way back is' : `All ${known} known ways back are`} closed; nothing new in the ${plural(days, 'day')} since.`,
  waysOpen: (open: number, fresh: number, closed: number, unknown: number) =>
    `Ways back: ${open} ${open === 1 ? 'is' : 'are'} open${
      fresh === 0 ? '' : fresh === open ? (open === 1 ? ', and it is new' : ', all of them new') : `, ${fresh} of them new`
    }; ${closed} ${closed === 1 ? 'is' : 'are'} closed${unknown === 0 ? '' : `; ${unknown} more may be open`}.`,
  waysUnsure: (closed: number, known: number) =>
    `${closed} of ${plural(known, 'known way', 'known ways')} back are seen to be closed.`,
  saidFalsely: (count: number) =>
    count === 1 ? 'One step that was reported as done is not done.' : `${count} steps that were reported as done are not done.`,
  watched: (fromMs: number, toMs: number, days: number, covered: boolean) =>
    `After the last change on ${at(fromMs)} the evidence goes on for ${plural(days, 'day')}, to ${at(toMs)}${covered ? '.' : ', with gaps.'}`,
  attempts: (count: number) => `${plural(count, 'attempt')} from outside got nowhere; every server on the internet has them.`,
} as const;
