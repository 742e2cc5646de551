// One reader of the compiled program over lines that are made to keep it busy. Before each step its number is put where the test sees
// it; the test ends the worker when a step does not end. `from`: the steps before it are left out.

import { workerData } from 'node:worker_threads';
import { readerOf } from '../../dist/read/index.js';
import { ScanBench } from '../../dist/run/scan-task.js';

const { kind, path, texts, from, place } = workerData;
const reader = readerOf(kind);
const seen = new Int32Array(place);
const bench = new ScanBench();
bench.setRules(0, []);

const steps = [
  (text) => reader.recognise(text, path),
  (text) => reader.claims(text.replaceAll(/[\r\n]+/g, ' '), false),
  (text) => reader.claims(text.replaceAll(/[\r\n]+/g, ' '), true),
  (text) => {
    const bytes = new TextEncoder().encode(text);
    const seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 };
    const block = { index: 0, at: 0, end: bytes.length, last: true };
    bench.scan({ artifact: 'x', kind, block, seam, round: 0, bytes });
  },
];

for (let number = from; number < texts.length * steps.length; number++) {
  Atomics.store(seen, 0, number);
  const [head, unit, tail, length] = texts[Math.floor(number / steps.length)];
  steps[number % steps.length](head + unit.repeat(Math.ceil(length / unit.length)) + tail);
}
Atomics.store(seen, 0, -1);
