/** The traffic of people's programs: who asks what in each ten minutes, drawn so that all of it together has the size that was asked for. */
import { type Action, actionsOf } from './actions.ts';
import { compileRequest, type Compiled, type Exchange } from './exchange.ts';
import type { IisColumns } from './log-forms.ts';
import { agentOf, atWork, busyness, type Organisation, type User } from './organisation.ts';
import { bytesOf } from './row.ts';
import type { Server } from './server.ts';
import type { Timetable } from './timetable.ts';

interface Line {
  readonly action: Action;
  readonly compiled: Compiled;
  readonly next: Line | null;
}

/** For each unit of weight one entry: drawing is one step. */
type Deck = readonly Line[];

const canaries = 64;
const tries = 8;

export class PeopleAtWork {
  readonly #exchange: Exchange;
  readonly #organisation: Organisation;
  readonly #servers: readonly Server[];
  readonly #timetable: Timetable;
  readonly #work: Deck;
  readonly #off: Deck;
  readonly #canaries: readonly Uint8Array[];
  readonly #room = { address: bytesOf('0'), account: bytesOf('0'), agent: agentOf('') };
  #sequence = 1;

  constructor(
    exchange: Exchange,
    organisation: Organisation,
    servers: readonly Server[],
    timetable: Timetable,
    columns: IisColumns,
  ) {
    this.#exchange = exchange;
    this.#organisation = organisation;
    this.#servers = servers;
    this.#timetable = timetable;
    const actions = actionsOf(organisation);
    const lines = new Map<string, Line>();
    // What follows stands behind what it follows: from the end, every follower is there already.
    for (const action of actions.toReversed())
      lines.set(action.name, {
        action,
        compiled: compileRequest(action.request, columns, action.extras),
        next: action.next === undefined ? null : lines.get(action.next.name)!,
      });
    const deck = (weight: (action: Action) => number): Deck =>
      actions.flatMap((action) => Array.from({ length: weight(action) }, () => lines.get(action.name)!));
    this.#work = deck(({ work }) => work);
    this.#off = deck(({ off }) => off);
    this.#canaries = Array.from({ length: canaries }, () => bytesOf(`${exchange.random.letters(42)}.`));
    this.#room = {
      address: bytesOf(organisation.roomApp.address),
      account: bytesOf(organisation.roomApp.account),
      agent: agentOf(''),
    };
  }

  /** How much of the day's traffic falls into the ten minutes that begin then. */
  weight(ms: number): number {
    return busyness(ms, this.#organisation.utcOffsetHours);
  }

  /** One request of somebody at that moment; what follows it goes on the timetable. */
  ask(ms: number): void {
    const { random } = this.#exchange;
    const { users, utcOffsetHours } = this.#organisation;
    const deck = atWork(ms, utcOffsetHours) ? this.#work : this.#off;
    const line = deck[random.next() % deck.length]!;
    let user = users[random.next() % users.length]!;
    if (line.action.device === 'mac') for (let i = 0; i < tries && !user.hasMac; i++) user = users[random.next() % users.length]!;
    this.#send(line, user, ms);
  }

  #send(line: Line, user: User, ms: number): void {
    const { stamp, random } = this.#exchange;
    const back = this.#servers[user.server]!;
    const front = this.#front(ms, random.next());
    if (front === null || !back.runs(ms)) return;
    stamp.set('account', user.bytes.account);
    stamp.set('sid', user.bytes.sid);
    stamp.set('userName', user.bytes.name);
    stamp.set('mailbox', user.bytes.smtp);
    stamp.set('mailboxId', user.bytes.mailboxId);
    stamp.set('device', user.bytes.device);
    stamp.set('deviceType', user.bytes.deviceType);
    stamp.set(
      'sequence',
      this.#canaries[(user.name.length * 7 + user.server * 3 + (user.mailboxGuid.charCodeAt(0) & 31)) & (canaries - 1)]!,
    );
    const { device } = line.action;
    const agent =
      device === 'outlook' ? user.outlook : device === 'mac' ? user.mac : device === 'phone' ? user.phone : user.browser;
    stamp.set('agentWeb', agent.web);
    stamp.set('agentCsv', agent.csv);
    stamp.setNumber('count', this.#sequence++ % 9973);
    stamp.newFreshId(random);
    const client =
      device === 'app'
        ? this.#room.address
        : device === 'outlook' || device === 'desk-browser'
          ? user.bytes.desk
          : user.bytes.home;
    this.#exchange.send(line.compiled, front, back, ms, client);
    const follows = line.action.next;
    if (follows !== undefined && line.next !== null) {
      const { next } = line;
      this.#timetable.add(ms + random.between(follows.afterMs[0], follows.afterMs[1]), (at) => this.#send(next, user, at));
    }
  }

  #front(ms: number, draw: number): Server | null {
    const { length } = this.#servers;
    for (let i = 0; i < length; i++) {
      const server = this.#servers[(draw + i) % length]!;
      if (server.runs(ms)) return server;
    }
    return null;
  }
}
