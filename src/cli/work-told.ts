/** What is said of `.work`: what was taken from it, what was not, and why. */
import type { WorkTold } from '../host/work-folder.ts';
import type { KeptRefusal } from '../run/index.ts';

const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`);

const whys: Readonly<Record<KeptRefusal, string>> = {
  changed: 'another content than when it was kept',
  answers: 'each of their blocks may hold what is asked now, or holds what an indicator of the last run met',
  asked: 'other rules, indicators, options or program',
  damaged: 'what was kept is not what was written',
};

/** @param resume somebody asked for it */
export function workTold({ taken, takenBytes, anew, refused, strange, full }: WorkTold, resume: boolean): string[] {
  const lines: string[] = [];
  if (resume) {
    const { artifacts, blocks, read } = anew;
    const whole = `Taken from the last run: ${files(taken)} of ${(takenBytes / 1e6).toFixed(1)} MB`;
    if (artifacts === 0) lines.push(`${whole}. All others were read.`);
    else {
      const again = `${read === 0 ? 'none' : read} of their ${blocks} blocks can hold it${read === 0 ? '' : ` and ${read === 1 ? 'was' : 'were'} read`}`;
      lines.push(
        `${whole} as they are, and ${files(artifacts)} of which something else is asked now: ${again}. All others were read.`,
      );
    }
    for (const [why, count] of [...refused].sort(([a], [b]) => (a < b ? -1 : 1)))
      lines.push(`Not taken: ${files(count)}: ${whys[why]}.`);
    if (strange > 0) lines.push('Not taken: what .work holds was not written here (a copy, or the folder of somebody else).');
  }
  if (full !== null) lines.push(`Nothing is kept for --resume: .work could not be written (${full}).`);
  return lines;
}
