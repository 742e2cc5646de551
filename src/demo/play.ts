/** Puts steps on the timetable and tells what became of the rows of intruders. */
import type { Stage } from '../core/stage.ts';
import { commandBeforeMs, type Exchange, type Told } from './exchange.ts';
import type { IisColumns } from './log-forms.ts';
import type { Totals } from './log-writer.ts';
import type { Random } from './random.ts';
import { bytesOf, text } from './row.ts';
import type { Server } from './server.ts';
import { filled, type Names, type PreparedStep, prepareStep, type Step } from './step.ts';
import type { Timetable } from './timetable.ts';
import type { RowTruth } from './truth.ts';

export interface Actor {
  readonly story: string;
  readonly intruder: string;
  readonly chapter: string;
  readonly address: string;
}

/** Names that mean whichever server a request goes to. */
export const serverNames: Names = {
  FQDN: text('backFqdn'),
  HOST: text('backName'),
  FRONT: text('frontName'),
  FRONTIP: text('frontIp'),
};

export class Player {
  readonly rows: RowTruth[] = [];
  /** Requests of the stories that were made, and what they are in all books. */
  played = 0;
  playedBytes = 0;
  readonly #exchange: Exchange;
  readonly #timetable: Timetable;
  readonly #totals: Totals;
  readonly #columns: IisColumns;
  readonly #mailHost: string;

  constructor(exchange: Exchange, timetable: Timetable, totals: Totals, columns: IisColumns, mailHost: string) {
    this.#exchange = exchange;
    this.#timetable = timetable;
    this.#totals = totals;
    this.#columns = columns;
    this.#mailHost = mailHost;
  }

  prepare(step: Step, names: Names): PreparedStep {
    return prepareStep(filled(step, names), this.#columns, this.#mailHost);
  }

  /** One prepared step of somebody who is no intruder, at that moment. */
  now(prepared: PreparedStep, front: Server, back: Server, ms: number, client: Uint8Array): void {
    if (!front.runs(ms) || !back.runs(ms)) return;
    this.#exchange.stamp.newFreshId(this.#exchange.random);
    this.#exchange.send(prepared.compiled, front, back, ms, client);
  }

  /**
   * Steps one after another, from `ms` on.
   * @param front who is asked, for each request
   * @returns how many requests they are
   */
  schedule(
    steps: readonly Step[],
    names: Names,
    random: Random,
    ms: number,
    front: () => Server,
    back: Server,
    actor: Actor | null,
    address: string,
  ): number {
    const client = bytesOf(address);
    let at = ms;
    let first = true;
    let count = 0;
    for (const step of steps) {
      const prepared = this.prepare(step, names);
      const times = step.times === undefined ? 1 : random.between(step.times[0], step.times[1]);
      for (let i = 0; i < times; i++) {
        if (!first) {
          const [from, to] = step.afterS ?? [1, 3];
          at += random.between(from * 1000, to * 1000);
        }
        first = false;
        count++;
        // Rows of one request carry one second in all books.
        at = Math.floor(at / 1000) * 1000 + random.between(200, 850);
        this.#put(prepared, front(), back, at, client, [random.guid(), random.guid()], actor);
      }
    }
    return count;
  }

  #put(
    prepared: PreparedStep,
    front: Server,
    back: Server,
    ms: number,
    client: Uint8Array,
    ids: readonly [string, string],
    actor: Actor | null,
  ): void {
    const told = actor === null ? null : this.#told(actor, prepared.step, ids[0], prepared.step.stage ?? null);
    for (const { beforeMs, form, event } of prepared.early)
      this.#timetable.add(ms - beforeMs + commandBeforeMs, (at) => {
        if (!back.runs(at)) return;
        this.#exchange.stamp.newFreshId(this.#exchange.random);
        this.#exchange.command(form, event, back, at, ids, told);
      });
    this.#timetable.add(ms, (at) => {
      if (told !== null) this.played++;
      if (!front.runs(at) || !back.runs(at)) return;
      const before = this.#totals.bytes;
      this.#exchange.stamp.newFreshId(this.#exchange.random);
      this.#exchange.send(prepared.compiled, front, back, at, client, ids, told);
      if (told !== null) this.playedBytes += this.#totals.bytes - before;
    });
  }

  #told({ story, intruder, chapter, address }: Actor, { name }: Step, requestId: string, stage: Stage | null): Told {
    return (server, log, ms, place) => {
      this.rows.push({
        story,
        intruder,
        chapter,
        step: name,
        stage,
        server: server.plan.name,
        log,
        timeUtc: new Date(ms).toISOString(),
        requestId,
        address,
        there: place !== null,
        ...place,
      });
    };
  }
}
