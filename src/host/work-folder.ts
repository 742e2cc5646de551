/**
 * `.work` in a case folder: what finished artifacts gave, for a run that goes on after this one. One file for each run; the one that goes
 * on takes over what holds and, when it has ended, removes those before it.
 *
 * The folder can come from anywhere. Records are sealed by a key that is made of a file of secrets and of that file's own place on this
 * disk: in a copy it is another one. What does not hold is left out with a reason, and read again.
 */
import { createHmac, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import zlib from 'node:zlib';
import { UserError } from '../core/errors.ts';
import type { KeptAbout, KeptArtifact, KeptBlock, KeptDraft, KeptRefusal, KeptWork } from '../run/index.ts';
import { type PackedResult, TuplePacker, TupleUnpacker } from './tuple-packer.ts';
import { WorkReader, type WorkRecord, WorkWriter } from './work-file.ts';

export const workFolderName = '.work';
const secretName = 'seal';
const ownName = /^(?:seal|kept-\d{1,9}\.bin)$/;

const pieceKind = 1;
const endKind = 2;
/** Blocks are packed together up to so many bytes of tuples and rows, about. */
const pieceBytes = 256 << 10;
/** No piece is larger unpacked: a block keeps some thousands of rows. */
const longestPiece = 1 << 30;

interface PackedBlock extends Omit<KeptBlock, 'result'> {
  readonly result: PackedResult;
}

/** What became of what was kept. */
export interface WorkTold {
  readonly taken: number;
  readonly takenBytes: number;
  readonly refused: ReadonlyMap<KeptRefusal, number>;
  /** Files whose every record is void: of another machine, a copy, or no such file. */
  readonly strange: number;
  /** Why nothing more was kept; null: all was. */
  readonly full: string | null;
}

const changedMeanwhile = (): UserError =>
  new UserError(
    'work.changed',
    `What ${workFolderName} holds was changed while it was used. No answer was given.`,
    'Let nothing else write into the case folder, and run it again.',
  );

class KeptHere implements KeptArtifact {
  readonly about: KeptAbout;
  readonly reader: WorkReader;
  readonly pieces: readonly WorkRecord[];

  constructor(about: KeptAbout, reader: WorkReader, pieces: readonly WorkRecord[]) {
    this.about = about;
    this.reader = reader;
    this.pieces = pieces;
  }

  holds(): boolean {
    return this.pieces.every((piece) => piece.rawBytes <= longestPiece && this.reader.held(piece) !== null);
  }

  *blocks(): Generator<KeptBlock> {
    const unpacker = new TupleUnpacker();
    let blocks = 0;
    for (const piece of this.pieces) {
      const held = this.reader.held(piece);
      if (held === null) throw changedMeanwhile();
      const raw = zlib.inflateRawSync(held, { maxOutputLength: Math.max(1, piece.rawBytes) });
      for (const { result, ...block } of v8.deserialize(raw) as readonly PackedBlock[]) {
        blocks++;
        yield { ...block, result: unpacker.unpack(result) };
      }
    }
    if (blocks !== this.about.blocks) throw changedMeanwhile();
  }
}

export class WorkFolder implements KeptWork {
  readonly program: string;
  readonly trusting: boolean;
  readonly #folder: string;
  readonly #known = new Map<string, KeptHere>();
  readonly #readers: WorkReader[] = [];
  readonly #before: string[] = [];
  readonly #refused = new Map<KeptRefusal, number>();
  #writer: WorkWriter | null = null;
  #full: string | null = null;
  #next = 0;
  #taken = 0;
  #takenBytes = 0;
  #strange = 0;

  /**
   * @param caseFolder it has been made
   * @param resume take what earlier runs kept; else it is removed
   */
  constructor(
    caseFolder: string,
    { program, resume, trusting }: { readonly program: string; readonly resume: boolean; readonly trusting: boolean },
  ) {
    this.program = program;
    this.trusting = trusting;
    this.#folder = path.join(caseFolder, workFolderName);
    this.#try(() => this.#open(resume));
  }

  #open(resume: boolean): void {
    // A link would lead what is written elsewhere.
    if (fs.lstatSync(this.#folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      fs.rmSync(this.#folder, { force: true });
      fs.mkdirSync(this.#folder);
    }
    const there = fs.readdirSync(this.#folder).filter((name) => ownName.test(name));
    if (!resume) for (const name of there) fs.rmSync(path.join(this.#folder, name), { force: true, recursive: true });
    const secret = path.join(this.#folder, secretName);
    let key = resume ? keyOf(secret) : null;
    const numbers = resume ? there.map((name) => Number(/^kept-(\d+)/.exec(name)?.[1] ?? Number.NaN)) : [];
    const older = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
    for (const number of older) this.#before.push(path.join(this.#folder, fileName(number)));
    if (key === null) {
      this.#strange += older.length;
      fs.rmSync(secret, { force: true, recursive: true });
      fs.writeFileSync(secret, randomBytes(32), { flag: 'wx', mode: 0o600 });
      key = keyOf(secret);
      if (key === null) throw Object.assign(new Error('nothing can be sealed here'), { code: 'ESEAL' });
    } else for (const file of this.#before) this.#index(file, key);
    this.#writer = new WorkWriter(path.join(this.#folder, fileName((older.at(-1) ?? 0) + 1)), key);
  }

  /** What is kept in a file of an earlier run, as far as it says itself. */
  #index(file: string, key: Buffer): void {
    let reader: WorkReader;
    try {
      reader = new WorkReader(file, key);
    } catch {
      this.#strange++;
      return;
    }
    this.#readers.push(reader);
    const pieces = new Map<number, WorkRecord[]>();
    let ends = 0;
    let sound = 0;
    for (const record of reader.records()) {
      if (record.kind === pieceKind) {
        const list = pieces.get(record.artifact);
        if (list === undefined) pieces.set(record.artifact, [record]);
        else list.push(record);
      } else if (record.kind === endKind) {
        ends++;
        const held = reader.held(record);
        if (held === null) continue;
        sound++;
        const about = JSON.parse(Buffer.from(held).toString('utf8')) as KeptAbout & { readonly pieces: number };
        const own = pieces.get(record.artifact) ?? [];
        pieces.delete(record.artifact);
        if (own.length === about.pieces) this.#known.set(about.path, new KeptHere(about, reader, own));
      }
    }
    if (ends > 0 && sound === 0) this.#strange++;
    else if (sound < ends) this.#refuse('damaged', ends - sound);
  }

  find(file: string): KeptArtifact | null {
    return this.#known.get(file) ?? null;
  }

  taken(kept: KeptArtifact, about: KeptAbout): void {
    this.#taken++;
    this.#takenBytes += about.bytes;
    if (!(kept instanceof KeptHere)) return;
    const artifact = this.#next++;
    this.#try((writer) => {
      for (const piece of kept.pieces) {
        const held = kept.reader.held(piece);
        if (held === null) throw changedMeanwhile();
        writer.add([{ artifact, kind: pieceKind, rawBytes: piece.rawBytes, held }]);
      }
      writer.add([endOf(artifact, about, kept.pieces.length)]);
    });
  }

  refused(_path: string, why: KeptRefusal): void {
    this.#refuse(why, 1);
  }

  begin(): KeptDraft {
    const artifact = this.#next++;
    const packer = new TuplePacker();
    let waiting: PackedBlock[] = [];
    let weight = 0;
    let pieces = 0;
    let dropped = false;
    const flush = (): void => {
      if (waiting.length === 0) return;
      const raw = v8.serialize(waiting);
      const held = zlib.deflateRawSync(raw, { level: 1 });
      this.#try((writer) => writer.add([{ artifact, kind: pieceKind, rawBytes: raw.length, held }]));
      pieces++;
      waiting = [];
      weight = 0;
    };
    return {
      add: ({ result, ...block }) => {
        if (dropped || this.#writer === null) return;
        const packed = packer.pack(result);
        waiting.push({ ...block, result: packed });
        weight += weightOf(packed);
        if (weight >= pieceBytes) flush();
      },
      finish: (about) => {
        if (dropped) return;
        flush();
        this.#try((writer) => writer.add([endOf(artifact, about, pieces)]));
      },
      drop: () => {
        dropped = true;
        waiting = [];
      },
    };
  }

  /** The run has its answer: what was kept before stands in the new file, or is no longer true. */
  end(): WorkTold {
    this.close();
    if (this.#full === null) for (const file of this.#before) fs.rmSync(file, { force: true });
    return {
      taken: this.#taken,
      takenBytes: this.#takenBytes,
      refused: this.#refused,
      strange: this.#strange,
      full: this.#full,
    };
  }

  close(): void {
    for (const reader of this.#readers.splice(0)) reader.close();
    this.#writer?.close();
    this.#writer = null;
  }

  #refuse(why: KeptRefusal, times: number): void {
    this.#refused.set(why, (this.#refused.get(why) ?? 0) + times);
  }

  /** What the disk refuses ends the keeping, never the run: room is given back, for the answer needs it. */
  #try(work: (writer: WorkWriter) => void): void {
    if (this.#full !== null) return;
    try {
      work(this.#writer!);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      this.#full = String(error.code);
      const writer = this.#writer;
      this.#writer = null;
      if (writer === null) return;
      writer.close();
      fs.rmSync(writer.path, { force: true });
    }
  }
}

const fileName = (number: number): string => `kept-${number}.bin`;

/** null: there is none. Made of secrets and of where they stand: a copy of the folder, or one from elsewhere, has another one. */
function keyOf(file: string): Buffer | null {
  let handle: number;
  try {
    handle = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0));
  } catch {
    return null;
  }
  try {
    const facts = fs.fstatSync(handle, { bigint: true });
    const secret = Buffer.alloc(33);
    if (!facts.isFile() || fs.readSync(handle, secret, 0, 33, 0) !== 32) return null;
    const { ino, ctimeNs, birthtimeNs } = facts;
    return createHmac('sha256', secret.subarray(0, 32)).update(`${ino} ${ctimeNs} ${birthtimeNs}`).digest();
  } finally {
    fs.closeSync(handle);
  }
}

function endOf(
  artifact: number,
  about: KeptAbout,
  pieces: number,
): { artifact: number; kind: number; rawBytes: number; held: Uint8Array } {
  const held = Buffer.from(JSON.stringify({ ...about, pieces }));
  return { artifact, kind: endKind, rawBytes: held.length, held };
}

/** About how many bytes it takes. */
function weightOf({ groups, hits, others, indicators }: PackedResult): number {
  const tuples = groups.reduce((sum, { numbers, fresh }) => sum + numbers.length * 28 + fresh.length * 64, 0);
  const rows =
    hits.reduce((sum, hit) => sum + hit.rows.length, 0) +
    (others?.hits.reduce((sum, hit) => sum + hit.rows.length * 3, 0) ?? 0) +
    (indicators?.hits.reduce((sum, hit) => sum + hit.rows.length, 0) ?? 0);
  return 512 + tuples + rows * 2048 + ((others?.marks.length ?? 0) + (others?.starts.length ?? 0)) * 256;
}
