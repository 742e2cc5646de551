/** Entry of a worker: compiles the rules it is told, scans the blocks it is handed. Everything it needs comes in messages. */
import { parentPort } from 'node:worker_threads';
import type { Rule, RunRule } from '../rules/index.ts';
import { type PackedIndicators, type Preparation, ScanBench, type ScanTask } from '../run/index.ts';
import { TuplePacker } from './tuple-packer.ts';

const bench = new ScanBench();
const packer = new TuplePacker();

parentPort!.on(
  'message',
  (
    message:
      | {
          kind: 'rules';
          round: number;
          rules: readonly Rule[];
          others: readonly RunRule[];
          indicators: PackedIndicators | null;
        }
      | { kind: 'prepare'; preparation: Preparation }
      | { kind: 'scan'; id: number; task: ScanTask },
  ) => {
    if (message.kind === 'rules') bench.setRules(message.round, message.rules, message.others, message.indicators);
    else if (message.kind === 'prepare') bench.prepare(message.preparation);
    else parentPort!.postMessage({ id: message.id, result: packer.pack(bench.scan(message.task)) });
  },
);
