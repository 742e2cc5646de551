/** A server: its name, its builds over time, when it was off, and its logs. */
import type { IisColumns } from './log-forms.ts';
import { type LogKind, logKinds, longBuild } from './log-kinds.ts';
import { LogWriter, type LogWriterOptions, type Sink, type Totals } from './log-writer.ts';
import { bytesOf, type Stamp, type TextSlot } from './row.ts';

export interface ServerPlan {
  readonly index: number;
  readonly name: string;
  /** Left out: one of its own. */
  readonly ip?: string;
  readonly domain: string;
  readonly netbios: string;
  readonly folder: string;
  readonly builds: { readonly before: string; readonly after: string };
  /** When the update came; the service is off for a while before. Null: it did not come. */
  readonly patchedMs: number | null;
  /** When the server was started again for other reasons. */
  readonly restartsMs: readonly number[];
  /** How far its clock is ahead of the true time. */
  readonly skewMs: number;
  readonly columns: IisColumns;
  readonly hours: 1 | 24;
  /** Of each log, while it is written; left out: as many as a disk likes. */
  readonly bufferBytes?: number;
}

/** What `fillFront` and `fillBack` fill. */
export const serverSlots: readonly TextSlot[] = [
  'frontName',
  'frontFqdn',
  'frontFqdnUpper',
  'frontIp',
  'frontBuild',
  'frontCommas',
  'backName',
  'backFqdn',
  'backBuild',
  'backCommas',
  'backLong',
  'backNumber',
  'backIp',
  'frontSeen',
];

export const restartMs = 11 * 60_000;

/** The version of a server as one number, as cookies and FEAuth carry it. */
const versionNumber = (build: string): number => {
  const [major = 0, minor = 0, third = 0] = build.split('.').map(Number);
  return 0x70000000 + major * 0x400000 + minor * 0x10000 + 0x8000 + third;
};

interface BuildBytes {
  readonly build: Uint8Array;
  readonly commas: Uint8Array;
  readonly long: Uint8Array;
  readonly number: Uint8Array;
}
const buildBytes = (build: string): BuildBytes => ({
  build: bytesOf(build),
  commas: bytesOf(build.replaceAll('.', ',')),
  long: bytesOf(longBuild(build).replace(/\d+$/, '000')),
  number: bytesOf(`${versionNumber(build)}`),
});

export class Server {
  readonly plan: ServerPlan;
  readonly fqdn: string;
  readonly ip: string;
  readonly linkLocal: string;
  readonly logs: ReadonlyMap<string, LogWriter>;
  /** Starts and stops that the logs show, by true time. */
  readonly down: readonly (readonly [from: number, to: number])[];
  readonly #before: BuildBytes;
  readonly #after: BuildBytes;
  readonly #name: Uint8Array;
  readonly #fqdn: Uint8Array;
  readonly #fqdnUpper: Uint8Array;
  readonly #ip: Uint8Array;
  readonly #linkLocal: Uint8Array;

  constructor(plan: ServerPlan, sink: Sink, totals: Totals, collected: (kind: LogKind) => boolean, lost: () => boolean) {
    this.plan = plan;
    this.fqdn = `${plan.name}.${plan.domain}`;
    const last = 11 + plan.index;
    this.ip = plan.ip ?? `10.20.0.${last}`;
    this.linkLocal = `fe80::5efe:a14:${last.toString(16)}%4`;
    this.down = [...plan.restartsMs, ...(plan.patchedMs === null ? [] : [plan.patchedMs])]
      .toSorted((a, b) => a - b)
      .map((up) => [up - restartMs, up] as const);
    const options: Omit<LogWriterOptions, 'collected'> = {
      server: plan.name,
      folder: plan.folder,
      columns: plan.columns,
      build: (ms) => this.build(ms - plan.skewMs),
      hours: plan.hours,
      ...(plan.bufferBytes === undefined ? {} : { bufferBytes: plan.bufferBytes }),
      lost,
    };
    this.logs = new Map(
      logKinds.map((kind) => [kind.name, new LogWriter(kind, sink, totals, { ...options, collected: collected(kind) })]),
    );
    this.#before = buildBytes(plan.builds.before);
    this.#after = buildBytes(plan.builds.after);
    this.#name = bytesOf(plan.name);
    this.#fqdn = bytesOf(this.fqdn);
    this.#fqdnUpper = bytesOf(this.fqdn.toUpperCase());
    this.#ip = bytesOf(this.ip);
    this.#linkLocal = bytesOf(this.linkLocal);
  }

  log(name: string): LogWriter {
    const log = this.logs.get(name);
    if (log === undefined) throw new Error(`no log ${name}`);
    return log;
  }

  build(ms: number): string {
    const { builds } = this.plan;
    return this.epoch(ms) === 1 ? builds.after : builds.before;
  }

  runs(ms: number): boolean {
    for (const [from, to] of this.down) if (ms >= from && ms < to) return false;
    return true;
  }

  /** Which build runs: 0 before the update, 1 after it. */
  epoch(ms: number): 0 | 1 {
    const { patchedMs } = this.plan;
    return patchedMs !== null && ms >= patchedMs ? 1 : 0;
  }

  /** Fills what the rows of the front end say of it. */
  fillFront(stamp: Stamp, ms: number): void {
    stamp.set('frontName', this.#name);
    stamp.set('frontFqdn', this.#fqdn);
    stamp.set('frontFqdnUpper', this.#fqdnUpper);
    stamp.set('frontIp', this.#ip);
    const build = this.#bytesOfBuild(ms);
    stamp.set('frontBuild', build.build);
    stamp.set('frontCommas', build.commas);
  }

  /** Fills what rows say of the back end that was asked by `front`. */
  fillBack(stamp: Stamp, ms: number, front: Server): void {
    stamp.set('backName', this.#name);
    stamp.set('backFqdn', this.#fqdn);
    const build = this.#bytesOfBuild(ms);
    stamp.set('backBuild', build.build);
    stamp.set('backCommas', build.commas);
    stamp.set('backLong', build.long);
    stamp.set('backNumber', build.number);
    stamp.set('backIp', front === this ? this.#linkLocal : this.#ip);
    stamp.set('frontSeen', front === this ? this.#linkLocal : front.#ip);
  }

  #bytesOfBuild(ms: number): BuildBytes {
    return this.epoch(ms) === 1 ? this.#after : this.#before;
  }
}
