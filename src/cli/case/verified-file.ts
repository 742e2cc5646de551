/** What was verified last in a case: written by `afterpatch verify`, a part of its report. */
import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import { type Verification, verifySchema } from '../../core/verified.ts';

/** Null where nothing was verified. */
export function verifiedOf(folder: string): Verification | null {
  const file = path.join(folder, 'verify.json');
  if (!fs.existsSync(file)) return null;
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    value = null;
  }
  if (isVerification(value)) return value;
  throw new UserError(
    'verify.invalid',
    `${file} is not of ${verifySchema}.`,
    'It is written by `afterpatch verify`; take it away, and the report is made without it.',
  );
}

/** The parts that a report goes through; whoever writes into a case writes what its report says. */
const isVerification = (value: unknown): value is Verification =>
  typeof value === 'object' &&
  value !== null &&
  'schema' in value &&
  value.schema === verifySchema &&
  'steps' in value &&
  Array.isArray(value.steps) &&
  'fresh' in value &&
  Array.isArray(value.fresh);
