// Hostile archives: what each is, its bytes (or a source that makes them while it is read), and what must become of it. Its writer
// knows the formats and what was promised, and has not read how archives are opened.
//
// `expect`, with paths below the archive ('' is the archive itself, a pattern stands for one path that may be written in several ways):
//   read        [path, records]: exactly these are read, and no others but those of
//   mayRead     [path, records or null for any]; with readAtLeast, readAtMost, readCount: how many are read in all
//   readOr      something is read, or this code is said
//   notRead     [path, words]: listed, not read, and why
//   problems    [path or '*', codes with | between, { count, found }]: said there
//   mayProblems codes that may be said besides; any other code of archives is wrong
//   container   kind of the archive (zip), null: it is none, 'any': not said

import { bombs } from './cases/bombs.mjs';
import { contents } from './cases/contents.mjs';
import { encryptedCases } from './cases/encrypted.mjs';
import { gzips } from './cases/gzips.mjs';
import { headers } from './cases/headers.mjs';
import { names } from './cases/names.mjs';
import { sevenZips } from './cases/seven-zips.mjs';
import { tars } from './cases/tars.mjs';

export { sevenZip } from './cases/seven-zips.mjs';

export const archiveCases = [...names, ...headers, ...contents, ...encryptedCases, ...gzips, ...tars, ...sevenZips, ...bombs].map(
  (one) => ({ file: 'case.zip', ...one }),
);
