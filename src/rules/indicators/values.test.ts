import { describe, expect, test } from 'vitest';
import { refang, trimmed } from './refang.ts';
import { byLook, check, maskedForm, pathForm, urlForm } from './values.ts';
import type { IndicatorKind } from './indicator.ts';

const said = (kind: IndicatorKind, raw: string): string => {
  const checked = check(kind, raw);
  return 'leftOut' in checked ? `- ${checked.leftOut}` : `${checked.kind} ${checked.value}${checked.weak === null ? '' : ' !'}`;
};
const looked = (raw: string): string => {
  const checked = byLook(raw);
  return checked === null ? '?' : 'leftOut' in checked ? `- ${checked.leftOut}` : `${checked.kind} ${checked.value}`;
};

test.each([
  ['hxxp://bad[.]example/x', 'http://bad.example/x'],
  ['hXXps[://]bad[.]example', 'https://bad.example'],
  ['198.51.100[.]7', '198.51.100.7'],
  ['198[.51.100.7', '198.51.100.7'],
  ['198(.)51(dot)100 [dot] 7'.replaceAll(' ', ''), '198.51.100.7'],
  ['who[at]bad[.]example', 'who@bad.example'],
  ['bad.example (compromised site)', 'bad.example'],
  ['\u200e "bad.example"\u00a0', 'bad.example'],
  ['hxxps:/bad.example/a', 'https://bad.example/a'],
])('%s is %s', (written, meant) => {
  expect(refang(written)).toBe(meant);
});

test('a long run of blanks is taken off in one pass', () => {
  expect(trimmed(`${' '.repeat(200_000)}a${' '.repeat(200_000)}b${' '.repeat(200_000)}`)).toHaveLength(200_002);
});

describe('a value of which the kind is said', () => {
  test.each<[IndicatorKind, string, string]>([
    ['md5', 'ABCDEF0123456789abcdef0123456789', 'md5 abcdef0123456789abcdef0123456789'],
    // Its length tells better than its list.
    ['md5', 'a'.repeat(39) + 'b', `sha1 ${'a'.repeat(39)}b`],
    ['sha256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '- empty_hash'],
    ['md5', '0'.repeat(32), '- empty_hash'],
    ['sha256', 'abc', '- unreadable'],
    ['address', '198.51.100.7:443', 'address 198.51.100.7'],
    ['address', '198.051.100.007', 'address 198.51.100.7'],
    ['address', '2001:DB8::1', 'address 2001:db8:0:0:0:0:0:1'],
    ['address', '192.168.1.1', '- private'],
    ['address', '127.0.0.1', '- private'],
    ['address', '224.0.0.5', '- private'],
    ['address', '8.8.8.8', '- resolver'],
    ['address', '203.0.113.0/24', 'range 203.0.113.0/24'],
    ['address', '203.0.113.9/32', 'address 203.0.113.9'],
    ['range', '203.0.113.77/24', 'range 203.0.113.0/24'],
    ['range', '0.0.0.0/0', '- private'],
    ['range', '198.0.0.0/8', '- broad'],
    ['domain', '*.Bad.Example.', 'domain bad.example'],
    ['domain', 'bad.example:8080', 'domain bad.example'],
    ['domain', 'microsoft.com', '- common_domain'],
    ['domain', 'github.io', '- common_domain'],
    ['domain', 'evil.github.io', 'domain evil.github.io'],
    ['domain', 'localhost', '- unreadable'],
    ['domain', '198.51.100.7', 'address 198.51.100.7'],
    ['url', 'hxxps://Bad.example:443/A?b=1#c', 'url bad.example/a?b=1'],
    ['url', 'http://bad.example/', 'url bad.example'],
    ['url', 'https://github.com/someone/evil', 'url github.com/someone/evil !'],
    ['url', 'https://github.com/', '- common_domain'],
    ['url', 'http://192.168.0.1/', '- private'],
    ['url', 'http://bad.example/{redacted}', '- placeholder'],
    ['url', '/owa/auth/x.aspx', 'path /owa/auth/x.aspx'],
    ['user_agent', 'Mozilla/5.0', '- common_agent'],
    ['user_agent', 'curl/7.64.1', 'user_agent curl/7.64.1 !'],
    [
      'user_agent',
      'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/88.0.4324.190+Safari/537.36',
      'user_agent mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml like gecko) chrome/88.0.4324.190 safari/537.36 !',
    ],
    ['user_agent', 'antSword/v2.1', 'user_agent antsword/v2.1'],
    ['path', 'C:\\inetpub\\wwwroot\\aspnet_client\\X.aspx', 'path c:\\inetpub\\wwwroot\\aspnet_client\\x.aspx'],
    ['path', 'C:\\\\inetpub\\\\x\\\\a.aspx', 'path c:\\inetpub\\x\\a.aspx'],
    ['path', '%PUBLIC%\\Music\\run.dll', 'path \\music\\run.dll'],
    ['path', 'C:\\Users\\<user>\\Downloads\\sh.ps1', 'path \\downloads\\sh.ps1'],
    ['path', 'C:\\Users\\*', '- placeholder'],
    ['path', 'C:\\ProgramData\\Bad\\', 'path c:\\programdata\\bad\\'],
    ['path', 'Local\\Temp\\', '- folder'],
    ['path', 'x.aspx1', 'file_name x.aspx1'],
    ['path', '/owa/auth/logon.aspx', '- common_name'],
    ['path', '/owa/auth/logon.aspx?x=1', '- common_name'],
    ['path', 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\errorFE.aspx', '- common_name'],
    ['path', '/owa/auth/logon1.aspx', 'path /owa/auth/logon1.aspx'],
    ['file_name', 'cmd.exe', '- common_name'],
    ['file_name', 'a.js', '- broad'],
    ['file_name', 'noending', '- broad'],
    ['file_name', 'Temp\\bad1.dll', 'path \\temp\\bad1.dll'],
    ['account', 'HAVEN\\Mallory', 'account mallory'],
    ['account', 'Administrator', '- common_name'],
    ['account', 'mallory@bad.example', 'email mallory@bad.example'],
    ['email', 'mailto:Who[@]bad[.]example', 'email who@bad.example'],
    ['email', 'nobody', '- unreadable'],
  ])('%s %s: %s', (kind, raw, expected) => {
    expect(said(kind, raw)).toBe(expected);
  });
});

test.each([
  ['198.51.100.7', 'address 198.51.100.7'],
  ['203.0.113.0/28', 'range 203.0.113.0/28'],
  ['bad.example', 'domain bad.example'],
  ['hxxp://bad.example/a', 'url bad.example/a'],
  ['C:\\temp\\evil1.exe', 'path c:\\temp\\evil1.exe'],
  ['/owa/auth/evil.aspx', 'path /owa/auth/evil.aspx'],
  ['evil1.exe', 'file_name evil1.exe'],
  ['who@bad.example', 'email who@bad.example'],
  ['a sentence with bad.example in it', '?'],
  ['12:30:45', '?'],
  ['./zimbra/public/x.jsp', '?'],
  ['v1.2', '?'],
])('by its look %s is %s', (raw, expected) => {
  expect(looked(raw)).toBe(expected);
});

test('forms', () => {
  expect(maskedForm('203.0.113.77', 12)).toBe('203.0.0.0/12');
  expect(maskedForm('2001:db8:0:0:0:0:0:1', 33)).toBe('2001:db8:0:0:0:0:0:0/33');
  expect(urlForm('https://user@bad.example:8443/x')).toBe('bad.example:8443/x');
  expect(urlForm('not a url')).toBeNull();
  expect(pathForm('\\\\MAIL01\\c$\\x\\y.aspx')).toBe('\\\\mail01\\c$\\x\\y.aspx');
});
