/**
 * `Get-* | Format-List` as people paste it: `Name : value` lines, values wrapped onto indented lines, objects parted by blank
 * lines. What an object is, its names tell. A state on the day it was asked for, which the text does not say.
 */
import type { Reader } from '../core/record.ts';
import { beginsEvent } from './event-text.ts';
import { firstLines } from './text-lines.ts';
import { nounOf, nouns, nounSources } from './powershell-nouns.ts';
import { objectScanner } from './powershell-objects.ts';
import { parseObjects, property } from './property-list.ts';

/** `name`, `identity` and others stand everywhere; alone they tell nothing. */
const common: ReadonlySet<string> = new Set(
  'name identity status state mode thumbprint enabled priority description mailbox message displayname id'.split(' '),
);
/** Of each set of names that tells what an object is, the first that does not stand everywhere. */
const telling: ReadonlySet<string> = new Set(
  nouns.flatMap(({ known }) => known.map((set) => set.find((name) => !common.has(name)))).filter((name) => name !== undefined),
);
/** With these nearly every object of Exchange begins; in a sentence the colon stands at the word. */
const opening = /^\s*(?:RunspaceId|Name|Identity|Server|Enabled|Mailbox|Priority)\s+:(?: |$)/;

const foreign = /^(?:\s*---[ -]*$|#|\d{4}-\d\d-\d\d[T ]|<Objs\b| {0,2}Directory of )/;
/** As much of a head as one object needs. */
const headChars = 16_384;

/** PowerShell pads names: the colon never stands at the word, as it does in sentences and in YAML. */
const padded = /^\s*([A-Za-z][A-Za-z0-9]{1,60})\s+:(?: |$)/;
const nameOf = (line: string): string | null => padded.exec(line)?.[1]?.toLowerCase() ?? null;
const isTelling = (line: string): boolean => {
  const name = nameOf(line);
  return name !== null && telling.has(name);
};

export const powershellList: Reader = {
  kind: 'powershell-list',
  logSource: 'exchange-config',
  logSources: nounSources,
  speaksFor: 'state',
  clock: 'unknown',
  blockBytes: null,
  recognise(head) {
    const lines = firstLines(head, 200);
    if (lines.length === 0 || !padded.test(lines[0]!)) return 0;
    // A transcript that holds tables, log rows or XML as well is cut into parts.
    const score = lines.some((line) => foreign.test(line)) ? 0.85 : 0.9;
    if (lines.some((line) => isTelling(line))) return score;
    for (const { fields } of parseObjects(head.slice(0, headChars))) if (nounOf(fields.keys()) !== null) return score;
    return 0;
  },
  claims(line, previous) {
    if (beginsEvent(line)) return 0;
    if (isTelling(line)) return 2;
    if (previous) return property.test(line) || /^\s+\S/.test(line) ? 1 : 0;
    return opening.test(line) ? 1 : 0;
  },
  scanner: (demand) => objectScanner(demand, parseObjects),
};
