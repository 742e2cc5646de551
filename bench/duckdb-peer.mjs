/**
 * A peer for `assess.bench.mjs`: DuckDB counts the rows of a log that hold one of some texts. `node duckdb-peer.mjs <module> <file> <text> …`, one thread; the module is
 * the path of `@duckdb/node-api`, which is no dependency of this project.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the module is, seen from a folder with `node_modules` in it; null: not installed. */
export function duckdbIn(folder) {
  try {
    return createRequire(path.join(path.resolve(folder), 'here.js')).resolve('@duckdb/node-api');
  } catch {
    return null;
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [module, file, ...texts] = process.argv.slice(2);
  const { DuckDBInstance } = await import(pathToFileURL(module).href);
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
  const pattern = texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  // A line is one value: nothing in these logs is written with \x01.
  const lines = `read_csv(${quoted(file)}, delim = chr(1), quote = '', escape = '', header = false, columns = {'line': 'VARCHAR'}, auto_detect = false, ignore_errors = true, max_line_size = 4194304)`;
  const reader = await connection.runAndReadAll(
    `select count(*), count(*) filter (where regexp_matches(line, ${quoted(pattern)}, 'i')) from ${lines}`,
  );
  console.log(reader.getRows().join(' '));
}
