// Writes the reference pages that are made from our own data: problem codes, command line, the assessment's fields, packs and
// their rules, the fields of every source. `npm run docs` writes them; `npm run docs -- --check` says which are stale and fails.
// Plain Node, on the built program in dist/.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(home, 'dist');
const load = (file) => import(pathToFileURL(path.join(dist, file)).href);
const note = '<!-- Made by `npm run docs`: change what it is made from, not this page. -->';

const cell = (text) => String(text).replaceAll('\n', ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').trim();
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const code = (text) => `\`${text}\``;
const codes = (list) => list.map(code).join(', ');

async function problems() {
  const { problemCodes } = await load('core/problem.js');
  const coverage = {
    none: 'nothing is lost',
    partial: 'a part of the rows may be missing',
    lost: 'what it would have shown is not covered',
  };
  return `${note}

# Problem codes

Bad, odd or missing evidence never stops a run: it becomes a problem with a code, in \`problems\` and \`evidence[].problems\` of
[the assessment](assessment.md). \`at\` is the byte offset of the first place, \`count\` how often it was seen there, \`expected\` and
\`found\` say more where there is more to say. The table is made from \`src/core/problem.ts\`.

${table(
  ['Code', 'What it says', 'What it means for coverage'],
  Object.entries(problemCodes).map(([id, { says, coverage: effect }]) => [code(id), says, coverage[effect]]),
)}
`;
}

async function ruleErrors() {
  const { ruleCodes } = await load('rules/index.js');
  const rows = (kind) =>
    Object.entries(ruleCodes)
      .filter(([, one]) => one.kind === kind)
      .map(([id, { says, fix }]) => (fix === '' ? [code(id), says] : [code(id), says, fix]));
  return `${note}

# Rule errors

Why a Sigma rule of others cannot run, or is not run ([what is supported](sigma.md)). \`afterpatch rules check <folder>\` says it of every rule, with
file, line, column and the marked place; \`hunt\` and \`assess --rules\` say it before they begin. The tables are made from
\`src/rules/rule-codes.ts\`.

## It cannot run

${table(['Code', 'What it says', 'What to do'], rows('error'))}

## It is not run, and nothing is wrong with it

${table(['Code', 'What it says'], rows('skipped'))}
`;
}

/** indicators.md is written by hand but for the tables, which stand between two marks. */
async function indicators() {
  const { leftOutCodes } = await load('rules/index.js');
  const { looksOf } = await load('detect/index.js');
  const tables = {
    reasons: () =>
      table(
        ['Reason', 'What it says'],
        Object.entries(leftOutCodes).map(([name, says]) => [code(name), says]),
      ),
    fields: () =>
      table(
        ['Log', 'Fields'],
        Object.entries(looksOf).map(([name, fields]) => [code(name), Object.keys(fields).map(code).join(', ') || 'none']),
      ),
  };
  const text = fs.readFileSync(path.join(home, 'docs', 'reference', 'indicators.md'), 'utf8');
  return text.replace(
    /(<!-- table of (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin, name, end) => `${begin}\n${tables[name]()}\n\n${end}`,
  );
}

/** sigma.md is written by hand but for the tables, which stand between two marks. */
async function sigma() {
  const { generalCategories, modifierWords, serviceVariant, windowsCategories, windowsServices } = await load('rules/index.js');
  const rowsOf = ({ logSources, channels, eventIds, where, fields }) => {
    const conditions = Object.entries(where ?? {}).map(([name, values]) => `${name} ${values.join(' or ')}`);
    const renames = Object.entries(fields ?? {}).map(([name, from]) =>
      typeof from === 'string'
        ? `${name} = ${from}`
        : from.of.length === 0
          ? `${name} is fixed`
          : `${name} from ${from.of.join(' and ')}`,
    );
    const where_ = channels === undefined ? logSources.map(code).join(', ') : channels.join(', ');
    return [where_, [...(eventIds ?? []), ...conditions].join(', '), renames.join('; ')];
  };
  const line = (names, variant) => [names, ...rowsOf(variant)];
  const categories = [...Object.entries(windowsCategories), ...Object.entries(generalCategories)].flatMap(([name, variants]) =>
    variants.map((variant) => line(code(name), variant)),
  );
  const services = Object.keys(windowsServices).map((name) => [code(name), serviceVariant(name).channels.join(', ')]);
  const tables = {
    modifiers: () =>
      table(
        ['Modifier', 'What holds'],
        Object.entries(modifierWords).map(([name, says]) => [code(name), says]),
      ),
    categories: () => table(['Category', 'Where', 'Events', 'Names'], categories),
    services: () => table(['Service', 'Log'], services),
  };
  const text = fs.readFileSync(path.join(home, 'docs', 'reference', 'sigma.md'), 'utf8');
  return text.replace(
    /(<!-- table of (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin, name, end) => `${begin}\n${tables[name]()}\n\n${end}`,
  );
}

function help(...command) {
  const text = execFileSync(process.execPath, [path.join(home, 'bin', 'afterpatch.js'), ...command, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '100' },
  });
  // The number of cores is this computer's, not the reader's.
  return text
    .replace(/worker threads\s+\(default: \d+\)/, "worker threads (default: this computer's cores, at most 16)")
    .trimEnd();
}

/** Every command below this one, found in its own help. */
function commands(above = []) {
  const listed = /^Commands:\n((?: {2}.*\n?)*)/m.exec(`${help(...above)}\n`)?.[1] ?? '';
  const names = [...listed.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name).filter((name) => name !== 'help');
  return names.flatMap((name) => [[...above, name], ...commands([...above, name])]);
}

function cli() {
  const page = [[], ...commands()].map(
    (command) => `## ${code(['afterpatch', ...command].join(' '))}\n\n\`\`\`text\n${help(...command)}\n\`\`\``,
  );
  return `${note}

# Command line

What \`--help\` says of every command. The codes with which the program ends are explained in [exit-codes.md](exit-codes.md), the
files that \`assess\` writes in [the guide](../guide/first-run.md#what-is-in-the-case-folder), \`--known\` in
[known-activity.md](../guide/known-activity.md).

${page.join('\n\n')}
`;
}

function assessment() {
  const schema = JSON.parse(fs.readFileSync(path.join(home, 'schema', 'assessment-1.json'), 'utf8'));
  const anchor = (name) => `[${name}](#${name.toLowerCase()})`;
  const typeOf = (one) => {
    if (one.$ref !== undefined) return anchor(one.$ref.slice('#/$defs/'.length));
    if (one.const !== undefined) return code(one.const);
    if (one.enum !== undefined) return codes(one.enum);
    if (one.anyOf !== undefined) return one.anyOf.map(typeOf).join(' or ');
    if (one.type === 'array') return `list of ${typeOf(one.items)}`;
    return Array.isArray(one.type) ? one.type.join(' or ') : (one.type ?? '');
  };
  const rows = (one, prefix = '') =>
    Object.entries(one.properties).flatMap(([name, property]) => {
      const inner =
        property.properties !== undefined ? property : property.items?.properties !== undefined ? property.items : null;
      const at = `${prefix}${name}`;
      const optional = (one.required ?? []).includes(name) ? '' : ' Optional.';
      const row = [code(at), typeOf(property), `${property.description ?? ''}${optional}`];
      return inner === null ? [row] : [row, ...rows(inner, `${at}${property.type === 'array' ? '[]' : ''}.`)];
    });
  const fields = (one) => table(['Field', 'Type', 'Meaning'], rows(one));
  const kinds = Object.entries(schema.$defs).map(([name, one]) =>
    [
      `### ${name}`,
      one.description ?? '',
      one.properties === undefined
        ? `${typeOf({ ...one, description: undefined })}${one.pattern === undefined ? '' : `, ${code(one.pattern)}`}`
        : fields(one),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  return `${note}

# The assessment

\`assessment.json\` is the whole result as data, ${code(schema.properties.schema.const)}. ${schema.description} Version 1 is extended and
never bent: fields may be added, none changes its meaning. The page is made from [the JSON Schema](../../schema/assessment-1.json),
which comes with the package as \`afterpatch/schema/assessment-1.json\`. What the words mean and when they are used is in
[judgement.md](../judgement.md).

## The document

${fields(schema)}

## Its parts

${kinds.join('\n\n')}
`;
}

async function packs() {
  const [{ loadContent }, { nodePlatform }] = await Promise.all([load('assess.js'), load('host/node-platform.js')]);
  const { packs: all, rules } = loadContent(nodePlatform);
  const pages = all.map((pack) => {
    const own = rules.filter(({ id }) => id.startsWith(`${pack.id}/`));
    const proofs = new Map(pack.proofs.map((proof) => [proof.rule, proof]));
    const parts = [
      `## ${code(pack.id)}: ${pack.name}`,
      pack.summary.trim(),
      `Version ${pack.version}. ${own.length} rules.${pack.firstExploited === null ? ' Not a campaign: it belongs to no wave and covers no time of its own.' : ` First known use ${pack.firstExploited}, update ${pack.patched ?? 'unknown'}.`}`,
    ];
    if (pack.cves.length > 0)
      parts.push(
        table(
          ['Hole', 'What it gives'],
          pack.cves.map(({ id, role }) => [id, role]),
        ),
      );
    if (pack.waves.length > 0)
      parts.push(
        table(
          ['Wave', 'Days (UTC)', 'What it means'],
          pack.waves.map(({ id, name, from, to, meaning }) => [`${id}, ${name}`, `${from} to ${to}`, meaning]),
        ),
      );
    parts.push(
      '### Rules of ' + code(pack.id),
      table(
        ['Rule', 'Source', 'What happened', 'Stage', 'Proof'],
        own.map(({ id, logSource }) => {
          const proof = proofs.get(id);
          return [
            code(id),
            `[${logSource}](sources.md)`,
            proof.title,
            proof.stage,
            `${proof.confidence}${proof.chain === undefined ? '' : `; ${proof.chain.stage} ${proof.chain.confidence} after ${codes(proof.chain.after)}`}`,
          ];
        }),
      ),
    );
    if (pack.questions.length > 0)
      parts.push(
        '### What would show it: ' + code(pack.id),
        table(
          ['Stage', 'Source', 'Kind', 'Shows'],
          pack.questions.map(({ stage, source, kind, shows }) => [stage, code(source), kind, shows]),
        ),
      );
    return parts.join('\n\n');
  });
  return `${note}

# Packs and their rules

What this version knows, made from \`packs/\`. How a pack is written is in [pack-format.md](pack-format.md), what stage and proof mean
in [judgement.md](../judgement.md).

${pages.join('\n\n')}
`;
}

/**
 * The field tables of the readers. Most are private to their file, so a copy of the compiled readers is made that shows them.
 * @returns artifact kind → field name → what is known of it
 */
async function fieldTables() {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-docs-'));
  try {
    for (const room of ['core', 'kernel', 'pages', 'read'])
      fs.cpSync(path.join(dist, room), path.join(copy, room), { recursive: true });
    fs.writeFileSync(path.join(copy, 'package.json'), '{"type":"module"}');
    const { readers } = await import(pathToFileURL(path.join(copy, 'read', 'index.js')).href);
    const tables = new Map();
    for (const { kind } of readers) {
      const file = path.join(copy, 'read', `${kind}.js`);
      const text = fs.readFileSync(file, 'utf8');
      // A table that several readers share stands in a module of its own and is named here.
      const told = /^export \{ ([a-z]\w*Fields) \} from '(\.\/[a-z-]+\.js)';/m.exec(text);
      if (told !== null) tables.set(kind, (await import(pathToFileURL(path.join(copy, 'read', told[2])).href))[told[1]]);
      const name = /^(?:export )?const (fields|[a-z]\w*Fields) = \{/m.exec(text)?.[1];
      if (name === undefined) continue;
      const shown = path.join(copy, 'read', `${kind}.shown.js`);
      fs.writeFileSync(shown, `${text}\nexport { ${name} as shownFields };\n`);
      tables.set(kind, (await import(pathToFileURL(shown).href)).shownFields);
    }
    // Fields that several readers have in common stand in a file of their own: `antivirus-record.ts` is told as `antivirus`.
    for (const name of fs.readdirSync(path.join(copy, 'read')).filter((file) => file.endsWith('-record.js'))) {
      const shared = await import(pathToFileURL(path.join(copy, 'read', name)).href);
      const fields = Object.keys(shared).find((key) => key.endsWith('Fields'));
      if (fields !== undefined) tables.set(name.slice(0, -'-record.js'.length), shared[fields]);
    }
    // Nouns of a console: log sources that several readers give.
    const { nouns } = await import(pathToFileURL(path.join(copy, 'read', 'powershell-nouns.js')).href);
    for (const { logSource, fields } of nouns) if (!tables.has(logSource)) tables.set(logSource, fields);
    return { tables };
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
}

/** sources.md is written by hand but for the tables, which stand between two marks. */
async function sources() {
  const { tables } = await fieldTables();
  const file = path.join(home, 'docs', 'reference', 'sources.md');
  const text = fs.readFileSync(file, 'utf8');
  return text.replace(/(<!-- fields of ([a-z0-9-]+) -->\n)[\s\S]*?(<!-- end -->)/g, (_, begin, kind, end) => {
    const known = tables.get(kind);
    if (known === undefined) throw new Error(`sources.md: there is no table of fields of \`${kind}\``);
    const rows = Object.entries(known).map(([name, facts]) => [
      code(name),
      facts.writtenBy,
      facts.means === undefined ? '' : code(facts.means),
      [
        facts.type === 'text' ? '' : facts.type,
        facts.partOf === undefined ? '' : `part of ${code(facts.partOf)}`,
        facts.percent ? 'may be percent-encoded' : '',
      ]
        .filter((part) => part !== '')
        .join(', '),
    ]);
    return `${begin}\n${table(['Field', 'Written by', 'Meaning', 'More'], rows)}\n\n${end}`;
  });
}

/** judgement.md is written by hand but for the table of its rules. */
async function judgement() {
  const { rulesOfJudgement } = await load('judge/rules-of-judgement.js');
  const text = fs.readFileSync(path.join(home, 'docs', 'judgement.md'), 'utf8');
  const rows = Object.entries(rulesOfJudgement).map(([id, { chapter, says, why, code: place, test }]) => [
    chapter,
    code(id),
    says,
    why,
    code(place),
    code(test),
  ]);
  return text.replace(
    /(<!-- rules -->\n)[\s\S]*?(<!-- end -->)/,
    (_, begin, end) => `${begin}\n${table(['', 'Rule', 'What it says', 'Why', 'Where', 'Test'], rows)}\n\n${end}`,
  );
}

/** README.md shows what the first command prints: the block between two marks. */
function readme() {
  const examples = path.join(home, 'examples', 'used-shell');
  if (!fs.existsSync(examples)) execFileSync(process.execPath, [path.join(home, 'examples', 'generate.mjs'), 'used-shell']);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'afterpatch-docs-'));
  try {
    // The answer is 1, which execFileSync takes for a failure.
    const { stdout } = spawnSync(
      process.execPath,
      [path.join(home, 'bin', 'afterpatch.js'), 'assess', examples, '--tz', 'UTC', '--no-color'],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, COLUMNS: '80' } },
    );
    const text = fs.readFileSync(path.join(home, 'README.md'), 'utf8');
    return text.replace(
      /(<!-- output -->\n)[\s\S]*?(<!-- end -->)/,
      (_, begin, end) => `${begin}\n\`\`\`text\n${stdout.trimEnd()}\n\`\`\`\n\n${end}`,
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (!fs.existsSync(path.join(dist, 'cli', 'main.js'))) {
  process.stderr.write('The pages are made with the built program: run `npm run build` first.\n');
  process.exit(1);
}
const check = process.argv.includes('--check');
const reference = (name) => `docs/reference/${name}.md`;
const pages = {
  [reference('problems')]: problems,
  [reference('cli')]: cli,
  [reference('assessment')]: assessment,
  [reference('packs')]: packs,
  [reference('sources')]: sources,
  [reference('rule-errors')]: ruleErrors,
  [reference('sigma')]: sigma,
  [reference('indicators')]: indicators,
  'docs/judgement.md': judgement,
  'README.md': readme,
};
const stale = [];
for (const [name, make] of Object.entries(pages)) {
  const file = path.join(home, name);
  const text = await make();
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8').replaceAll('\r\n', '\n') === text) continue;
  stale.push(name);
  if (!check) fs.writeFileSync(file, text);
}
if (check && stale.length > 0) {
  process.stderr.write(`stale: ${stale.join(', ')}\nRun \`npm run docs\` and commit what it writes.\n`);
  process.exitCode = 1;
} else
  process.stdout.write(check ? 'generated pages are fresh\n' : `written: ${stale.join(', ') || 'nothing, all were fresh'}\n`);
