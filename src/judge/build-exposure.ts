/** What a build was open to, and from when to when, without any evidence: an operator knows the number and the day of the update. */
import { compareBuilds, cuKey, type Product, productOf } from '../core/build.ts';
import type { Pack, WayBackRule } from '../core/pack.ts';
import { byCodeUnit } from '../core/text.ts';
import { dayMs, oneDayMs } from '../core/time.ts';
import {
  type ExtraStep,
  type Fix,
  type Hole,
  holeIn,
  type HoleReason,
  type HoleState,
  identify,
  type Identity,
  type Installed,
  isMeant,
  type Knowledge,
  nearestFix,
  newestOf,
  type Release,
  releaseName,
} from '../knowledge/index.ts';
import { type CampaignStand, campaignStand } from './campaign-stand.ts';
import { isCampaign, shortPackName } from './campaigns.ts';

export interface NamedRelease {
  readonly build: string;
  readonly name: string;
  readonly kb: string | null;
  /** Day, or month where the day is not known. */
  readonly released: string;
  /** An update for the CU that is there; else the CU has to be changed. */
  readonly sameCu: boolean;
}

/** From when to when something was open, as days. */
export interface OpenDays {
  /** The later of the build's release and the first known use; null: no first use is known. */
  readonly from: string | null;
  /** Day of the update that closed it; null: still open, or closed only with another CU. */
  readonly to: string | null;
  readonly days: number | null;
  /** What the update of that day did: null when no day was given. */
  readonly patch: 'closed' | 'only_with_new_cu' | 'too_early' | 'no_fix' | null;
}

export interface BuildExposure {
  readonly schema: 'afterpatch.exposure/1';
  readonly given: string;
  readonly patched: string | null;
  readonly product: Product;
  /** Null: only the CU is known. */
  readonly build: string | null;
  readonly name: string | null;
  readonly cu: string | null;
  readonly released: string | null;
  readonly kb: string | null;
  readonly supportEnd: string | null;
  /** Month of the newest release that we know: of what came later nothing is said. */
  readonly knownUntil: string;
  readonly how: Identity['how'] | 'cu';
  readonly note: string | null;
  readonly below: string | null;
  readonly above: string | null;
  readonly campaigns: readonly (OpenDays & {
    readonly campaign: string;
    readonly name: string;
    readonly state: CampaignStand;
    /** Names of its waves that fall into that time. */
    readonly waves: readonly string[];
    readonly fix: NamedRelease | null;
  })[];
  /** All holes but those that this product does not have and those that are closed: known to be exploited first. */
  readonly holes: readonly (OpenDays & {
    readonly cve: string;
    readonly name: string | null;
    readonly state: Exclude<HoleState, 'fixed' | 'not_affected'>;
    readonly reason: HoleReason;
    readonly step: ExtraStep | null;
    readonly overrides: readonly string[];
    readonly published: string | null;
    readonly used: string | null;
    readonly kevSince: string | null;
    readonly ransomware: boolean;
    readonly fix: NamedRelease | null;
  })[];
  /** The nearest release that closes the campaigns that are open, or else those of which that is not known; null: none is, or none does. */
  readonly fix: NamedRelease | null;
  /** Newest release of the product that we know. */
  readonly newest: NamedRelease | null;
  /** What an update does not take away, when somebody was there before. */
  readonly remains: readonly { readonly kind: WayBackRule['kind']; readonly why: string }[];
}

export interface BuildQuestion {
  readonly given: string;
  readonly installed: Installed;
  /** `YYYY-MM-DD` */
  readonly patched: string | null;
}

export function exposureOfBuild(
  knowledge: Knowledge,
  packs: readonly Pack[],
  { given, installed, patched }: BuildQuestion,
): BuildExposure {
  const exact = installed.from === installed.to ? installed.from : null;
  const identity = identify(knowledge, installed.from)!;
  const release = exact === null ? null : identity.release;
  // A CU cannot have run before it came; a build that is in no list came after the one below.
  const released =
    release?.released ?? knowledge.ofCu.get(cuKey(installed.from))?.[0]?.released ?? identity.below?.released ?? null;
  const question = { knowledge, installed, released, patched };
  const campaigns = packs
    .filter((pack) => isCampaign(pack) && pack.fixedBuilds.length > 0)
    .map((pack) => ofCampaign(question, pack));
  const holes = knowledge.holes.flatMap((hole) => ofHole(question, hole));
  const open = packs.filter((pack) =>
    campaigns.some(({ campaign, state }) => campaign === pack.id && state !== 'fixed' && state !== 'not_affected'),
  );
  const stillOpen = campaigns.filter(({ state, patch }) => (state === 'open' || state === 'unknown') && patch !== 'closed');
  const surely = stillOpen.filter(({ state }) => state === 'open');
  const leftOpen = packs.filter(({ id }) => (surely.length > 0 ? surely : stillOpen).some(({ campaign }) => campaign === id));
  const left = knowledge.holes.filter(({ cve }) => leftOpen.some(({ cves }) => cves.some(({ id }) => id === cve)));
  const newest = newestOf(knowledge, installed.from);
  return {
    schema: 'afterpatch.exposure/1',
    given,
    patched,
    product: identity.product,
    build: exact,
    name: release === null ? null : releaseName(release),
    cu: identity.cu,
    released,
    kb: release?.kb ?? null,
    supportEnd: knowledge.supportEnd.get(identity.product) ?? null,
    knownUntil: knowledge.releases.reduce((last, one) => (one.released > last ? one.released : last), '').slice(0, 7),
    how: exact === null ? 'cu' : identity.how,
    note: release?.note ?? null,
    below: identity.below === null ? null : `${releaseName(identity.below)} (${identity.below.build})`,
    above: identity.above === null ? null : `${releaseName(identity.above)} (${identity.above.build})`,
    campaigns,
    holes: holes.sort(
      (a, b) =>
        Number(b.kevSince !== null) - Number(a.kevSince !== null) ||
        byCodeUnit(a.used ?? a.kevSince ?? a.published ?? '~', b.used ?? b.kevSince ?? b.published ?? '~') ||
        byCodeUnit(a.cve, b.cve),
    ),
    fix: namedFix(nearestFix(knowledge, left, installed.from), installed.from),
    newest: newest === null ? null : named(newest, installed.from),
    remains: remainsOf(open),
  };
}

interface Question {
  readonly knowledge: Knowledge;
  readonly installed: Installed;
  readonly released: string | null;
  readonly patched: string | null;
}

const named = (release: Release, build: string): NamedRelease => ({
  build: release.build,
  name: releaseName(release),
  kb: release.kb,
  released: release.released,
  sameCu: cuKey(release.build) === cuKey(build),
});
const namedFix = (fix: Fix | null, build: string): NamedRelease | null => (fix === null ? null : named(fix.release, build));

function ofCampaign(question: Question, pack: Pack): BuildExposure['campaigns'][number] {
  const { knowledge, installed } = question;
  const state = campaignStand(knowledge, pack, installed);
  const holes = knowledge.holes.filter(({ cve }) => pack.cves.some(({ id }) => id === cve));
  const entry = holes.filter(({ cve }) => cve === pack.cves[0]?.id);
  const days = state === 'open' || state === 'unknown' ? openDays(question, entry, pack.firstExploited) : closed;
  const waves = pack.waves.filter(
    ({ from, to }) => days.from !== null && to >= days.from && (days.to === null || from <= days.to),
  );
  return {
    campaign: pack.id,
    name: shortPackName(pack),
    state,
    ...days,
    waves: waves.map(({ name }) => name),
    fix: state === 'open' || state === 'unknown' ? namedFix(nearestFix(knowledge, holes, installed.from), installed.from) : null,
  };
}

const closed: OpenDays = { from: null, to: null, days: null, patch: null };

function ofHole(question: Question, hole: Hole): BuildExposure['holes'][number][] {
  const { knowledge, installed } = question;
  const { state, reason } = holeIn(knowledge, hole, installed);
  if (state === 'fixed' || state === 'not_affected') return [];
  const days = state === 'open' || state === 'unknown' ? openDays(question, [hole], hole.used) : closed;
  return [
    {
      cve: hole.cve,
      name: hole.name,
      state,
      reason,
      step: hole.step,
      overrides: hole.overrides,
      published: hole.published,
      used: hole.used,
      kevSince: hole.kev?.added ?? null,
      ransomware: hole.kev?.ransomware === true,
      ...days,
      fix: state === 'open' ? namedFix(nearestFix(knowledge, [hole], installed.from), installed.from) : null,
    },
  ];
}

/** @param used day of the first known use */
function openDays({ knowledge, installed, released, patched }: Question, holes: readonly Hole[], used: string | null): OpenDays {
  const from = used === null ? null : released !== null && released > used ? released : used;
  if (patched === null) return { from, to: null, days: null, patch: null };
  const closing = knowledge.releases.filter(
    (one) =>
      one.product === productOf(installed.from) &&
      isMeant(one) &&
      compareBuilds(one.build, installed.from) > 0 &&
      holes.every((hole) => ['fixed', 'step'].includes(holeIn(knowledge, hole, { from: one.build, to: one.build }).state)),
  );
  const there = closing.filter((one) => one.released <= patched);
  if (closing.length === 0) return { from, to: null, days: null, patch: 'no_fix' };
  if (there.length === 0) return { from, to: null, days: null, patch: 'too_early' };
  if (!there.some((one) => cuKey(one.build) === cuKey(installed.from)))
    return { from, to: null, days: null, patch: 'only_with_new_cu' };
  // Closed before anybody is known to have used it.
  const days = from === null ? null : Math.max(0, Math.round((dayMs(patched) - dayMs(from.padEnd(10, '-01'))) / oneDayMs));
  return { from, to: patched, days, patch: 'closed' };
}

function remainsOf(packs: readonly Pack[]): BuildExposure['remains'] {
  const kinds = new Map<WayBackRule['kind'], string>();
  for (const { waysBack } of packs) for (const { kind, why } of waysBack) if (!kinds.has(kind)) kinds.set(kind, why);
  return [...kinds].map(([kind, why]) => ({ kind, why }));
}
