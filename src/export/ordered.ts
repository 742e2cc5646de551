/** Copies a value with its keys in the order of a shape, so that equal assessments are equal bytes. */
import type { Shape } from './shape.ts';

/**
 * Throws on what JSON would change or drop silently (NaN, a key that the shape does not know): that is a bug of ours, never of
 * the evidence. A key whose value is undefined is left out.
 */
export function ordered(value: unknown, shape: Shape, at = ''): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((element, index) => ordered(element, shape, `${at}[${index}]`));
  if (typeof value !== 'object') {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${at} is ${value}, which JSON cannot hold`);
    if (shape !== 0) throw new Error(`${at} is ${typeof value}, where an object belongs`);
    return value;
  }
  if (shape === 0) throw new Error(`${at} is an object, where a plain value belongs`);
  const from = new Map<string, unknown>(Object.entries(value));
  const to: Record<string, unknown> = {};
  for (const key of Object.keys(shape)) {
    const one = from.get(key);
    if (one !== undefined) to[key] = ordered(one, shape[key]!, `${at}.${key}`);
  }
  for (const key of from.keys()) if (!Object.hasOwn(shape, key)) throw new Error(`${at}.${key} is not in the contract`);
  return to;
}
