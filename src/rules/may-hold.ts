/** Whether a rule can be true on a row of which the distinct values of single groups of fields are known, and nothing else. */
import { anyValue } from '../core/field-shape.ts';
import { cheapFirst } from './cheap-first.ts';
import { Matchers, truthOf } from './evaluate.ts';
import { fieldsOf, type Rule } from './rule.ts';

export class MayHold {
  readonly #groups: readonly (readonly string[])[];
  readonly #matchers = new Matchers();
  readonly #exprs: readonly { readonly expr: Rule['expr']; readonly groups: readonly number[] }[];

  constructor(rules: readonly Pick<Rule, 'expr'>[], groups: readonly (readonly string[])[]) {
    this.#groups = groups;
    this.#exprs = rules.map(({ expr }) => {
      const fields = new Set(fieldsOf(expr));
      const about = [...groups.keys()].filter((group) => groups[group]!.some((name) => fields.has(name)));
      return { expr: cheapFirst(expr), groups: about };
    });
  }

  /** Groups that hold a field of the rule: where none of its tuples lets it be true, it is true on no row. */
  groupsOf(rule: number): readonly number[] {
    return this.#exprs[rule]!.groups;
  }

  /** False: on no row with this tuple it is true, whatever else stands there. A value that stands for any is not known. */
  holds(rule: number, group: number, tuple: readonly (string | null)[]): boolean {
    const names = this.#groups[group]!;
    const known = (field: string): string | null | undefined => {
      const at = names.indexOf(field);
      const value = at === -1 ? undefined : (tuple[at] ?? null);
      return value === anyValue ? undefined : value;
    };
    return truthOf(this.#exprs[rule]!.expr, known, this.#matchers) !== false;
  }
}
