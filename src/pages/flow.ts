/**
 * Follows what a visitor says through a page. The tokens are walked as if each statement were run once, in order, a few times over, until
 * nothing new is learnt: texts are put together where they are constant, words of the visitor stick to every variable they touch. Names
 * are all that tells variables apart, by function. Parsing and following are one walk: there is no tree. The walk is one class in layers, each
 * of them a file: `cursor` (where it stands), `scopes` (names), `operands`, `postfix`, `primary` (expressions), `following` (functions),
 * `statements`.
 */
import type { Calls } from './calls.ts';
import type { PageFunction } from './functions.ts';
import type { PageLanguage } from './page-facts.ts';
import { Statements } from './statements.ts';
import type { Token } from './token-source.ts';
import { nothing } from './value.ts';

const rounds = 3;

export class Flow extends Statements {
  /** @param objects things that the page's markup makes, by the names that it gives them */
  constructor(
    tokens: readonly Token[],
    language: PageLanguage,
    controls: ReadonlySet<string>,
    calls: Calls,
    objects: ReadonlyMap<string, string> = new Map(),
  ) {
    super(tokens, language, controls, calls);
    for (const [name, path] of objects) this.set(name, { ...nothing, path }, null);
  }

  run(): void {
    const times = this.tokens.length > 150_000 ? 2 : rounds;
    for (let round = 0; round < times; round++) {
      this.calls.begin(round + 1 === times);
      this.p = 0;
      this.scope = null;
      this.within.length = 0;
      const open: PageFunction[] = [];
      while (this.p < this.tokens.length) {
        const at = this.p;
        while (open.length > 0 && at >= open.at(-1)!.to) open.pop();
        const begun = this.byStart.get(at);
        if (begun !== undefined) open.push(begun);
        this.scope = open.at(-1) ?? null;
        this.calls.inFunction = this.scope !== null;
        this.statement();
        if (this.p <= at) this.p = at + 1;
      }
    }
  }
}
