/**
 * The same rows in another dress: an export of a log, a log without its header, a table that was printed of it, a copy in another
 * encoding. The one that counts less is marked when every row of it stands in those that count more.
 *
 * Nearly all files are told apart by what was counted of them in the first pass; of the few that are left, single blocks are read
 * again and their rows compared. Marking is only for not counting twice: a row that has no counterpart keeps its file.
 * @see docs/adr/0014-duplicates.md
 */
import { byCodeUnit } from '../core/text.ts';
import { hourMs } from '../core/time.ts';
import { readerOf } from '../read/index.ts';
import type { ArtifactState, PartState, ReadBlock } from './artifact-state.ts';
import { settle } from './duplicates.ts';
import { type Reread, reread } from './reread.ts';
import type { TupleTable } from './tuple-table.ts';
import { type Column, type KeyRequest, rowKey, type RowKeys, timeOfKey } from './row-keys.ts';

export interface SameRowsLimits {
  /** Blocks of a part of which all rows are compared; of a longer one the rows of four blocks, its hits, and its hours. */
  readonly wholeBlocks: number;
  /** Looks at what was counted of another file that has rows in the same hour, beside one for each 256 bytes of evidence. */
  readonly looks: number;
  /** Bytes that are read again, beside twice those of the evidence: of small files that are all there twice, each is read thrice. */
  readonly bytes: number;
}
export const sameRowsLimits: SameRowsLimits = { wholeBlocks: 8, looks: 20_000_000, bytes: 256 << 20 };

/** Rows that name neither their server nor their request look alike on every server: few of them prove nothing there. */
const fewRows = 16;
/** Distinct tuples of a group that are looked up before anything is read again. */
const tupleLooks = 200;
/** Bytes of a block that tell which columns there are. */
const peekBytes = 64 << 10;
/** Values of kept rows are cut here (`detect/hits.ts`): longer ones cannot be compared without reading. */
const keptLength = 8192;
const keyLimit = 1 << 16;
const hitLooks = 2000;
const projectedLimit = 64;
/** Tuples of tables that are kept at hand; how many of them a table costs whatever it holds, and of large ones the share that is kept. */
const rememberedTuples = 500_000;
const tableCost = 64;
const largeTable = 4096;
const largeShare = 1 / 8;
/** What opening a file costs, in bytes read. */
const openBytes = 4096;
/** Bytes of an archive that are unpacked on the way to a file, for one byte that is read and compared. */
const unpackedPerByte = 16;

interface Sheet {
  readonly state: ArtifactState;
  readonly part: PartState;
  readonly logSource: string;
  readonly hours: ReadonlyMap<number, number>;
  /** It quotes a log, or is a log in the form of something else. */
  readonly dressed: boolean;
  readonly headed: boolean;
}

/** A part whose rows are of one log source and have a time each; null: it is compared with nothing. */
function sheetOf(state: ArtifactState, part: PartState): Sheet | null {
  const { fold } = part;
  const reader = readerOf(fold.kind)!;
  const timed = [...fold.hours.values()].reduce((sum, rows) => sum + rows, 0);
  // A form that holds several kinds of things has no one set of columns to compare by.
  const mixed = reader.speaksFor === 'state' || reader.logSources !== undefined;
  if (fold.records === 0 || timed !== fold.records || mixed) return null;
  return {
    state,
    part,
    logSource: reader.logSource,
    hours: fold.hours,
    dressed: fold.excerpt || reader.kind !== reader.logSource,
    headed: part.blocks.some(({ headed }) => headed),
  };
}

/** Negative: `a` counts more. The log itself; of two logs the one that says its columns; the longer; the one in its place; by path. */
function byRank(a: Sheet, b: Sheet): number {
  return (
    Number(a.part.fold.excerpt) - Number(b.part.fold.excerpt) ||
    Number(a.dressed) - Number(b.dressed) ||
    Number(b.headed) - Number(a.headed) ||
    b.part.fold.records - a.part.fold.records ||
    Number(a.state.artifact.canonicalPath === null) - Number(b.state.artifact.canonicalPath === null) ||
    byCodeUnit(a.state.artifact.path, b.state.artifact.path) ||
    a.part.part.at - b.part.part.at
  );
}

/** Must come after all rounds of questions: a row that matters is looked at on both sides. `states` come sorted by path. */
export async function markSameRows(
  states: readonly ArtifactState[],
  again: Reread,
  evidenceBytes: number,
  limits: SameRowsLimits = sameRowsLimits,
): Promise<void> {
  const comparer = new Comparer(again, evidenceBytes, limits);
  const sheets = states
    .filter(({ duplicateOf }) => duplicateOf === null)
    .flatMap((state) => state.parts.map((part) => sheetOf(state, part)).filter((sheet) => sheet !== null))
    .sort(byRank);
  // Those that count more come first: what is marked is never compared with again.
  for (const sheet of sheets) if (!(await comparer.mark(sheet))) comparer.keep(sheet);
  for (const state of states)
    if (state.duplicateOf === null && state.parts.length > 0 && state.parts.every(({ sameRowsAs }) => sameRowsAs !== null))
      state.duplicateOf = state.parts[0]!.sameRowsAs;
  settle(states);
}

class Comparer {
  readonly #again: Reread;
  readonly #limits: SameRowsLimits;
  /** What counts, by log source and hour. */
  readonly #byHour = new Map<string, Sheet[]>();
  readonly #tables = new Map<Sheet, readonly TupleTable[]>();
  #remembered = 0;
  /** Counts of another part by fewer columns, those asked for last. */
  readonly #projected = new Map<Sheet, { readonly name: string; readonly counts: ReadonlyMap<string, number> }>();
  #looks: number;
  #bytes: number;
  #over = false;

  constructor(again: Reread, evidenceBytes: number, limits: SameRowsLimits) {
    this.#again = again;
    this.#limits = limits;
    this.#looks = limits.looks + Math.floor(evidenceBytes / 256);
    this.#bytes = limits.bytes + 2 * evidenceBytes;
  }

  /** From now on others are compared with it. */
  keep(sheet: Sheet): void {
    for (const hour of sheet.hours.keys()) {
      const list = this.#byHour.get(`${sheet.logSource} ${hour}`);
      if (list === undefined) this.#byHour.set(`${sheet.logSource} ${hour}`, [sheet]);
      else list.push(sheet);
    }
  }

  /** True: all its rows stand in what counts more. */
  async mark(sheet: Sheet): Promise<boolean> {
    if (this.#over) return false;
    const { blocks } = sheet.part;
    const whole = blocks.length <= this.#limits.wholeBlocks;
    let others = this.#withItsRows(sheet);
    if (this.#looks < 0) this.#leave(sheet);
    if (!whole) others = withItsHours(sheet, others);
    if (others.length === 0) return false;
    others = this.#mostLikelyFirst(others, new Set());
    const columns = await this.#columnsOf(sheet, others[0]!);
    if (columns.length === 0) return false;
    const shares = new Map<Sheet, number>();
    let [rows, named, distinct] = [0, 0, 0];
    const sample = whole ? blocks : [0, 1, 2, 3].map((third) => blocks[Math.floor(((blocks.length - 1) * third) / 3)]!);
    for (const block of sample) {
      const [own] = await this.#ask(sheet, [block], () => ({ columns, wanted: null }));
      if (own === undefined || !own.whole) return false;
      rows += own.rows;
      named += own.named;
      distinct += own.keys.length;
      const keys = new Map(own.keys.map((key, index) => [key, own.counts[index]!]));
      if (!(await this.#stand(keys, others, columns, shares))) return false;
    }
    if (!whole) {
      const keys = hitKeys(sheet, columns);
      if (keys === null || !(await this.#stand(keys, others, columns, shares))) return false;
    }
    const [first] = [...shares].sort((a, b) => b[1] - a[1] || byRank(a[0], b[0]));
    // Rows of a log that stands in its place are another server's unless they say otherwise.
    if (first === undefined || (named < rows && distinct < fewRows && mayBeOtherServers(sheet, first[0]))) return false;
    const { path } = first[0].state.artifact;
    sheet.part.sameRowsAs = path;
    sheet.state.problems.add('evidence.same_rows', sheet.part.part.at, { found: path });
    return true;
  }

  /** Of what counts more, all that has rows in its hours; none, when these are too few or count other things. */
  #withItsRows(sheet: Sheet): Sheet[] {
    const found = new Set<Sheet>();
    for (const [hour, rows] of sheet.hours) {
      let there = 0;
      for (const other of this.#byHour.get(`${sheet.logSource} ${hour}`) ?? []) {
        if (--this.#looks < 0) return [];
        if (other.state === sheet.state || otherHosts(sheet, other)) continue;
        there += other.hours.get(hour)!;
        found.add(other);
      }
      if (there < rows) return [];
    }
    const asked = this.#tablesOf(sheet).map(rarest);
    const others = [...found].filter((other) => this.#mayHold(sheet, other, asked));
    for (const [hour, rows] of sheet.hours)
      if (others.reduce((sum, other) => sum + (other.hours.get(hour) ?? 0), 0) < rows) return [];
    return this.#countsFit(sheet, others, asked) && this.#looks >= 0 ? others : [];
  }

  /** False: none of its rows can stand there, as what was counted of them says. */
  #mayHold(sheet: Sheet, other: Sheet, asked: readonly Asked[]): boolean {
    if (other.part.fold.uncounted > 0) return true;
    const own = this.#tablesOf(sheet);
    const others = this.#tablesOf(other);
    return asked.every((tuples, group) => {
      const { filled, size } = own[group]!;
      const there = others[group]!.filled;
      if (filled.some((has, i) => has && there[i] !== true)) return false;
      if (size > tuples.length || !filled.includes(true)) return true;
      // The common ones last: they are what is found at once.
      return tuples.some((_, i) => this.#countIn(other, group, filled, tuples[tuples.length - 1 - i]!.key) > 0);
    });
  }

  /** Each tuple that it counts is counted there as often, but for rows that found no room in the counts. */
  #countsFit(sheet: Sheet, others: readonly Sheet[], asked: readonly Asked[]): boolean {
    const uncounted = others.reduce((sum, { part }) => sum + part.fold.uncounted, 0);
    const own = this.#tablesOf(sheet);
    return asked.every((tuples, group) => {
      const { filled } = own[group]!;
      if (!filled.includes(true)) return true;
      let missing = 0;
      for (const { key, count } of tuples) {
        let there = 0;
        for (const other of others) {
          there += this.#countIn(other, group, filled, key);
          if (there >= count) break;
        }
        missing += Math.max(0, count - there);
        if (missing > uncounted) return false;
      }
      return true;
    });
  }

  /** How often a tuple is counted in another part, which may have values where this one has none. 0 when there were too many looks. */
  #countIn(other: Sheet, group: number, filled: readonly boolean[], key: string): number {
    if (--this.#looks < 0) return 0;
    const tuples = this.#tablesOf(other)[group]!;
    const there = tuples.filled;
    if (filled.every((has, i) => has || there[i] !== true)) return tuples.countOf(key);
    const name = `${group} ${filled.join()}`;
    let projected = this.#projected.get(other);
    if (projected?.name !== name) {
      this.#looks -= tuples.size;
      const counts = new Map<string, number>();
      for (const { tuple, count } of tuples.list()) {
        const cut = JSON.stringify(tuple.map((value, i) => (filled[i] === true ? value : null)));
        counts.set(cut, (counts.get(cut) ?? 0) + count);
      }
      projected = { name, counts };
      if (this.#projected.size >= projectedLimit) this.#projected.clear();
      this.#projected.set(other, projected);
    }
    return projected.counts.get(key) ?? 0;
  }

  /** They remember what was looked up: those asked for last are kept. */
  #tablesOf(sheet: Sheet): readonly TupleTable[] {
    let tables = this.#tables.get(sheet);
    if (tables === undefined) {
      tables = sheet.part.fold.tables();
      for (const { size } of tables) this.#remembered += tableCost + (size > largeTable ? size * largeShare : size);
      if (this.#remembered > rememberedTuples) {
        this.#tables.clear();
        this.#remembered = 0;
      }
      this.#tables.set(sheet, tables);
    }
    return tables;
  }

  /** Columns of which keys are made: its own, but for what an export adds that judging knows nothing of. */
  async #columnsOf(sheet: Sheet, other: Sheet): Promise<readonly string[]> {
    const own = await this.#peek(sheet);
    if (!sheet.dressed) return own.map(({ name }) => name);
    const there = new Set((await this.#peek(other)).map(({ name }) => name));
    return own.filter(({ name, telling }) => telling || there.has(name)).map(({ name }) => name);
  }

  async #peek(sheet: Sheet): Promise<readonly Column[]> {
    const [head] = await this.#ask(sheet, [peek(sheet)], () => ({ columns: null, wanted: [] }));
    return head?.columns ?? [];
  }

  /** True when every row stands in the others as often as here. */
  async #stand(
    keys: Map<string, number>,
    others: readonly Sheet[],
    columns: readonly string[],
    shares: Map<Sheet, number>,
  ): Promise<boolean> {
    for (const other of this.#mostLikelyFirst(others, new Set([...keys.keys()].map(timeOfKey)))) {
      if (keys.size === 0) break;
      const byHour = new Map<number, string[]>();
      for (const key of keys.keys()) {
        const hour = Math.floor(timeOfKey(key) / hourMs);
        const list = byHour.get(hour);
        if (list === undefined) byHour.set(hour, [key]);
        else list.push(key);
      }
      const wantedOf = (block: ReadBlock): string[] =>
        block.hours === null ? [...keys.keys()] : block.hours.flatMap((hour) => byHour.get(hour) ?? []);
      const blocks = other.part.blocks.filter(({ hours }) => hours === null || hours.some((hour) => byHour.has(hour)));
      if (blocks.length === 0) continue;
      const answers = await this.#ask(other, blocks, (block) => ({ columns, wanted: wantedOf(block) }));
      let share = 0;
      for (const answer of answers) {
        for (const [index, key] of answer.keys.entries()) {
          const left = keys.get(key);
          if (left === undefined) continue;
          const taken = Math.min(left, answer.counts[index]!);
          share += taken;
          if (taken === left) keys.delete(key);
          else keys.set(key, left - taken);
        }
      }
      if (share > 0) shares.set(other, (shares.get(other) ?? 0) + share);
    }
    return keys.size === 0;
  }

  /** Those first whose own matched rows have these times; a quoted row was mostly picked for what makes it a hit. */
  #mostLikelyFirst(others: readonly Sheet[], times: ReadonlySet<number>): Sheet[] {
    this.#looks -= others.length;
    if (others.length === 1 || times.size === 0) return others.toSorted(byRank);
    const weights = new Map(
      others.map((other) => {
        let weight = 0;
        const hits = other.part.fold.hits().slice(0, hitLooks);
        this.#looks -= hits.length;
        for (const { rows } of hits) for (const { timeMs } of rows) if (timeMs !== null && times.has(timeMs)) weight++;
        return [other, weight];
      }),
    );
    return others.toSorted((a, b) => weights.get(b)! - weights.get(a)! || byRank(a, b));
  }

  /** Empty: it could not be read, or there is no room for more. */
  async #ask(sheet: Sheet, blocks: readonly ReadBlock[], keysOf: (block: ReadBlock) => KeyRequest): Promise<readonly RowKeys[]> {
    const opening = openBytes + Math.floor(sheet.state.artifact.unpackedBefore / unpackedPerByte);
    const bytes = blocks.reduce((sum, { block }) => sum + block.end - block.at, opening);
    if (this.#bytes < bytes) {
      this.#leave(sheet);
      return [];
    }
    this.#bytes -= bytes;
    const answers: RowKeys[] = [];
    const ask = (block: ReadBlock): { round: number; keys: KeyRequest } => ({ round: 0, keys: keysOf(block) });
    const read = await reread(this.#again, sheet.state, sheet.part, blocks, ask, ({ keys }) => void answers.push(keys!));
    return read ? answers : [];
  }

  #leave(sheet: Sheet): void {
    if (!this.#over) sheet.state.problems.add('evidence.compare_limit', 0, { found: 'rows of logs' });
    this.#over = true;
  }
}

/** Two collections that say of themselves that they come from different servers. */
function otherHosts(a: Sheet, b: Sheet): boolean {
  const [left, right] = [a.state.artifact.collection?.host ?? null, b.state.artifact.collection?.host ?? null];
  return left !== null && right !== null && left.toLowerCase() !== right.toLowerCase();
}

const mayBeOtherServers = ({ state: a }: Sheet, { state: b }: Sheet): boolean =>
  a.artifact.canonicalPath !== null && b.artifact.canonicalPath !== null && a.artifact.root !== b.artifact.root;

/**
 * A long part is compared by a sample, so that its hours must fit besides: one other that has as many rows in each hour, or all
 * those together that have no more. At its ends it may have fewer.
 */
function withItsHours(sheet: Sheet, others: readonly Sheet[]): Sheet[] {
  const hours = [...sheet.hours].sort((a, b) => a[0] - b[0]);
  const fits = (set: readonly Sheet[]): boolean =>
    hours.every(([hour, rows], index) => {
      const there = set.reduce((sum, other) => sum + (other.hours.get(hour) ?? 0), 0);
      return index === 0 || index === hours.length - 1 ? there >= rows : there === rows;
    });
  const one = others.filter((other) => fits([other]));
  if (one.length > 0) return one;
  const parts = others.filter(({ hours: own }) => [...own].every(([hour, rows]) => rows <= (sheet.hours.get(hour) ?? Infinity)));
  return parts.length > 1 && fits(parts) ? parts : [];
}

/** Keys of the rows that were matched; null: not all of them are known by their whole values. */
function hitKeys(sheet: Sheet, columns: readonly string[]): Map<string, number> | null {
  const keys = new Map<string, number>();
  const places = new Set<number>();
  for (const { key: hitKey, rows } of sheet.part.fold.hits()) {
    if (hitKey === '…') return null;
    for (const row of rows) {
      if (places.has(row.offsetBytes)) continue;
      places.add(row.offsetBytes);
      if (columns.some((name) => (row.fields[name] ?? '').length >= keptLength)) return null;
      const key = rowKey(row.timeMs ?? Number.NaN, columns, (name) => row.fields[name]);
      if (key === null || keys.size >= keyLimit) return null;
      keys.set(key, (keys.get(key) ?? 0) + 1);
    }
  }
  return keys;
}

/** The head of its first block; of what is read whole, all of it. */
function peek({ part }: Sheet): ReadBlock {
  const first = part.blocks[0]!;
  const end =
    readerOf(part.fold.kind)!.blockBytes === null ? first.block.end : Math.min(first.block.end, first.block.at + peekBytes);
  return { ...first, block: { ...first.block, end, last: first.block.last && end === first.block.end } };
}

type Asked = readonly { readonly key: string; readonly count: number }[];

/** The tuples that are counted least: they tell parts apart soonest. */
function rarest(table: TupleTable): Asked {
  const all = table.list().map(({ tuple, count }) => ({ key: JSON.stringify(tuple), count }));
  return all.sort((a, b) => a.count - b.count || byCodeUnit(a.key, b.key)).slice(0, tupleLooks);
}
