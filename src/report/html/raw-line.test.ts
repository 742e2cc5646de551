import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { FindingEvidence } from '../../core/assessment.ts';
import { base64 } from '../../core/hash.ts';
import { proofLine } from '../assessments.fixture.ts';
import { messagesOf } from '../messages.ts';
import { rawLine } from './raw-line.ts';

const say = messagesOf('en');
const place = { line: 1, offsetBytes: 0, timeUtc: null };
const markup = (evidence: FindingEvidence, live = false): string => renderToString(rawLine(evidence, say, live));
const drawn = (raw: string, decisive: readonly string[] = [], live = false): string =>
  markup(proofLine('a', raw, decisive, place), live).replaceAll('<i></i>', '');

describe('rawLine', () => {
  it('marks every place of a decisive part, and joins those that overlap', () => {
    expect(drawn('GET /x.js /x.js 500', ['/x.js', '.js', '500'])).toContain(
      'GET <mark>/x.js</mark> <mark>/x.js</mark> <mark>500</mark>',
    );
    expect(drawn('abcdef', ['abcd', 'cdef'])).toContain('<mark>abcdef</mark>');
  });

  it('marks parts that hold markup', () => {
    expect(drawn('a<b>c', ['<b>'], true)).toContain('a<mark>&lt;b></mark>c');
    expect(drawn('a<b>c', ['<b>'])).toContain('a<mark>‹b›</mark>c');
  });

  it('never holds a run that a signature could match', () => {
    const line = proofLine('a', `x${'a'.repeat(100)}y eval(x)`, [], place);
    expect(markup(line)).not.toMatch(/[a-z]{13}|eval/);
    // In a browser, where it is never written to a file, it is as it was logged.
    expect(markup(line, true).replaceAll('<i></i>', '')).toContain(`x${'a'.repeat(100)}y eval(x)`);
  });

  it('shows bytes that are no UTF-8 as such', () => {
    const broken = { ...proofLine('a', 'x', [], place), rawBase64: base64(new Uint8Array([97, 0xff, 98])) };
    expect(markup(broken)).toContain('a\ufffdb');
  });

  it('reads UTF-16', () => {
    const wide = new Uint8Array('Logon'.split('').flatMap((character) => [character.charCodeAt(0), 0]));
    expect(markup({ ...proofLine('a', 'x', [], place), rawBase64: base64(wide) })).toContain('Logon');
  });

  it('says what a binary record says', () => {
    const binary = { ...proofLine('a', 'x', [], place), rawBase64: base64(new Uint8Array(40)), shown: 'EventID 4688' };
    expect(markup(binary)).toContain('EventID 4688');
    expect(markup({ ...binary, rawBase64: '*' })).toContain('EventID 4688');
  });

  it('leaves out the middle of a long line, never the decisive part', () => {
    const text = drawn(`${'a'.repeat(20_000)}NEEDLE${'b'.repeat(20_000)}`, ['NEEDLE']);
    expect(text).toContain('<mark>NEEDLE</mark>');
    expect(text).toContain('19,600 characters not shown');
    expect(text.length).toBeLessThan(4_000);
  });
});
