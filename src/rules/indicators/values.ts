/** One value: what it is, its form for comparing, and whether it says anything at all. */
import { bareAddress, isPrivate } from '../../core/address.ts';
import { isAscii } from '../../core/text.ts';
import {
  commonAccounts,
  commonAgent,
  commonDomains,
  commonFiles,
  commonPage,
  emptyHashes,
  publicResolvers,
} from './commonplace.ts';
import type { IndicatorKind, Weakness } from './indicator.ts';
import type { LeftOutCode } from './left-out.ts';
import { refang, trimmed } from './refang.ts';

export type Checked =
  | { readonly kind: IndicatorKind; readonly value: string; readonly weak: Weakness | null }
  | { readonly leftOut: LeftOutCode; readonly what: string };

const left = (leftOut: LeftOutCode, what = ''): Checked => ({ leftOut, what });
const as = (kind: IndicatorKind, value: string, weak: Weakness | null = null): Checked => ({ kind, value, weak });

export const longestValue = 2048;
const hashLengths: Readonly<Record<number, IndicatorKind>> = { 32: 'md5', 40: 'sha1', 64: 'sha256' };

export function hashOf(text: string): Checked | null {
  const value = text.replace(/^(?:md5|sha-?1|sha-?256|0x)[:=]?/i, '').toLowerCase();
  const kind = hashLengths[value.length];
  if (kind === undefined || !/^[0-9a-f]+$/.test(value)) return null;
  return emptyHashes.has(value) || /^(.)\1+$/.test(value) ? left('empty_hash') : as(kind, value);
}

/** One form for one address: eight groups without leading zeros. */
export function addressForm(text: string): string | null {
  const bare = bareAddress(text);
  if (bare === null || !bare.includes(':')) return bare === null ? null : bare.split('.').map(Number).join('.');
  const [head = '', tail] = bare.split('::');
  const groups = (half: string): string[] =>
    half === ''
      ? []
      : half.split(':').flatMap((group) => {
          if (!group.includes('.')) return [Number.parseInt(group, 16).toString(16)];
          const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
          return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
        });
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  return [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after].join(':');
}

function reserved(address: string): boolean {
  if (address.includes(':')) return isPrivate(address) || /^(?:ff|0:0:0:0:0:0:0:[01]$)/.test(address);
  const first = Number(address.split('.', 1)[0]);
  return isPrivate(address) || first >= 224;
}

function addressOf(text: string): Checked | null {
  const form = addressForm(text);
  if (form === null) return null;
  if (reserved(form)) return left('private');
  return publicResolvers.has(form) ? left('resolver') : as('address', form);
}

/** The first `bits` of an address, the others zero, as `address/bits`. */
export function maskedForm(form: string, bits: number): string {
  if (!form.includes(':')) {
    const number = form.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    const kept = bits === 0 ? 0 : (number & (0xffffffff << (32 - bits))) >>> 0;
    return `${kept >>> 24}.${(kept >>> 16) & 255}.${(kept >>> 8) & 255}.${kept & 255}/${bits}`;
  }
  const groups = form.split(':').map((group, index) => {
    const own = Math.max(0, Math.min(16, bits - index * 16));
    return (Number.parseInt(group, 16) & (0xffff << (16 - own)) & 0xffff).toString(16);
  });
  return `${groups.join(':')}/${bits}`;
}

/** Fewer bits than these hold whole providers. */
const fewestBits = { four: 12, six: 29 };

function rangeOf(text: string): Checked | null {
  const slash = /^([0-9a-f.:]{3,45})\/(\d{1,3})$/i.exec(text);
  const form = slash === null ? null : addressForm(slash[1]!);
  if (form === null) return null;
  const bits = Number(slash![2]);
  const whole = form.includes(':') ? 128 : 32;
  if (bits > whole) return left('unreadable');
  if (bits === whole) return addressOf(form);
  if (reserved(form)) return left('private');
  if (bits < (whole === 32 ? fewestBits.four : fewestBits.six)) return left('broad', `/${bits}`);
  return as('range', maskedForm(form, bits));
}

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const top = /^(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})$/;

export function hostForm(text: string): string | null {
  const name = text
    .toLowerCase()
    .replace(/^\*?\./, '')
    .replace(/\.$/, '');
  if (name.length > 253 || !isAscii(name)) return null;
  const labels = name.split('.');
  return labels.length >= 2 && top.test(labels.at(-1)!) && labels.every((one) => label.test(one)) ? name : null;
}

function domainOf(text: string): Checked | null {
  // With a port it is still the name: no log tells the port of a name that somebody looked up.
  const name = hostForm(text.replace(/:\d{1,5}$/, ''));
  if (name === null) return null;
  return commonDomains.has(name) ? left('common_domain') : as('domain', name);
}

/** Without its scheme, a port that is the scheme's own, its fragment and the slash of an empty path; lower case. */
export function urlForm(text: string): string | null {
  const parts =
    /^(?:(https?|ftps?|wss?|tcp|udp):\/\/)?(?:[^/?#@\s]{1,200}@)?([a-z0-9_.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?(?:([/?][^\s#]*))?(?:#.*)?$/i.exec(
      text,
    );
  if (parts === null) return null;
  const [, scheme = '', host = '', port, rest = ''] = parts;
  const name = hostForm(host) ?? addressForm(host);
  if (name === null) return null;
  const own =
    port === undefined ||
    (scheme.toLowerCase() === 'http' && port === '80') ||
    (scheme.toLowerCase() === 'https' && port === '443');
  const path = rest.toLowerCase().replace(/^\/$/, '');
  return `${name}${own ? '' : `:${port}`}${path}`;
}

function urlOf(text: string): Checked | null {
  const form = urlForm(text);
  if (form === null) return null;
  const host = form.split(/[:/?]/, 1)[0]!;
  if (!form.includes('/') && !form.includes('?')) {
    if (commonDomains.has(host)) return left('common_domain');
    const address = addressForm(host);
    if (address !== null && reserved(address)) return left('private');
  }
  return as('url', form, commonDomains.has(host) ? 'shared_host' : null);
}

/** Backslashes, single; lower case; without the quotes and what stands for a folder that differs from server to server. */
export function pathForm(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('/', '\\')
    .replace(/^\\\\\?\\/, '')
    .replace(/(?!^)\\{2,}/g, '\\')
    .replace(/^(?:%[^%\\]{1,40}%|\$env:\w{1,40}|csidl_\w{1,40}|<[^>\\]{1,40}>)(?=\\)/, '');
}

const holes = /[*?<>{}|]|%[a-z_()0-9]{2,40}%|\[redacted\]|\bredacted\b/i;

/** What stands behind the last placeholder, where that is a folder and a name; or the name. */
function behindHole(form: string): Checked {
  const names = form.split('\\');
  const last = names.findLastIndex((name) => holes.test(name));
  const tail = names.slice(last + 1).filter((name) => name !== '');
  if (tail.length === 0 || form.endsWith('\\')) return left('placeholder');
  return tail.length === 1 ? nameOf(tail[0]!) : as('path', `\\${tail.join('\\')}`);
}

function pathOf(text: string): Checked | null {
  // What is asked of a web server.
  if (/^\/[^\s\\]{2,1000}$/.test(text)) {
    const page = text.toLowerCase().split(/[?#]/, 1)[0]!;
    if (holes.test(page)) return left('placeholder');
    if (commonPage.test(page)) return left('common_name');
    return page.split('/').length > 2 || /\.[a-z0-9]{2,5}$/.test(page) ? as('path', page) : left('broad');
  }
  const form = pathForm(text);
  if (/^[a-z]:\\|^\\/.test(form) || form.includes('\\')) {
    if (holes.test(form)) return behindHole(form);
    const rooted = /^[a-z]:\\|^\\/.test(form) ? form : `\\${form}`;
    if (rooted.endsWith('\\')) return /^[a-z]:\\[^\\]+\\[^\\]+/.test(rooted) ? as('path', rooted) : left('folder');
    if (commonPage.test(rooted.replaceAll('\\', '/'))) return left('common_name');
    const names = rooted.split('\\').filter((name) => name !== '' && !name.endsWith(':'));
    const last = names.at(-1) ?? '';
    if (names.length < 2 && !rooted.includes(':')) return nameOf(last);
    if (!last.includes('.') && !rooted.includes(':')) return left('folder');
    return as('path', rooted);
  }
  return null;
}

function nameOf(text: string): Checked {
  const name = text.toLowerCase();
  if (/[\\/]/.test(name)) return pathOf(text) ?? left('unreadable');
  if (holes.test(name)) return left('placeholder');
  if (commonFiles.has(name)) return left('common_name');
  // A name without an ending, or of a letter and one, stands in any text.
  if (name.length < 5 || name.length > 255 || !/^[^.].*\.[a-z0-9_-]{1,10}$/.test(name)) return left('broad');
  return as('file_name', name);
}

/** As logs write it: `+` for a blank (IIS), two blanks for a comma and a blank (HttpProxy). */
export const agentForm = (text: string): string => text.toLowerCase().replaceAll('+', ' ').replace(/[, ]+/g, ' ').trim();

function agentOf(text: string): Checked {
  const value = agentForm(text);
  if (value.length < 4 || /^(?:mozilla\/[45]\.0|mozilla|n\/a|none|null|unknown|user-agent)$/.test(value))
    return left('common_agent');
  return as('user_agent', value, commonAgent.test(text.toLowerCase().replaceAll('+', ' ')) ? 'common_agent' : null);
}

const mailbox = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9.-]{3,253})$/i;

export function emailForm(text: string): string | null {
  const bare = text
    .toLowerCase()
    .replace(/^(?:mailto|smtp):/, '')
    .replace(/^<|>$/g, '');
  const host = mailbox.exec(bare)?.[1];
  return host !== undefined && hostForm(host) !== null ? bare : null;
}

/** Without its domain: which of its names a server calls it by differs from log to log. */
export function accountForm(text: string): string {
  const name = text.trim().toLowerCase();
  return name.slice(Math.max(name.lastIndexOf('\\'), name.lastIndexOf('/')) + 1);
}

function accountOf(text: string): Checked {
  const value = accountForm(text);
  if (holes.test(value) || value === '') return left('placeholder');
  if (commonAccounts.has(value) || /^(?:healthmailbox|systemmailbox|exchange online)/.test(value)) return left('common_name');
  return value.length < 3 || value.length > 256 ? left('broad') : as('account', value);
}

const fileEnding =
  /\.(?:exe|dll|sys|bat|cmd|ps1|psm1|vbs|vbe|jse?|wsf|hta|aspx?|ashx|asmx|asax|ascx|cshtml|php\d?|jspx?|war|txt|log|dat|bin|tmp|ini|cfg|docx?|docm|xlsx?|xlsm|pptx?|pdf|rtf|zip|rar|7z|gz|tgz|iso|img|lnk|msi|jar|apk|elf|py|sh|pl|svg|png|jpe?g|gif|html?|xml|json)$/i;

/** What a value is by its own look; null: nothing that is known. */
export function byLook(raw: string): Checked | null {
  const text = refang(raw);
  if (text.length < 4 || text.length > longestValue) return null;
  const hash = hashOf(text);
  if (hash !== null) return hash;
  if (/^(?:https?|ftps?):\/\//i.test(text)) return holes.test(text.split(/[?#]/, 1)[0]!) ? left('placeholder') : urlOf(text);
  const address = addressOf(text) ?? rangeOf(text);
  if (address !== null) return address;
  if (/^[^\s\\/]+@[^\s\\/]+$/.test(text)) return emailForm(text) === null ? null : as('email', emailForm(text)!);
  if (/^(?:[a-z]:|%[a-z]{2,40}%|\\\\[^\\]{1,64})\\/i.test(trimmed(raw))) return pathOf(trimmed(raw));
  if (/^\/[\w./-]{3,300}\.\w{2,5}$/.test(text)) return pathOf(text);
  if (/\s/.test(text)) return null;
  if (!/[\\/]/.test(text) && fileEnding.test(text)) return nameOf(text);
  return domainOf(text);
}

/** Checks a value of which its list says the kind. */
export function check(kind: IndicatorKind, raw: string): Checked {
  const text = kind === 'path' || kind === 'file_name' || kind === 'user_agent' ? trimmed(raw) : refang(raw);
  if (text === '') return left('unreadable');
  if (text.length > longestValue) return left('limit');
  const wrong = left('unreadable', kind);
  switch (kind) {
    case 'md5':
    case 'sha1':
    case 'sha256':
      // Lists mistake one hash for another; its length tells.
      return hashOf(text) ?? wrong;
    case 'address':
    case 'range':
      return addressOf(text) ?? rangeOf(text) ?? domainOf(text) ?? wrong;
    case 'domain':
      return addressOf(text) ?? domainOf(text) ?? (text.includes('/') ? urlOf(text) : null) ?? wrong;
    case 'url':
      if (holes.test(text.split(/[?#]/, 1)[0]!)) return left('placeholder');
      return urlOf(text) ?? (text.startsWith('/') ? pathOf(text) : null) ?? wrong;
    case 'user_agent':
      return agentOf(text);
    case 'path':
      return pathOf(text) ?? nameOf(text);
    case 'file_name':
      return nameOf(text);
    case 'account':
      return emailForm(text) === null ? accountOf(text) : as('email', emailForm(text)!);
    case 'email':
      return emailForm(text) === null ? wrong : as('email', emailForm(text)!);
  }
}
