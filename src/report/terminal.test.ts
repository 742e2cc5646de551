import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '../core/assessment.ts';
import { assessments, fixtureNowMs, implanted, suspected } from './assessments.fixture.ts';
import { sentences } from '../judge/messages.ts';
import { renderTerminal } from './index.ts';
import type { TerminalOptions } from './index.ts';
import { cellsOf, clip, terminalText, wrap } from './terminal-text.ts';

const options: TerminalOptions = {
  nowMs: fixtureNowMs,
  timeZone: 'Europe/Berlin',
  lang: 'en',
  width: 80,
  color: false,
  caseFolder: 'afterpatch-case/',
  reportPath: 'afterpatch-case/report.html',
};

// oxlint-disable-next-line no-control-regex -- the point of the test
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/u;

// oxlint-disable-next-line no-control-regex -- our own colour codes
const paintCode = /\u001b\[[\d;]*m/g;

describe('renderTerminal', () => {
  it.each(Object.entries(assessments))('%s fits a screen', (_name, assessment) => {
    const text = renderTerminal(assessment, options);
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.length).toBeLessThan(30);
    for (const line of lines) expect(cellsOf(line), line).toBeLessThanOrEqual(80);
    expect(text).toContain(assessment.verdict.headline);
    expect(text).not.toMatch(/…(?!\\)/);
    expect(text).toContain('afterpatch-case/report.html');
    expect(text).toContain(`${assessment.verdict.exitCode}: `);
    for (const step of ['looked', 'tried', 'got in', 'left something', 'used it', 'moved on', 'took or broke']) {
      expect(text).toMatch(new RegExp(String.raw`\[.\] ${step} +(?:\d|seen|likely|ruled out|cannot tell)`));
    }
  });

  it('says what must not be done before how far they went', () => {
    const text = renderTerminal(implanted, options);
    expect(text.indexOf('BEFORE ANYTHING ELSE')).toBeLessThan(text.indexOf('How far'));
    expect(text.replaceAll('\n', ' ')).toContain('Do not restart it: its memory is evidence.');
    expect(renderTerminal(assessments['cannotTell']!, options)).not.toContain('BEFORE ANYTHING ELSE');
  });

  it('names what is missing and where to look', () => {
    expect(renderTerminal(suspected, options)).toContain('ECP server: Look on MAIL01');
  });

  it('says that rows are missing, and that all logs were silent', () => {
    const shown = renderTerminal(implanted, { ...options, width: 100 }).replace(/\s+/g, ' ');
    expect(shown).toContain(
      'Taken out? 2 rows are missing in IIS, front end, of MAIL01; other logs of these requests have them.',
    );
    const silent = { ...implanted, coverage: { ...implanted.coverage, ledgers: [] } };
    expect(renderTerminal(silent, options).replace(/\s+/g, ' ')).toContain('MAIL01 wrote into none of these logs for a time');
    expect(renderTerminal(suspected, options)).not.toContain('Taken out?');
  });

  it('says what would have been seen, where somebody asked', () => {
    const text = renderTerminal(assessments['cannotTell']!, options);
    expect(text).toMatch(/\nTried out {5}Had they come on any of the 65 days from 3 January to 8 March\n/);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('10 % of the time; never before 24 February 2021.');
    expect(renderTerminal(implanted, options)).not.toContain('Tried out');
  });

  it('says that a server stands open', () => {
    const [exposure] = implanted.exposure;
    const says = 'MAIL01 was last seen with build 15.1.2106.2, open to ProxyLogon.';
    const open = { ...implanted, exposure: [{ ...exposure!, says }] };
    expect(renderTerminal(open, options).replace(/\s+/g, ' ')).toContain(`Open hole ${says}`);
    expect(renderTerminal({ ...implanted, exposure: [{ ...exposure!, says: null }] }, options)).not.toContain('Open hole');
  });

  it('says what was acknowledged, and which archive was damaged', () => {
    const [first, ...rest] = implanted.findings;
    const declared = 'known to be good, says A. Berg until 30 April 2021: our status page';
    const told = renderTerminal(
      {
        ...implanted,
        findings: [{ ...first!, declared }, ...rest],
        problems: [...implanted.problems, { code: 'archive.damaged' as const, at: 0, count: 1, artifact: 'evidence.zip' }],
      },
      { ...options, width: 100 },
    ).replaceAll(/\s+/g, ' ');
    expect(told).toContain('Left out One finding that somebody acknowledged');
    expect(told).toContain('Damaged evidence.zip: the archive is damaged here; what lies before was read');
    expect(renderTerminal(implanted, options)).not.toMatch(/Left out|Damaged/);
  });

  it('does not say the answer twice', () => {
    expect(renderTerminal(implanted, options).match(/Yes[.,]/g)).toEqual(['Yes.']);
    expect(renderTerminal(suspected, options)).toContain('\nOn 3 March 2021 they held an administrator’s session');
    expect(renderTerminal(assessments['cannotTell']!, options)).toContain('\nYour logs begin on 9 March 2021');
    expect(renderTerminal(assessments['attemptedNotCovered']!, options)).toContain('\nWhether they succeeded');
    expect(renderTerminal(assessments['attemptedCovered']!, options)).toContain('\nThey tried on 5 and 7 March 2021');
  });

  it('leads with what decides, and counts what this version cannot judge', () => {
    const unread = sentences.unreadText('msexchange-management');
    const { verdict } = suspected;
    const [ecp] = verdict.missing;
    const several = {
      ...verdict,
      missing: [{ ...ecp!, kind: 'msexchange-management', host: null, text: unread }, ...verdict.missing],
    };
    const lines = renderTerminal({ ...suspected, verdict: several }, options).split('\n');
    const at = lines.findIndex((line) => line.startsWith('Not seen'));
    expect(lines[at]).toMatch(/^Not seen {6}ECP server: Look on MAIL01/);
    expect(lines.slice(at, at + 5).join('\n')).toContain('1 kind of record that this version cannot judge.');
  });

  it('is whole sentences also where there is no room', () => {
    const { verdict } = implanted;
    const long = 'This is a sentence that says something about what somebody did on the server at some time, and it is long. ';
    const text = renderTerminal({ ...implanted, verdict: { ...verdict, sentence: long.repeat(12).trim() } }, options);
    expect(text.split('\n').length).toBeLessThanOrEqual(30);
    expect(text).not.toMatch(/…(?!\\)/);
  });

  it('keeps every line within the width, coloured or not', () => {
    for (const width of [40, 60, 100, 200]) {
      for (const assessment of Object.values(assessments)) {
        const lines = renderTerminal(assessment, { ...options, width, color: true }).split('\n');
        for (const line of lines) expect(cellsOf(line.replaceAll(paintCode, '')), line).toBeLessThanOrEqual(Math.min(width, 100));
        for (const line of lines) expect(line.split('\u001b[').length % 2, line).toBe(1);
      }
    }
  });

  it('lets no escape sequence of the evidence through', () => {
    const hostile = '\u001b]0;owned\u0007\u009b31m\u202e\u0000\r\nx';
    const poison = (value: unknown, key: string): unknown => {
      if (Array.isArray(value)) return value.map((one) => poison(one, key));
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poison(one, name)]));
      return typeof value === 'string' && !/^(stage|state|seen|answer|entered|role|word|confidence)$/.test(key)
        ? hostile + value
        : value;
    };
    const text = renderTerminal(poison(implanted, '') as Assessment, { ...options, caseFolder: hostile, reportPath: hostile });
    expect(text.replaceAll('\n', '')).not.toMatch(control);
    expect(text).toContain('<U+001B>]0;owned<U+0007>');
    for (const line of text.split('\n')) expect(cellsOf(line)).toBeLessThanOrEqual(80);
  });
});

describe('text for a terminal', () => {
  it('is never wider than it may be and never changes the screen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 20, max: 100 }), (text, columns) => {
        for (const line of wrap(text, columns, 4)) {
          expect(cellsOf(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toMatch(control);
        }
        expect(cellsOf(clip(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('counts wide characters twice and marks not at all', () => {
    expect(cellsOf('漢字')).toBe(4);
    expect(cellsOf('e\u0301')).toBe(1);
    expect(terminalText('a\u0301\u0302\u0303\u0304')).toBe('a\u0301\u0302\u0303<U+0304>');
  });
});
