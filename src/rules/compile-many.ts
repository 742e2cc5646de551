/**
 * Thousands of rules of others over one source: those of each log of the community are one {@link Program}; an event finds its
 * programs by its log and number. What programs look for is handed to readers of long logs as selecting texts, and is otherwise
 * decided on rows that the reader has in hand anyway.
 */
import type { Literal, Rows } from '../core/record.ts';
import { UserError } from '../core/errors.ts';
import { KeywordTexts } from './keyword-texts.ts';
import { type NeededText, Program } from './program.ts';
import { VariantView } from './row-view.ts';
import { anyField, type Expr } from './rule.ts';
import { sourceOfKey } from './sources.ts';
import type { SourceVariant } from './source-variant.ts';

/** A rule of others, ready to run: plain data. */
export interface BoundRule {
  readonly id: string;
  /** The log it speaks about, as `sourceOfKey` knows it. */
  readonly source: string;
  readonly expr: Expr;
}

/** How a source's rows come to be looked at. */
export type Selection =
  /** The reader has each record in hand; it asks `judge` about the values of its groups. */
  | 'judged'
  /** The reader goes over bytes: it looks for texts. */
  | 'texts';

export interface ManyRules {
  /** What makes a row a candidate; none where it is judged. */
  readonly literals: readonly Literal[];
  judge(group: number, tuple: readonly (string | null)[]): boolean;
  /** Indexes of the rules, as handed in, that match; and how each named value is seen by them. */
  match(rows: Rows, row: number, found: (rule: number, view: VariantView) => void): void;
}

interface Place {
  readonly program: number;
  readonly variant: SourceVariant;
  readonly view: VariantView;
}

const eventNames = ['Channel', 'Provider_Name', 'EventID'] as const;
/** Logs and numbers that are remembered; an intruder can write any number of them. */
const mostEvents = 4096;

/** By one value of what an event is. */
type Dispatch<T> = Map<string | null, T>;

type ByEvent = Dispatch<readonly Place[]>;
type ByProvider = Dispatch<ByEvent>;
type ByChannel = Dispatch<ByProvider>;

function within<T>(dispatch: Dispatch<T>, value: string | null, make: () => T): T {
  let inside = dispatch.get(value);
  if (inside === undefined) dispatch.set(value, (inside = make()));
  return inside;
}

const isEvents = ({ channels, eventIds, providers }: SourceVariant): boolean =>
  channels !== undefined || eventIds !== undefined || providers !== undefined;

export function compileMany(
  rules: readonly BoundRule[],
  logSources: readonly string[],
  groups: readonly (readonly string[])[],
  selection: Selection,
): ManyRules {
  const bySource = new Map<string, number[]>();
  for (const [index, { source }] of rules.entries()) {
    const list = bySource.get(source);
    if (list === undefined) bySource.set(source, [index]);
    else list.push(index);
  }
  const programs: { readonly program: Program; readonly rules: readonly number[] }[] = [];
  const places: Place[] = [];
  const keywords = new KeywordTexts();
  for (const [source, indexes] of bySource) {
    const resolved = sourceOfKey(source);
    if (!('variants' in resolved)) continue;
    const variants = resolved.variants.filter((variant) => variant.logSources.some((one) => logSources.includes(one)));
    if (variants.length === 0) continue;
    const at = programs.length;
    const program = new Program(
      indexes.map((index) => rules[index]!.expr),
      keywords,
    );
    programs.push({ program, rules: indexes });
    for (const variant of variants) places.push({ program: at, variant, view: new VariantView(variant, program, keywords) });
  }
  let dispatch: Dispatch<ByChannel> = new Map();
  let dispatched = 0;
  const placesOf = (
    logSource: string,
    channel: string | null,
    provider: string | null,
    eventId: string | null,
  ): readonly Place[] => {
    const known = dispatch.get(logSource)?.get(channel)?.get(provider)?.get(eventId);
    if (known !== undefined) return known;
    if (dispatched++ >= mostEvents) {
      dispatch = new Map();
      dispatched = 0;
    }
    const found = places.filter(
      ({ variant }) => variant.logSources.includes(logSource) && fits(variant, channel, provider, eventId),
    );
    const byChannel: ByChannel = within(dispatch, logSource, () => new Map());
    const byProvider: ByProvider = within(byChannel, channel, () => new Map());
    const byEvent: ByEvent = within(byProvider, provider, () => new Map());
    byEvent.set(eventId, found);
    return found;
  };
  const match: ManyRules['match'] = (rows, row, found) => {
    keywords.next();
    const kind = rows.kind?.(row) ?? null;
    let here = kind?.notes.get(places) as readonly Place[] | undefined;
    if (here === undefined) {
      const { logSource } = rows.layout(row);
      here = placesOf(logSource, rows.text(row, 'Channel'), rows.text(row, 'Provider_Name'), rows.text(row, 'EventID'));
      if (kind !== null && eventNames.every((name) => kind.shared(name))) kind.notes.set(places, here);
    }
    for (const { program, view } of here) {
      view.bind(rows, row, kind);
      if (!view.applies()) continue;
      const { program: run, rules: indexes } = programs[program]!;
      for (const rule of run.match(view)) found(indexes[rule]!, view);
    }
  };
  const verdicts = new Map<string, boolean>();
  const mayHold = (channel: string | null, provider: string | null, eventId: string | null): boolean => {
    const key = `${channel}\n${provider}\n${eventId}`;
    let verdict = verdicts.get(key);
    if (verdict === undefined) {
      if (verdicts.size >= mostEvents) verdicts.clear();
      verdict = places.some(({ variant }) =>
        isEvents(variant)
          ? fits(variant, channel, provider, eventId)
          : // Rows that are no events are all looked at, and events that are told as what the rule speaks about.
            (channel === null && provider === null && eventId === null) ||
            variant.logSources.includes('windows-event') ||
            (provider !== null && same(variant.toldBy ?? [provider], provider)),
      );
      verdicts.set(key, verdict);
    }
    return verdict;
  };
  if (places.length === 0) return { literals: [], judge: () => false, match: () => {} };
  const eventGroup = groups.findIndex((names) => eventNames.every((name) => names.includes(name)));
  // A reader of events has each of them in hand, whatever form they come in.
  const judged = selection === 'judged' || eventGroup !== -1;
  if (judged) {
    if (groups.length === 0)
      throw new UserError(
        'rule.no_guard',
        `nothing is counted in \`${logSources.join(' ')}\``,
        'this is a mistake in Afterpatch',
      );
    if (eventGroup === -1) return { literals: [], judge: (group) => group === 0, match };
    const at = eventNames.map((name) => groups[eventGroup]!.indexOf(name));
    return {
      literals: [],
      judge: (group, tuple) => {
        if (group !== eventGroup) return false;
        const [channel, provider, eventId] = at.map((index) => tuple[index] ?? null);
        return mayHold(channel ?? null, provider ?? null, eventId ?? null);
      },
      match,
    };
  }
  const literals = new Map<string, Literal>();
  let everyRow = false;
  for (const { program, variant } of places)
    for (const guard of programs[program]!.program.guards) {
      const wanted = guard === null ? null : guard.flatMap((text) => ownTexts(text, variant));
      if (wanted === null || wanted.some((one) => one === null)) {
        everyRow = true;
        continue;
      }
      for (const one of wanted) {
        const key = JSON.stringify([one!.field, one!.how, one!.cased ? one!.text : one!.text.toLowerCase(), one!.cased]);
        literals.set(key, one!);
      }
    }
  return { literals: everyRow ? [] : [...literals.values()], judge: (group) => everyRow && group === 0, match };
}

const same = (list: readonly string[], value: string): boolean =>
  list.some((one) => one.length === value.length && one.toLowerCase() === value.toLowerCase());

function fits(
  { channels, providers, eventIds }: SourceVariant,
  channel: string | null,
  provider: string | null,
  eventId: string | null,
): boolean {
  if (channels !== undefined) {
    if (channel !== null) {
      if (!same(channels, channel)) return false;
    } else if (provider === null || providers === undefined || !same(providers, provider)) return false;
  }
  return eventIds === undefined || (eventId !== null && eventIds.includes(eventId));
}

/** The text under our names; a null among them: it cannot be looked for. */
function ownTexts({ field, how, text, cased }: NeededText, { fields }: SourceVariant): readonly (Literal | null)[] {
  const literal = (name: string): Literal => ({ field: name, how, text, cased, selects: true });
  if (field === anyField) return [literal(anyField)];
  const other = fields !== undefined && Object.hasOwn(fields, field) ? fields[field]! : field;
  // Where the layout has no field of our name, the community's own counts.
  if (typeof other === 'string') return other === field ? [literal(field)] : [literal(other), literal(field)];
  // A value that is made of others: the longest piece of the text that none of the joints can stand in.
  const pieces = text.split('?').sort((a, b) => b.length - a.length);
  if (pieces[0]! === '') return [null];
  return [field, ...other.of].map((name) => ({ field: name, how: 'contains', text: pieces[0]!, cased, selects: true }));
}

/** Whether a log of the community is among rows of these sources. @param events channel, provider, number as the group of events counts them */
export function speaksAbout(
  source: string,
  logSources: readonly string[],
  events: readonly (readonly (string | null)[])[],
): boolean {
  const resolved = sourceOfKey(source);
  if (!('variants' in resolved)) return false;
  return resolved.variants.some(
    (variant) =>
      variant.logSources.some((one) => logSources.includes(one)) &&
      (!isEvents(variant) ||
        events.some(([channel = null, provider = null, eventId = null]) => fits(variant, channel, provider, eventId))),
  );
}
