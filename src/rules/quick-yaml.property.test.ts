import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agrees } from '../../test/support/yaml-agrees.ts';
import { quickYaml } from './quick-yaml.ts';

const sample = `# a remark
title: Web shell, "quoted" and more
id: 0a1b2c3d-0000-4000-8000-000000000000
description: |
    Two lines
      one of them further in

    and one behind a gap

references:
    - https://example.com/a#b
    - 'it''s' # why
date: 2021-03-02
count: 15
empty:
detection:
    selection:
        CommandLine|contains|all:
            - '\\w3wp.exe'
            - "cmd /c"
        Image|endswith: \\cmd.exe
        EventID: 4688
    list:
    -   A: 1
        B: x y
    - C|re: '^a:.* #b'
    condition: selection and not list
level: high
`;

describe('YAML read in one pass', () => {
  it('reads what rules are written like', () => {
    expect(agrees(sample)).toBe(true);
  });

  it('reads the rules of the packs as the library does', () => {
    const files = fs
      .readdirSync('packs', { recursive: true })
      .map((file) => path.join('packs', String(file)))
      .filter((file) => /[\\/]rules[\\/][^\\/]+\.yml$/.test(file));
    // What is folded is left to the library.
    const told = files.map((file) => agrees(fs.readFileSync(file, 'utf8').replace(/^description: >-\n(?: .*\n)+/m, '')));
    expect(told.filter((one) => one === false)).toHaveLength(0);
    expect(told.filter((one) => one === true).length).toBeGreaterThan(80);
  });

  it('looks at each blank of a long line once', () => {
    // As many as a rule may have characters: an expression that begins anew at each of them takes hours.
    const text = `a: b${' '.repeat(1_900_000)}c\n`;
    expect(quickYaml(text)).toMatchObject({ items: [{ value: { value: text.slice(3, -1) } }] });
  });

  it('never reads a text otherwise than the library', () => {
    const piece = fc.constantFrom(
      'a',
      'b:',
      'c: d',
      ': ',
      ' #',
      '- ',
      '-',
      '|',
      '>',
      '"',
      "'",
      '\n',
      '\n  ',
      '\n    ',
      ' ',
      '  ',
      '1',
      '0x1',
      '.5',
      '1e3',
      '~',
      'null',
      'true',
      '[',
      ']',
      '{',
      '}',
      '&a',
      '*a',
      '!',
      '%',
      '@',
      '`',
      '?',
      '\\',
      '\t',
      '\r',
      'é',
      '---\n',
      '...\n',
      '=',
      '<<: x',
      ',',
    );
    const edit = fc.tuple(fc.nat(sample.length), fc.nat(12), fc.array(piece, { maxLength: 3 }));
    let both = 0;
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let text = sample;
        for (const [at, gone, pieces] of edits) text = text.slice(0, at) + pieces.join('') + text.slice(at + gone);
        const told = agrees(text);
        if (told === true) both++;
        expect(told, JSON.stringify(text)).not.toBe(false);
      }),
      { numRuns: process.env.AFTERPATCH_SOAK === '1' ? 100_000 : 2000 },
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 14 }), (pieces) => {
        const text = `k: v\n${pieces.join('')}\n`;
        const told = agrees(text);
        if (told === true) both++;
        expect(told, JSON.stringify(text)).not.toBe(false);
      }),
      { numRuns: process.env.AFTERPATCH_SOAK === '1' ? 300_000 : 4000 },
    );
    expect(both).toBeGreaterThan(200);
  });
});
