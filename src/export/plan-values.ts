/** What commands of a plan read of the evidence, as a file beside it: data, never part of a command. */
import type { Plan } from '../core/plan.ts';

/** Every letter beyond ASCII is escaped, so that no console's idea of an encoding changes it. */
export function planValuesJson({ values }: Pick<Plan, 'values'>): string {
  const text = JSON.stringify({ schema: 'afterpatch.plan-values/1', values }, null, 2);
  return `${text.replace(/[^\x20-\x7e\n]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
