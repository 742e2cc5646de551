/** An event log read as the program reads it, and with every record handed to the parser: what both see. */
import type { Demand, Rows } from '../../src/core/record.ts';
import { groupsOfReader } from '../../src/detect/index.ts';
import { evtx } from '../../src/read/evtx.ts';
import { EvtxScanner } from '../../src/read/evtx/scanner.ts';

const literals: Demand['literals'] = [
  'Channel',
  'CommandLine',
  'Data',
  'Image',
  'ScriptBlockText',
  'SubjectUserName',
  'subjectName',
].flatMap((field) =>
  (['contains', 'ends'] as const).map((how) => ({ field, how, text: how === 'ends' ? 'e' : 'a', cased: false, selects: true })),
);
const demand: Demand = { hash: 'both', logSource: evtx.logSource, literals, groups: groupsOfReader(evtx), groupLimit: 64 };
const blockBytes = 16 << 16;
const headBytes = 4096;

/** Everything that can be asked of rows, as text. */
function told(rows: Rows): unknown[] {
  return Array.from({ length: rows.length }, (_, row) => {
    const words: Parameters<NonNullable<Rows['words']>>[1] = [];
    const count = rows.words!(row, words);
    const { hash, fields } = rows.layout(row);
    const own = words.slice(0, Math.max(count, 0)).map((word) => (typeof word === 'string' ? word : word.text));
    const kind = rows.kind!(row);
    // What is told by a place is what is told by its name.
    const placed = fields.filter(({ name }) => {
      const place = kind?.placeOf(name) ?? null;
      const known = place === null ? null : rows.known!(row, place);
      return known !== null && (known.text || null) !== rows.text(row, name);
    });
    return [
      hash,
      rows.offset(row),
      String(rows.recordId(row)),
      rows.timeMs(row),
      fields.map(({ name }) => rows.text(row, name)),
      rows.literals(row),
      [count, own],
      rows.xml!(row),
      rows.json!(row),
      placed,
    ];
  });
}

export function evtxBothWays(bytes: Uint8Array): { readonly quick: string; readonly parsed: string; readonly rows: number } {
  let rows = 0;
  const read = (scanner: EvtxScanner, every: boolean): string => {
    const all: unknown[] = [];
    rows = 0;
    for (let at = 0, index = 0; at < bytes.length; index++) {
      const end = Math.min(bytes.length, at + blockBytes + (index === 0 ? headBytes : 0));
      const block = { index, at, end, last: end === bytes.length };
      const seam = { header: '', date: '', midRow: false, encoding: 'utf8', lineEnd: 10 } as const;
      const facts = scanner.scan(
        block,
        bytes.subarray(at, end),
        seam,
        () => every,
        (some) => all.push(told(some)),
      );
      rows += facts.rows;
      all.push(facts);
      at = end;
    }
    return JSON.stringify(all);
  };
  // Twice: what was met before is told otherwise than what is met for the first time.
  const quick = new EvtxScanner(demand);
  const parsed = new EvtxScanner(demand, true);
  return {
    quick: [true, false, true].map((every) => read(quick, every)).join('\n'),
    parsed: [true, false, true].map((every) => read(parsed, every)).join('\n'),
    rows,
  };
}
