/** The run itself: day by day what is fixed goes on the timetable, ten minutes by ten minutes people's traffic fills the size. */
import { hourMs, oneDayMs } from '../core/time.ts';
import { administration, healthNames, noise, probes, setsAddress } from './everyday.ts';
import { Exchange } from './exchange.ts';
import type { IisColumns } from './log-forms.ts';
import type { Sink, Totals } from './log-writer.ts';
import type { DemoPlan } from './options.ts';
import { createOrganisation, type Organisation } from './organisation.ts';
import { PeopleAtWork } from './people-at-work.ts';
import { Player, serverNames } from './play.ts';
import { Random } from './random.ts';
import { bytesOf, Stamp } from './row.ts';
import { Server } from './server.ts';
import { planStories, type StoryPlan } from './story-plan.ts';
import { Timetable } from './timetable.ts';
import type { Truth } from './truth.ts';
import { tellTruth } from './tell-truth.ts';
import { writeWebFolders } from './web-folders.ts';

const slotMs = 10 * 60_000;
const balancerAddress = '10.20.0.5';
const publicAddress = '192.0.2.200';
/** First guess of what one request of people is in all its books; measured while it goes on. */
const guessedRequestBytes = 1650;
const guessedStoryRequestBytes = 1900;
const serverNamesInOrder = ['MAIL01', 'MAIL02', 'MAIL03', 'MAIL04', 'MAIL05', 'MAIL06', 'MAIL07', 'MAIL08'] as const;

/** @param progress told of the bytes so far, now and then */
export function generateDemo(plan: DemoPlan, sink: Sink, progress: (bytes: number) => void = () => undefined): Truth {
  const { options, fromMs, toMs } = plan;
  const random = new Random(`afterpatch demo ${options.seed} ${plan.stories.map(({ name }) => name).join(',')}`);
  const organisation = createOrganisation(random.fork('organisation'), plan.users, plan.hosts, plan.utcOffsetHours);
  const columns: IisColumns = {
    sizes: random.fork('columns').between(0, 1) === 1,
    forwarded: options.loadBalancer === 'forwarded',
  };
  const told = planStories(plan, organisation, random.fork('stories'));
  const totals: Totals = { bytes: 0, kept: 0, records: 0 };
  const servers = createServers(plan, organisation, columns, told, sink, totals, random.fork('lost'));
  const exchange = new Exchange(new Stamp(), random.fork('traffic'), options.loadBalancer === undefined ? null : balancerAddress);
  const timetable = new Timetable();
  const player = new Player(exchange, timetable, totals, columns, organisation.mailHost);
  const people = new PeopleAtWork(exchange, organisation, servers, timetable, columns);
  const everyday = new Everyday(plan, organisation, servers, player, timetable, random.fork('everyday'));

  loseRows(plan, servers, told, random.fork('losses'));
  for (const server of servers)
    for (const [, up] of server.down) timetable.add(up, () => server.logs.forEach((log) => log.restart()));
  /** Requests of the stories. */
  let hostile = 0;
  for (const chapter of told.chapters) {
    const target = servers[chapter.server]!;
    const draw = random.fork(`front ${chapter.actor.story} ${chapter.actor.intruder} ${chapter.actor.chapter}`);
    const front = (): Server => (options.loadBalancer === undefined || chapter.onTarget ? target : draw.pick(servers));
    hostile += player.schedule(
      chapter.steps,
      chapter.names,
      chapter.random,
      chapter.ms,
      front,
      target,
      chapter.actor,
      chapter.actor.address,
    );
  }

  let weights = 0;
  for (let ms = fromMs; ms < toMs; ms += slotMs) weights += people.weight(ms);
  let asked = 0;
  let askedBytes = 0;
  let fixedBytes = 0;
  /** Everything up to that moment that is on the timetable. */
  const runUntil = (ms: number): void => {
    while (timetable.nextMs <= ms) timetable.runNext();
  };
  for (let slot = fromMs; slot < toMs; slot += slotMs) {
    if ((slot - fromMs) % oneDayMs === 0) {
      everyday.fillDay(slot);
      progress(totals.bytes);
    }
    const end = slot + slotMs;
    const weight = people.weight(slot);
    // What is fixed is measured; before there is a day to measure, it is guessed.
    const fixedPerSlot =
      slot - fromMs >= oneDayMs ? fixedBytes / ((slot - fromMs) / slotMs) : everyday.guessedDayBytes / (oneDayMs / slotMs);
    const storyBytes = (hostile - player.played) * guessedStoryRequestBytes;
    const left = options.bytes - totals.bytes - storyBytes - (fixedPerSlot * (toMs - slot)) / slotMs;
    const quota = (left * weight) / weights;
    weights -= weight;
    const each = asked > 50 ? askedBytes / asked : guessedRequestBytes;
    const count = quota <= 0 ? 0 : Math.floor(quota / each + exchange.random.fraction());
    const before = totals.bytes;
    const storyBefore = player.playedBytes;
    let byPeople = 0;
    // The first rows of the back end stand a moment before those of the front end, and not in the day before.
    let at = slot === fromMs ? slot + 1000 : slot;
    for (let i = 0; i < count; i++) {
      // Sorted without a list: what is left of the slot is shared among what is left of the requests.
      at += Math.floor(((end - at) / (count - i + 1)) * 2 * exchange.random.fraction() * 0.999);
      runUntil(at);
      const mark = totals.bytes;
      people.ask(at);
      byPeople += totals.bytes - mark;
    }
    runUntil(end - 1);
    asked += count;
    askedBytes += byPeople;
    fixedBytes += totals.bytes - before - byPeople - (player.playedBytes - storyBefore);
  }
  for (const server of servers) for (const log of server.logs.values()) log.close();
  const pages = options.webFolders === true ? writeWebFolders(sink, servers, told) : [];
  progress(totals.bytes);
  return tellTruth({
    plan,
    pages,
    organisation,
    servers,
    told,
    totals,
    rows: player.rows,
    columns,
    publicAddress,
    balancerAddress,
  });
}

function createServers(
  plan: DemoPlan,
  organisation: Organisation,
  columns: IisColumns,
  told: StoryPlan,
  sink: Sink,
  totals: Totals,
  lost: Random,
): Server[] {
  const { options } = plan;
  const without = new Set(options.without ?? []);
  return Array.from({ length: plan.hosts }, (_, index) => {
    const name = serverNamesInOrder[index]!;
    return new Server(
      {
        index,
        name,
        domain: organisation.domain,
        netbios: organisation.netbios,
        folder: plan.hosts === 1 ? '' : `${name}/`,
        builds: told.builds,
        patchedMs: told.patchedMs === null ? null : told.patchedMs + index * 45 * 60_000,
        restartsMs: [],
        skewMs: index === plan.hosts - 1 ? (options.clockSkewMinutes ?? 0) * 60_000 : 0,
        columns,
        hours: plan.hours,
      },
      sink,
      totals,
      (kind) =>
        (kind.printed !== true || options.events === true) &&
        !without.has(kind.name) &&
        !without.has(kind.name.replace(/\/.*$/, '')),
      () => (options.lostFiles ?? 0) > 0 && lost.fraction() < options.lostFiles!,
    );
  });
}

/** Gaps, and rows that are taken out: by the story, or because it was asked for. */
function loseRows(plan: DemoPlan, servers: readonly Server[], told: StoryPlan, random: Random): void {
  const { options, fromMs, toMs } = plan;
  for (const { log, server, fromMs: from, toMs: to, most } of told.removals)
    servers[server]!.log(log).removals.push({ fromMs: from, toMs: to, whose: 'hostile', left: most, found: [] });
  if ((options.removeRows ?? 0) > 0) {
    const server = random.pick(servers);
    const at = fromMs + Math.floor((toMs - fromMs) * (0.1 + random.fraction() * 0.7));
    const log = server.log(options.removeFrom ?? 'iis-front');
    log.removals.push({
      fromMs: at + server.plan.skewMs,
      toMs: Number.POSITIVE_INFINITY,
      whose: 'any',
      left: options.removeRows!,
      found: [],
    });
  }
  if ((options.cutBeforeDays ?? 0) > 0)
    for (const server of servers)
      for (const log of server.logs.values())
        log.gaps.push({
          server: server.plan.name,
          log: log.kind.name,
          fromMs: Number.NEGATIVE_INFINITY,
          toMs: fromMs + options.cutBeforeDays! * oneDayMs + server.plan.skewMs,
          rows: 0,
        });
  for (let i = 0; i < (options.gaps ?? 0); i++) {
    const server = random.pick(servers);
    const log = random.pick([...server.logs.values()].filter(({ kind }) => kind.printed !== true));
    const lastsMs = random.between(4, 36) * hourMs;
    const from = fromMs + server.plan.skewMs + Math.floor(random.fraction() * Math.max(0, toMs - fromMs - lastsMs));
    log.gaps.push({ server: server.plan.name, log: log.kind.name, fromMs: from, toMs: from + lastsMs, rows: 0 });
  }
}

/** Puts a day's probes, scanners and administrators on the timetable. */
class Everyday {
  readonly #plan: DemoPlan;
  readonly #organisation: Organisation;
  readonly #servers: readonly Server[];
  readonly #player: Player;
  readonly #timetable: Timetable;
  readonly #random: Random;
  readonly #health: readonly ReturnType<Player['prepare']>[];
  readonly guessedDayBytes: number;
  #addressSet = false;

  constructor(
    plan: DemoPlan,
    organisation: Organisation,
    servers: readonly Server[],
    player: Player,
    timetable: Timetable,
    random: Random,
  ) {
    this.#plan = plan;
    this.#organisation = organisation;
    this.#servers = servers;
    this.#player = player;
    this.#timetable = timetable;
    this.#random = random;
    const names = { ...serverNames, ...healthNames(organisation, random.guid()) };
    this.#health = probes.map((step) => player.prepare(step, names));
    this.guessedDayBytes = servers.length * ((1440 / plan.probeMinutes) * 12_500 + 28_000 + 10_000);
  }

  fillDay(day: number): void {
    const { toMs, probeMinutes } = this.#plan;
    const random = this.#random;
    const end = Math.min(day + oneDayMs, toMs);
    for (const server of this.#servers) {
      const own = bytesOf(server.ip);
      for (let tick = day; tick < end; tick += probeMinutes * 60_000)
        this.#health.forEach((prepared, index) => {
          const at = tick + index * 7000 + 5000 + random.between(250, 900);
          this.#timetable.add(at, (ms) => this.#player.now(prepared, server, server, ms, own));
        });
    }
    for (let i = random.between(4, 12) * this.#servers.length; i > 0; i--) {
      const request = random.pick(noise);
      const address = `${random.pick(['203.0.113', '198.51.100'])}.${random.between(201, 249)}`;
      const server = random.pick(this.#servers);
      const prepared = this.#player.prepare({ name: 'noise', request }, { ...serverNames, PUBLICIP: publicAddress });
      this.#timetable.add(day + random.between(1000, oneDayMs - 1), (ms) =>
        this.#player.now(prepared, server, server, ms, bytesOf(address)),
      );
    }
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) return;
    for (let i = random.between(1, 2); i > 0; i--) this.#administrate(day, random.pick(administration));
    if (!this.#addressSet && random.between(0, 4) === 0) {
      this.#addressSet = true;
      this.#administrate(day, setsAddress);
    }
  }

  #administrate(day: number, steps: (typeof administration)[number]): void {
    const { organisation: o, random } = { organisation: this.#organisation, random: this.#random };
    const admin = random.pick(o.administrators);
    const server = random.pick(this.#servers);
    const names = {
      ...serverNames,
      ADMIN: admin.account,
      ADMINSID: admin.sid,
      ADMINDESK: admin.desk,
      BROWSER: o.users[0]!.browser.plain,
      MAILHOST: o.mailHost,
      CANARY: `${random.letters(42)}.`,
      SESSION: random.guid(),
      IDENTITY: random.guid(),
      VICTIM1: random.pick(o.users).smtp,
      VICTIM2: random.pick(o.users).smtp,
    };
    const at = day + (8 + random.between(0, 7) - o.utcOffsetHours) * hourMs + random.between(0, hourMs - 1);
    this.#player.schedule(steps, names, random, at, () => server, server, null, admin.desk);
  }
}
