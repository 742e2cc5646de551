import { describe, expect, test } from 'vitest';
import { parseEventData } from './event-data.ts';

const parse = (text: string): { parts: Record<string, string>; told: string[] } => {
  const told: string[] = [];
  return { parts: Object.fromEntries(parseEventData(text, (code, found) => told.push(`${code} ${found}`))), told };
};
const script = `Set-OabVirtualDirectory.ExternalUrl='http://f/#x'.Identity='1'`;

describe('quoting', () => {
  test('an item in quotes as a whole', () => {
    expect(
      parse(`S:TIME=1;'S:CMD=Set-OabVirtualDirectory.ExternalUrl=''http://f/;x''';S:REQID=;S:URL=/ecp/;S:EX=;S:BLD=15.1`),
    ).toEqual({
      parts: {
        TIME: '1',
        CMD: `Set-OabVirtualDirectory.ExternalUrl='http://f/;x'`,
        REQID: '',
        URL: '/ecp/',
        BLD: '15.1',
        EX: '',
      },
      told: [],
    });
  });
  test('quotes within an item', () => {
    expect(parse(`S:CMD=${script};S:REQID=;S:URL=/a`).parts).toMatchObject({ CMD: script, URL: '/a' });
  });
  test('blanks and empty items stay what they are', () => {
    expect(parse('S:CMD=a ;b;;c;S:REQID=;').parts).toEqual({ CMD: 'a ;b;;c', REQID: '' });
  });
  test('a quote that does not close', () => {
    const { parts, told } = parse(`S:CMD=Get-Mailbox;S:REQID=;S:URL=/a'b;S:EX=;S:BLD=15.1`);
    expect(parts).toMatchObject({ CMD: 'Get-Mailbox', URL: `/a'b`, EX: '', BLD: '15.1' });
    expect(told[0]).toMatch(/^ecp\.open_quote/);
  });
});

describe('forged keys', () => {
  test('an exception in the URL or the referer does not make the cmdlet fail', () => {
    for (const forged of ['S:URL=/a;S:EX=Boom;S:REFERRER=', 'S:URL=/a;S:REFERRER=x;S:EX=Boom']) {
      const { parts, told } = parse(`S:CMD=${script};S:REQID=;${forged};S:EX=;S:ACTID=1`);
      expect(parts).toMatchObject({ CMD: script, EX: '' });
      expect(told).toContain('ecp.duplicate_key EX');
    }
  });
  test('a true exception stays one', () => {
    expect(parse(`S:CMD=${script};S:REQID=;S:URL=/a;S:EX=Boom;S:ACTID=1`).parts.EX).toBe('Boom');
  });
  test('a false empty exception raises: the cmdlet is not called failed', () => {
    expect(parse(`S:CMD=${script};S:REQID=;S:URL=/a;S:EX=;S:EX=Boom`).parts.EX).toBe('');
  });
  test('keys within the command are the command’s words, and cut nothing off', () => {
    const { parts, told } = parse(`S:CMD=Set-X.ExternalUrl='http://f/#';S:EX=Boom;S:URL2=q;'<tag>';S:REQID=7;S:URL=/a;S:EX=`);
    expect(parts).toMatchObject({ REQID: '7', URL: '/a', EX: '' });
    expect(parts.CMD).toContain('<tag>');
    expect(told).toContain('ecp.key_order EX');
  });
  test('a command behind the URL is not the server’s', () => {
    const { parts, told } = parse(`S:TIME=1;S:REQID=;S:URL=/a;S:CMD=${script};S:EX=`);
    expect(parts.CMD).toBeUndefined();
    expect(told).toContain('ecp.key_order CMD');
  });
  test('of two commands the first counts', () => {
    const { parts, told } = parse('S:CMD=Get-Mailbox;S:REQID=;S:URL=/a;S:CMD=Set-X;S:EX=');
    expect(parts.CMD).toBe('Get-Mailbox');
    expect(told).toContain('ecp.key_order CMD');
  });
});

test.each(['', ';', "'", 'S:=', 'S:CMD', `'S:CMD=`, ';;;;', 'S:EX=;S:EX='])('any text: %s', (text) => {
  expect(() => parse(text)).not.toThrow();
});
