/** What an assessment says of builds and holes, English. Dates are absolute and UTC. */
import { kindName, sayDay, sayDays, sayList, sayMinute } from './messages.ts';

interface NearestFix {
  readonly name: string;
  readonly build: string;
  readonly kb: string | null;
  readonly sameCu: boolean;
}

const named = (build: string, name: string | null): string => (name === null ? `build ${build}` : `${name} (build ${build})`);
const way = (fix: NearestFix | null, several: boolean): string => {
  const it = several ? 'all of it' : 'it';
  if (fix === null) return `No update of this product closes ${it}: it has to be replaced by a product that is in support.`;
  const update = `${fix.name} (build ${fix.build}${fix.kb === null ? '' : `, ${fix.kb}`})`;
  return fix.sameCu
    ? `The nearest update is ${update}.`
    : `For this CU there is no update that closes ${it}: the nearest build that does is ${update}.`;
};

export const exposureSentences = {
  noBuild: 'no record here carries a build',
  ran: (build: string, fromMs: number, toMs: number) => `build ${build} ran ${sayDays(fromMs, toMs)}`,
  ranThen: (open: string, lastMs: number, build: string, firstMs: number) =>
    `build ${open} ran until ${sayMinute(lastMs)} or later, build ${build} from ${sayMinute(firstMs)} on`,
  said: (build: string, source: string) => `${kindName(source)}: build ${build}; when that was is not said in UTC`,
  putOn: (build: string) => `setup put build ${build} on; no row and no file here shows that it ran`,
  disputed: (build: string) => `of build ${build} the evidence or the sources do not tell`,
  open: (host: string | null, build: string, name: string | null, campaigns: readonly string[], fix: NearestFix | null) =>
    `${host ?? 'The server'} was last seen with ${named(build, name)}, which is open to ${sayList(campaigns)}. ${way(fix, campaigns.length > 1)}`,
  cameOpen: (host: string | null, campaign: string) => `${host ?? 'The server'} was open to ${campaign} when they first came.`,
  cameFixed: (host: string | null, campaign: string, sinceMs: number | null) =>
    `${host ?? 'The server'} ran code that is closed against ${campaign} when they first came${sinceMs === null ? '' : `, since ${sayDay(sinceMs)} at the latest`}.`,
} as const;
