import { describe, expect, it } from 'vitest';
import { PackError } from './pack-error.ts';
import { readSteps } from './read-steps.ts';

const good = `steps:
  - id: move
    phase: evict
    order: { B: 30, C: 110 }
    about: file
    when:
      - { kind: stage, from: implanted }
      - { kind: not, of: { kind: rule, rules: [together/orders] } }
    who: server
    minutes: 15
    title: 'Move {page} on {host} away'
    text: >-
      Move the file.
      Keep it.
    why: It is theirs.
    stops: { what: 'Nothing.', minutes: 0 }
    breaks: Nothing.
    undo: Move it back.
    verify:
      text: It is gone.
      check: file_gone
    commands:
      - does: Shows it.
        effect: looks
        run: |-
          $value = (Get-Content -LiteralPath 'C:\\afterpatch-plan\\plan-values.json' -Raw -Encoding UTF8 | ConvertFrom-Json).values[#]
          Get-Item -LiteralPath $value.path
    references:
      - CM0106 Eliminate Web Shells
      - { title: A page, url: 'https://www.example.org/' }
`;
const fault = (text: string): { what: string; line: number; column: number } => {
  try {
    readSteps(text, 'knowledge/steps/x.yaml', 'x');
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return { what: error.what, line: error.line, column: error.column };
  }
  throw new Error('nothing was wrong');
};

describe('readSteps', () => {
  it('reads a step whole', () => {
    const { steps, mentions } = readSteps(good, 'knowledge/steps/x.yaml', 'x');
    expect(mentions.map(({ rule }) => rule)).toEqual(['together/orders']);
    expect(steps).toMatchObject([
      {
        id: 'x/move',
        order: { B: 30, C: 110 },
        about: { kind: 'file' },
        text: 'Move the file. Keep it.',
        byHand: null,
        references: [
          { id: 'CM0106', title: 'Eliminate Web Shells', url: 'https://www.cisa.gov/eviction-strategies-tool' },
          { id: 'A page', url: 'https://www.example.org/' },
        ],
      },
    ]);
  });

  it.each([
    ['a word that hedges', 'It is theirs.', 'It may be theirs.', /`may` does not stand in a step/],
    ['another one', 'Move it back.', 'If you must, move it back.', /`If` does not stand/],
    ['in what a command does', 'does: Shows it.', 'does: Perhaps shows it.', /`Perhaps`/],
    ['a placeholder that nothing fills', '{page} on {host}', '{page} on {account}', /nothing fills `\{account\}`/],
    ['a brace', 'It is gone.', "'It is {gone.'", /brace/],
    ['a missing part', '    undo: Move it back.\n', '', /`undo` is missing/],
    ['an empty part', 'undo: Move it back.', "undo: ' '", /empty/],
    ['no plan', 'order: { B: 30, C: 110 }', 'order: {}', /part of no plan/],
    ['an unknown kind of plan', 'C: 110', 'E: 110', /no plan of kind `E`/],
    ['an unknown part', 'phase: evict', 'phase: later', /`later` is not known/],
    ['an unknown check', 'check: file_gone', 'check: gone', /`gone` is not known/],
    ['an unknown condition', 'kind: stage', 'kind: weather', /`weather` is not known/],
    ['an unknown key', '    breaks: Nothing.', '    breaks: Nothing.\n    maybe: 1', /unknown key `maybe`/],
    ['no reference', /references:[^]*$/, 'references: []\n', /no reference/],
    ['a reference that is none', 'CM0106 Eliminate Web Shells', 'XY1 Something', /`XY1` is no id/],
    ['a reference in clear', 'https://www.example.org/', 'http://www.example.org/', /right form/],
    ['no command and no reason', / {4}commands:[^]*?(?= {4}references)/, '', /neither `commands` nor `byHand`/],
    ['a command that is not on the list', 'Get-Item -L', 'Remove-Item -L', /`Remove-Item` is not on the list/],
    ['a program', 'Get-Item -LiteralPath $value.path', 'cmd.exe', /`cmd.exe` is not on the list/],
    [
      'a string that expands',
      "'C:\\afterpatch-plan\\plan-values.json'",
      '"$env:TEMP\\x"',
      /does not stand in a command|no variable/,
    ],
    ['a variable', '$value.path', '$home', /`\$home` is no variable/],
    ['a call of text', 'Get-Item -LiteralPath $value.path', '& $value.path', /`&` does not stand/],
    ['a type', 'Get-Item -LiteralPath $value.path', '[IO.File]', /`\[` does not stand/],
    ['another number', 'values[#]', 'values[$value]', /does not stand/],
    ['a letter beyond ASCII', 'Get-Item -LiteralPath $value.path', 'Get-Item -LiteralPath ‘a’', /plain characters/],
    [
      'a file’s value where there is none',
      'about: file',
      'about: module',
      /by number is there for steps about a file|nothing fills/,
    ],
  ])('shows %s', (_, from, to, says) => {
    const text = good.replace(from, () => to);
    expect(text).not.toBe(good);
    const { what, line, column } = fault(text);
    expect(what).toMatch(says);
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
  });

  it('knows when a step is done: as its phase says, as it says itself, or by kind', () => {
    const timeOf = (text: string): unknown => readSteps(text, 'knowledge/steps/x.yaml', 'x').steps[0]!.time;
    const with_ = (time: string): string => good.replace('    about: file\n', `    time: ${time}\n    about: file\n`);
    expect(timeOf(good)).toEqual({ A: 'night', B: 'night', C: 'night', D: 'night', N: 'now' });
    expect(timeOf(with_('days'))).toEqual({ A: 'days', B: 'days', C: 'days', D: 'days', N: 'now' });
    expect(timeOf(with_('{ B: now }'))).toEqual({ A: 'night', B: 'now', C: 'night', D: 'night', N: 'now' });
    expect(fault(with_('soon')).what).toContain('`soon` is not known here');
    expect(fault(with_('{ X: now }')).what).toContain('no plan of kind `X`');
  });

  it('shows the place of a word that hedges', () => {
    expect(fault(good.replace('It is theirs.', 'It may be theirs.'))).toMatchObject({ line: 15, column: 13 });
  });

  it('two of a name', () => {
    expect(fault(good + good.replace('steps:\n', '')).what).toMatch(/two steps are called `x\/move`/);
  });
});
