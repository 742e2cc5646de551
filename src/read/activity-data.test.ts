import { expect, test } from 'vitest';
import { parseActivityData } from './activity-data.ts';

const parse = (text: string): [Record<string, string>, string[]] => {
  const told: string[] = [];
  const parts = parseActivityData(text, (code, found) => told.push(`${code} ${found}`));
  return [Object.fromEntries(parts), told];
};

test('account, address, build, activity', () => {
  expect(
    parse('S:PSA=<PII>eva@haven.example</PII>;S:URL=https://a/ecp/x?y=1;S:Bld=15.1.2375.7;S:ActID=a-1;Dbl:WLM.TS=0'),
  ).toEqual([{ PSA: 'eva@haven.example', URL: 'https://a/ecp/x?y=1', Bld: '15.1.2375.7', ActID: 'a-1' }, []]);
  expect(parse('S:Bld=15.1.2375.7;S:ActID=a-1;S:WLM.Bal=1')).toEqual([{ Bld: '15.1.2375.7', ActID: 'a-1' }, []]);
});

test('what a visitor writes into the address is part of the address', () => {
  expect(
    parse('S:URL=https://a/x?y=1;S:Bld=1.2.3.4;S:ActID=forged;S:PSA=ceo;S:Bld=15.1.2375.7;S:ActID=true;Dbl:WLM.TS=0'),
  ).toEqual([
    { URL: 'https://a/x?y=1;S:Bld=1.2.3.4;S:ActID=forged;S:PSA=ceo', Bld: '15.1.2375.7', ActID: 'true' },
    ['ecp.duplicate_key Bld'],
  ]);
});

test('without a build nobody knows where the address ends: no id is believed', () => {
  expect(parse('S:URL=https://a/x?y=1;S:ActID=forged')).toEqual([{ URL: 'https://a/x?y=1' }, []]);
  expect(parse('')).toEqual([{}, []]);
});

test('many keys cost no more than their length', () => {
  const [parts] = parse(`S:URL=${';S:Bld='.repeat(20_000)};S:Bld=15.1;S:ActID=a`);
  expect(parts.Bld).toBe('15.1');
});
