/** What people said of the steps of a case's plan, read from its folder. */
import fs from 'node:fs';
import path from 'node:path';
import { doneFile, readDone } from '../../case/index.ts';
import type { SaidDone } from '../../core/verified.ts';

/** Nothing where the case has no such file. */
export function doneOf(folder: string): SaidDone[] {
  const file = path.join(folder, doneFile);
  return fs.existsSync(file) ? readDone(fs.readFileSync(file, 'utf8'), file) : [];
}
