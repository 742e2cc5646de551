import { expect, test } from 'vitest';
import { EnginePatience } from './engine-patience.ts';

const limits = { restarts: 3, vainMs: 360_000 };

test('two engines that do not come back are one too many; a run waits minutes, not hours', () => {
  const patience = new EnginePatience(limits);
  // A group of files, then the one file in it that is at fault.
  patience.failed(180_000);
  patience.failed(60_000);
  expect(patience.over()).toBeNull();
  patience.failed(180_000);
  expect(patience.over()).toBe('given up: 420 seconds were waited in vain');
});

test('traps cost no time: more of them are borne', () => {
  const patience = new EnginePatience(limits);
  for (let count = 0; count < 3; count++) patience.failed(0);
  expect(patience.over()).toBeNull();
  patience.failed(0);
  expect(patience.over()).toBe('given up: it failed 4 times');
});
