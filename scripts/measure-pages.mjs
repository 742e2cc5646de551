// Measures the reader of web pages on collections that lie beside the repository: git directories (bare or not) or folders. Files are
// read in memory, never written, never run. Prints JSON.
//   node scripts/measure-pages.mjs --shells <place>… --benign <place>… [--known <place>…] [--half dev|test] [--cut sha1] [--share <n>] [--names] [--exclude <list>]
//   node scripts/measure-pages.mjs --plan <list> --at <folder> [--sets a,b] [--half …] [--kind aspnet|php|jsp|asp] [--names]
// A place is a path, or `label=path`, or `label=path::folder` for what lies below one of its folders. Counted are different files (by content, blanks
// at line ends and the kind of line end apart) with the name of a page and server-side code in them (a `.txt` that a collection put behind the name is taken
// off); what is left out is counted by its reason: so is what stands in one of the known places. A share: of the ordinary pages one in so many, by their hash.
// Halves are cut by the first byte of the SHA-256 of the text, or with `--cut sha1` of its SHA-1 (which of the two is `test`, a plan says). An exclusion list says for each reason
// which files (`collection:path`) are no shells; they are counted apart. A plan (bench/*.plan.json) holds collections by set, how halves are cut and
// the exclusions; the collections lie in the folder as `owner+name/repo`, and one that is not there is named.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const built = process.env.AFTERPATCH_DIST ?? path.join(home, 'dist');
const { pageKindOf, readPage } = await import(pathToFileURL(path.join(built, 'pages', 'index.js')).href);

const options = {
  shells: [],
  benign: [],
  known: [],
  half: null,
  cut: 'text',
  heldOut: 'even',
  share: 1,
  names: false,
  exclude: {},
  plan: null,
  at: '.',
  sets: null,
  kind: null,
};
for (let i = 2, into = null; i < process.argv.length; i++) {
  const word = process.argv[i];
  if (word === '--shells' || word === '--benign' || word === '--known') into = word.slice(2);
  else if (word === '--half') options.half = process.argv[++i];
  else if (word === '--cut') options.cut = process.argv[++i];
  else if (word === '--plan') options.plan = JSON.parse(fs.readFileSync(process.argv[++i], 'utf8'));
  else if (word === '--at') options.at = process.argv[++i];
  else if (word === '--kind') options.kind = process.argv[++i];
  else if (word === '--sets') options.sets = process.argv[++i].split(',');
  else if (word === '--share') options.share = Number(process.argv[++i]);
  else if (word === '--names') options.names = true;
  else if (word === '--exclude') options.exclude = JSON.parse(fs.readFileSync(process.argv[++i], 'utf8'));
  else if (into !== null) options[into].push(word);
}

/** Collections that a plan names and that are not here. */
const absent = [];
/** What a set of a plan says: places, less those that are not here. */
function planned(names) {
  const places = [];
  for (const whole of names) {
    const [name, under] = whole.split('::');
    const at = path.join(options.at, name.replace('/', '+'), 'repo');
    if (!fs.existsSync(at)) absent.push(name);
    else places.push(`${name}=${at}${under === undefined ? '' : `::${under}`}`);
  }
  return places;
}
if (options.plan !== null) {
  const { plan } = options;
  options.cut = plan.cut ?? options.cut;
  options.heldOut = plan.heldOut ?? options.heldOut;
  options.exclude = plan.noShell ?? {};
  options.known.push(...planned(plan.known ?? []));
  const sets = options.sets ?? Object.keys(plan.shells);
  for (const name of sets) options.shells.push(...planned(plan.shells[name]));
  // Sets were brought one after the other: what stands in an earlier one is known.
  for (const name of Object.keys(plan.shells).slice(0, Object.keys(plan.shells).indexOf(sets[0])))
    options.known.push(...planned(plan.shells[name]));
  if (options.sets === null) options.benign.push(...planned(plan.benign ?? []));
}
/** `collection:path` → why it is none. */
const noShell = new Map(Object.entries(options.exclude).flatMap(([why, list]) => list.map((file) => [file, why])));

const longest = 4 << 20;

/** The name that a page had before a collection made a text of it. */
const pageName = (name) => name.replace(/(\.[A-Za-z]{2,5}\d?)\.txt$/, '$1');

/** All files of a place, one after the other. */
async function* files(place) {
  const [whole, under = ''] = place.split('::');
  const at = whole.includes('=') ? whole.slice(whole.indexOf('=') + 1) : whole;
  const label = whole.includes('=') ? whole.slice(0, whole.indexOf('=')) : path.basename(path.dirname(at)) || at;
  const isGit = fs.existsSync(path.join(at, 'HEAD')) || fs.existsSync(path.join(at, '.git'));
  if (!isGit) {
    for (const name of fs.readdirSync(at, { recursive: true }).sort()) {
      const full = path.join(at, name);
      if (fs.statSync(full).isFile() && pageKindOf(pageName(name)) !== null && name.startsWith(under))
        yield { label, name: pageName(name), bytes: fs.readFileSync(full) };
    }
    return;
  }
  const listed = execFileSync('git', ['-C', at, 'ls-tree', '-r', '-z', 'HEAD'], { maxBuffer: 1 << 30 })
    .toString('latin1')
    .split('\0');
  const wanted = listed
    .map((line) => /^\d+ blob ([0-9a-f]{40,64})\t(.*)$/s.exec(line))
    .filter((found) => found !== null)
    .map(([, id, name]) => ({ id, name: pageName(Buffer.from(name, 'latin1').toString('utf8')) }))
    .filter(({ name }) => name.startsWith(under) && pageKindOf(name) !== null);
  const child = spawn('git', ['-C', at, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const chunks = child.stdout[Symbol.asyncIterator]();
  let buffer = Buffer.alloc(0);
  const more = async () => {
    const { value, done } = await chunks.next();
    if (done) throw new Error('git ended');
    buffer = buffer.length === 0 ? value : Buffer.concat([buffer, value]);
  };
  for (const { id, name } of wanted) {
    child.stdin.write(`${id}\n`);
    let end = buffer.indexOf(10);
    while (end === -1) {
      await more();
      end = buffer.indexOf(10);
    }
    const head = buffer.subarray(0, end).toString('latin1');
    buffer = buffer.subarray(end + 1);
    if (head.endsWith('missing')) {
      yield { label, name, bytes: null };
      continue;
    }
    const size = Number(head.split(' ')[2]);
    while (buffer.length < size + 1) await more();
    yield { label, name, bytes: Buffer.from(buffer.subarray(0, size)) };
    buffer = buffer.subarray(size + 1);
  }
  child.stdin.end();
}

const plain = (bytes) =>
  bytes
    .toString('latin1')
    .replace(/[ \t]*\r?\n/g, '\n')
    .trim();
const wilson = (hits, of) => {
  if (of === 0) return [0, 1];
  const z = 1.96;
  const p = hits / of;
  const middle = p + (z * z) / (2 * of);
  const spread = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)].map((x) => Math.round(x * 1e5) / 1e5);
};
const rate = (hits, of) => ({
  hits,
  of,
  rate: of === 0 ? null : Math.round((hits / of) * 1e5) / 1e5,
  wilson95: wilson(hits, of),
});
const groupOf = (name) => {
  const kind = pageKindOf(name);
  return kind === 'aspnet' || kind === 'razor' ? 'aspnet' : kind;
};

/** The half that a text falls into. */
function halfOf(text, hash) {
  if (options.cut !== 'sha1') return Number.parseInt(hash.slice(0, 2), 16) % 2 === 0 ? 'dev' : 'test';
  const first = createHash('sha1').update(Buffer.from(text, 'latin1')).digest('hex');
  return (createHash('sha256').update(first).digest()[0] % 2 === 0) === (options.heldOut === 'even') ? 'test' : 'dev';
}

async function measure(places, seen, known, share) {
  const excluded = {};
  const leave = (why, file) => {
    (excluded[why] ??= []).push(file);
  };
  const groups = {};
  const told = [];
  let milliseconds = 0;
  let bytesRead = 0;
  for (const place of places) {
    for await (const { label, name, bytes } of files(place)) {
      const file = `${label}:${String(name)}`;
      if (options.kind !== null && groupOf(name) !== options.kind) continue;
      if (bytes === null) {
        leave('not in the snapshot', file);
        continue;
      }
      const text = plain(bytes);
      const hash = createHash('sha256').update(text).digest('hex');
      const half = halfOf(text, hash);
      if (options.half !== null && half !== options.half) continue;
      if (share > 1 && Number.parseInt(hash.slice(2, 8), 16) % share !== 0) continue;
      if (known.has(hash)) {
        leave('known from another collection', file);
        continue;
      }
      if (seen.has(hash)) {
        leave('the same as another', file);
        continue;
      }
      seen.add(hash);
      if (text.startsWith('version https://git-lfs.github.com/')) {
        leave('not in the snapshot (a pointer stands in its place)', file);
        continue;
      }
      if (bytes.length > longest) {
        leave('longer than 4 MiB', file);
        continue;
      }
      const begun = performance.now();
      const facts = readPage(new Uint8Array(bytes), name);
      const took = performance.now() - begun;
      milliseconds += took;
      if (options.names && took > 1500) process.stderr.write(`${Math.round(took)} ms: ${file}, ${bytes.length} bytes\n`);
      bytesRead += bytes.length;
      if (facts === null) {
        leave('no page by its content', file);
        continue;
      }
      if (facts.codeLength === 0) {
        leave(facts.shape === 'blanked' ? 'its code was taken out: blanks stand in its place' : 'no server-side code', file);
        continue;
      }
      const why = noShell.get(file);
      if (why !== undefined) leave(`counted, and no shell: ${why}`, file);
      const group = (groups[groupOf(name)] ??= { of: 0, backDoor: 0, doubtful: 0, capability: 0, noShell: 0 });
      group.of++;
      if (why !== undefined && facts.grade === 'none') group.noShell++;
      if (facts.grade === 'back-door') group.backDoor++;
      if (facts.grade === 'doubtful') group.doubtful++;
      if (facts.capabilities.length > 0) group.capability++;
      told.push({
        file,
        hash,
        grade: facts.grade,
        capabilities: facts.capabilities,
        input: facts.input,
        sinks: facts.sinks.slice(0, 6).map((one) => `${one.name}/${one.input}`),
        family: facts.family,
        parameter: facts.accessParameter,
        decisive: facts.decisive?.text ?? null,
        bytes: bytes.length,
      });
    }
  }
  const total = { of: 0, backDoor: 0, doubtful: 0, capability: 0, noShell: 0 };
  for (const one of Object.values(groups)) for (const key of Object.keys(total)) total[key] += one[key];
  return { groups: { ...groups, all: total }, told, excluded, milliseconds: Math.round(milliseconds), bytesRead };
}

const known = new Set();
for (const place of options.known)
  for await (const { bytes } of files(place))
    if (bytes !== null) known.add(createHash('sha256').update(plain(bytes)).digest('hex'));
const seen = new Set();
const shells = await measure(options.shells, seen, known, 1);
const benign = await measure(options.benign, seen, known, options.share);
const summary = ({ groups, excluded, milliseconds, bytesRead }, kind) => ({
  ...Object.fromEntries(
    Object.entries(groups).map(([name, { of, backDoor, doubtful, capability, noShell: none }]) => [
      name,
      kind === 'shells'
        ? {
            found: rate(backDoor + doubtful, of),
            ...(none === 0 ? {} : { withoutWhatIsNoShell: rate(backDoor + doubtful, of - none) }),
            backDoor: rate(backDoor, of),
            capabilityNamed: rate(capability, of),
          }
        : { abovePossible: rate(backDoor, of), possible: rate(doubtful, of) },
    ]),
  ),
  excluded: Object.fromEntries(Object.entries(excluded).map(([why, list]) => [why, list.length])),
  milliseconds,
  bytesRead,
});
const out = {
  half: options.half ?? 'all',
  ...(absent.length === 0 ? {} : { absent }),
  knownTexts: known.size,
  shells: summary(shells, 'shells'),
  benign: summary(benign, 'benign'),
};
if (options.names) {
  out.missed = shells.told.filter(({ grade }) => grade === 'none');
  out.doubtfulShells = shells.told.filter(({ grade }) => grade === 'doubtful');
  out.noCapability = shells.told.filter(({ grade, capabilities }) => grade !== 'none' && capabilities.length === 0);
  out.foundFiles = shells.told.filter(({ grade }) => grade !== 'none').map(({ file, bytes }) => [file, bytes]);
  out.falseAlarms = benign.told.filter(({ grade }) => grade === 'back-door');
  out.doubtfulBenign = benign.told.filter(({ grade }) => grade === 'doubtful');
  out.left = { shells: shells.excluded, benign: benign.excluded };
}
process.stdout.write(`${JSON.stringify(out, null, 1)}\n`);
