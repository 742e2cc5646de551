/** Draws what a story leaves open: moments, addresses, names, pages, which server; and puts the update where it falls on nothing. */
import { stageRank, type Stage } from '../core/stage.ts';
import { hourMs } from '../core/time.ts';
import type { DemoPlan } from './options.ts';
import type { Organisation } from './organisation.ts';
import { intruderNames } from './intruder-names.ts';
import type { Actor } from './play.ts';
import type { Random } from './random.ts';
import { restartMs } from './server.ts';
import type { Names, Step } from './step.ts';
import type { Story } from './story.ts';
import type { IntruderTruth } from './truth.ts';

export interface PlannedChapter {
  readonly actor: Actor;
  readonly steps: readonly Step[];
  readonly names: Names;
  readonly random: Random;
  readonly ms: number;
  readonly server: number;
  /** Whoever wrote a page asks the server that has it. */
  readonly onTarget: boolean;
}
export interface StoryPlan {
  readonly chapters: readonly PlannedChapter[];
  readonly intruders: readonly IntruderTruth[];
  readonly builds: Story['builds'];
  readonly patchedMs: number | null;
  readonly removals: readonly {
    readonly log: string;
    readonly server: number;
    readonly fromMs: number;
    readonly toMs: number;
    readonly most: number;
  }[];
}

/** The longest that a chapter may take. */
const chapterMs = 4 * hourMs;

export function planStories(plan: DemoPlan, o: Organisation, random: Random): StoryPlan {
  const chapters: PlannedChapter[] = [];
  const intruders: IntruderTruth[] = [];
  const removals: { log: string; server: number; fromMs: number; toMs: number; most: number }[] = [];
  const spanMs = plan.toMs - plan.fromMs;
  const taken = new Set<string>();
  const freshAddress = (): string => {
    for (;;) {
      const address = `${random.pick(['203.0.113', '198.51.100'])}.${random.between(2, 199)}`;
      if (taken.has(address)) continue;
      taken.add(address);
      return address;
    }
  };
  for (const story of plan.stories) {
    const writers = Object.keys(story.intruders).filter((id) => story.intruders[id]!.page !== undefined);
    const coming = story.writers === undefined ? writers.length : (plan.options.intruders ?? random.between(...story.writers));
    const comes = (id: string): boolean => !writers.includes(id) || writers.indexOf(id) < coming;
    const one = random.between(0, plan.hosts - 1);
    const servers = new Map(
      Object.keys(story.intruders).map((id) => [id, story.writers === undefined ? one : random.between(0, plan.hosts - 1)]),
    );
    const addresses = new Map<string, readonly string[]>();
    const names = new Map<string, Names>();
    const victims = [random.pick(o.users), random.pick(o.users)].map((user) => user.smtp);
    for (const [id, intruder] of Object.entries(story.intruders)) {
      const shared = intruder.sharesAddressOf === undefined ? undefined : addresses.get(intruder.sharesAddressOf);
      addresses.set(id, shared ?? Array.from({ length: intruder.addresses ?? 1 }, freshAddress));
      names.set(id, intruderNames(intruder.page, { ...o, mailboxes: victims }, random));
    }
    const stages = new Map<string, Stage>();
    let after = plan.fromMs;
    for (const chapter of story.chapters) {
      if (!comes(chapter.by)) continue;
      const own = addresses.get(chapter.by)!;
      const drawn = plan.fromMs + Math.floor(spanMs * (chapter.at[0] + (chapter.at[1] - chapter.at[0]) * random.fraction()));
      // Chapters stand in their order, however short the time.
      const ms = Math.max(drawn, after + 60_000);
      after = ms;
      const index = story.chapters.filter(({ by }) => by === chapter.by).indexOf(chapter);
      const actor = { story: story.name, intruder: chapter.by, chapter: chapter.name, address: own[index % own.length]! };
      chapters.push({
        actor,
        steps: chapter.steps,
        names: names.get(chapter.by)!,
        random: random.fork(`${story.name} ${chapter.by} ${index}`),
        ms,
        server: servers.get(chapter.by)!,
        onTarget: story.intruders[chapter.by]!.page !== undefined,
      });
      for (const step of chapter.steps) {
        const reached = stages.get(chapter.by) ?? 'none';
        if (step.stage !== undefined && stageRank(step.stage) > stageRank(reached)) stages.set(chapter.by, step.stage);
      }
    }
    if (story.removal !== undefined)
      removals.push({
        log: story.removal.log,
        server: one,
        fromMs: plan.fromMs,
        toMs: Number.POSITIVE_INFINITY,
        most: story.removal.most,
      });
    for (const [id, intruder] of Object.entries(story.intruders)) {
      if (!comes(id)) continue;
      intruders.push({
        id,
        server: servers.get(id)!,
        story: story.name,
        addresses: addresses.get(id)!,
        stage: stages.get(id) ?? null,
        page: intruder.page === undefined ? null : names.get(id)!['PAGE']!,
        victims: story.chapters.some(({ by, steps }) => by === id && steps.some(({ call }) => call !== undefined)) ? victims : [],
      });
    }
  }
  const first = plan.stories[0]!;
  const patchedAt = plan.stories.find((story) => story.patchedAt !== null)?.patchedAt ?? null;
  let patchedMs = patchedAt === null ? null : Math.floor((plan.fromMs + spanMs * patchedAt) / hourMs) * hourMs + 60_000;
  // The service is off while the update is installed, one server after the other; nobody of the story comes then.
  const offMs = restartMs + (plan.hosts - 1) * 45 * 60_000;
  const falls = (at: number): boolean =>
    chapters.some(({ ms }) => ms < at + (plan.hosts - 1) * 45 * 60_000 + 60_000 && ms + chapterMs > at - offMs);
  for (let tries = 0; patchedMs !== null && falls(patchedMs) && tries < 2000; tries++) patchedMs += hourMs;
  if (patchedMs !== null && patchedMs + hourMs * plan.hosts >= plan.toMs) patchedMs = null;
  return { chapters, intruders, builds: first.builds, patchedMs, removals };
}
