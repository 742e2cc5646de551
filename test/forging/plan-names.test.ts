/**
 * Names that an intruder chose, on their way into a plan: no command holds one, every command parses under a whole grammar of PowerShell
 * and calls only what is on the list, a name that a console or a reader could take for something else leads to a step by hand, and
 * nothing of it is markup on paper.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { knowledgeOf, loadContent } from '../../src/assess.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { sha256Hex } from '../../src/core/hash.ts';
import { planValuesJson } from '../../src/export/index.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { isCallable } from '../../src/packs/step-texts.ts';
import { planOf } from '../../src/plan/index.ts';
import { finding, implanted } from '../../src/report/assessments.fixture.ts';
import { renderPlanMarkdown, renderPlanTerminal } from '../../src/report/index.ts';
import { planFaults } from '../support/plan-faults.ts';
import { type ParsedCommand, powershell } from '../support/powershell.ts';

let parse: (text: string) => ParsedCommand | null;
/** The same few commands stand in every plan. */
const parsedBefore = new Map<string, ParsedCommand | null>();
beforeAll(async () => {
  const whole = await powershell();
  parse = (text) => {
    let parsed = parsedBefore.get(text);
    if (parsed === undefined) parsedBefore.set(text, (parsed = whole(text)));
    return parsed;
  };
});

const { steps } = loadContent(nodePlatform);
const knowledge = knowledgeOf(nodePlatform);

/** Each with what it would do where somebody pastes it into a line. */
const hostile = [
  `a'; Remove-Item C:\\ -Recurse; '`,
  `a\u2018; calc; \u2018`,
  `a\u2019; calc; \u2019`,
  `a\u201a; calc; \u201a`,
  `a\u201b; calc; \u201b`,
  `a\u201c$(calc)\u201d`,
  `a"; calc; "`,
  'a`ncalc',
  'a$(calc)',
  'a${env:PATH}',
  '$value',
  'a;calc',
  'a|calc',
  'a&calc',
  'a\ncalc\n',
  'a\r\ncalc',
  'a\u2028calc',
  'a\u0085calc',
  'a\u202egpj.aspx',
  'a\u2066b\u2069',
  'a\u200bb',
  'a\u0000b',
  'a\u001b[2Jb',
  '*',
  '[a-z]',
  'a?b',
  '..\\..\\Windows\\System32\\a',
  '../../../a',
  'a:stream',
  'CON',
  'a ',
  'a.',
  '{page}',
  '[#]',
  '[0]',
  '@a',
  '-Recurse',
  '%00',
  '<script>x</script>',
  '![x](http://203.0.113.9/)',
  '[x](javascript:x)',
  '`x`',
  '```\ncalc\n```',
  '# x',
  'https://203.0.113.9/x',
  'x@evil.example',
  '| a | b |',
  '&lt;b&gt;',
  '\u{e0041}\u{e0042}',
  'a\u0301\u0302\u0303\u0304\u0305',
  'ＣＭＤ．ＥＸＥ',
  'ƒ\u00adx',
  'ab\ud800c',
  'x'.repeat(5000),
];
const plain = ['vt5k1jbe', 'log', 'Redir Suite', 'a-b_c(1)', 'shell.v2', 'www.evil.example'];

/** A case in which this name is that of a page, of a file, of a module, of a server, an account and a mailbox. */
function withName(from: Assessment, name: string, host = 'MAIL01'): Assessment {
  const sha256 = sha256Hex(name);
  const path = `C:\\inetpub\\wwwroot\\${name}.aspx`;
  const account = finding({
    title: 'A page gave orders',
    stage: 'operated',
    confidence: 'confirmed',
    timeUtc: '2021-03-05T10:00:00.000Z',
    rule: 'web-shell/order-seen',
    techniques: ['T1505.003'],
    host,
    observables: [{ kind: 'account', value: `HAVEN\\${name}`, standing: 'direct' }],
  });
  const because = [{ kind: 'finding', id: account.id }] as const;
  const way = {
    host,
    state: 'open',
    why: 'it answered',
    removedBy: null,
    sinceUtc: null,
    findings: [account.id],
    because,
  } as const;
  const [first] = from.intrusions;
  const base: Assessment = {
    ...from,
    organisation: { ...from.organisation, hosts: [host], absentHosts: [`${name}2`] },
    hosts: from.hosts.map((one) => ({ ...one, host })),
    exposure: from.exposure.map((one) => ({ ...one, host })),
    findings: [...from.findings, account],
    intrusions: from.intrusions.map((one) =>
      one === first
        ? {
            ...one,
            mail: [
              {
                mailbox: `${name}@haven.example`,
                how: 'opened',
                requests: 1,
                bytes: null,
                days: [],
                findings: [account.id],
                because,
              },
            ],
          }
        : one,
    ),
    inventory: [
      {
        host,
        build: null,
        basis: 'none',
        files: 1,
        shipped: 0,
        otherBuild: 0,
        elsewhere: 0,
        changed: 0,
        notShipped: 1,
        notes: [],
        odd: [{ path, standing: 'not_shipped', why: [], sha256, artifact: 'x', createdUtc: null, modifiedUtc: null }],
      },
    ],
    verdict: {
      ...from.verdict,
      presence: {
        ...from.verdict.presence,
        waysBack: [
          { ...way, kind: 'file', what: path },
          { ...way, kind: 'file', what: `/owa/auth/${name}.aspx` },
          { ...way, kind: 'module', what: `C:\\Windows\\${name}.dll` },
          { ...way, kind: 'key', what: `C:\\${name}\\web.config` },
          { ...way, kind: 'rule', what: 'the script in the virtual directory’s web address' },
          { ...way, kind: 'task', what: '', host: null },
        ],
      },
      missing: [
        {
          id: 'ecp-server',
          because,
          kind: 'ecp-server',
          host,
          text: 'ECP server logs.',
          where: 'in a backup',
          decides: 'whether a page was written',
        },
        {
          id: 'host',
          because,
          kind: 'host',
          host: `${name}2`,
          text: 'Everything.',
          where: 'there',
          decides: 'whether a step was carried out there',
        },
      ],
    },
  };
  return { ...base, plan: planOf(base, { steps, knowledge: () => knowledge }) };
}

function check(assessment: Assessment, name: string): void {
  const { plan } = assessment;
  expect(planFaults(assessment, steps)).toEqual([]);
  expect(plan.steps.length).toBeGreaterThan(8);
  const odd = plan.steps.flatMap(({ commands }) =>
    commands.filter(({ text }) => !isSound(text) || (name.length > 4 && !ourWords.has(name) && text.includes(name))),
  );
  expect(odd).toEqual([]);
  const said = plan.steps
    .flatMap(({ title, text, why, byHand, verify, bound }) => [
      title,
      text,
      why,
      byHand ?? '',
      verify,
      ...bound.map(({ value }) => value),
    ])
    .join('');
  // What breaks a line, and what turns or hides text.
  // oxlint-disable-next-line no-control-regex -- none may be there
  expect(said).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\u{e0000}-\u{e007f}]/u);
  expect(JSON.parse(planValuesJson(plan))).toEqual({ schema: 'afterpatch.plan-values/1', values: plan.values });
  expect(planValuesJson(plan)).toMatch(/^[\x20-\x7e\n]*$/);
  onPaper(renderPlanMarkdown(assessment));
  // oxlint-disable-next-line no-control-regex -- a terminal must be sent none of them
  expect(renderPlanTerminal(assessment, { width: 80, color: false })).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
  );
}

/** Names that are also words of our commands. */
const ourWords: ReadonlySet<string> = new Set(['$value', '-Recurse']);

/** It parses, it is made of constants alone, and it calls what is on the list. */
function isSound(text: string): boolean {
  const parsed = parse(text);
  return parsed !== null && parsed.strange.length === 0 && parsed.calls.length > 0 && parsed.calls.every(isCallable);
}

/** Lines with markup that is not ours. */
function onPaper(text: string): void {
  const odd: string[] = [];
  let fenced = false;
  for (const line of text.split('\n')) {
    if (/^```(?:powershell)?$/.test(line)) fenced = !fenced;
    else if (!fenced) {
      const rest = line
        .replace(/^(?:#{1,4} |- \[ \] |- )/, '')
        .replace(/<https:\/\/[\x21-\x3b\x3d\x3f-\x7e]+>/g, '')
        .replace(/\\[!-/:-@[-`{-~]/g, '')
        .replace(/\*\*([A-Z][^*]*?)\*\*/g, '$1');
      if (/[`*_[\]<>|]|:\/\/|\bwww\.|@/.test(rest)) odd.push(line);
    }
  }
  expect([odd, fenced]).toEqual([[], false]);
}

describe('names that intruders chose', () => {
  test.each(hostile.map((name) => [JSON.stringify(name).slice(0, 40), name] as const))('%s', (_, name) => {
    const assessment = withName(implanted, name);
    check(assessment, name);
    const files = assessment.plan.steps.filter(({ id }) => id.startsWith('evict/move-file/'));
    expect(files).toHaveLength(2);
    for (const step of files) {
      expect(step.commands.filter(({ effect }) => effect === 'changes')).toEqual([]);
      expect(step.byHand).toMatch(/by its place in the listing|move it by hand/);
    }
    expect(assessment.plan.values).toEqual([]);
  });

  test.each(plain)('%s is plain: its file is moved by number, after its hash is compared', (name) => {
    const assessment = withName(implanted, name);
    check(assessment, name);
    const path = `C:\\inetpub\\wwwroot\\${name}.aspx`;
    expect(assessment.plan.values).toEqual([{ index: 0, kind: 'file', host: 'MAIL01', path, sha256: sha256Hex(name) }]);
    const [step] = assessment.plan.steps.filter(({ check: { kind } }) => kind === 'file_gone');
    expect(step!.check).toEqual({ kind: 'file_gone', host: 'MAIL01', path, sha256: sha256Hex(name) });
    const moves = step!.commands.filter(({ effect }) => effect === 'changes');
    expect(moves).toHaveLength(1);
    expect(moves[0]!.text).toContain('.values[0]');
    expect(moves[0]!.text).toContain('.Hash -eq $value.sha256) { Move-Item -LiteralPath $value.path');
    expect(step!.byHand).toBeNull();
  });

  test('a server with such a name', () => {
    for (const name of hostile) check(withName(implanted, 'x7q', name), name);
  });

  test('any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (name) => check(withName(implanted, name), name)),
      { numRuns: 15 },
    );
  });
});

test('every command of every step parses, calls what is on the list, and holds constants alone', () => {
  let commands = 0;
  for (const { id, commands: own } of steps) {
    for (const { run } of own) {
      commands++;
      const parsed = parse(run.replaceAll('[#]', '[7]'));
      expect(parsed, `${id}: ${run}`).not.toBeNull();
      expect(parsed!.strange, id).toEqual([]);
      for (const call of parsed!.calls) expect(isCallable(call), call).toBe(true);
    }
  }
  expect(commands).toBeGreaterThan(40);
});

test('the grammar knows what is not a constant', () => {
  for (const text of [
    'Get-Item "a$(calc)"',
    'Get-Item $home',
    '& calc',
    'iex (Get-Content a)',
    '[IO.File]::Delete("a")',
    "Get-Item ('a' + $x)",
    '$value.Delete()',
  ]) {
    const parsed = parse(text);
    const odd = parsed === null ? 1 : parsed.strange.length + parsed.calls.filter((call) => !isCallable(call)).length;
    expect(odd, text).toBeGreaterThan(0);
  }
  expect(parse("Get-Item 'a")).toBeNull();
});
