/** A verdict does not depend on who collected the evidence; where a layout loses something, it is less sure and never more. */
import { describe, expect, test } from 'vitest';
import { differences } from '../support/assess-folder.ts';
import { shortened } from '../support/soak.ts';
import { handLayouts } from './layouts.ts';
import { saysMore } from './less-sure.ts';
import { isShort, plainVerdict, type Tree, trees, verdictLine, verdictOf } from './trees.ts';

const all = shortened('kinds of evidence', trees(), isShort);

describe.each(handLayouts.map((layout) => [layout.name, layout] as const))('%s', (_, layout) => {
  const tried = all.filter((tree) => !tree.large || layout.large === true);
  test.each(tried.map((tree): [string, Tree] => [tree.name, tree]))('%s', async (name, tree) => {
    const whole = await plainVerdict(tree);
    const got = await verdictOf(await layout.lay(tree));
    if (layout.sure === 'less') {
      expect(saysMore(got, whole), `${layout.why}\n${verdictLine(got)}`).toEqual([]);
      return;
    }
    expect(verdictLine(got)).toBe(verdictLine(whole));
    if (tree.expect !== null) expect(differences(got, tree.expect), name).toEqual([]);
  });
});
