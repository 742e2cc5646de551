/** What the engine does by itself, and what is gone round: each of these was a wrong answer, or a trap, of the package as it is. */
import { beforeAll, describe, expect, it } from 'vitest';
import { checkSource, type Engine, EngineRefusal, GroupScan, type TestedFile } from '../run/index.ts';
import { yaraX } from './yara-x.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await yaraX();
});

const scanOf = (text: string): GroupScan => new GroupScan(engine, [checkSource(engine, { file: 'a.yar', text }).source!]);
const file = (text: string): TestedFile => ({
  bytes: new Uint8Array(Buffer.from(text, 'latin1')),
  names: { filename: 'a', filepath: 'a', extension: '', filetype: '', owner: '' },
});
const rulesOf = (scan: GroupScan, text: string): string[] => scan.scanAlone(file(text)).map(({ about }) => about.rule);

describe('yaraX', () => {
  it.each([
    ['sizes', 'filesize < 10 and $a', 'filesize < 100 and $a'],
    ['first bytes', 'uint16(0) == 0x5a4d and $a', '$a and filesize >= 0'],
    ['texts at the beginning', '$b at 0 and $a', '$a and filesize == filesize'],
  ])('finds a text that two rules look for with different %s', (_, first, second) => {
    const rule = (name: string, condition: string): string =>
      `rule ${name} { strings: $a = "request" $b = "MZ" condition: ${condition} and (#b >= 0) }\n`;
    const text = `xx request ${'.'.repeat(50)}`;
    expect(rulesOf(scanOf(rule('one', first) + rule('other', second)), text)).toEqual(['other']);
    expect(rulesOf(scanOf(rule('other', second) + rule('one', first)), text)).toEqual(['other']);
  });

  it('scans more often in one tick than V8 has addresses for memories', () => {
    const scan = scanOf('rule a { strings: $a = "x" condition: $a }');
    let found = 0;
    for (let i = 0; i < 200; i++) found += scan.scanAlone(file(i % 2 === 0 ? 'x' : 'y')).length;
    expect(found).toBe(100);
  });

  it('says what does not compile, with its place, and the rest runs', () => {
    const { source, unrun } = checkSource(engine, {
      file: 'b.yar',
      text: 'include "other.yar"\nrule good { condition: true }\nrule bad {\n  condition:\n    nowhere > 3\n}\nrule needs_bad { condition: bad }\nrule last { condition: good }\n',
    });
    expect(unrun.map(({ line, column, rule, code }) => [line, column, rule, code])).toEqual([
      [1, 1, null, 'include'],
      [5, 5, 'bad', 'E009'],
      [7, 29, 'needs_bad', 'E009'],
    ]);
    expect(source!.outline!.rules.map(({ name }) => name)).toEqual(['good', 'last']);
    const nothing = checkSource(engine, { file: 'c.yar', text: 'no rule at all' });
    expect(nothing.source).toBeNull();
    expect(nothing.unrun[0]).toMatchObject({ line: 1, column: 1, rule: null, code: 'E001' });
    expect(() => engine.compile([{ namespace: 'x', text: 'rule bad { condition: nowhere }' }])).toThrow(EngineRefusal);
  });
});
