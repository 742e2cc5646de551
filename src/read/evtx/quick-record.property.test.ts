import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evtxBothWays } from '../../../test/support/evtx-both-ways.ts';
import { el, evtxChunk, evtxFile, type EventSpec, hole, simpleEvent, type Value } from '../../../test/support/evtx-writer.ts';

const time = '2021-03-03T04:12:11.400Z';
const utf16 = (text: string): number[] => [...Buffer.from(text, 'utf16le')];
const texts = (...items: string[]): Value => ({ type: 0x81, bytes: items.flatMap((item) => utf16(`${item}\0`)) });

/** Events whose data is a template of its own, with values of many kinds. */
const dataEvent = (id: number, values: readonly Value[], guid: number): EventSpec => {
  const event = simpleEvent({ id, time });
  const root = el(
    'EventData',
    values.map((_, slot) => (slot % 3 === 2 ? el('Data', [hole(slot)]) : el('Data', [hole(slot)], [['Name', `Field${slot}`]]))),
  );
  return { ...event, xml: { ...event.xml, values: event.xml.values.with(6, { xml: { guid, root, values } }) } };
};

const events: readonly EventSpec[] = Array.from({ length: 40 }, (_, i) => {
  switch (i % 5) {
    case 0:
      return dataEvent(i, ['C:\\Windows\\cmd.exe', i, 'a'], 0x51);
    case 1:
      return dataEvent(i, [`name ${i >> 3}`, null, texts('one', 'two', ''), new Date(time)], 0x52);
    case 2:
      return dataEvent(i, [texts('x'), 'y', 'z'], 0x53);
    case 3:
      return simpleEvent({ id: i, time });
    default:
      return dataEvent(i, ['', 'trailing\0\0', 'é\ud800'], 0x54);
  }
});
const log = evtxFile([evtxChunk(events.slice(0, 20)), evtxChunk(events.slice(20))]);

describe('records that need no parser', () => {
  it('are what the parser says', () => {
    const { quick, parsed, rows } = evtxBothWays(log);
    expect(rows).toBe(40);
    expect(quick).toBe(parsed);
  });

  it('and so they are where bytes were changed', () => {
    // Chunks hold little: what is beyond their records is left out.
    const places = [...log.keys()].filter((at) => log[at] !== 0);
    const edit = fc.tuple(fc.nat(places.length - 1), fc.constantFrom(0, 1, 4, 0x0c, 0x0d, 0x21, 0x40, 0x7f, 0x81, 0xff));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const bytes = log.slice();
        for (const [index, value] of edits) bytes[places[index]!] = value;
        const { quick, parsed } = evtxBothWays(bytes);
        expect(quick === parsed).toBe(true);
      }),
      { numRuns: process.env.AFTERPATCH_SOAK === '1' ? 1500 : 20 },
    );
  });
});
