/**
 * 7-Zip as WebAssembly, with a world of our own making around it. The package brings JavaScript that gives it a file system and, in
 * Node, the whole disk; this file takes its place. Here 7-Zip sees one file that can be read at any place and, when something is
 * unpacked, one folder without anything in it, where files can be written from beginning to end. There is nothing else that it
 * could open, no clock, no environment and no password prompt, so no archive can make it touch anything.
 *
 * The names below are those of Emscripten's system calls, errors and struct layouts (WASI numbers).
 * @see https://github.com/emscripten-core/emscripten/blob/main/system/lib/libc/musl/arch/emscripten/bits/stat.h
 */
import { nameText } from '../core/name-text.ts';

/** What is unpacked comes here, file after file. */
export interface Unpacked {
  /** The name below the folder, as 7-Zip made it safe. */
  open(name: string): void;
  /** Valid during the call. */
  write(bytes: Uint8Array): void;
  close(): void;
}

export interface World {
  readonly archiveBytes: number;
  /** Fills `into` from `at` on as far as there are bytes. */
  readArchive(at: number, into: Uint8Array): number;
  /** Valid during the call. */
  stdout(bytes: Uint8Array): void;
  stderr(bytes: Uint8Array): void;
  /** null: nothing can be written. */
  readonly unpacked: Unpacked | null;
  readonly mostMemoryBytes: number;
}

export interface Ended {
  /** 7-Zip's own: 0 well, 1 warnings, 2 errors, 7 wrong arguments, 8 memory; null: it did not come to its end. */
  readonly exitCode: number | null;
  /** More memory was asked for than there may be. */
  readonly memoryRefused: boolean;
  /** What stopped it, when it did not come to its end. */
  readonly trap: string | null;
}

/** Thrown by the {@link World} to end a run; comes out of {@link runSevenZip} as it is. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly reason: unknown;
  constructor(reason: unknown) {
    super('stopped');
    this.reason = reason;
  }
}

class Exit extends Error {
  override readonly name = 'Exit';
  readonly status: number;
  constructor(status: number) {
    super(`exit ${status}`);
    this.status = status;
  }
}

/** Where the archive and the folder stand in that world. The name has no ending that could mean one of several volumes. */
export const archivePath = '/archive';
export const unpackFolder = '/out';

const badFile = 8;
const invalid = 28;
const notFound = 44;
const notSupported = 52;
const notTerminal = 59;
const readOnly = 69;
const notSeekable = 70;

const fileMode = 0o100644;
const folderMode = 0o40755;
const characterMode = 0o20666;
const pageBytes = 65_536;
/** Writable and created, of the flags of `open`. */
const accessFlags = 3;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __wasm_call_ctors: () => void;
  readonly __main_argc_argv: (count: number, list: number) => number;
  readonly _emscripten_stack_alloc: (bytes: number) => number;
}

type Open =
  | { readonly kind: 'archive'; at: number }
  | { readonly kind: 'unpacked'; at: number }
  /** A stream without a place: nothing to read, or what 7-Zip says. */
  | { readonly kind: 'stdin' | 'stdout' | 'stderr'; readonly at: null };

/** Runs 7-Zip once, from its start to its end. Never throws but for what the world throws as {@link Stop}. */
export function runSevenZip(module: WebAssembly.Module, args: readonly string[], world: World): Ended {
  const { unpacked } = world;
  const opened = new Map<number, Open>([
    [0, { kind: 'stdin', at: null }],
    [1, { kind: 'stdout', at: null }],
    [2, { kind: 'stderr', at: null }],
  ]);
  let nextHandle = 3;
  let memoryRefused = false;
  /** The file and the folder made last: 7-Zip looks whether they are there. */
  let lastFile = '';
  let lastFolder = '';
  let lastFileBytes = 0;

  // Memory that grows leaves its old views empty.
  let heap = new Uint8Array(0);
  let view = new DataView(new ArrayBuffer(0));
  const look = (): void => {
    if (heap.buffer === memory.buffer) return;
    heap = new Uint8Array(memory.buffer);
    view = new DataView(memory.buffer);
  };
  const string = (at: number): string => {
    look();
    const end = heap.indexOf(0, at);
    return nameText(heap.subarray(at, end < 0 ? heap.length : end));
  };
  const clear = (at: number, bytes: number): void => {
    look();
    heap.fill(0, at, at + bytes);
  };
  const writeStat = (at: number, mode: number, bytes: number): number => {
    clear(at, 96);
    view.setInt32(at + 4, mode, true);
    view.setUint32(at + 8, 1, true);
    view.setBigInt64(at + 24, BigInt(bytes), true);
    view.setInt32(at + 32, 4096, true);
    return 0;
  };
  const statOf = (path: string, at: number): number => {
    if (path === archivePath) return writeStat(at, fileMode, world.archiveBytes);
    if (path === '/' || path === unpackFolder || path === lastFolder) return writeStat(at, folderMode, 0);
    if (path === lastFile) return writeStat(at, fileMode, lastFileBytes);
    return -notFound;
  };
  /** One piece after another of a scattered read or write. */
  const pieces = (list: number, count: number, each: (at: number, bytes: number) => number): number => {
    let total = 0;
    for (let i = 0; i < count; i++) {
      look();
      const bytes = view.getUint32(list + 8 * i + 4, true);
      const done = each(view.getUint32(list + 8 * i, true), bytes);
      total += done;
      if (done < bytes) break;
    }
    return total;
  };
  const answer32 = (at: number, value: number): number => {
    look();
    view.setUint32(at, value, true);
    return 0;
  };
  const answer64 = (at: number, value: number): number => {
    look();
    view.setBigInt64(at, BigInt(value), true);
    return 0;
  };

  const env = {
    // 7-Zip was compiled so that nothing catches what it throws: this is its end.
    __cxa_throw: () => {
      throw new Error('7-Zip gave up');
    },
    exit: (status: number) => {
      throw new Exit(status);
    },
    _abort_js: () => {
      throw new Error('7-Zip aborted');
    },
    emscripten_date_now: () => 0,
    emscripten_get_heap_max: () => world.mostMemoryBytes,
    emscripten_resize_heap: (asked: number) => {
      const bytes = asked >>> 0;
      const grown = bytes - memory.buffer.byteLength;
      try {
        if (bytes > world.mostMemoryBytes) throw new RangeError();
        memory.grow(Math.ceil(grown / pageBytes));
        return 1;
      } catch {
        memoryRefused = true;
        return 0;
      }
    },
    // Times are asked for and never used: all are the same.
    _tzset_js: (zone: number, daylight: number, name: number, daylightName: number) => {
      answer32(zone, 0);
      answer32(daylight, 0);
      clear(name, 1);
      clear(daylightName, 1);
    },
    _mktime_js: () => 0n,
    _localtime_js: (_time: bigint, at: number) => clear(at, 44),
    _gmtime_js: (_time: bigint, at: number) => clear(at, 44),
    __syscall_stat64: (path: number, at: number) => statOf(string(path), at),
    __syscall_lstat64: (path: number, at: number) => statOf(string(path), at),
    __syscall_newfstatat: (_folder: number, path: number, at: number) => statOf(string(path), at),
    __syscall_fstat64: (handle: number, at: number) => {
      const open = opened.get(handle);
      if (open === undefined) return -badFile;
      if (open.kind === 'archive') return writeStat(at, fileMode, world.archiveBytes);
      return open.kind === 'unpacked' ? writeStat(at, fileMode, open.at) : writeStat(at, characterMode, 0);
    },
    __syscall_openat: (_folder: number, path: number, flags: number) => {
      const name = string(path);
      const below = `${unpackFolder}/`;
      if ((flags & accessFlags) === 0) {
        if (name !== archivePath) return -notFound;
        opened.set(nextHandle, { kind: 'archive', at: 0 });
      } else {
        if (unpacked === null || !name.startsWith(below)) return -readOnly;
        lastFile = name;
        lastFileBytes = 0;
        opened.set(nextHandle, { kind: 'unpacked', at: 0 });
        unpacked.open(name.slice(below.length));
      }
      return nextHandle++;
    },
    // It reserves room for what is to come. There is nothing to reserve.
    __syscall_ftruncate64: () => 0,
    __syscall_getcwd: (at: number) => {
      look();
      heap.set([0x2f, 0], at);
      return 2;
    },
    __syscall_ioctl: () => -notTerminal,
    __syscall_mkdirat: (_folder: number, path: number) => {
      lastFolder = string(path);
      return 0;
    },
    __syscall_unlinkat: () => 0,
    __syscall_symlinkat: () => 0,
    __syscall_chmod: () => 0,
    __syscall_fchownat: () => 0,
    __syscall_utimensat: () => 0,
    __syscall_getdents64: () => -notSupported,
    __syscall_readlinkat: () => -invalid,
    __syscall_rmdir: () => -readOnly,
    __syscall_renameat: () => -readOnly,
  };

  const wasi = {
    environ_sizes_get: (count: number, bytes: number) => answer32(count, 0) + answer32(bytes, 0),
    environ_get: () => 0,
    clock_time_get: (_clock: number, _precision: bigint, at: number) => answer64(at, 0),
    fd_close: (handle: number) => {
      const open = opened.get(handle);
      if (open === undefined) return badFile;
      opened.delete(handle);
      if (open.kind === 'unpacked') unpacked?.close();
      return 0;
    },
    fd_fdstat_get: (handle: number, at: number) => {
      const open = opened.get(handle);
      if (open === undefined) return badFile;
      clear(at, 24);
      heap[at] = open.at === null ? 2 : 4;
      return 0;
    },
    fd_seek: (handle: number, offset: bigint, whence: number, at: number) => {
      const open = opened.get(handle);
      if (open === undefined) return badFile;
      if (open.at === null) return notSeekable;
      const end = open.kind === 'archive' ? world.archiveBytes : open.at;
      const to = Number(offset) + (whence === 0 ? 0 : whence === 1 ? open.at : end);
      if (!Number.isSafeInteger(to) || to < 0) return invalid;
      // What is unpacked is handed on as it comes and cannot be gone over again.
      if (open.kind === 'unpacked' && to !== open.at) return notSeekable;
      open.at = to;
      return answer64(at, to);
    },
    fd_read: (handle: number, list: number, count: number, at: number) => {
      const open = opened.get(handle);
      if (open?.kind === 'stdin') return answer32(at, 0);
      if (open?.kind !== 'archive') return badFile;
      const read = pieces(list, count, (place, bytes) => {
        const got = world.readArchive(open.at, heap.subarray(place, place + bytes));
        open.at += got;
        return got;
      });
      return answer32(at, read);
    },
    fd_write: (handle: number, list: number, count: number, at: number) => {
      const open = opened.get(handle);
      if (open === undefined || open.kind === 'archive' || open.kind === 'stdin') return badFile;
      const written = pieces(list, count, (place, bytes) => {
        const piece = heap.subarray(place, place + bytes);
        if (open.kind === 'stdout') world.stdout(piece);
        else if (open.kind === 'stderr') world.stderr(piece);
        else if (open.kind === 'unpacked') {
          unpacked?.write(piece);
          open.at += bytes;
          lastFileBytes = open.at;
        }
        return bytes;
      });
      return answer32(at, written);
    },
  };

  const instance = new WebAssembly.Instance(module, { env, wasi_snapshot_preview1: wasi });
  const machine = instance.exports as unknown as Exports;
  const { memory } = machine;
  try {
    machine.__wasm_call_ctors();
    const words = ['7zz', ...args].map((word) => {
      const bytes = new TextEncoder().encode(`${word}\0`);
      const at = machine._emscripten_stack_alloc(bytes.length);
      look();
      heap.set(bytes, at);
      return at;
    });
    const list = machine._emscripten_stack_alloc(4 * (words.length + 1));
    for (const [i, at] of [...words, 0].entries()) answer32(list + 4 * i, at);
    return { exitCode: machine.__main_argc_argv(words.length, list), memoryRefused, trap: null };
  } catch (error) {
    if (error instanceof Stop) throw error;
    if (error instanceof Exit) return { exitCode: error.status, memoryRefused, trap: null };
    return { exitCode: null, memoryRefused, trap: error instanceof Error ? error.message : String(error) };
  }
}
