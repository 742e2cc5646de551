/**
 * YARA-X, the official WebAssembly build, as our engine. It allows one instance in a thread and gives no compiled rules out; a trap in it
 * leaves it unusable, so that it lives in a worker of its own (`yara-worker.ts`).
 *
 * Of every call its glue makes a memory, a module and some hundred functions anew. V8 keeps ten gigabytes of addresses for each memory
 * until it is collected; after some thousand calls in one tick there are none left, which the engine meets with a trap. While we are in
 * it, it is handed the memory and the modules of the calls before: it holds one scanner at a time, and writes all of the memory before
 * the conditions run.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as yaraXPackage from '@virustotal/yara-x';
import {
  type Engine,
  type EngineMatch,
  EngineRefusal,
  type EngineRules,
  type EngineSource,
  externalNames,
} from '../run/index.ts';

type Package = typeof yaraXPackage;

/** As the package gives it. */
interface ScanResult {
  readonly valid: boolean;
  readonly errors?: readonly string[];
  readonly matches: readonly {
    readonly identifier: string;
    readonly namespace: string;
    readonly isPrivate: boolean;
    readonly tags: readonly string[];
    readonly metadata: EngineMatch['metadata'];
    readonly patterns: EngineMatch['patterns'];
  }[];
}

const own = { Memory: WebAssembly.Memory, Module: WebAssembly.Module };
const memories = new Map<string, WebAssembly.Memory>();
/** Modules of conditions, by their bytes. */
const modules: { readonly bytes: Buffer; readonly module: WebAssembly.Module }[] = [];
const mostModules = 256;

// Called with `new`: what a plain function returns then is what comes out.
function memoryAgain(descriptor: WebAssembly.MemoryDescriptor): WebAssembly.Memory {
  const key = `${descriptor.initial} ${descriptor.maximum}`;
  let memory = memories.get(key);
  if (memory === undefined || memory.buffer.byteLength !== descriptor.initial * 65_536) {
    memory = new own.Memory(descriptor);
    memories.set(key, memory);
  }
  return memory;
}

function moduleAgain(given: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const at = modules.findIndex((one) => one.bytes.length === bytes.length && one.bytes.equals(bytes));
  const [known] = at === -1 ? [] : modules.splice(at, 1);
  const found = known ?? { bytes, module: new own.Module(given) };
  modules.unshift(found);
  if (modules.length > mostModules) modules.pop();
  return found.module;
}

/** Runs with what is handed to the glue in the place of V8's own. */
function within<T>(work: () => T): T {
  const here = WebAssembly as { Memory: unknown; Module: unknown };
  here.Memory = memoryAgain;
  here.Module = moduleAgain;
  try {
    return work();
  } finally {
    here.Memory = own.Memory;
    here.Module = own.Module;
  }
}

let loaded: Package | null = null;

/** Without a registry of what may be forgotten: everything is freed here, and to enter every function of every call costs more than the call. */
async function load(): Promise<Package> {
  const { FinalizationRegistry: registry } = globalThis;
  Reflect.deleteProperty(globalThis, 'FinalizationRegistry');
  try {
    const it = await import('@virustotal/yara-x');
    const folder = path.dirname(createRequire(import.meta.url).resolve('@virustotal/yara-x/package.json'));
    it.initSync({ module: fs.readFileSync(path.join(folder, 'pkg', 'yara_x_js_bg.wasm')) });
    return it;
  } finally {
    globalThis.FinalizationRegistry = registry;
  }
}

/** @throws what WebAssembly throws where it traps */
export async function yaraX(): Promise<Engine> {
  const { Compiler } = (loaded ??= await load());
  type Rules = ReturnType<InstanceType<typeof Compiler>['build']>;
  const compiler = (): InstanceType<typeof Compiler> => {
    const one = new Compiler();
    for (const name of externalNames) one.defineGlobal(name, '');
    return one;
  };
  const errors = ({ namespace, text }: EngineSource): readonly string[] => {
    const one = compiler();
    try {
      one.newNamespace(namespace);
      one.addSource(text);
    } catch (error) {
      if (!refused(error)) throw error;
      const all = one.errors;
      one.free();
      return all.length === 0 ? [String(error)] : all;
    }
    one.free();
    return [];
  };
  const compile = (sources: readonly EngineSource[]): EngineRules => {
    const one = compiler();
    let rules: Rules;
    try {
      for (const { namespace, text } of sources) {
        one.newNamespace(namespace);
        one.addSource(text);
      }
      rules = one.build();
    } catch (error) {
      if (!refused(error)) throw error;
      one.free();
      throw new EngineRefusal('the rules do not compile', { cause: error });
    }
    one.free();
    return {
      // What traps is still held by the call that did not end: it is not freed.
      scan: (bytes, names, mostMatches) =>
        within(() => {
          const scanner = rules.scanner();
          for (const [name, value] of Object.entries(names)) scanner.setGlobal(name, value);
          if (mostMatches !== null) scanner.setMaxMatchesPerPattern(mostMatches);
          const result = scanner.scan(bytes) as ScanResult;
          scanner.free();
          if (!result.valid) throw new Error(`the engine did not scan: ${result.errors?.join('; ') ?? 'no reason given'}`);
          return result.matches.map(({ identifier, isPrivate, ...rest }) => ({ ...rest, rule: identifier, private: isPrivate }));
        }),
      free: () => rules.free(),
    };
  };
  return { errors, compile };
}

/** The package throws an ordinary error for rules that do not compile; a trap is another kind. */
const refused = (error: unknown): boolean => error instanceof Error && !(error instanceof WebAssembly.RuntimeError);
