/** Entry of a worker: one engine of signatures, told first which, then asked of files. After a trap it ends, and another begins. */
import { parentPort } from 'node:worker_threads';
import type { SignatureSource } from '../core/signature.ts';
import { type CheckedSource, checkSource, GroupScan, outlineOf, type TestedFile } from '../run/index.ts';
import { yaraX } from './yara-x.ts';

export type YaraRequest =
  | { readonly kind: 'check'; readonly id: number; readonly source: SignatureSource }
  /** Sources that were checked before, by another worker. */
  | { readonly kind: 'take'; readonly id: number; readonly sources: readonly { readonly file: string; readonly text: string }[] }
  | { readonly kind: 'scan'; readonly id: number; readonly files: readonly TestedFile[] };

const engine = await yaraX();
let scan: GroupScan | null = null;

function answer(request: YaraRequest): unknown {
  switch (request.kind) {
    case 'check': {
      const { source, unrun } = checkSource(engine, request.source);
      return { unrun, text: source?.text ?? null, rules: source?.rules ?? 0 };
    }
    case 'take': {
      scan?.free();
      scan = new GroupScan(
        engine,
        request.sources.map(({ file, text }): CheckedSource => ({ file, text, outline: outlineOf(text), rules: 0 })),
      );
      return null;
    }
    case 'scan':
      return scan!.scan(request.files);
  }
}

parentPort!.on('message', (request: YaraRequest) => {
  let done: unknown;
  try {
    done = { id: request.id, answer: answer(request) };
  } catch (error) {
    done = { id: request.id, trap: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : String(error) };
  }
  parentPort!.postMessage(done);
});
parentPort!.postMessage({ id: -1, answer: null });
