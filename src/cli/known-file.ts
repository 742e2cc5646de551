/** `--known activity.yaml`: what the owner declares, read and checked. */
import fs from 'node:fs';
import { parse } from 'yaml';
import { bareAddress } from '../core/address.ts';
import { UserError } from '../core/errors.ts';
import type { KnownActivity } from '../judge/index.ts';

const example = `It is a list of entries like:
  - name: Penetration test of March
    from: 2021-03-10T08:00:00Z
    to: 2021-03-12T18:00:00Z
    addresses: [198.51.100.7]     # and/or userAgents: […], accounts: […]`;

export function readKnown(file: string): KnownActivity[] {
  const fail = (message: string, cause?: unknown): never => {
    throw new UserError('known.invalid', `${file}: ${message}`, example, cause === undefined ? undefined : { cause });
  };
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      'known.unreadable',
      `The file ${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`,
      'Give --known the path of a YAML file.',
      { cause: error },
    );
  }
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error), error);
  }
  if (!Array.isArray(data)) return fail('it is not a list.');
  return data.map((entry: unknown, index): KnownActivity => {
    const at = `entry ${index + 1}`;
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
      return fail(`${at} is not a list of names and values.`);
    const fields = new Map<string, unknown>(Object.entries(entry));
    const strange = [...fields.keys()].find(
      (key) => !['name', 'from', 'to', 'addresses', 'userAgents', 'accounts'].includes(key),
    );
    if (strange !== undefined) return fail(`${at} has an unknown key "${strange}".`);
    const name = fields.get('name');
    if (typeof name !== 'string' || name.trim() === '') return fail(`${at} has no name.`);
    const time = (key: 'from' | 'to'): number => {
      const value = fields.get(key);
      const ms =
        typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(value)
          ? Date.parse(value)
          : Number.NaN;
      return Number.isNaN(ms) ? fail(`${at} needs \`${key}\` with date, time and zone, such as 2021-03-10T08:00:00Z.`) : ms;
    };
    const list = (key: string): string[] => {
      const value = fields.get(key) ?? [];
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? value
        : fail(`${at}: \`${key}\` is not a list of texts.`);
    };
    const known: KnownActivity = {
      name,
      fromMs: time('from'),
      toMs: time('to'),
      addresses: list('addresses'),
      userAgents: list('userAgents'),
      accounts: list('accounts'),
    };
    if (known.toMs <= known.fromMs) return fail(`${at} ends before it begins.`);
    const bad = known.addresses.find((address) => bareAddress(address) === null);
    if (bad !== undefined) return fail(`${at}: "${bad}" is not an IP address.`);
    if (known.addresses.length + known.userAgents.length + known.accounts.length === 0)
      return fail(`${at} names no address, user agent or account: it would declare everything.`);
    return known;
  });
}
