import { expect, it } from 'vitest';
import { readers } from '../read/index.ts';
import { messagesOf } from './messages.ts';

it.each(readers.map(({ kind }) => kind))('says %s in words of people', (kind) => {
  const said = messagesOf('en').source(kind);
  // A kind is a name of ours: parts of words joined by hyphens, all small.
  expect(said === kind && kind !== 'EWS').toBe(false);
  expect(said).not.toMatch(/^[a-z0-9]+-[a-z0-9-]+$/);
});
