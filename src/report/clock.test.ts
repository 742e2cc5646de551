import { describe, expect, it } from 'vitest';
import { UserError } from '../core/errors.ts';
import { clockOf, sayAgo, sayInZone, sayLength, sayTime } from './clock.ts';

const now = Date.UTC(2021, 2, 9, 20, 40);
const berlin = clockOf('Europe/Berlin', now);
const utc = clockOf('UTC', now);
const newYork = clockOf('America/New_York', now);

const said = (clock: typeof berlin, sentence: string): string =>
  sayInZone(clock, sentence, now)
    .map((piece) => piece.text)
    .join('');

describe('clockOf', () => {
  it('refuses a zone that nobody knows, with what to do', () => {
    expect(() => clockOf('Mars/Olympus', now)).toThrow(UserError);
    expect(() => clockOf('', now)).toThrow(/time zone/);
  });

  it('knows the wall from the moment and back, also where the clocks change', () => {
    for (const clock of [berlin, utc, newYork, clockOf('Australia/Lord_Howe', now), clockOf('Asia/Kathmandu', now)]) {
      for (let ms = Date.UTC(2021, 0, 1, 12); ms < Date.UTC(2022, 0, 1); ms += 86_400_000) {
        expect(clock.momentMs(clock.wallMs(ms))).toBe(ms);
      }
    }
  });
});

describe('sayTime', () => {
  const at = Date.UTC(2021, 2, 3, 4, 12, 37, 310);

  it('stands in the reader’s zone with UTC beside it', () => {
    expect(sayTime(berlin, at)).toEqual({ local: '3 March 2021, 05:12:37', utc: '04:12:37 UTC' });
    expect(sayTime(utc, at)).toEqual({ local: '3 March 2021, 04:12:37 UTC', utc: null });
  });

  it('says the day of UTC where it is another one', () => {
    expect(sayTime(newYork, at, 'minute')).toEqual({ local: '2 March 2021, 23:12', utc: '3 Mar, 04:12 UTC' });
  });

  it('reaches back before year one without a failure', () => {
    expect(sayTime(berlin, -8.64e15).local).toContain(',');
  });
});

describe('sayInZone', () => {
  it('makes the times of a sentence the reader’s', () => {
    expect(said(berlin, 'On 3 March 2021 at 04:12 UTC they came, the last time on 8 March at 23:30 UTC.')).toBe(
      'On 3 March 2021 at 05:12 (04:12 UTC, 6 days ago) they came, the last time on 9 March at 00:30 (8 March, 23:30 UTC).',
    );
  });

  it('leaves UTC where the reader lives in it', () => {
    expect(said(utc, 'On 8 March 2021 at 04:12 UTC.')).toBe('On 8 March 2021 at 04:12 UTC (yesterday).');
  });

  it('leaves days without a time alone', () => {
    expect(said(berlin, 'They tried on 5 and 7 March 2021.')).toBe('They tried on 5 and 7 March 2021.');
  });
});

describe('relative words', () => {
  it('count days on the reader’s wall', () => {
    expect(sayAgo(berlin, Date.UTC(2021, 2, 8, 23, 30))).toBe('today');
    expect(sayAgo(utc, Date.UTC(2021, 2, 8, 23, 30))).toBe('yesterday');
    expect(sayAgo(utc, Date.UTC(2021, 1, 1))).toBeNull();
    expect(sayAgo(utc, Date.UTC(2021, 2, 12))).toBeNull();
  });

  it('say a length in the largest unit that fits', () => {
    expect(sayLength(1000)).toBe('1 second');
    expect(sayLength(9 * 60_000 + 29_000)).toBe('9 minutes');
    expect(sayLength(3 * 365.25 * 86_400_000)).toBe('3 years');
  });
});
