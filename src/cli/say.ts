import { visible } from '../core/visible.ts';

/** One line for people, on standard error. */
export const say = (line: string): void => void process.stderr.write(`${visible(line, ['<', '>'])}\n`);
