import { describe, expect, it } from 'vitest';
import type { Assessment, Observable } from '../core/assessment.ts';
import { fromBase64, sha256Hex } from '../core/hash.ts';
import { finding, implanted, proofLine } from '../report/assessments.fixture.ts';
import { type Audience, audiences, masked } from './index.ts';

const place = { line: 1, offsetBytes: 0, timeUtc: '2021-03-03T04:00:00.000Z' };
const utf8 = new TextDecoder();

/** An assessment with one finding that holds these lines. */
function holding(lines: readonly string[], observables: readonly Observable[] = []): Assessment {
  const one = finding({
    title: 'A line',
    stage: 'implanted',
    timeUtc: place.timeUtc,
    host: 'MAIL01',
    observables,
    evidence: lines.map((line) => proofLine('MAIL01/C/x.log', line, [], place)),
  });
  return { ...implanted, findings: [one] };
}

/** What is left of a line, as bytes and as it is shown. */
function left(line: string, audience: Audience, observables: readonly Observable[] = []): string {
  const { rawBase64, shown } = masked(holding([line], observables), audience).findings[0]!.evidence[0]!;
  return rawBase64 === '' ? shown : utf8.decode(fromBase64(rawBase64));
}

describe('masked, for everybody', () => {
  it.each([
    [
      'GET /ecp/default.aspx?msExchEcpCanary=a9c7q05c7wkklt.&schema=x',
      'GET /ecp/default.aspx?msExchEcpCanary=‹token 1›&schema=x',
    ],
    ['POST /powershell?X-Rps-CAT=VgEAVAdXaW5kb3dz&Email=x', 'POST /powershell?X-Rps-CAT=‹token 1›&Email=x'],
    ['x=1&X-Rps-CAT%3DVgEAVAdXaW5kb3dz', 'x=1&X-Rps-CAT%3D‹token 1›'],
    [
      'Cookie: ASP.NET_SessionId=abcd1234efgh; cadata=AAAA/BBBB==; cadataSig=zzzz',
      'Cookie: ASP.NET_SessionId=‹session 1›; cadata=‹token 1›; cadataSig=‹token 2›',
    ],
    ['Authorization: Basic dXNlcjpzZWNyZXQgd29yZA==', 'Authorization: Basic ‹token 1›'],
    ['Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.abc', 'Authorization: Bearer ‹token 1›'],
    ['token eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.abc there', 'token ‹token 1› there'],
    ['validationKey="0123456789ABCDEF" decryptionKey="FEDCBA"', 'validationKey="‹token 1›" decryptionKey="‹token 2›"'],
    ['net user helper S3cret! /add', 'net user helper ‹password 1› /add'],
    ['user=x&password=hunter22&y=1', 'user=x&password=‹password 1›&y=1'],
    ['S:SID=0b1f4a56-6a3c;S:CMD=Get-X', 'S:SID=‹session 1›;S:CMD=Get-X'],
  ])('%s', (line, wanted) => {
    for (const audience of audiences) {
      const got = left(line, audience);
      // The public is shown the defanged form.
      if (audience !== 'public') expect(got).toBe(wanted);
      for (const secret of line.match(/(?<==)(?:a9c7q05c7wkklt|VgEAVAdXaW5kb3dz|abcd1234efgh|AAAA\/BBBB|hunter22)/g) ?? [])
        expect(got).not.toContain(secret);
    }
  });

  it('leaves what is no secret', () => {
    for (const line of [
      '2021-03-03 04:12:40 10.0.4.11 POST /ecp/y.js - 443 - 203.0.113.24 curl/7.64.1 - 200 0 0 62',
      'AnchorMailbox ServerInfo~a]@MAIL01.haven.example:444/ecp/proxyLogon.ecp?#',
      "S:CMD=Set-OabVirtualDirectory.ExternalUrl='https://mail.haven.example/oab'",
      'msExchEcpCanary=',
    ]) {
      const [before] = holding([line]).findings[0]!.evidence;
      const after = masked(holding([line]), 'own').findings[0]!.evidence[0]!;
      // Not a byte is changed, and so the hash still is the one of the line.
      expect(after).toEqual(before);
      expect(sha256Hex(fromBase64(after.rawBase64))).toBe(after.sha256);
    }
  });

  it('gives the same value the same number, wherever it stands', () => {
    const lines = ['msExchEcpCanary=first.aaaa&x', 'msExchEcpCanary=second.bbb&x', 'a?msExchEcpCanary=first.aaaa'];
    const less = masked(holding(lines, [{ kind: 'session', value: 'second.bbb', standing: 'direct' }]), 'own');
    const [one] = less.findings;
    expect(one!.evidence.map(({ rawBase64 }) => utf8.decode(fromBase64(rawBase64)))).toEqual([
      'msExchEcpCanary=‹token 1›&x',
      'msExchEcpCanary=‹token 2›&x',
      'a?msExchEcpCanary=‹token 1›',
    ]);
    expect(one!.observables.map(({ value }) => value)).toEqual(['‹session 1›']);
  });

  it('keeps what decides markable', () => {
    const line = 'GET /x?msExchEcpCanary=first.aaaa&schema=OAB';
    const evidence = proofLine('a', line, ['msExchEcpCanary=first.aaaa'], place);
    const [less] = masked(
      { ...implanted, findings: [finding({ title: 'x', stage: 'exploited', timeUtc: null, evidence: [evidence] })] },
      'own',
    ).findings[0]!.evidence;
    const text = utf8.decode(fromBase64(less!.rawBase64));
    expect(text).toContain(utf8.decode(fromBase64(less!.decisiveBase64[0]!)));
  });

  it('depends on no order of keys', () => {
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .toReversed()
                .map(([key, one]) => [key, turned(one)]),
            )
          : value;
    for (const audience of audiences)
      expect(JSON.stringify(masked(turned(implanted) as Assessment, audience))).toBe(JSON.stringify(masked(implanted, audience)));
  });
});

describe('masked access words', () => {
  const line = 'S:CMD=x <script>eval(Request["o4Wq7tcV"],"x")</script> then o4Wq7tcV again';
  it('are shown to whoever responds, and to nobody else', () => {
    expect(left(line, 'own')).toBe('S:CMD=x <script>eval(Request["‹access word 1›"],"x")</script> then ‹access word 1› again');
    expect(left(line, 'responder')).toBe(line);
    expect(left(line, 'public')).not.toContain('o4Wq7tcV');
  });

  it('are told by what a page of theirs was asked, too', () => {
    const page: Observable = { kind: 'page', value: '/owa/auth/vt5.aspx', standing: 'direct' };
    const order = '2021-03-02 02:17:05 10.0.0.1 GET /owa/auth/vt5.aspx k7Qm2x=whoami&CorrelationID=<empty>;&cafeReqId=a 443';
    expect(left(order, 'own', [page])).toContain(
      '/owa/auth/vt5.aspx ‹access word 1›=whoami&CorrelationID=<empty>;&cafeReqId=a 443',
    );
    expect(left(order, 'own')).toBe(order);
  });
});

describe('masked for the public', () => {
  const less = masked(implanted, 'public');
  const text = JSON.stringify(less);

  it('names no account of requests that are missing in a log', () => {
    const [entry, ...rest] = implanted.coverage.ledgers;
    const [place] = entry!.missing;
    const requests = place!.requests.map((request) => ({ ...request, account: 'HAVEN\\c.quiet' }));
    const ledgers = [{ ...entry!, missing: [{ ...place!, requests }] }, ...rest];
    const told = JSON.stringify(masked({ ...implanted, coverage: { ...implanted.coverage, ledgers } }, 'public'));
    expect(told).not.toContain('c.quiet');
    expect(told).toContain('/ecp/<y>.js');
  });

  it('names neither organisation nor servers nor their network', () => {
    expect(text).not.toMatch(/MAIL01|haven|10\.0\.4\.\d/i);
    expect(less.organisation.name).toBe('ORGANISATION');
    expect(less.organisation.hosts).toEqual(['SERVER-1']);
    expect(less.verdict.sentence).toContain('SERVER-1');
  });

  it('still names those who attacked', () => {
    expect(text).toContain('203.0.113.24');
  });

  it('holds no bytes of lines', () => {
    expect(less.findings.flatMap(({ evidence }) => evidence.map(({ rawBase64 }) => rawBase64)).join('')).toBe('');
  });

  it.each([
    ['HAVEN\\MAIL01$ fe80::5efe:a14:b%4 x', 'DOMAIN-1\\SERVER-1 ADDRESS-1 x'],
    ['AuthenticatedUser=HAVEN\\jdoe;x', 'AuthenticatedUser=ACCOUNT-1;x'],
    ['to jane.doe@haven.example and jane.doe@haven.example', 'to MAILBOX-1 and MAILBOX-1'],
    ['mail.haven.example MAIL01.haven.example:444 mail01', 'NAME-1.DOMAIN-1 SERVER-1.DOMAIN-1:444 SERVER-1'],
    ['GET webmail.other.example /owa/x.aspx y.js u_ex210303.log', 'GET NAME-1.DOMAIN-1 /owa/x.aspx y.js u_ex210303.log'],
    ['C:\\Users\\jdoe\\x C:\\Users\\Public\\y', 'C:\\Users\\ACCOUNT-1\\x C:\\Users\\Public\\y'],
    ['S-1-5-21-1-2-3-500 S-1-5-18', 'ACCOUNT-1 S-1-5-18'],
    ['/o=Haven Org/ou=First/cn=Recipients/cn=abc;', 'MAILBOX-1;'],
    [
      'from 192.168.4.7 to 203.0.113.24 at 04:12:37, build 15.1.2176.2',
      'from ADDRESS-1 to 203.0.113.24 at 04:12:37, build 15.1.2176.2',
    ],
    [
      'Culture=neutral, Version=1.0.0.0, x/10.0.0.9 Version%3D4.0.0.0 Chrome/110.0.0.0 http://10.0.0.9/',
      'Culture=neutral, Version=1.0.0.0, x/ADDRESS-1 Version%3D4.0.0.0 Chrome/110.0.0.0 hxxp://ADDRESS-1/',
    ],
    ['2001:db8::1 ::1 127.0.0.1 198.51.100.200', 'ADDRESS-2 ::1 127.0.0.1 ADDRESS-1'],
  ])('%s', (line, wanted) => {
    const address: Observable = { kind: 'address', value: '203.0.113.24', standing: 'direct' };
    expect(left(line, 'public', [address])).toBe(wanted);
  });

  it('leaves words that only look like the name of a server', () => {
    const named = {
      ...implanted,
      organisation: { ...implanted.organisation, hosts: ['MAIL'], name: '' },
      plan: { ...implanted.plan, steps: [{ ...implanted.plan.steps[0]!, text: 'Mail itself keeps flowing on MAIL.' }] },
    };
    expect(masked(named, 'public').plan.steps[0]!.text).toBe('Mail itself keeps flowing on SERVER-1.');
  });

  it('takes long hostile names in its stride', () => {
    const long = `${'a.'.repeat(50_000)}haven.example ${'x@'.repeat(20_000)} ${':'.repeat(20_000)} ${'/o='.repeat(5_000)}`;
    expect(left(long, 'public').length).toBeLessThan(1_300);
  });
});

it('masks names that are coded as in an address', () => {
  const line = 'GET /owa/?u=jane.doe%40contoso-secret.com&dom=CONTOSECRET%5Cjroe 200';
  const got = left(line, 'public');
  for (const name of ['jane', 'contoso-secret', 'CONTOSECRET', 'jroe']) expect(got).not.toContain(name);
});

it('signatures and rules of others are called as their owner likes; those of packs are ours', () => {
  const named = (rule: string): string =>
    masked(
      {
        ...implanted,
        organisation: { ...implanted.organisation, name: 'Fabrikam' },
        findings: [{ ...implanted.findings[0]!, rule }],
      },
      'public',
    ).findings[0]!.rule;
  expect(named('signature/fabrikam.yar/fabrikam_logo')).toBe('signature/ORGANISATION.yar/ORGANISATION_logo');
  expect(named('other/Fabrikam-1')).toBe('other/ORGANISATION-1');
  expect(named('signature/packs/web-shell/signatures/x.yar/fabrikam')).toBe(
    'signature/packs/web-shell/signatures/x.yar/fabrikam',
  );
});

it('an account that merely stands in a row names somebody, and the organisation however it is spelt', () => {
  const row = '2025-03-04 03:10:00 192.0.2.7 GET /owa/ - 443 CONTOSECRET\\jroe 198.51.100.9 Mozilla/5.0 - 200 0 0 15';
  const got = left(row, 'public');
  for (const name of ['CONTOSECRET', 'jroe']) expect(got).not.toContain(name);
  expect(got).toContain('/owa/ - 443 DOMAIN-1\\ACCOUNT-1 ');
  const paths = 'NT AUTHORITY\\SYSTEM wrote C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx and auth\\b.aspx';
  expect(left(paths, 'public')).toBe(paths);
  const named = {
    ...holding(['GET /aspnet_client/fabrikam-x.aspx']),
    organisation: { ...implanted.organisation, name: 'Fabrikam' },
  };
  expect(JSON.stringify(masked(named, 'public').findings[0]!.evidence)).not.toMatch(/fabrikam/i);
});

it('nor whose mail was taken, in the list of it and in the line that shows it', () => {
  const [first] = implanted.intrusions;
  const mail = ['jroe', 'jane.roe', 'Jane Roe', 'CONTOSECRET\\aroe', 'jane@contoso-secret.com'].map((mailbox) => ({
    mailbox,
    how: 'opened' as const,
    requests: 1,
    bytes: null,
    days: [],
    findings: [],
    because: [],
  }));
  const one = { ...holding(['New-MailboxExportRequest -Mailbox "Jane Roe"']), intrusions: [{ ...first!, mail }] };
  const less = masked(one, 'public');
  expect(less.intrusions[0]!.mail.map(({ mailbox }) => mailbox)).toEqual([
    expect.stringMatching(/^ACCOUNT-\d+$/),
    expect.stringMatching(/^ACCOUNT-\d+$/),
    expect.stringMatching(/^MAILBOX-\d+$/),
    expect.stringMatching(/^DOMAIN-\d+\\ACCOUNT-\d+$/),
    expect.stringMatching(/^MAILBOX-\d+$/),
  ]);
  expect(JSON.stringify(less.findings)).not.toContain('Roe');
});
