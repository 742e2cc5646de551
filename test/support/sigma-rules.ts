/** The community's rules, where they are at hand, read by us and, for comparison, as plain YAML. */
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { bindRules, type Collection, parseCollection, type Placeholders, type RuleSet } from '../../src/rules/index.ts';
import type { NaiveRule } from './naive-sigma.ts';

export interface SigmaRules {
  readonly set: RuleSet;
  readonly files: number;
  readonly errors: number;
  /** By id of the rule. */
  readonly plain: ReadonlyMap<string, NaiveRule>;
}

/** Folders of rules; `unsupported` is what its makers say no tool has to run. */
export const isRuleFolder = (name: string): boolean => /^rules(?:-|$)/.test(name);

let read: SigmaRules | undefined;

export function sigmaRules(folder: string, placeholders: Placeholders = {}): SigmaRules {
  if (read !== undefined) return read;
  const collections: Collection[] = [];
  const plain = new Map<string, NaiveRule>();
  let files = 0;
  let errors = 0;
  for (const name of (fs.readdirSync(folder, { recursive: true }) as string[]).sort()) {
    if (!name.endsWith('.yml') || !isRuleFolder(name.split(path.sep)[0]!)) continue;
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    const collection = parseCollection(text, name, placeholders);
    collections.push(collection);
    files++;
    errors += collection.errors.length;
    for (const { id } of collection.documents) plain.set(id, parse(text) as NaiveRule);
  }
  return (read = { set: bindRules(collections), files, errors, plain });
}
