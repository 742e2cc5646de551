// Readers of the compiled program over lines that are made to keep them busy. Before each step its number is put where the test sees it;
// the test ends the worker when a step does not end. `from`: the steps before it are left out.

import { workerData } from 'node:worker_threads';
import { readerOf } from '../../dist/read/index.js';
import { ScanBench } from '../../dist/run/scan-task.js';

const { texts, length, from, place } = workerData;
const seen = new Int32Array(place);
const bench = new ScanBench();
bench.setRules(0, []);

/** In the order of the test's names for them. */
const steps = [
  (reader, path, text) => reader.recognise(text, path),
  (reader, _, text) => reader.claims(text.replaceAll(/[\r\n]+/g, ' '), false),
  (reader, _, text) => reader.claims(text.replaceAll(/[\r\n]+/g, ' '), true),
  ({ kind }, _, text) => {
    const bytes = new TextEncoder().encode(text);
    const seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 };
    const block = { index: 0, at: 0, end: bytes.length, last: true };
    bench.scan({ artifact: 'x', kind, block, seam, round: 0, bytes });
  },
];

for (let number = from; number < texts.length * steps.length; number++) {
  Atomics.store(seen, 0, number);
  const { kind, path, head, unit, tail } = texts[Math.floor(number / steps.length)];
  steps[number % steps.length](readerOf(kind), path, head + unit.repeat(Math.ceil(length / unit.length)) + tail);
}
Atomics.store(seen, 0, -1);
