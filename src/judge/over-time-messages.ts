/** Sentences on one server on several days. */
import { sayDay } from './messages.ts';

const on = (utc: string): string => sayDay(Date.parse(utc));

export const overTimeSentences = {
  thing: (first: string, last: string, notYet: string | null, gone: string | null) =>
    `There on ${on(first)}${last === first ? '' : ` and up to ${on(last)}`}${notYet === null ? '' : `, not yet on ${on(notYet)}`}${
      gone === null ? '' : `, not any more on ${on(gone)}`
    }.`,
  clean: (host: string | null, utc: string, root: string) =>
    `The last state of ${host ?? 'the server'} in which nothing of theirs is seen is of ${on(utc)}${root === '' ? '' : ` (${root})`}.`,
  noClean: (host: string | null, utc: string | null) =>
    utc === null
      ? `No state of ${host ?? 'the server'} from before all that is known of them is here.`
      : `No state of ${host ?? 'the server'} from before ${on(utc)}, when they first wrote to it, is here: look for an older backup.`,
  key: (path: string, hash: string) => `${path} (bytes ${hash.slice(0, 8)}…)`,
} as const;
