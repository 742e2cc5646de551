import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '../core/assessment.ts';
import { finding, implanted, proofLine } from '../report/assessments.fixture.ts';
import { csvCell } from './cell.ts';
import { timelineColumns, timelineCsv } from './index.ts';

/** A plain RFC 4180 reader: written apart from the writer. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quoted) {
      if (character === '"' && text[i + 1] === '"') {
        cell += '"';
        i++;
      } else if (character === '"') quoted = false;
      else cell += character;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      row.push(cell);
      cell = '';
    } else if (character === '\r' && text[i + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      i++;
    } else cell += character;
  }
  expect(quoted || cell !== '' || row.length > 0, 'ends in the middle of a row').toBe(false);
  return rows;
}

const withFindings = (findings: Assessment['findings']): Assessment => ({ ...implanted, findings });

describe('timelineCsv', () => {
  const [head, ...rows] = readCsv(timelineCsv(implanted));
  const column = (name: (typeof timelineColumns)[number]): string[] => rows.map((row) => row[timelineColumns.indexOf(name)]!);

  it('has the columns that Timesketch asks for, and one row per line of proof', () => {
    expect(head).toEqual([...timelineColumns]);
    expect(head!.slice(0, 3)).toEqual(['message', 'datetime', 'timestamp_desc']);
    expect(rows.length).toBe(implanted.findings.reduce((sum, one) => sum + one.evidence.length, 0));
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([timelineColumns.length]));
  });

  it('is in order of time, with microseconds', () => {
    expect(column('datetime')).toEqual(column('datetime').toSorted());
    expect(column('timestamp')[0]).toBe(String(Date.parse(column('datetime')[0]!) * 1000));
  });

  it('holds no line that a scanner takes for a web shell', () => {
    expect(timelineCsv(implanted)).not.toMatch(/<script|eval\(|runat="server">/i);
    expect(timelineCsv(implanted)).not.toContain('http://');
  });

  it('puts rows without a time last', () => {
    const place = { line: 1, offsetBytes: 0, timeUtc: null };
    const timeless = finding({
      title: 'No time',
      stage: 'probed',
      timeUtc: null,
      evidence: [proofLine('a.log', 'x', [], place)],
    });
    const last = readCsv(timelineCsv(withFindings([timeless, ...implanted.findings]))).at(-1)!;
    expect(last.slice(0, 4)).toEqual(['No time: x', '', 'Event Logged', '']);
  });

  it('is safe from formulas', () => {
    const place = { line: 1, offsetBytes: 0, timeUtc: '2021-03-03T00:00:00.000Z' };
    const hostile = finding({
      title: '=HYPERLINK("hxxp://x","click")',
      stage: 'probed',
      timeUtc: place.timeUtc,
      host: '@SUM(1)',
      rule: '\t=1',
      evidence: [proofLine('-2+3/cmd|calc', 'x', [], place)],
    });
    const [, row] = readCsv(timelineCsv(withFindings([hostile])));
    expect(row![0]).toBe('\'=HYPERLINK("hxxp://x","click"): x');
    expect(row![timelineColumns.indexOf('host')]).toBe("'@SUM(1)");
    expect(row![timelineColumns.indexOf('artifact')]).toBe("'-2+3/cmd|calc");
    expect(row![timelineColumns.indexOf('rule')]).toBe("'‹U+0009›=1");
  });

  it('is one line per row, whatever stands in a cell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (title, host) => {
        const place = { line: 1, offsetBytes: 0, timeUtc: '2021-03-03T00:00:00.000Z' };
        const one = finding({ title, host, stage: 'probed', timeUtc: place.timeUtc, evidence: [proofLine('a', 'x', [], place)] });
        const text = timelineCsv(withFindings([one]));
        expect(text.split('\r\n').length).toBe(3);
        const [, row] = readCsv(text);
        expect(row!.length).toBe(timelineColumns.length);
        for (const cell of row!) expect(cell).not.toMatch(/^[=+\-@\t\r\n]|[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

describe('csvCell', () => {
  it('quotes and doubles', () => {
    expect(csvCell('a,"b"')).toBe('"a,""b"""');
    expect(csvCell(null)).toBe('');
    expect(csvCell(-5)).toBe('-5');
    expect(csvCell('a\r\nb\u202e')).toBe('a‹U+000D›‹U+000A›b‹U+202E›');
  });
});
