/** Lists of what people said about a case, in a file beside it that they may have edited: nothing in it is believed unseen. */
import { UserError } from '../core/errors.ts';

/** One entry of the list, asked for what it must have. Each throws the error of the file. */
export interface SaidEntry {
  readonly fields: Readonly<Record<string, unknown>>;
  /** A text that is not too long. */
  readonly word: (key: string) => string;
  /** A text that is a time. */
  readonly time: (key: string) => string;
  readonly fail: (what: string) => never;
}

/**
 * @param of `code` and `advice` of the error, `schema` of the file, the `name` of its list, and how many characters a text may have
 * @throws UserError where it is not what this version writes
 */
export function readSaid<T>(
  text: string,
  file: string,
  of: {
    readonly code: string;
    readonly advice: string;
    readonly schema: string;
    readonly name: string;
    readonly longest: number;
  },
  entry: (one: SaidEntry) => T,
): T[] {
  const fail = (what: string, cause?: unknown): never => {
    throw new UserError(of.code, `${file} ${what}.`, of.advice, cause === undefined ? undefined : { cause });
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return fail('is not JSON', cause);
  }
  const whole: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
  if (whole.schema !== of.schema) return fail(`is not of ${of.schema}`);
  const list = whole[of.name];
  if (!Array.isArray(list)) return fail('holds no list');
  return list.map((one: unknown, index) => {
    const fields: Readonly<Record<string, unknown>> = typeof one === 'object' && one !== null ? { ...one } : {};
    const at = `entry ${index + 1}`;
    const word = (key: string): string => {
      const said = fields[key];
      return typeof said === 'string' && said.length <= of.longest ? said : fail(`has no ${key} in ${at}`);
    };
    const time = (key: string): string =>
      Number.isNaN(Date.parse(word(key))) ? fail(`has no time in ${key} of ${at}`) : word(key);
    return entry({ fields, word, time, fail: (what) => fail(`${what} in ${at}`) });
  });
}
