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
import type { KeptAbout, KeptArtifact, KeptBlock, KeptDraft, KeptRefusal, KeptWork, Questions } from '../run/index.ts';
import { type PackedResult, TuplePacker, TupleUnpacker } from './tuple-packer.ts';
import { type NewRecord, WorkReader, type WorkRecord, WorkWriter } from './work-file.ts';

export const workFolderName = '.work';
const secretName = 'seal';
const ownName = /^(?:seal|kept-\d{1,9}\.bin)$/;

const pieceKind = 1;
const endKind = 2;
/** What pieces of one log source have in common, for unpacking them: the tail of the first one. */
const phrasesKind = 3;
/** What was asked, under its key. */
const questionsKind = 4;
const longestQuestions = 1 << 28;
const phrasesBytes = 32 << 10;
const fewestPhrases = 2 << 10;
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
  /** Of what other questions were asked: artifacts, their blocks, and how many of these were read. */
  readonly anew: { readonly artifacts: number; readonly blocks: number; readonly read: number };
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

/** As it stands in the file. `phrases` 0: packed without. */
type Ended = KeptAbout & { readonly pieces: number; readonly phrases: number };

interface KeptQuestions {
  readonly key: string;
  readonly questions: Questions;
}

interface Named {
  readonly text: Uint8Array;
  readonly number: number;
}

/** Unpacked when they are needed first; null: they do not hold. */
class Phrases {
  readonly #reader: WorkReader;
  readonly #record: WorkRecord;
  #text: Uint8Array | null | undefined;

  constructor(reader: WorkReader, record: WorkRecord) {
    this.#reader = reader;
    this.#record = record;
  }

  get text(): Uint8Array | null {
    if (this.#text === undefined) {
      const held = this.#record.rawBytes <= phrasesBytes ? this.#reader.held(this.#record) : null;
      this.#text = held === null ? null : unpacked(held, this.#record.rawBytes, null);
    }
    return this.#text;
  }
}

const unpacked = (held: Uint8Array, rawBytes: number, phrases: Uint8Array | null): Uint8Array =>
  zlib.inflateRawSync(held, {
    maxOutputLength: Math.max(1, rawBytes),
    ...(phrases === null ? {} : { dictionary: phrases }),
  });

class KeptHere implements KeptArtifact {
  readonly about: KeptAbout;
  readonly reader: WorkReader;
  readonly pieces: readonly WorkRecord[];
  /** null: packed without. */
  readonly phrases: Phrases | null;

  constructor(about: KeptAbout, reader: WorkReader, pieces: readonly WorkRecord[], phrases: Phrases | null) {
    this.about = about;
    this.reader = reader;
    this.pieces = pieces;
    this.phrases = phrases;
  }

  holds(): boolean {
    if (this.phrases !== null && this.phrases.text === null) return false;
    return this.pieces.every((piece) => piece.rawBytes <= longestPiece && this.reader.held(piece) !== null);
  }

  *blocks(): Generator<KeptBlock> {
    const unpacker = new TupleUnpacker();
    let blocks = 0;
    for (const piece of this.pieces) {
      const held = this.reader.held(piece);
      if (held === null) throw changedMeanwhile();
      const raw = unpacked(held, piece.rawBytes, this.phrases?.text ?? null);
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
  /** By log source, those that are written here; and those of earlier files under their numbers here. */
  readonly #phrases = new Map<string, Named>();
  readonly #numbers = new Map<Phrases, number>();
  #lastPhrases = 0;
  /** What earlier runs asked, not yet looked at; what is known of it; and whose keys stand in the new file. */
  readonly #asked: { readonly reader: WorkReader; readonly record: WorkRecord }[] = [];
  readonly #questions = new Map<string, Questions>();
  readonly #told = new Set<string>();
  /** Paths of files that the next run could take. */
  readonly #keptPaths = new Set<string>();
  readonly #anew = { artifacts: 0, blocks: 0, read: 0 };
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
    const phrases = new Map<number, Phrases>();
    let ends = 0;
    let sound = 0;
    for (const record of reader.records()) {
      if (record.kind === pieceKind) {
        const list = pieces.get(record.artifact);
        if (list === undefined) pieces.set(record.artifact, [record]);
        else list.push(record);
      } else if (record.kind === questionsKind) this.#asked.push({ reader, record });
      else if (record.kind === phrasesKind) phrases.set(record.artifact, new Phrases(reader, record));
      else if (record.kind === endKind) {
        ends++;
        const held = reader.held(record);
        if (held === null) continue;
        sound++;
        const { pieces: count, phrases: number, ...about } = JSON.parse(Buffer.from(held).toString('utf8')) as Ended;
        const own = pieces.get(record.artifact) ?? [];
        pieces.delete(record.artifact);
        const used = number === 0 ? null : phrases.get(number);
        if (own.length === count && used !== undefined) {
          this.#known.set(about.path, new KeptHere(about, reader, own, used));
          this.#keptPaths.add(about.path);
        }
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
      const phrases = this.#carried(writer, kept.phrases);
      const end = endOf(artifact, { ...about, pieces: kept.pieces.length, phrases });
      for (const [index, piece] of kept.pieces.entries()) {
        const held = kept.reader.held(piece);
        if (held === null) throw changedMeanwhile();
        const record = { artifact, kind: pieceKind, rawBytes: piece.rawBytes, held };
        writer.add(index === kept.pieces.length - 1 ? [record, end] : [record]);
      }
      if (kept.pieces.length === 0) writer.add([end]);
    });
  }

  /** The number that phrases of an earlier file have in this one. */
  #carried(writer: WorkWriter, phrases: Phrases | null): number {
    if (phrases === null) return 0;
    let number = this.#numbers.get(phrases);
    if (number === undefined) {
      number = this.#addPhrases(writer, phrases.text!);
      this.#numbers.set(phrases, number);
    }
    return number;
  }

  #addPhrases(writer: WorkWriter, text: Uint8Array): number {
    const artifact = ++this.#lastPhrases;
    const held = zlib.deflateRawSync(text, { level: 6 });
    writer.add([{ artifact, kind: phrasesKind, rawBytes: text.length, held }]);
    return artifact;
  }

  /** Of how many files the next run could go on behind, if this one ended now. */
  get keptFiles(): number {
    return this.#keptPaths.size;
  }

  refused(file: string, why: KeptRefusal): void {
    this.#keptPaths.delete(file);
    this.#refuse(why, 1);
  }

  questions(key: string): Questions | null {
    for (const { reader, record } of this.#asked.splice(0)) {
      const held = record.rawBytes <= longestQuestions ? reader.held(record) : null;
      if (held === null) continue;
      const one = JSON.parse(Buffer.from(unpacked(held, record.rawBytes, null)).toString('utf8')) as KeptQuestions;
      this.#questions.set(one.key, one.questions);
    }
    return this.#questions.get(key) ?? null;
  }

  asks(key: string, questions: Questions): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    const raw = Buffer.from(JSON.stringify({ key, questions } satisfies KeptQuestions));
    const held = zlib.deflateRawSync(raw, { level: 1 });
    this.#try((writer) => writer.add([{ artifact: 0, kind: questionsKind, rawBytes: raw.length, held }]));
  }

  anew(_path: string, blocks: number, read: number): void {
    this.#anew.artifacts++;
    this.#anew.blocks += blocks;
    this.#anew.read += read;
  }

  begin(): KeptDraft {
    const artifact = this.#next++;
    const packer = new TuplePacker();
    let waiting: PackedBlock[] = [];
    let weight = 0;
    let pieces = 0;
    let dropped = false;
    /** The same for all its pieces. */
    let phrases: Named | null = null;
    const flush = (ended: KeptAbout | null): void => {
      const records: NewRecord[] = [];
      let common: { readonly logSource: string; readonly raw: Uint8Array } | null = null;
      if (waiting.length > 0) {
        const raw = v8.serialize(waiting);
        const { logSource } = waiting[0]!.result.facts;
        if (pieces === 0) phrases = this.#phrases.get(logSource) ?? null;
        const held = zlib.deflateRawSync(raw, { level: 1, ...(phrases === null ? {} : { dictionary: phrases.text }) });
        records.push({ artifact, kind: pieceKind, rawBytes: raw.length, held });
        if (!this.#phrases.has(logSource) && raw.length >= fewestPhrases) common = { logSource, raw };
        pieces++;
        waiting = [];
        weight = 0;
      }
      if (ended !== null) records.push(endOf(artifact, { ...ended, pieces, phrases: phrases?.number ?? 0 }));
      this.#try((writer) => {
        writer.add(records);
        if (common === null) return;
        const text = Uint8Array.from(common.raw.subarray(-phrasesBytes));
        this.#phrases.set(common.logSource, { text, number: this.#addPhrases(writer, text) });
      });
    };
    return {
      add: ({ result, ...block }) => {
        if (dropped || this.#writer === null) return;
        const packed = packer.pack(result);
        waiting.push({ ...block, result: packed });
        weight += weightOf(packed);
        if (weight >= pieceBytes) flush(null);
      },
      finish: (about) => {
        if (dropped) return;
        flush(about);
        if (this.#full === null) this.#keptPaths.add(about.path);
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
      anew: this.#anew,
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

const endOf = (artifact: number, ended: Ended): NewRecord => {
  const held = Buffer.from(JSON.stringify(ended));
  return { artifact, kind: endKind, rawBytes: held.length, held };
};

/** About how many bytes it takes. */
function weightOf({ groups, hits, others, indicators }: PackedResult): number {
  const tuples = groups.numbers.length * 28 + groups.fresh.length * 64;
  const rows =
    hits.reduce((sum, hit) => sum + hit.rows.length, 0) +
    (others?.hits.reduce((sum, hit) => sum + hit.rows.length * 3, 0) ?? 0) +
    (indicators?.hits.reduce((sum, hit) => sum + hit.rows.length, 0) ?? 0);
  return 512 + tuples + rows * 2048 + ((others?.marks.length ?? 0) + (others?.starts.length ?? 0)) * 256;
}
