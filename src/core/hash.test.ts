import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64, fromBase64, sha256Hex } from './hash.ts';

test('SHA-256 equals the platform’s for every length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect([...fromBase64(base64(bytes))]).toEqual([...bytes]);
    }),
  );
});
