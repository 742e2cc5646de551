/**
 * Signatures over a tree of many small files: `afterpatch assess --yara` as a whole process, and the engine alone, beside `yara -r -N`
 * with the same signatures on the same tree in the same rounds.
 *
 * `node bench/yara.bench.mjs --rules <folder> [--files 50000] [--rounds 3] [--note <text>]` writes `bench/runs/<date>/yara.json`.
 * The tree is made: pages, scripts, configuration and libraries as a server has them, 4 KB on average, one in a thousand with a text
 * that signatures know (a test string, no shell).
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { figures, machine, median, once } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    rules: { type: 'string' },
    files: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '3' },
    note: { type: 'string' },
    date: { type: 'string' },
  },
});
if (options.rules === undefined) throw new Error('name a folder of signatures: --rules <folder>');
const count = Number(options.files);
const rounds = Number(options.rounds);
const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

/** The same numbers every time. */
let state = 20261125;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const words =
  'page server control value string public class using system web request response item list name type config user mail'.split(
    ' ',
  );
function text(bytes, line) {
  const lines = [];
  for (let size = 0; size < bytes; size += lines.at(-1).length + 1) lines.push(line());
  return lines.join('\n');
}
const word = () => words[random(words.length)];
/** @type {[string, (bytes: number) => string | Buffer][]} */
const kinds = [
  [
    'aspx',
    (n) =>
      `<%@ Page Language="C#" %>\n${text(n, () => `<asp:Label id="${word()}${random(999)}" runat="server" Text="${word()} ${word()}" />`)}`,
  ],
  ['js', (n) => text(n, () => `function ${word()}${random(9999)}(${word()}) { return ${word()} + "${word()}"; }`)],
  [
    'config',
    (n) =>
      `<?xml version="1.0"?>\n<configuration>\n${text(n, () => `  <add key="${word()}${random(9999)}" value="${word()}" />`)}\n</configuration>`,
  ],
  ['resx', (n) => text(n, () => `<data name="${word()}"><value>${word()} ${word()} ${random(1e6)}</value></data>`)],
  ['dll', (n) => Buffer.concat([Buffer.from('MZ'), Buffer.from(Array.from({ length: n }, () => random(256)))])],
];
const tree = path.join(folder, 'C', 'inetpub', 'wwwroot');
let bytes = 0;
for (let i = 0; i < count; i++) {
  const [extension, make] = kinds[i % 17 === 0 ? 4 : i % 4];
  const at = path.join(tree, `d${Math.floor(i / 500)}`, `f${i}.${extension}`);
  if (i % 500 === 0) fs.mkdirSync(path.dirname(at), { recursive: true });
  const content = make(500 + random(7000));
  // From a rule about a text of a published page: looked for, and nothing that runs.
  const marked = i % 1000 === 7 ? `${String(content)}\nX-OWA-Marker: DownLoad shell of ${i}, WebShell v2.6 by tests` : content;
  fs.writeFileSync(at, marked);
  bytes += marked.length;
}
const out = path.join(folder, 'case');
const names = fs.readdirSync(options.rules).filter((name) => name.endsWith('.yar'));
const externals = ['filename', 'filepath', 'extension', 'filetype', 'owner'].flatMap((name) => ['-d', `${name}=x`]);
const sources = names.map((name, index) => `n${index}:${path.join(options.rules, name)}`);
const commands = {
  'assess --yara': [
    process.execPath,
    path.join(root, 'bin/afterpatch.js'),
    'assess',
    path.join(folder, 'C'),
    '--out',
    out,
    '--yara',
    options.rules,
  ],
  // The same without signatures of others: what is left of the first is what they cost.
  assess: [process.execPath, path.join(root, 'bin/afterpatch.js'), 'assess', path.join(folder, 'C'), '--out', out],
};
const yara = spawnSync('yara', ['--version'], { encoding: 'utf8' });
if (yara.status === 0) {
  commands['yara -r -N'] = ['yara', '-w', '-r', '-N', ...externals, ...sources, path.join(folder, 'C')];
  commands['yara -r -N -p 1'] = ['yara', '-w', '-r', '-N', '-p', '1', ...externals, ...sources, path.join(folder, 'C')];
}
const runs = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round < rounds; round++)
  for (const [name, command] of Object.entries(commands)) {
    fs.rmSync(out, { recursive: true, force: true });
    runs[name].push(await once(command, undefined, 'ignore'));
  }
const results = Object.entries(runs).map(([name, own]) => {
  const seconds = median(own.map((one) => one.seconds));
  return {
    name,
    ...figures(own),
    filesPerSecond: Math.round(count / seconds),
    megabytesPerSecond: Number((bytes / 1e6 / seconds).toFixed(1)),
  };
});
const report = {
  ...machine(),
  note: options.note ?? null,
  files: count,
  bytes,
  signatureFiles: names.length,
  yara: yara.stdout?.trim() ?? null,
  results,
};
const into = path.join(root, 'bench', 'runs', options.date ?? new Date().toISOString().slice(0, 10));
fs.mkdirSync(into, { recursive: true });
fs.writeFileSync(path.join(into, 'yara.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(results, null, 2));
