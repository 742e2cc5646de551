/** One line on standard error: nothing of the evidence that could move what stands beside it. */
import { visible } from '../core/visible.ts';

export const say = (line: string): void => void process.stderr.write(`${visible(line, ['<', '>'])}\n`);
