/**
 * Reads an event log as the program does, without judging: `node bench/evtx-read.mjs fields|json <file> <threads>`. `fields` counts what
 * is counted of every event and asks twenty texts of three fields; `json` makes every record into JSON and counts its characters.
 * Prints the number of records.
 */
import fs from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { evtx } from '../dist/read/evtx.js';

const blockBytes = 16 * 65_536;
const headBytes = 4096;

const literals = ['CommandLine', 'Image', 'TargetFilename'].flatMap((field) =>
  Array.from({ length: 20 }, (_, i) => ({ field, how: 'contains', text: `afterpatch${i}`, cased: false, selects: true })),
);
const demands = {
  fields: { groups: [['Channel', 'Provider_Name', 'EventID'], ['Computer']], literals },
  json: { groups: [['EventID']], literals: [] },
};

function read(what, file, first, step) {
  const { groups, literals: texts } = demands[what];
  const scanner = evtx.scanner({ hash: 'bench', logSource: 'windows-event', literals: texts, groups, groupLimit: 4096 });
  const handle = fs.openSync(file, 'r');
  const { size } = fs.fstatSync(handle);
  const buffer = new Uint8Array(blockBytes + headBytes);
  let records = 0;
  let characters = 0;
  for (let index = first, at; (at = index === 0 ? 0 : headBytes + index * blockBytes) < size; index += step) {
    const end = Math.min(headBytes + (index + 1) * blockBytes, size);
    const bytes = buffer.subarray(0, fs.readSync(handle, buffer, 0, end - at, at));
    const seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 };
    const facts = scanner.scan(
      { index, at, end, last: end === size },
      bytes,
      seam,
      () => what === 'json',
      (rows) => {
        if (what === 'json') for (let row = 0; row < rows.length; row++) characters += rows.json(row).length;
      },
    );
    records += facts.rows;
  }
  fs.closeSync(handle);
  return { records, characters };
}

if (isMainThread) {
  const [what, file, threads] = process.argv.slice(2);
  const all =
    threads === '1'
      ? [read(what, file, 0, 1)]
      : await Promise.all(
          Array.from({ length: Number(threads) }, (_, first) => {
            const worker = new Worker(new URL(import.meta.url), { workerData: { what, file, first, step: Number(threads) } });
            return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
          }),
        );
  console.log(all.reduce((sum, { records }) => sum + records, 0));
} else parentPort.postMessage(read(workerData.what, workerData.file, workerData.first, workerData.step));
