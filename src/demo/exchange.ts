/**
 * One request, written into every log that a real one stands in: the front end's IIS log, HttpProxy, the back end's IIS log, and
 * where it is a call or an order, the log of those. All under one id and at one moment, each by the clock of its server.
 */
import { httpProxyForm, iisBackForm, iisFrontForm, type IisColumns, type RequestForm } from './log-forms.ts';
import type { Random } from './random.ts';
import { bytesOf, RowForm, type Stamp } from './row.ts';
import { type Server, serverSlots } from './server.ts';
import type { Place } from './truth.ts';

/** A request's rows, as forms. */
interface Forms {
  readonly front: RowForm;
  readonly proxy: RowForm | null;
  readonly back: RowForm | null;
  readonly ews: RowForm | null;
  readonly rpsHttp: RowForm | null;
  readonly rpsCmdlet: RowForm | null;
  /** Orders of the control panel that stand in its log shortly before the answer. */
  readonly ecp: readonly RowForm[];
  /** What the event log keeps of the cmdlets that changed something. */
  readonly events: readonly RowForm[];
}

/** A request with its forms made. */
export interface Compiled extends Forms {
  readonly proxyLog: string;
  readonly local: boolean;
  readonly taken: Range;
  readonly requestBytes: Range;
  readonly responseBytes: Range;
  /** How often it was sent, and from then on its forms by servers and builds: what they fill in is fixed there. */
  uses: number;
  readonly byServers: Map<number, Forms>;
}

/** Whoever is sent less often is not worth forms of its own. */
const usesBeforeBinding = 8;
const mostServers = 64;

function boundForms(what: Forms, stamp: Stamp): Forms {
  const bind = (form: RowForm): RowForm => form.bound(serverSlots, stamp);
  const maybe = (form: RowForm | null): RowForm | null => (form === null ? null : bind(form));
  return {
    front: bind(what.front),
    proxy: maybe(what.proxy),
    back: maybe(what.back),
    ews: maybe(what.ews),
    rpsHttp: maybe(what.rpsHttp),
    rpsCmdlet: maybe(what.rpsCmdlet),
    ecp: what.ecp.map(bind),
    events: what.events.map(bind),
  };
}

export type Range = readonly [from: number, to: number];

export interface Extras {
  readonly ews?: string;
  readonly rpsHttp?: string;
  readonly rpsCmdlet?: string;
  readonly ecp?: readonly string[];
  readonly events?: readonly string[];
  readonly taken?: Range;
  readonly requestBytes?: Range;
  readonly responseBytes?: Range;
}

export function compileRequest(r: RequestForm, columns: IisColumns, extras: Extras = {}): Compiled {
  const form = (value: string | undefined): RowForm | null => (value === undefined ? null : new RowForm(value));
  return {
    front: new RowForm(iisFrontForm(r, columns)),
    proxy: r.protocol === undefined ? null : new RowForm(httpProxyForm(r)),
    proxyLog: `httpproxy/${r.protocol ?? ''}`,
    back: r.back === undefined ? null : new RowForm(iisBackForm(r, columns)),
    ews: form(extras.ews),
    rpsHttp: form(extras.rpsHttp),
    rpsCmdlet: form(extras.rpsCmdlet),
    ecp: (extras.ecp ?? []).map((one) => new RowForm(one)),
    events: (extras.events ?? []).map((one) => new RowForm(one)),
    uses: 0,
    byServers: new Map(),
    local: r.local === true,
    taken: extras.taken ?? [6, 160],
    requestBytes: extras.requestBytes ?? [340, 1900],
    responseBytes: extras.responseBytes ?? [420, 6400],
  };
}

/** Constant ways between the books: rows of one log stay in the order of their times. */
export const backBeforeMs = 2;
export const cmdletBeforeMs = 1;
export const commandBeforeMs = 60;

const loopback = bytesOf('127.0.0.1');

/** Told of each row of an intruder; a null place: the row is not there. */
export type Told = (server: Server, log: string, ms: number, place: Place | null) => void;

export class Exchange {
  readonly stamp: Stamp;
  readonly random: Random;
  /** What all clients are seen as, where a balancer stands in front. */
  readonly #balancer: Uint8Array | null;

  constructor(stamp: Stamp, random: Random, balancer: string | null) {
    this.stamp = stamp;
    this.random = random;
    this.#balancer = balancer === null ? null : bytesOf(balancer);
  }

  /** Mostly near the lower end, as times and sizes are. */
  #within([from, to]: Range): number {
    const f = this.random.fraction();
    return Math.floor(from + (to - from) * f * f);
  }

  /** The forms to fill, and the slots of servers filled where the forms still have them. */
  #forms(what: Compiled, front: Server, back: Server, ms: number): Forms {
    const key = ((front.plan.index * mostServers + back.plan.index) * 2 + front.epoch(ms)) * 2 + back.epoch(ms);
    const known = what.byServers.get(key);
    if (known !== undefined) return known;
    front.fillFront(this.stamp, ms);
    back.fillBack(this.stamp, ms, front);
    if (++what.uses <= usesBeforeBinding) return what;
    const forms = boundForms(what, this.stamp);
    what.byServers.set(key, forms);
    return forms;
  }

  /**
   * @param ms true time at which the answer was complete
   * @param client whom the network shows
   * @param ids ids that were given earlier, for rows of one request that are written apart
   */
  send(
    what: Compiled,
    front: Server,
    back: Server,
    ms: number,
    client: Uint8Array,
    ids: readonly [string, string] | null = null,
    told: Told | null = null,
  ): void {
    const { stamp, random } = this;
    const taken = this.#within(what.taken);
    stamp.setNumber('requestBytes', this.#within(what.requestBytes));
    stamp.setNumber('responseBytes', this.#within(what.responseBytes));
    if (ids === null) stamp.newIds(random);
    else stamp.useIds(ids[0], ids[1]);
    stamp.set('client', what.local ? loopback : (this.#balancer ?? client));
    stamp.set('forwarded', client);
    const frontMs = ms + front.plan.skewMs;
    stamp.setFrontTime(frontMs, taken);
    const forms = this.#forms(what, front, back, ms);
    const hostile = told !== null;
    const say = (server: Server, log: string, at: number, form: RowForm): void => {
      const place = server.log(log).row(form, stamp, at, hostile);
      told?.(server, log, at, place);
    };
    say(front, 'iis-front', frontMs, forms.front);
    if (forms.proxy !== null) say(front, what.proxyLog, frontMs, forms.proxy);
    if (forms.back === null) {
      if (forms.ecp.length > 0) throw new Error('orders without a back end');
      return;
    }
    const backMs = ms + back.plan.skewMs - backBeforeMs;
    stamp.setBackTime(backMs);
    say(back, 'iis-back', backMs, forms.back);
    if (forms.ews !== null) say(back, 'ews', backMs, forms.ews);
    if (forms.rpsHttp !== null) say(back, 'rps-http', backMs, forms.rpsHttp);
    if (forms.rpsCmdlet !== null) {
      const cmdletMs = ms + back.plan.skewMs - cmdletBeforeMs;
      stamp.setCommandTime(cmdletMs);
      stamp.newFreshId(random);
      say(back, 'rps-cmdlet', cmdletMs, forms.rpsCmdlet);
    }
    for (const form of forms.ecp) {
      const commandMs = ms + back.plan.skewMs - commandBeforeMs;
      stamp.setCommandTime(commandMs);
      stamp.setNumber('count', 9 + (random.next() % 700));
      say(back, 'ecp-server', commandMs, form);
    }
    for (const form of forms.events) {
      const commandMs = ms + back.plan.skewMs - commandBeforeMs;
      stamp.setCommandTime(commandMs);
      say(back, 'management-events', commandMs, form);
    }
  }

  /** An order of the control panel that was carried out a while before its request was answered; `ms` as in `send`. */
  command(
    form: RowForm,
    event: RowForm | null,
    back: Server,
    ms: number,
    ids: readonly [string, string],
    told: Told | null,
  ): void {
    const { stamp, random } = this;
    stamp.useIds(ids[0], ids[1]);
    back.fillBack(stamp, ms, back);
    const commandMs = ms + back.plan.skewMs - commandBeforeMs;
    stamp.setCommandTime(commandMs);
    stamp.setNumber('count', 9 + (random.next() % 700));
    const place = back.log('ecp-server').row(form, stamp, commandMs, told !== null);
    told?.(back, 'ecp-server', commandMs, place);
    if (event === null) return;
    const printed = back.log('management-events').row(event, stamp, commandMs, told !== null);
    told?.(back, 'management-events', commandMs, printed);
  }
}
