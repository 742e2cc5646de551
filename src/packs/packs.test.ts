/**
 * The packs of this repository. They load; every rule says yes to its positive rows and no to its benign ones
 * (`packs/<id>/cases/<rule>.yaml`, found by listing: a new case needs no code); and each positive row is matched by its rule alone,
 * so that no row is told two stories, except for the companions that the case names under `with`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Expr, type PlainRow, type Rule, YamlSource } from '../rules/index.ts';
import { CaseRunner, isCaseFile, loadPacks, PackError, type PackFile, readCase } from './index.ts';

const root = new URL('../../', import.meta.url).pathname;

function filesBelow(folder: string, prefix: string): PackFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry): PackFile[] => {
      const path = `${prefix}/${entry.name}`;
      const full = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(full, path) : [{ path, text: readFileSync(full, 'utf8') }];
    });
}

const files = filesBelow(join(root, 'packs'), 'packs');
const { packs, rules } = loadPacks(files);

/** What may be counted. A rule has to be found whatever is counted: each row is tried with every one of these. */
const countings: Readonly<Record<string, readonly (readonly (readonly string[])[])[]>> = {
  'iis-w3c': [
    [
      ['cs-method', 'cs-uri-stem', 'sc-status'],
      ['c-ip', 'cs-username'],
      ['s-port', 's-computername', 's-ip'],
      ['cs(User-Agent)'],
    ],
    [['cs-method', 'cs-uri-stem', 'sc-status'], ['s-port'], ['c-ip']],
    [['c-ip']],
  ],
  httpproxy: [
    [
      ['Protocol', 'HttpStatus', 'BackEndStatus'],
      ['ServerHostName', 'TargetServer', 'IsAuthenticated'],
    ],
    [['AnchorMailbox', 'BackEndCookie']],
    [],
  ],
  'ecp-server': [
    [
      ['ServerName', 'EventId'],
      ['BLD', 'ServerName'],
    ],
    [['CMD', 'URL']],
    [],
  ],
  'rps-http': [[['ServerHostName', 'HttpStatus']], [['UrlQuery']], []],
  'rps-cmdlet': [
    [
      ['ServerHostName', 'ExecutionResult'],
      ['Cmdlet', 'AuthenticatedUser', 'ProcessName'],
    ],
    [['Parameters']],
    [],
  ],
  'web-access': [[['cs-method', 'cs-uri-stem', 'sc-status'], ['c-ip', 'cs-username'], ['cs-user-agent']], [['c-ip']], []],
  ews: [[['ServerHostName', 'SoapAction', 'HttpStatus']], [['ClientIpAddress', 'AuthenticatedUser']], []],
  'ecp-excerpt': [[['CMD', 'URL']], []],
  'exchange-config': [[['Server']], []],
  'mailbox-export': [[['Status']], []],
  'scheduled-task': [[['State']]],
  'service-listing': [[['Status', 'StartType']]],
  'wmi-consumer': [[['Name']], []],
  'local-user': [[['Enabled']]],
  'windows-event': [[['Channel', 'Provider_Name', 'EventID'], ['Computer']], []],
  'http-response': [[['Status'], ['X-FEServer']], [['X-OWA-Version', 'X-FEServer']], []],
  'admin-audit': [[['CmdletName', 'Succeeded']], [['Server', 'CmdletName']]],
  'role-assignment': [[['Role']], []],
  'transport-agent-config': [[['Identity', 'Enabled']], []],
  'file-listing': [[['Attributes', 'Owner']], []],
  'web-page': [[['Grade', 'Language', 'Shape']], [['Path']], []],
  'process-listing': [[['Image'], ['Computer']], []],
  'test-proxylogon': [[['Server', 'Kind', 'Value']], [['Cve']], []],
  'sharepoint-uls': [[['Process', 'Area', 'Level']], []],
  antivirus: [[['Server', 'Tool', 'Kind', 'Action']], [['Threat', 'Path']], []],
  'compare-exchange-hashes': [[['Error']], []],
  'iis-config': [[['Section', 'State']], [['Section', 'Does', 'Location', 'Name', 'Pattern', 'Input', 'Value', 'State']], []],
  'inbox-rule': [[['Enabled']], []],
  'transport-rule': [[['State', 'Mode']], []],
  mailbox: [[['DeliverToMailboxAndForward']], []],
  'mailbox-permission': [[['AccessRights']], []],
  'mailbox-folder-permission': [[['AccessRights']], []],
  'directory-permission': [[['ExtendedRights']], []],
};
const cases = files.filter(({ path }) => isCaseFile(path)).map(readCase);
const runner = new CaseRunner(rules, (logSource) => countings[logSource]!);

/** Ids of the rules that match the row: the same whatever is counted. */
function matching(row: PlainRow, { logSource }: Rule): string[] {
  const answers = runner.matching(row, logSource);
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  return answers[0]!;
}

test('every rule has a case, and every case a rule', () => {
  expect(cases.map(({ rule }) => rule).toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
});

describe.each(cases)('$rule', ({ rule: id, positive, benign, companions }) => {
  const rule = rules.find((candidate) => candidate.id === id)!;
  test.each(positive.map((row, index) => ({ index, row })))('positive row $index', ({ row }) => {
    const matched = matching(row, rule);
    expect(matched).toContain(id);
    expect(matched.filter((other) => other !== id && !companions.includes(other))).toEqual([]);
  });
  test.each(benign.map((row, index) => ({ index, row })))('benign row $index', ({ row }) => {
    expect(matching(row, rule)).not.toContain(id);
  });
  test('has both kinds', () => {
    expect(positive.length).toBeGreaterThan(0);
    expect(benign.length).toBeGreaterThan(0);
  });
});

/** Rows of everyday servers, written down from what healthy ones log. No rule may say anything about them. */
describe('everyday rows', () => {
  const everyday: readonly (readonly [string, PlainRow])[] = [
    [
      'httpproxy',
      {
        Protocol: 'Ecp',
        UrlStem: '/ecp/Current/exporttool/x.application',
        AnchorMailbox: 'ServerVersion~Version 15.0 (Build 0.0)',
        HttpStatus: '200',
        BackEndStatus: '200',
      },
    ],
    [
      'httpproxy',
      {
        Protocol: 'Ews',
        UrlStem: '/ews/',
        AnchorMailbox: 'Sid~S-1-5-21-1-2-3-1142',
        UserAgent: 'AMProbe/Local/ClientAccess',
        HttpStatus: '200',
      },
    ],
    [
      'httpproxy',
      {
        Protocol: 'Autodiscover',
        UrlStem: '/autodiscover/autodiscover.json',
        AnchorMailbox: 'Smtp~anna@example.test',
        UrlQuery: '?Email=anna%40example.test&Protocol=Ews',
        HttpStatus: '200',
        BackEndStatus: '200',
      },
    ],
    [
      'httpproxy',
      {
        Protocol: 'Mapi',
        AnchorMailbox: 'MailboxGuid~0aa89cf8-aa07-4103-8a1d-ca9e619f223e',
        BackEndCookie: 'Server~host.example.test~1942063431~2021-04-02T15:26:43',
        HttpStatus: '200',
        BackEndStatus: '200',
      },
    ],
    [
      'httpproxy',
      {
        Protocol: 'Owa',
        UrlStem: '/owa/admin.cfg',
        UserAgent: 'ServerInfo~a/b',
        UrlQuery: '?q=ServerInfo~a/ecp/proxyLogon.ecp',
        HttpStatus: '302',
      },
    ],
    [
      'iis-w3c',
      {
        'cs-method': 'GET',
        'cs-uri-stem': '/owa/auth/errorfe.aspx',
        'cs-uri-query': 'httpCode=500&msg=2099558169',
        's-port': '443',
        'sc-status': '500',
      },
    ],
    [
      'iis-w3c',
      {
        'cs-method': 'GET',
        'cs-uri-stem': '/rpc/',
        'cs-uri-query': '&RequestId=9f&CorrelationID=<empty>;',
        's-port': '443',
        'sc-status': '401',
      },
    ],
    [
      'iis-w3c',
      {
        'cs-method': 'POST',
        'cs-uri-stem': '/ecp/DDI/DDIService.svc/GetList',
        'cs-uri-query': 'msExchEcpCanary=x&schema=VirtualDirectory',
        's-port': '444',
        'cs-username': 'EXAMPLE\\admin',
        'sc-status': '200',
      },
    ],
    [
      'iis-w3c',
      {
        'cs-method': 'POST',
        'cs-uri-stem': '/mapi/emsmdb/',
        's-port': '444',
        'cs-username': 'EXAMPLE\\MAIL02$',
        'sc-status': '200',
      },
    ],
    [
      'iis-w3c',
      { 'cs-method': 'GET', 'cs-uri-stem': '/ecp/default.aspx', 'cs-uri-query': 'exec=1', 's-port': '443', 'sc-status': '200' },
    ],
    [
      'iis-w3c',
      { 'cs-method': 'GET', 'cs-uri-stem': '/owa/auth/15.1.2106/scripts/premium/flogon.js', 's-port': '443', 'sc-status': '200' },
    ],
    [
      'ecp-server',
      { EventId: 'ECP.Request', CMD: 'Get-InboxRule', URL: '/ecp/RulesEditor/InboxRules.svc/GetList?msExchEcpCanary=C' },
    ],
    [
      'ecp-server',
      {
        EventId: 'ECP.Request',
        CMD: "Set-EcpVirtualDirectory.ExternalUrl='https://mail.example.test/ecp'.Identity='8'",
        URL: '/ecp/DDI/DDIService.svc/SetObject?schema=ECPVirtualDirectory',
      },
    ],
    [
      'exchange-config',
      { ExternalUrl: 'https://mail.example.test/OAB', InternalUrl: 'https://mail01/OAB', Name: 'OAB (Default Web Site)' },
    ],
    ['test-proxylogon', { Kind: 'other_suspicious_file', Value: 'C:\\ProgramData\\x.zip' }],
    ['test-proxylogon', { Kind: 'other_suspicious_file', Value: 'C:\\windows\\temp\\lsass.dmp' }],
  ];
  test.each(everyday.map(([source, row], index) => ({ index, source, row })))('row $index of $source', ({ source, row }) => {
    expect(
      matching(
        row,
        rules.find((rule) => rule.logSource === source)!,
      ),
    ).toEqual([]);
  });
});

/** Every anchor with a path behind the host, however it is answered, is one story: neither none nor two. */
test('requests through the anchor are partitioned', () => {
  const paths = [
    '/',
    '/#',
    '/ecp/default.flt?',
    '/owa/auth/logon.aspx?',
    '/autodiscover/autodiscover.xml?#',
    '/autodiscover/autodiscover.xml/x.js',
    '/autodiscover/../ews/exchange.asmx#',
    '/autodiscover/%2e%2e%2fews/x',
    '/ecp/%2e%2e/ews/exchange.asmx/x.js',
    '\\ews\\exchange.asmx',
    '/ews/exchange.asmx/x.js',
    '/ecp/a.svc/x.flt',
    '/favicon.ico',
    '/owa/auth/15.1.2106/x.js?',
    '/mapi/emsmdb/?#',
    '/mapi/healthcheck.htm',
    '/ews/exchange.asmx?#',
    '/EWS/',
    '/ecp/proxyLogon.ecp?#',
    '/ecp/proxyLogon.ecp',
    '/ecp//ProxyLogon.ecp?a=/ews/',
    '/ecp/DDI/DDIService.svc/GetObject?schema=OABVirtualDirectory#',
    '/ecp/DDI/DDIService.svc/GetObject?msExchEcpCanary=x.&schema=OABVirtualDirectory#',
    '/ecp/DDI/DDIService.svc/GetList/x.js',
    '/ecp/DDI/DDIService.svc/SetObject?msExchEcpCanary=x.&schema=OABVirtualDirectory#',
    '/ecp/DDI/DDIService.svc/SetObject?schema=OWAVirtualDirectory',
    '/ecp/DDI/DDIService.svc/SetObject?msExchEcpCanary=x.&schema=ResetOABVirtualDirectory#',
    '/ecp/DDI/DDIService.svc/SetObject?schema=InboxRule',
    '/ecp/DDI/DDIService.svc/NewObject?schema=x',
    '/PowerShell/?X',
    '/oab/x',
    '/rpc/',
    '/owa/',
    '/ecp/',
    '/collect?d=1',
    '/%65cp/proxyLogon.ecp?#',
    '%2Fews/x',
    '/ecp/DDI/DDIService.svc/SetObject%3Fschema=ResetOABVirtualDirectory',
  ];
  const hosts = ['a]@mail01.example.test:444', 'localhost'];
  const states: readonly (readonly [string?, string?])[] = [
    [],
    ['200', '200'],
    ['200'],
    ['241', '241'],
    ['241'],
    ['200', '401'],
    ['401', '401'],
    ['403'],
    ['500', '500'],
    ['503'],
    ['302'],
    ['200', '500'],
  ];
  const rule = rules.find(({ logSource }) => logSource === 'httpproxy')!;
  for (const host of hosts) {
    for (const path of paths) {
      for (const [http, backEnd] of states) {
        const row = { AnchorMailbox: `ServerInfo~${host}${path}`, HttpStatus: http ?? null, BackEndStatus: backEnd ?? null };
        const matched = matching(row, rule);
        expect(matched, `${row.AnchorMailbox} ${http ?? '-'} ${backEnd ?? '-'}`).toHaveLength(1);
      }
    }
  }
});

test('no proof says more than its step can', () => {
  for (const { proofs } of packs) {
    for (const { rule, stage, step, confidence, chain } of proofs) {
      const most = {
        check: ['probed'],
        try: ['attempted'],
        enter: ['exploited'],
        read: ['attempted', 'exploited'],
        plant: ['attempted', 'implanted'],
        arm: ['attempted', 'implanted'],
        page: ['probed', 'implanted'],
        file: ['implanted'],
        order: ['operated'],
        spread: ['spread', 'impact'],
      }[step];
      expect(most, rule).toContain(stage);
      // A page that answers shows neither what it does nor who put it there.
      if (step === 'page' && stage === 'implanted') expect(['possible', 'probable'], rule).toContain(confidence);
      // What another row has to speak for proves little on its own.
      if (chain !== undefined) expect(stage === 'attempted' || confidence === 'possible', rule).toBe(true);
    }
  }
});

test('the rules of web-shell and knowledge/shipped-pages.yaml name the same pages', () => {
  const path = 'knowledge/shipped-pages.yaml';
  const text = readFileSync(join(root, path), 'utf8');
  const { root: document } = new YamlSource(
    text,
    (what, fix, offset, length) => new PackError('knowledge.invalid', what, fix, path, text, offset, length),
  );
  const known = document
    .record(['folders', 'caveats'])
    .get('folders')!
    .list()
    .flatMap((folder) => {
      const entry = folder.record(['path', 'disk', 'pages', 'note', 'sources']);
      return entry
        .get('pages')!
        .texts()
        .map((page) => entry.get('path')!.text() + page);
    })
    .toSorted();
  const named = (expr: Expr, how: string): string[] => {
    if (expr.kind === 'not') return named(expr.of, how);
    if (expr.kind !== 'match') return expr.of.flatMap((child) => named(child, how));
    return expr.field === 'cs-uri-stem' && expr.test.how === how && 'text' in expr.test ? [expr.test.text] : [];
  };
  const holding = rules.filter(({ id, expr }) => id.startsWith('web-shell/') && named(expr, 'is').length > 0);
  expect(holding.map(({ id }) => id)).toEqual(
    ['order-parameter', 'order-seen', 'page-answered', 'page-asked', 'page-posted'].map((id) => `web-shell/${id}`),
  );
  for (const { expr } of holding) {
    expect(named(expr, 'is').toSorted()).toEqual(known);
    expect(named(expr, 'starts').toSorted()).toEqual(known.map((page) => `${page}/`));
  }
});

test('no web shell stands in clear in any file of the packs', () => {
  // The word that runs text as code, directly before what a visitor sent: what antivirus products look for.
  const oneLiner = /(?:eval|execute(?:global)?)\s*\(?\s*(?:\w+\.)?request/i;
  for (const { path, text } of [...files, ...filesBelow(join(root, 'knowledge'), 'knowledge')]) {
    expect(oneLiner.test(text), path).toBe(false);
    expect(/<script[^>]*runat\s*=/i.test(text), path).toBe(false);
  }
});
