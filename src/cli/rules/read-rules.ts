/** Rule files that the operator names: files and folders, read once, bounded. */
import { parse as parseYaml } from 'yaml';
import { UserError } from '../../core/errors.ts';
import { FileError, type Files } from '../../core/platform.ts';
import { decodeText } from '../../core/text.ts';
import { bindRules, type Collection, parseCollection, type Placeholders, type RuleSet } from '../../rules/index.ts';
import { namedFiles } from '../named-files.ts';

const mostFiles = 50_000;
const mostBytes = 8 << 20;

export interface ReadRules {
  readonly set: RuleSet;
  readonly files: number;
}

/** @throws {UserError} for a path that is not there, or that holds no rule files */
export function readRules(paths: readonly string[], files: Files, placeholders: Placeholders): ReadRules {
  const found = namedFiles(paths, files, {
    code: 'rules',
    called: 'rules',
    wanted: /\.ya?ml$/i,
    mostFiles,
    none: ['rule files (.yml, .yaml)', 'Name a folder with Sigma rules.'],
  });
  const collections: Collection[] = [];
  for (const { path, shown } of found) collections.push(parseCollection(textOf(path, files), shown, placeholders));
  return { set: bindRules(collections), files: found.length };
}

function textOf(path: string, files: Files): string {
  try {
    const source = files.open(path);
    try {
      const bytes = new Uint8Array(Math.min(source.byteLength, mostBytes));
      let at = 0;
      while (at < bytes.length) {
        const got = source.read(at, bytes.subarray(at));
        if (got <= 0) break;
        at += got;
      }
      return decodeText(bytes.subarray(0, at)).replace(/^\ufeff/, '');
    } finally {
      source.close();
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UserError('path.missing', `${path} cannot be read (${error.code}).`, 'Check that you may read it.', {
      cause: error,
    });
  }
}

/** `--placeholders FILE`: a YAML map of names to values. */
export function readPlaceholders(path: string | undefined, files: Files): Placeholders {
  if (path === undefined) return {};
  const wrong = (what: string): UserError =>
    new UserError(
      'rules.placeholders',
      `${path}: ${what}`,
      'Write a map of names to lists of values: `Administrators: [adm_*]`.',
    );
  let data: unknown;
  try {
    data = parseYaml(textOf(path, files), { maxAliasCount: 0 });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw wrong('this is not valid YAML');
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw wrong('a map is needed');
  const values: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(data as Record<string, unknown>)) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    values[name.replace(/^%|%$/g, '')] = list.map((one) => {
      if (typeof one !== 'string' && typeof one !== 'number') throw wrong(`a value of ${name} is neither a text nor a number`);
      return String(one);
    });
  }
  return values;
}
