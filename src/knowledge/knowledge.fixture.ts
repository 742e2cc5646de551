/** The files of `knowledge/` as they are here, for tests. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Knowledge, type KnowledgeFile, knowledgeFiles, loadKnowledge } from './index.ts';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'knowledge');
let loaded: Knowledge | undefined;

export const knowledgeTexts = (): KnowledgeFile[] =>
  knowledgeFiles.map((name) => ({ path: `knowledge/${name}`, text: fs.readFileSync(path.join(folder, name), 'utf8') }));
export const knowledgeHere = (): Knowledge => (loaded ??= loadKnowledge(knowledgeTexts()));
