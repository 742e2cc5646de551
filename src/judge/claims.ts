/** What the events of one intruder prove, alone and together. */
import { groupBy } from '../core/group.ts';
import type { Pack, Proof } from '../core/pack.ts';
import type { Confidence, Stage } from '../core/stage.ts';
import { confidenceRank, stageRank } from '../core/stage.ts';
import { afterOrder, besideAttempt, builtIn, inSession } from './built-in-proofs.ts';
import { uncertaintyMs } from './clocks.ts';
import { cmdletLogs, type Event, isMailOpened, isOneCall, isUse } from './event.ts';

/** A stage that events prove, with the proof that says why. */
export interface Claim {
  readonly pack: Pack | null;
  readonly proof: Proof;
  readonly stage: Stage;
  readonly confidence: Confidence;
  /** In order of time; not empty. */
  readonly events: readonly Event[];
}

/** Strongest first: the higher stage, of equals the better proof. */
export const byStrength = (a: Pick<Claim, 'stage' | 'confidence'>, b: Pick<Claim, 'stage' | 'confidence'>): number =>
  stageRank(b.stage) - stageRank(a.stage) || confidenceRank(b.confidence) - confidenceRank(a.confidence);

/** One claim for each rule and server, then what the events prove together. */
export function claimsOf(events: readonly Event[]): Claim[] {
  // Names that were only asked for are one finding: somebody went through a list.
  const groups = groupBy(
    events,
    (event) => `${event.proof.rule}\u0000${event.host ?? ''}\u0000${event.answered ? (event.page ?? '') : ''}`,
  );
  const claims = [...groups.values()].map((group): Claim => {
    const { pack, proof } = group[0]!;
    return weighed({ pack, proof, stage: proof.stage, confidence: proof.confidence, events: group }, events);
  });
  const joined = joinBooks(claims.sort(byStrength));
  const together = [...chains(events), bothEnds(events), mailRead(events), writing(events), ...pages(events)].filter(
    (claim) => claim !== null,
  );
  return [...joined, ...together].sort(byStrength);
}

/**
 * One request is one event: front-end IIS, HttpProxy, back-end IIS and the log of the cmdlet book it under one id. Its rows stand
 * as evidence under the strongest thing that they prove; a claim that has none of its own left is not said again.
 */
function joinBooks(strongestFirst: readonly Claim[]): Claim[] {
  const owner = new Map<string, number>();
  const taken = strongestFirst.map((): Event[] => []);
  const kept = strongestFirst.map((claim, index): Event[] => {
    const own: Event[] = [];
    for (const event of claim.events) {
      const ids = event.ties.filter((tie) => !tie.startsWith('session:'));
      const known = ids.map((id) => owner.get(id)).find((at) => at !== undefined && at !== index);
      if (known !== undefined && claim.confidence !== 'possible') taken[known]!.push(event);
      else {
        own.push(event);
        for (const id of ids) if (!owner.has(id)) owner.set(id, index);
      }
    }
    return own;
  });
  return strongestFirst.flatMap((claim, index) =>
    kept[index]!.length === 0 ? [] : [{ ...claim, events: [...kept[index]!, ...taken[index]!] }],
  );
}

/** The log of the cmdlet and the request that asked for it are written this close to each other. */
const sameStepMs = 5000;

/** What one rule proves, seen beside the other rows: they can take from it what it could not know. */
function weighed(claim: Claim, all: readonly Event[]): Claim {
  const { proof, events } = claim;
  const { step } = proof;
  if (claim.stage !== 'implanted' || (step !== 'plant' && step !== 'arm')) return claim;
  if (events.every(({ row }) => row.logSource === 'ecp-server')) {
    // A reset alone is what an administrator's own click on "reset" looks like.
    const hostile = all.some(
      (event) =>
        !events.includes(event) &&
        (event.proof.step === 'plant' ||
          event.proof.step === 'enter' ||
          event.proof.step === 'try' ||
          event.proof.step === 'read'),
    );
    return step === 'arm' && claim.confidence === 'probable' && !hostile ? { ...claim, confidence: 'possible' } : claim;
  }
  // A request answered 200 says that the service worked on it; the server's own row of the cmdlet says whether it was accepted.
  const refused = events.every((event) =>
    all.some(
      (other) =>
        other.row.logSource === 'ecp-server' &&
        other.row.values['cmdlet.error'] !== undefined &&
        event.timeMs !== null &&
        other.timeMs !== null &&
        Math.abs(event.timeMs - other.timeMs) <= sameStepMs &&
        other.proof.step === step,
    ),
  );
  return refused ? { ...claim, stage: 'exploited', confidence: 'confirmed' } : claim;
}

/**
 * Requests of which each needs the answer of the one before (a canary, a session), and cmdlets that ran while there was a session
 * through the hole. Neither says so itself, so that the chain proves its stage only as probable; one step of it proves nothing.
 * One claim for each stage that is proven in this way.
 */
function chains(events: readonly Event[]): Claim[] {
  const best = new Map<Stage, Claim>();
  for (const [index, later] of events.entries()) {
    const needs = later.proof.chain;
    if (needs === undefined || later.timeMs === null) continue;
    for (let at = index - 1; at >= 0; at--) {
      const earlier = events[at]!;
      if (earlier.timeMs === null || later.timeMs - earlier.timeMs > needs.withinSeconds * 1000) break;
      if (!needs.after.includes(earlier.proof.rule) || !onOneServer(earlier, later)) continue;
      const claim: Claim = {
        pack: later.pack,
        proof: chained(earlier, later),
        stage: needs.stage,
        confidence: needs.confidence,
        events: [earlier, later],
      };
      const known = best.get(needs.stage);
      if (known === undefined || byStrength(claim, known) < 0) best.set(needs.stage, claim);
      break;
    }
  }
  return [...best.values()];
}

/** What the two rows say together. */
function chained(earlier: Event, later: Event): Proof {
  if (earlier.proof.step === 'order' || earlier.proof.step === 'spread') return afterOrder(later.proof);
  if (later.role !== 'executed') return builtIn.chain;
  return earlier.proof.step === 'try' ? besideAttempt(later.proof) : inSession(later.proof);
}

/** What two servers carried out is no chain; a front end asks for what another server carries out. */
export const onOneServer = (earlier: Event, later: Event): boolean =>
  earlier.role !== 'executed' ||
  later.role !== 'executed' ||
  earlier.host === null ||
  later.host === null ||
  earlier.host === later.host;

/** A front end that answered, and the back end's own row of the same request: neither alone says that the other is there. */
function bothEnds(events: readonly Event[]): Claim | null {
  const entered = events.filter(({ proof, timeMs }) => proof.step === 'enter' && proof.stage === 'exploited' && timeMs !== null);
  const inside = entered.filter(({ role }) => role === 'executed');
  // Where one row says it all, nothing is gained by a second.
  if (inside.length === 0 || entered.some(({ proof }) => proof.confidence === 'confirmed')) return null;
  for (const asked of entered) {
    if (asked.role !== 'asked') continue;
    const back = inside.find(
      (event) =>
        event.pack === asked.pack &&
        (event.ties.some((tie) => asked.ties.includes(tie)) || Math.abs(event.timeMs! - asked.timeMs!) <= sameStepMs),
    );
    if (back !== undefined)
      return { pack: asked.pack, proof: builtIn.bothEnds, stage: 'exploited', confidence: 'confirmed', events: [asked, back] };
  }
  return null;
}

/** What was passed on to the mail services through the hole, and their own rows of items that they handed out: mail was taken. */
function mailRead(events: readonly Event[]): Claim | null {
  const asked = events.filter(({ proof, timeMs }) => proof.step === 'enter' && proof.stage === 'exploited' && timeMs !== null);
  const together = new Set<Event>();
  let at = 0;
  for (const booked of events) {
    if (!isMailOpened(booked) || booked.timeMs === null) continue;
    while (at < asked.length && asked[at]!.timeMs! < booked.timeMs - sameStepMs) at++;
    for (let next = at; next < asked.length && asked[next]!.timeMs! <= booked.timeMs + sameStepMs; next++) {
      if (!isOneCall(asked[next]!, booked)) continue;
      together.add(asked[next]!).add(booked);
      break;
    }
  }
  const first = asked.find((event) => together.has(event));
  if (first === undefined) return null;
  const rows = events.filter((event) => together.has(event));
  return { pack: first.pack, proof: builtIn.mailRead, stage: 'impact', confidence: 'confirmed', events: rows };
}

/** A script planted in the configuration and, after it, the reset that writes it out as a page: together they prove the page. */
function writing(events: readonly Event[]): Claim | null {
  const plant = events.find(
    ({ proof, timeMs }) =>
      proof.step === 'plant' && proof.stage === 'implanted' && proof.confidence === 'confirmed' && timeMs !== null,
  );
  if (plant === undefined) return null;
  const arm = events.find(
    ({ proof, timeMs }) =>
      proof.step === 'arm' && proof.stage === 'implanted' && timeMs !== null && timeMs >= plant.timeMs! - uncertaintyMs,
  );
  if (arm === undefined) return null;
  return { pack: plant.pack, proof: builtIn.written, stage: 'implanted', confidence: 'confirmed', events: [plant, arm] };
}

/** Windows counts time in ticks of so many milliseconds; answers that differ by less took the same time. */
const tickMs = 16;
/** The same work takes a little longer or shorter each time. */
const sameWork = 0.1;

/** Whether answers of one page had different sizes, or took times that differ by more than the clock and chance make of one. */
export function isVaried(uses: readonly Event[]): boolean {
  const sizes = new Set(uses.map(({ row }) => row.values['http.response_bytes'] ?? ''));
  if (sizes.size > 1) return true;
  const stated = uses.map(({ row }) => row.values['http.time_taken'] ?? '');
  const times = stated.map(Number);
  // What is no number is told apart as it stands.
  if (stated.includes('') || times.some((time) => Number.isNaN(time))) return new Set(stated).size > 1;
  const most = times.reduce((a, b) => Math.max(a, b), 0);
  const least = times.reduce((a, b) => Math.min(a, b), most);
  return most - least >= tickMs && most - least > most * sameWork;
}

/** What the requests for one page prove: that it is there, and that it was told what to do. */
function pages(events: readonly Event[]): Claim[] {
  const claims: Claim[] = [];
  const plant = events.find(
    ({ proof }) => proof.step === 'plant' && proof.stage === 'implanted' && proof.confidence === 'confirmed',
  );
  const byPage = groupBy(events, ({ page }) => page);
  for (const [, requests] of [...byPage].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const answered = requests.filter((event) => event.answered);
    if (answered.length === 0) continue;
    const first = answered[0]!;
    if (plant !== undefined && (plant.timeMs === null || first.timeMs === null || first.timeMs >= plant.timeMs - uncertaintyMs)) {
      claims.push({
        pack: plant.pack,
        proof: builtIn.pageAnswered,
        stage: 'implanted',
        confidence: 'confirmed',
        events: [plant, first],
      });
    }
    // The file was read, and the page that it is answered.
    const read = requests.find(
      ({ proof, row }) =>
        row.logSource === 'web-page' &&
        row.fields.Grade === 'back-door' &&
        proof.stage === 'implanted' &&
        proof.confidence !== 'possible',
    );
    if (read !== undefined)
      claims.push({
        pack: read.pack,
        proof: builtIn.readAndAnswered,
        stage: 'implanted',
        confidence: 'confirmed',
        events: [read, first],
      });
    // The cmdlet that was to write this very file, accepted before the page answered.
    const named = requests.find(
      ({ proof, timeMs, row }) =>
        proof.step === 'arm' &&
        proof.stage === 'implanted' &&
        cmdletLogs.has(row.logSource) &&
        timeMs !== null &&
        first.timeMs !== null &&
        first.timeMs >= timeMs - uncertaintyMs,
    );
    if (named !== undefined)
      claims.push({
        pack: named.pack,
        proof: builtIn.named,
        stage: 'implanted',
        confidence: 'confirmed',
        events: [named, first],
      });
    const posts = answered.filter(isUse);
    const count = posts.reduce(
      (sum, event, i) => sum + (posts.findIndex(({ hit }) => hit === event.hit) === i ? event.hit.count : 0),
      0,
    );
    if (count >= 2 && isVaried(posts)) {
      claims.push({ pack: first.pack, proof: builtIn.orders, stage: 'operated', confidence: 'probable', events: posts });
    } else if (count === 1 && posts[0]!.proof.step !== 'order') {
      claims.push({ pack: first.pack, proof: builtIn.askedOnce, stage: 'implanted', confidence: 'probable', events: posts });
    }
  }
  return claims;
}
