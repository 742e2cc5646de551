import { expect, test } from 'vitest';
import { itemCount, valueItems, valueText } from './values.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const text = (type: number, hex: string): string | null => {
  const bytes = bytesOf(`ffff ${hex} ffff`);
  return valueText(bytes, 2, bytes.length - 4, type);
};

test.each([
  ['null', 0x00, '', null],
  ['an empty string', 0x01, '', null],
  ['a string, its zeros left out', 0x01, '4100 e900 0000', 'Aé'],
  ['half a character', 0x01, '4100 42', 'A'],
  ['a string of one-byte characters', 0x02, '41e900', 'Aé'],
  ['int8', 0x03, 'ff', '-1'],
  ['uint8', 0x04, 'ff', '255'],
  ['int16', 0x05, '0080', '-32768'],
  ['uint16', 0x06, '0080', '32768'],
  ['int32', 0x07, 'feffffff', '-2'],
  ['uint32', 0x08, 'feffffff', '4294967294'],
  ['int64', 0x09, 'feffffffffffffff', '-2'],
  ['uint64', 0x0a, 'feffffffffffffff', '18446744073709551614'],
  ['real32', 0x0b, 'cdcccc3d', '0.1'],
  ['real32, no number', 0x0b, '0000c07f', 'NaN'],
  ['real64', 0x0c, '9a9999999999b93f', '0.1'],
  ['true', 0x0d, '01000000', 'true'],
  ['true, as some write it', 0x0d, '02000000', 'true'],
  ['false', 0x0d, '00000000', 'false'],
  ['a bool of one byte', 0x0d, '01', 'true'],
  ['binary', 0x0e, '00ff10', '00FF10'],
  ['guid', 0x0f, '25968454 7854 9449 a5ba 3e3b0328c30d', '{54849625-5478-4994-a5ba-3e3b0328c30d}'],
  ['size of four', 0x10, '10000000', '0x10'],
  ['size of eight', 0x10, '1000000001000000', '0x100000010'],
  ['file time', 0x11, '80a86c62e30fd701', '2021-03-03T04:12:11.4000000Z'],
  ['file time, nought', 0x11, '0000000000000000', '1601-01-01T00:00:00.0000000Z'],
  ['file time, beyond all dates', 0x11, 'ffffffffffffffff', '0xffffffffffffffff'],
  ['system time', 0x12, 'e507 0300 0300 0300 0400 0c00 0b00 9001', '2021-03-03T04:12:11.400Z'],
  ['sid', 0x13, '01 02 000000000005 20000000 20020000', 'S-1-5-32-544'],
  ['sid, more parts than bytes', 0x13, '01 05 000000000005 20000000', '010500000000000520000000'],
  ['hex32', 0x14, '0a000000', '0xa'],
  ['hex64', 0x15, '0000000000002080', '0x8020000000000000'],
  ['handle', 0x20, '10000000', '0x10'],
  ['a type that nobody knows', 0x7e, '01', '01'],
  ['an int32 of two bytes', 0x07, '0102', '0102'],
  ['strings', 0x81, '4100 0000 0000 4200 0000', 'A\n\nB'],
  ['numbers', 0x88, '01000000 02000000', '1\n2'],
  ['guids', 0x8f, '25968454 7854 9449 a5ba 3e3b0328c30d', '{54849625-5478-4994-a5ba-3e3b0328c30d}'],
  ['sids', 0x93, '01 01 000000000005 12000000 01 01 000000000005 13000000', 'S-1-5-18\nS-1-5-19'],
])('%s', (_, type, hex, expected) => {
  expect(text(type, hex)).toBe(expected);
});

test('a hostile array gives no more items than are kept', () => {
  expect(valueItems(new Uint8Array(60_000), 0, 60_000, 0x84)).toHaveLength(1024);
  expect(valueItems(new Uint8Array(60_000), 0, 60_000, 0x81).length).toBeLessThanOrEqual(1024);
  expect(valueItems(new Uint8Array(7), 0, 7, 0x93)).toEqual([]);
});

test('the items of an array are counted as they are taken apart', () => {
  let seed = 7;
  let several = 0;
  for (let run = 0; run < 2000; run++) {
    const bytes = new Uint8Array(run % 50 === 0 ? 5000 : run % 24);
    for (let i = 0; i < bytes.length; i++)
      bytes[i] = (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) >>> 30 === 0 ? 65 : 0;
    for (const type of [0x81, 0x82, 0x88, 0x93, 0x01]) {
      const items = valueItems(bytes, 0, bytes.length, type);
      expect(itemCount(bytes, 0, bytes.length, type)).toBe(items.length);
      if (items.length > 1) several++;
    }
  }
  expect(several).toBeGreaterThan(1000);
});
