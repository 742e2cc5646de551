/**
 * Which process had started which. Sysmon's ids are used once and lead to the parent; numbers are used again and again, so that one stands
 * for the last process that began under it, not too long before, with the program that the child names as its parent's.
 */
import type { Doer, ProcessStart } from '../core/process-trace.ts';

/** A process of that number that began longer ago is taken for another one … */
const sameNumberMs = 24 * 3_600_000;
/** … and sooner where the child does not name its parent's program. */
const unnamedMs = 3_600_000;
/** Generations that are followed. */
const deepest = 64;

/** They work for everybody: what two have them as parent for has nothing in common. */
const everybodys: ReadonlySet<string> = new Set([
  'w3wp.exe',
  'services.exe',
  'svchost.exe',
  'wininit.exe',
  'winlogon.exe',
  'userinit.exe',
  'explorer.exe',
  'lsass.exe',
  'smss.exe',
  'csrss.exe',
  'system',
  'taskeng.exe',
  'taskhostw.exe',
  'wmiprvse.exe',
  'dllhost.exe',
  'wsmprovhost.exe',
  'rdpclip.exe',
  'sshd.exe',
]);

export const isEverybodys = (image: string): boolean => everybodys.has(image);

/** Compilers and reporters of errors, which a web server starts by itself. */
const ownChildren =
  /^(?:csc|vbc|vbcscompiler|cvtres|jsc|al|resgen|werfault|wermgr|dw20|conhost|w3wp|appcmd|splwow64|iisexpress|vsjitdebugger)(?:\.exe)?$/;

/** A program that a page of the web server had started. */
export const isOfWebServer = ({ image, parentImage }: ProcessStart): boolean =>
  parentImage === 'w3wp.exe' && image !== '' && !ownChildren.test(image);

/** One name for one process; null: nothing tells it from another. */
export const processKey = ({ guid, host, pid, timeMs }: ProcessStart): string | null =>
  guid !== '' ? guid : host !== '' && pid !== '' && timeMs !== null ? `${host} ${pid} ${timeMs}` : null;

export class ProcessTree {
  readonly #byGuid = new Map<string, ProcessStart>();
  readonly #byNumber = new Map<string, ProcessStart[]>();

  constructor(starts: Iterable<ProcessStart>) {
    for (const start of starts) {
      if (start.guid !== '' && !this.#byGuid.has(start.guid)) this.#byGuid.set(start.guid, start);
      if (start.host === '' || start.pid === '' || start.timeMs === null) continue;
      const key = `${start.host} ${start.pid}`;
      const known = this.#byNumber.get(key);
      if (known === undefined) this.#byNumber.set(key, [start]);
      else known.push(start);
    }
    for (const list of this.#byNumber.values()) list.sort((a, b) => a.timeMs! - b.timeMs!);
  }

  /** The process of that number at that time. @param image what is known of its program; '': nothing */
  #numbered(host: string, pid: string, image: string, atMs: number | null): ProcessStart | null {
    if (host === '' || pid === '' || atMs === null) return null;
    const list = this.#byNumber.get(`${host} ${pid}`) ?? [];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle]!.timeMs! <= atMs) low = middle + 1;
      else high = middle;
    }
    const last = list[low - 1];
    if (last === undefined || atMs - last.timeMs! > (image === '' ? unnamedMs : sameNumberMs)) return null;
    return image === '' || last.image === image ? last : null;
  }

  doer({ host, guid, pid, image }: Doer, atMs: number | null): ProcessStart | null {
    if (guid !== '') return this.#byGuid.get(guid) ?? null;
    const found = this.#numbered(host, pid, image, atMs);
    return found !== null && (image !== '' || /^(?:powershell(?:_ise)?|pwsh)\.exe$/.test(found.image)) ? found : null;
  }

  #parent({ guid, parentGuid, host, parentPid, parentImage, timeMs }: ProcessStart): ProcessStart | null {
    if (guid !== '') return this.#byGuid.get(parentGuid) ?? null;
    // A process cannot be its own parent: what begins under that number later is another one.
    return this.#numbered(host, parentPid, parentImage, timeMs);
  }

  /** A process and those before it, up to one that works for everybody, which is not among them. */
  line(start: ProcessStart): readonly ProcessStart[] {
    const line: ProcessStart[] = [];
    for (let at: ProcessStart | null = start; at !== null && line.length < deepest; at = this.#parent(at)) {
      if (isEverybodys(at.image) || line.includes(at)) break;
      line.push(at);
    }
    return line;
  }
}
