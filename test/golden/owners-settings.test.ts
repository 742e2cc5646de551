/**
 * What owners set, too, and keep for years: roles for backup, archive and phones, forwardings, copies for a journal. On a server where nobody
 * is seen to have got in they are questions; beside an intruder they are his perhaps, unless they stood there before him.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSet } from '../../examples/generate.mjs';
import type { Assessment } from '../../src/core/assessment.ts';
import { assessFolder } from '../support/assess-folder.ts';
import { writeTree } from '../support/exchange-tree.ts';
import { asCsv, asList, healthyServer } from '../support/healthy-server.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-owners-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const role = (name: string, assignee: string, created?: string): Record<string, string> => ({
  Name: name,
  Role: 'ApplicationImpersonation',
  RoleAssigneeName: assignee,
  RoleAssigneeType: 'User',
  RoleAssignmentDelegationType: 'Regular',
  WhenCreatedUTC: created ?? '',
});
const owners = {
  'printed/roles.csv': asCsv([
    role('ApplicationImpersonation-BESAdmin', 'BESAdmin', '6/14/2013 9:02:11 AM'),
    role('VeeamImpersonation', 'svc-veeam', '9/20/2019 1:40:00 PM'),
    role('Archive', 'svc.archive'),
    role('ApplicationImpersonation-Organization Management-1', 'svc-mimecast', '11/3/2021 7:15:45 AM'),
  ]),
  'printed/forwarding.txt': asList([
    { Name: 'Former', PrimarySmtpAddress: 'former@haven.example', ForwardingSmtpAddress: 'smtp:new@partner.example', DeliverToMailboxAndForward: 'True' },
  ]),
  'printed/inbox-rules-2.csv': asCsv([
    { Name: 'backup', Enabled: 'True', MailboxOwnerId: 'haven.example/Users/Ida', RedirectTo: '"home" [SMTP:ida@freemail.example]', DeleteMessage: 'False' },
    { Name: '.', Enabled: 'True', MailboxOwnerId: 'haven.example/Users/Eva', RedirectTo: '"x" [SMTP:x@freemail.example]', DeleteMessage: 'True' },
    { Name: '..', Enabled: 'True', MailboxOwnerId: 'haven.example/Users/Info', RedirectTo: '"x" [SMTP:x@freemail.example]', DeleteMessage: 'True' },
  ]),
  'printed/rules.txt': asList([
    { Name: 'Journal', State: 'Enabled', Mode: 'Enforce', Priority: '0', BlindCopyTo: '{journal@archive.example}', RuleVersion: '14.0.0.0' },
  ]),
  'printed/rights.csv': asCsv([
    { Identity: 'DB1', User: 'HAVEN\\svc-sync', ExtendedRights: '{ms-Exch-EPI-May-Impersonate}', IsInherited: 'False', Deny: 'False' },
  ]),
}; // prettier-ignore

const told = ({ findings }: Assessment, rule: RegExp): string[] =>
  findings
    .filter((finding) => rule.test(finding.rule))
    .map(({ rule: name, stage, confidence, count }) => `${name} ${stage} ${confidence} ${count}`)
    .sort();

test('on a server where nobody got in they have no stage', async () => {
  const server = healthyServer('2019');
  const own = path.join(folder, 'healthy');
  writeTree(own, { ...server.tree, ...owners });
  const assessment = await assessFolder(own, { baselines: [server.baseline] });
  expect(told(assessment, /./)).toEqual([
    'post-exploitation/state-directory-right none possible 1',
    'post-exploitation/state-forwarding none possible 1',
    'post-exploitation/state-impersonation none possible 4',
    'post-exploitation/state-inbox-rule none possible 2',
    'post-exploitation/state-inbox-rule-out none possible 1',
    'post-exploitation/state-transport-rule none possible 1',
  ]);
  expect(assessment.findings[0]!.doesNotProve).toContain('Nothing in the evidence shows that anybody got in');
  expect(assessment.verdict).toMatchObject({ stage: 'none', presence: { waysBack: [] } });
  expect(assessment.intrusions).toEqual([]);
});

test('beside an intruder, what stood there before him is not his, and the rest may be', async () => {
  const own = path.join(folder, 'entered');
  writeSet('used-shell', own);
  writeTree(own, owners);
  const assessment = await assessFolder(own);
  expect(assessment.verdict.answer).toBe('confirmed');
  expect(told(assessment, /state-/)).toEqual([
    'post-exploitation/state-directory-right spread possible 1',
    'post-exploitation/state-forwarding spread possible 1',
    'post-exploitation/state-impersonation none possible 2',
    'post-exploitation/state-impersonation spread possible 2',
    'post-exploitation/state-inbox-rule spread possible 2',
    'post-exploitation/state-inbox-rule-out spread possible 1',
    'post-exploitation/state-transport-rule spread possible 1',
  ]);
  expect(
    assessment.findings.find(({ rule, stage }) => rule.endsWith('state-impersonation') && stage === 'none')?.doesNotProve,
  ).toContain('It stood there before the first sign that anybody got in.');
});

test('a role that was given minutes after a session through the hole is probably theirs', async () => {
  const own = path.join(folder, 'session');
  writeSet('proxyshell-export', own);
  const before = await assessFolder(own);
  const session = before.findings.find(({ rule }) =>
    /proxyshell\/(?:rps-session|backend-session|rps-token|backend-token)$/.test(rule),
  )!;
  const given = new Date(Date.parse(session.timeUtc!) + 120_000).toISOString();
  writeTree(own, {
    'printed/roles.csv': asCsv([role('x', 'svc-mail', given), role('Backup', 'svc-veeam', '2019-09-20T13:40:00Z')]),
  });
  const assessment = await assessFolder(own);
  expect(told(assessment, /state-impersonation|together\/in-session/)).toEqual(
    expect.arrayContaining([
      'post-exploitation/state-impersonation none possible 1',
      'post-exploitation/state-impersonation spread possible 1',
      'together/in-session spread probable 2',
    ]),
  );
  expect(told(before, /together\/in-session spread/)).toEqual([]);
});
