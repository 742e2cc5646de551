/** The rows that one visit of an intruder would have left in the logs of servers that are there already. */
import { Exchange } from './exchange.ts';
import { intruderNames, type Victim } from './intruder-names.ts';
import { csvCells } from './log-forms.ts';
import type { Sink, Totals } from './log-writer.ts';
import { Player } from './play.ts';
import { Random } from './random.ts';
import { Stamp } from './row.ts';
import { Server } from './server.ts';
import type { Technique } from './technique.ts';
import { Timetable } from './timetable.ts';

export interface VisitedServer {
  readonly name: string;
  readonly domain: string;
  readonly netbios: string;
  readonly ip: string;
  readonly build: string;
}

export interface Visit {
  readonly technique: Technique;
  /** Equal seeds give equal steps and pauses. */
  readonly seed: string;
  /** Tells their names, page and ids from those of other visits with the same seed. */
  readonly number: number;
  readonly ms: number;
  readonly front: VisitedServer;
  /** The server that carries it out; the same object: the front end itself. */
  readonly back: VisitedServer;
  /** What all clients are seen as, where a balancer stands in front; null: none does. */
  readonly balancer: string | null;
  readonly victim: Victim;
}

export interface VisitRow {
  /** Name of the log, as `logKinds` has it. */
  readonly log: string;
  readonly on: 'front' | 'back';
  readonly ms: number;
  /** By the log's own names of columns, absent ones left out; null: the log has no columns. */
  readonly cells: ReadonlyMap<string, string> | null;
  /** As the log's own form has it, without its line end. */
  readonly text: string;
}

class Memory implements Sink {
  readonly #texts: string[] = [];
  readonly #paths: string[] = [];
  readonly #decoder = new TextDecoder();

  open(path: string): number {
    this.#paths.push(path);
    return this.#texts.push('') - 1;
  }
  write(file: number, bytes: Uint8Array): void {
    this.#texts[file] += this.#decoder.decode(bytes);
  }
  close(): void {}
  of(path: string): string {
    return this.#texts[this.#paths.indexOf(path)] ?? '';
  }
}

/** Columns that a server may keep and the forms do not have. */
const further = (log: string, server: Server): readonly (readonly [string, string])[] =>
  log.startsWith('iis')
    ? [
        ['s-sitename', log === 'iis-back' ? 'W3SVC2' : 'W3SVC1'],
        ['s-computername', server.plan.name],
        ['cs-version', 'HTTP/1.1'],
      ]
    : [];

export function intrude(visit: Visit): VisitRow[] {
  const { technique, ms, front, back, balancer } = visit;
  const sink = new Memory();
  const totals: Totals = { bytes: 0, kept: 0, records: 0 };
  const columns = { sizes: true, forwarded: balancer !== null };
  const serverOf = (one: VisitedServer, index: number): Server =>
    new Server(
      {
        index,
        name: one.name,
        ip: one.ip,
        domain: one.domain,
        netbios: one.netbios,
        folder: `${index}/`,
        builds: { before: one.build, after: one.build },
        patchedMs: null,
        restartsMs: [],
        skewMs: 0,
        columns,
        hours: 24,
        bufferBytes: 32 * 1024,
      },
      sink,
      totals,
      () => true,
      () => false,
    );
  const frontServer = serverOf(front, 0);
  const backServer = back === front ? frontServer : serverOf(back, 1);
  const random = new Random(`afterpatch visit ${visit.seed} ${technique.id}`);
  const own = random.fork(`names ${visit.number}`);
  const names = intruderNames(technique.page, visit.victim, own);
  const timetable = new Timetable();
  const player = new Player(
    new Exchange(new Stamp(), own.fork('exchange'), balancer),
    timetable,
    totals,
    columns,
    visit.victim.mailHost,
  );
  const address = `${own.pick(['203.0.113', '198.51.100'])}.${own.between(2, 199)}`;
  const actor = { story: technique.id, intruder: 'visitor', chapter: 'visit', address };
  player.schedule(technique.steps, names, random.fork('steps'), ms, () => frontServer, backServer, actor, address);
  while (timetable.nextMs < Number.POSITIVE_INFINITY) timetable.runNext();
  for (const server of new Set([frontServer, backServer])) for (const log of server.logs.values()) log.close();
  const files = new Map<string, WrittenFile>();
  return player.rows
    .map((row): VisitRow => {
      const path = row.file!;
      const file = files.get(path) ?? writtenFile(sink.of(path));
      files.set(path, file);
      const text = decoder.decode(file.bytes.subarray(row.offset, row.offset! + row.bytes!));
      const server = path.startsWith('0/') ? frontServer : backServer;
      return {
        log: row.log,
        on: sideOf(row.log),
        ms: Date.parse(row.timeUtc),
        cells: cellsOf(row.log, file, text, server),
        text,
      };
    })
    .toSorted((a, b) => a.ms - b.ms);
}

interface WrittenFile {
  readonly bytes: Uint8Array;
  /** Null: it has no columns. */
  readonly fields: readonly string[] | null;
  readonly commas: boolean;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function writtenFile(text: string): WrittenFile {
  const fields = /^#Fields: (.*)$/m.exec(text)?.[1]?.trim();
  const commas = fields?.includes(',') === true;
  return { bytes: encoder.encode(text), fields: fields === undefined ? null : fields.split(commas ? ',' : ' '), commas };
}

function cellsOf(log: string, { fields, commas }: WrittenFile, text: string, server: Server): VisitRow['cells'] {
  if (fields === null) return null;
  const values = commas ? csvCells(text) : text.split(' ');
  const cells = new Map(further(log, server));
  for (const [index, name] of fields.entries()) {
    const value = values[index] ?? '';
    if (value !== '' && value !== '-') cells.set(name, value);
  }
  return cells;
}

/** Whose log it is: the front end keeps its IIS log and HttpProxy, the server that worked on it all others. */
const sideOf = (log: string): VisitRow['on'] => (log === 'iis-front' || log.startsWith('httpproxy/') ? 'front' : 'back');
