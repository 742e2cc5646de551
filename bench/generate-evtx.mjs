/** An event log of any size, made of the whole, nearly full chunks of real ones (which are not in the repository), again and again. */
import fs from 'node:fs';
import path from 'node:path';

const headBytes = 4096;
export const chunkBytes = 65_536;
const fullBytes = 49_152;

/** Files below a folder whose names end so, sorted. */
export const below = (start, ending) =>
  fs
    .readdirSync(start, { recursive: true })
    .filter((name) => name.toLowerCase().endsWith(ending))
    .sort()
    .map((name) => path.join(start, name));

/** @param turn which chunk is the first: files that begin with other ones are no copies of each other */
export function writeEventLog(file, bytes, logs, turn = 0) {
  const chunks = [];
  let head = null;
  for (const log of below(logs, '.evtx')) {
    const content = fs.readFileSync(log);
    if (content.subarray(0, 7).toString('latin1') !== 'ElfFile') continue;
    head ??= content.subarray(0, headBytes);
    for (let at = headBytes; at + chunkBytes <= content.length; at += chunkBytes)
      if (content.subarray(at, at + 7).toString('latin1') === 'ElfChnk' && content.readUInt32LE(at + 48) >= fullBytes)
        chunks.push(content.subarray(at, at + chunkBytes));
  }
  if (head === null || chunks.length === 0) throw new Error(`no event logs below ${logs}`);
  const out = fs.openSync(file, 'w');
  fs.writeSync(out, head);
  let written = headBytes;
  for (let next = turn; written < bytes; next++) written += fs.writeSync(out, chunks[next % chunks.length]);
  fs.closeSync(out);
  return { bytes: written, differentChunks: chunks.length };
}
