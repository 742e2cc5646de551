// Writes the example sets: `node examples/generate.mjs [name ...]`. Without a name, all of them. Deterministic: the same bytes
// everywhere. A set is written into `examples/<name>/`; what it replaces is removed only if this program made it, which it
// knows from a note in `examples/.generated/`, beside the sets, so that no file of ours lies among the evidence.

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stories } from './stories.mjs';

const home = dirname(fileURLToPath(import.meta.url));
const notes = join(home, '.generated');

export const setNames = Object.keys(stories);

/** Writes one set into `folder` and returns what it wrote. */
export function writeSet(name, folder) {
  const { servers, without, perHost, others = {} } = stories[name]();
  let bytes = 0;
  const files = [];
  for (const server of servers) {
    const saved = server.save(perHost ? join(folder, server.name) : folder, without);
    bytes += saved.bytes;
    files.push(...saved.files);
  }
  // What was collected beside the logs of the servers: lists of files, logs of other machines.
  const beside = Object.entries(others).map(([path, text]) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    bytes += text.length;
    return file;
  });
  return { bytes, files, beside, servers: servers.map((server) => server.name) };
}

function main(names) {
  const unknown = names.filter((name) => !Object.hasOwn(stories, name));
  if (unknown.length > 0) {
    console.error(`No such set: ${unknown.join(', ')}. There are: ${Object.keys(stories).join(', ')}.`);
    return 64;
  }
  mkdirSync(notes, { recursive: true });
  for (const name of names.length > 0 ? names : Object.keys(stories)) {
    const folder = join(home, name);
    const note = join(notes, name);
    if (existsSync(folder) && !existsSync(note)) {
      console.error(`examples/${name} is there already and was not written by this program; move it away first.`);
      return 1;
    }
    writeFileSync(note, 'The folder beside this one was written by examples/generate.mjs and may be removed by it.\n');
    const { bytes, files, beside, servers } = writeSet(name, folder);
    const fresh = new Set([...files, ...beside]);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isDirectory() && !fresh.has(path)) rmSync(path); // left over from an earlier version of the set
    }
    const size = (bytes / 1_000_000).toFixed(1);
    console.log(
      `examples/${name}: ${fresh.size} files, ${size} MB, ${servers.join(', ')}; expected: examples/${name}.expected.json`,
    );
  }
  return 0;
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) {
  process.exitCode = main(process.argv.slice(2));
}
