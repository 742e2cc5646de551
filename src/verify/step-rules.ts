/** What the plan's steps ask of new evidence: rules whose rows prove nothing by themselves, named after the step and what they look for. */
import type { StepCheck } from '../core/plan.ts';
import { pageOfFile } from '../detect/index.ts';
import type { Expr, Rule } from '../rules/index.ts';

/** Step of a plan, as far as verifying needs it. */
export interface CheckedStep {
  readonly id: string;
  readonly title: string;
  readonly host: string | null;
  readonly check: StepCheck;
}

/**
 * `answered`, `missed`: requests for a page; `listed`, `folder`, `ending`: a listing names the file, or what stands beside it,
 * or another one of its ending; `there`: the thing is
 * named; `gone`, `made`: that it was removed, or made, is written down; `anew`: a secret was made new.
 */
export type Asked = 'answered' | 'missed' | 'listed' | 'folder' | 'ending' | 'there' | 'gone' | 'made' | 'anew';

export const ruleName = (step: number, asked: Asked): string => `verify/${step}/${asked}`;

const rule = (id: string, logSource: string, expr: Expr): Rule => ({
  id,
  file: '',
  uuid: null,
  title: id,
  description: null,
  status: null,
  level: null,
  author: null,
  references: [],
  falsepositives: [],
  tags: [],
  logSource,
  expr,
});
const match = (field: string, how: 'is' | 'starts' | 'ends' | 'contains', text: string): Expr => ({
  kind: 'match',
  field,
  test: { how, text, cased: false },
});
const all = (...of: Expr[]): Expr => ({ kind: 'and', of });
const any = (...of: Expr[]): Expr => ({ kind: 'or', of });
const empty = (field: string): Expr => ({ kind: 'match', field, test: { how: 'empty' } });
/** An attempt that Windows refused is written down under the same number. */
const granted: Expr = { kind: 'not', of: any(match('Keywords', 'starts', '0x801'), match('Keywords', 'contains', 'Failure')) };
/** `HAVEN\\svc` is no account of another domain or machine that has the same name. */
const ofDomain = (name: string): Expr[] => {
  const domain = name.includes('\\') ? name.split('\\', 1)[0]! : '';
  return domain === ''
    ? []
    : [
        any(
          empty('TargetDomainName'),
          match('TargetDomainName', 'is', domain),
          match('TargetDomainName', 'is', domain.split('.', 1)[0]!),
        ),
      ];
};
/** Directly in that folder: a list of a folder below does not tell what stands in it. */
const standsIn = (field: string, folder: string, whole: boolean): Expr => ({
  kind: 'match',
  field,
  test: {
    how: 're',
    source: `${whole ? '^' : ''}${folder.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}[^\\\\/]+$`,
    ignoreCase: true,
    dotAll: false,
  },
});

/** Where a thing is named, and by which fields: the state of a server on the day on which it was asked. */
const thingSources: Readonly<
  Record<Extract<StepCheck, { kind: 'thing_gone' }>['what'], Readonly<Record<string, readonly string[]>>>
> = {
  module: { 'iis-config': ['Name', 'Image', 'Type'] },
  handler: { 'iis-config': ['Name', 'Image', 'Type', 'Pattern'] },
  agent: { 'transport-agent-config': ['Identity', 'AssemblyPath', 'TransportAgentFactory'] },
  task: { 'scheduled-task': ['TaskName', 'TaskPath', 'Actions'] },
  service: { 'service-listing': ['Name', 'DisplayName', 'PathName'] },
  rule: {
    'inbox-rule': ['Name', 'Identity', 'RuleIdentity', 'ForwardTo', 'RedirectTo', 'ForwardAsAttachmentTo'],
    'transport-rule': ['Name', 'Identity'],
    'exchange-config': ['ExternalUrl', 'InternalUrl'],
  },
  grant: {
    'role-assignment': ['Name', 'RoleAssignee', 'RoleAssigneeName', 'EffectiveUserName'],
    'mailbox-permission': ['User', 'Identity'],
    'mailbox-folder-permission': ['User', 'Identity'],
    'directory-permission': ['User', 'Identity'],
    mailbox: ['Name', 'ForwardingAddress', 'ForwardingSmtpAddress'],
  },
  account: { 'local-user': ['Name', 'SID'] },
  registry: {},
};

/** Log sources that tell the state which a check asks about. */
export const stateSources = (check: StepCheck): string[] =>
  check.kind === 'thing_gone'
    ? Object.keys(thingSources[check.what])
    : check.kind === 'setting_lacks'
      ? ['exchange-config', 'iis-config', 'mailbox']
      : check.kind === 'secret_new' && check.what === 'certificate'
        ? ['exchange-certificate']
        : check.kind === 'secret_new' && check.what === 'password'
          ? ['local-user']
          : [];

/** Events by which a change of a thing is written down where the account, task or service lives: mostly not on the mail server. */
const changes: Readonly<Record<string, readonly (readonly [event: string, field: string, asked: 'gone' | 'made'])[]>> = {
  account: [
    ['4726', 'TargetUserName', 'gone'],
    ['4725', 'TargetUserName', 'gone'],
    ['4720', 'TargetUserName', 'made'],
    ['4722', 'TargetUserName', 'made'],
  ],
  task: [
    ['4699', 'TaskName', 'gone'],
    ['4698', 'TaskName', 'made'],
  ],
};

/** Names one certificate; else all of a kind are meant. */
export const isThumbprint = (name: string): boolean => /^[0-9A-Fa-f]{40}$/.test(name);

/** The last part of an account's name: `HAVEN\svc`, `svc@haven.example`. */
export const accountName = (name: string): string => (name.split('\\').at(-1) ?? name).split('@', 1)[0]!;

/** `.aspx`; null: it has none. */
export const endingOf = (path: string): string | null => /\.[a-z0-9]{1,8}$/i.exec(path)?.[0].toLowerCase() ?? null;

/** `C:\…\x.aspx` or the address of a page → the end of the path on the disk. */
const tailOf = (path: string): string => path.replaceAll('/', '\\');

function pageRules(step: number, page: string): Rule[] {
  const asked = match('cs-uri-stem', 'is', page);
  return ['iis-w3c', 'web-access'].flatMap((source) => [
    rule(ruleName(step, 'answered'), source, all(asked, match('sc-status', 'starts', '2'))),
    // Below /owa/auth and /ecp/auth, for which nobody has to log on, a page that is not there is answered with the way to the logon page;
    // elsewhere with 404. With another substatus than 0 it was not looked for: a filter turned the request away.
    rule(
      ruleName(step, 'missed'),
      source,
      all(
        asked,
        /^\/(?:owa|ecp)\/auth\//.test(page)
          ? any(match('sc-status', 'is', '404'), match('sc-status', 'is', '302'))
          : match('sc-status', 'is', '404'),
        any(match('sc-substatus', 'is', '0'), empty('sc-substatus')),
      ),
    ),
  ]);
}

function fileRules(step: number, path: string): Rule[] {
  const tail = tailOf(path);
  const folder = tail.slice(0, tail.lastIndexOf('\\') + 1);
  const how = /^[A-Za-z]:\\/.test(tail) ? 'is' : 'ends';
  const ending = endingOf(path);
  return (
    [
      ['file-listing', 'Path'],
      ['compare-exchange-hashes', 'FilePath'],
    ] as const
  ).flatMap(([source, field]) => [
    rule(ruleName(step, 'listed'), source, match(field, how, tail)),
    ...(folder.length > 3 ? [rule(ruleName(step, 'folder'), source, standsIn(field, folder, how === 'is'))] : []),
    // Beside it, or what stands on every server with Exchange: all files of an ending would leave no room for the others.
    ...(ending === null
      ? []
      : [
          rule(
            ruleName(step, 'ending'),
            source,
            any(
              ...(folder.length > 3 ? [all(standsIn(field, folder, how === 'is'), match(field, 'ends', ending))] : []),
              ...['logon', 'default', 'errorfe'].map((name) => match(field, 'ends', `\\${name}${ending}`)),
            ),
          ),
        ]),
  ]);
}

/** An address of a virtual directory: any code in it is theirs, whichever the case saw there. */
export const isAddress = ({ property }: Extract<StepCheck, { kind: 'setting_lacks' }>): boolean =>
  /^(?:External|Internal)Url$/i.test(property);
const neverInAddress = ['<', '%3c', '\\u003c', '&lt;', 'javascript:', 'jscript', 'vbscript', 'eval('];

/** The virtual directory of address books: a list of another one does not tell what stands in it. */
export const isOab = ({ object }: Extract<StepCheck, { kind: 'setting_lacks' }>): boolean => /^oab/i.test(object);

/** The page that a file is asked for by, or null. */
export const pageOf = (path: string): string | null => (path.startsWith('/') ? path.toLowerCase() : pageOfFile(path));

export function rulesOfStep(step: number, { check }: Pick<CheckedStep, 'check'>): Rule[] {
  switch (check.kind) {
    case 'file_gone':
    case 'page_not_answered': {
      const page = pageOf(check.path);
      return [...(page === null ? [] : pageRules(step, page)), ...fileRules(step, check.path)];
    }
    case 'setting_lacks':
      return check.lacks.length < 3
        ? []
        : [
            ...(isOab(check)
              ? [
                  rule(
                    ruleName(step, 'folder'),
                    'exchange-config',
                    any(...['Name', 'Identity'].map((field) => match(field, 'contains', 'OAB')), {
                      kind: 'match',
                      field: 'PollInterval',
                      test: { how: 'exists' },
                    }),
                  ),
                ]
              : []),
            rule(
              ruleName(step, 'there'),
              'exchange-config',
              any(
                ...['ExternalUrl', 'InternalUrl'].flatMap((field) =>
                  (isAddress(check) ? [check.lacks, ...neverInAddress] : [check.lacks]).map((text) =>
                    match(field, 'contains', text),
                  ),
                ),
              ),
            ),
            rule(
              ruleName(step, 'there'),
              'iis-config',
              any(...['Name', 'Image', 'Type', 'Value', 'Pattern'].map((field) => match(field, 'contains', check.lacks))),
            ),
            rule(
              ruleName(step, 'there'),
              'mailbox',
              any(...['ForwardingAddress', 'ForwardingSmtpAddress'].map((field) => match(field, 'contains', check.lacks))),
            ),
          ];
    case 'thing_gone': {
      if (check.name.length < 2) return [];
      const name = check.what === 'account' ? accountName(check.name) : check.name;
      const how = check.what === 'account' ? 'is' : 'contains';
      return [
        ...Object.entries(thingSources[check.what]).map(([source, fields]) =>
          rule(ruleName(step, 'there'), source, any(...fields.map((field) => match(field, how, name)))),
        ),
        ...(changes[check.what] ?? []).map(([event, field, asked]) =>
          rule(
            ruleName(step, asked),
            'windows-event',
            all(
              match('EventID', 'is', event),
              match(field, how === 'is' ? 'is' : 'ends', name),
              granted,
              ...(check.what === 'account' ? ofDomain(check.name) : []),
            ),
          ),
        ),
      ];
    }
    case 'secret_new': {
      if (check.what === 'certificate')
        return [
          rule(
            ruleName(step, 'there'),
            'exchange-certificate',
            isThumbprint(check.name)
              ? match('Thumbprint', 'is', check.name)
              : all(
                  { kind: 'match', field: 'Thumbprint', test: { how: 'exists' } },
                  ...(check.name === 'auth_certificate' ? [match('Subject', 'contains', 'Auth Certificate')] : []),
                ),
          ),
        ];
      if (check.what !== 'password' && check.what !== 'krbtgt') return [];
      const name = check.what === 'krbtgt' ? 'krbtgt' : accountName(check.name);
      return [
        ...['4723', '4724'].map((event) =>
          rule(
            ruleName(step, 'anew'),
            'windows-event',
            all(match('EventID', 'is', event), match('TargetUserName', 'is', name), granted, ...ofDomain(check.name)),
          ),
        ),
        rule(ruleName(step, 'there'), 'local-user', match('Name', 'is', name)),
      ];
    }
    case 'no_requests_from_outside':
    case 'build_at_least':
    case 'source_here':
    case 'quiet_since':
    case 'by_hand':
      return [];
  }
}

export const stepRules = (steps: readonly CheckedStep[]): Rule[] => steps.flatMap((step, number) => rulesOfStep(number, step));

/** Pages of the case that are somebody's: asked for again in the new logs, whatever log told of them. */
export function knownPages(pages: readonly string[]): Rule[] {
  if (pages.length === 0) return [];
  const isPage = any(...pages.map((page) => match('cs-uri-stem', 'is', page)));
  const ok = match('sc-status', 'starts', '2');
  return [
    rule('learnt/page-answered', 'iis-w3c', all(isPage, ok)),
    rule('learnt/page-asked', 'iis-w3c', all(isPage, { kind: 'not', of: ok })),
  ];
}
