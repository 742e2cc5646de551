/** What was acknowledged in a case, read from its folder and written back. */
import fs from 'node:fs';
import path from 'node:path';
import { acknowledgedFile, acknowledgedText, readAcknowledged } from '../../case/index.ts';
import type { Acknowledgement } from '../../core/acknowledged.ts';
import { writeWhole } from '../case-folder.ts';

/** Nothing where the case has no such file. */
export function acknowledgedOf(folder: string): Acknowledgement[] {
  const file = path.join(folder, acknowledgedFile);
  return fs.existsSync(file) ? readAcknowledged(fs.readFileSync(file, 'utf8'), file) : [];
}

export const writeAcknowledged = (folder: string, list: readonly Acknowledgement[]): void =>
  writeWhole(folder, acknowledgedFile, [acknowledgedText(list)]);
