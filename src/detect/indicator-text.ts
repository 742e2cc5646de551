/** Values of fields looked up in the table of indicators: as what they are, or taken apart. Linear in the text, and bounded. */
import { foldCase, percentDecode } from '../core/text.ts';
import {
  accountForm,
  addressForm,
  agentForm,
  emailForm,
  hostForm,
  type IndicatorTable,
  type OnMeeting,
  pathForm,
  urlForm,
} from '../rules/index.ts';
import type { Look } from './indicator-fields.ts';

/** Of longer values the beginning is looked at. */
export const longestValue = 8192;

const hexRun = /[0-9A-Fa-f]{32,}/g;
const link = /\b(?:https?|ftp):\/\/[^\s"'<>\\^`{|}]{3,2048}/gi;
/** Names, addresses, mail addresses. */
const dotted = /[\w.%+-]{1,320}@?[\w.-]{0,253}/g;
const colons = /[0-9A-Fa-f:.]{3,45}/g;
const barePath = /(?:[A-Za-z]:|\\)\\?[^\s"<>|*?:,;']{3,1024}/g;
const spacedPath = /[A-Za-z]:\\[^"<>|*?:\r\n;,=']{3,300}?\.[A-Za-z0-9]{1,5}(?![\w.])/g;
const quotedPath = /["']([^"'\r\n]{3,1024})["']/g;
const pageIn = /(?:^|[\s"'=(])(\/[\w./%-]{3,300})/g;

export function lookUp(table: IndicatorTable, look: Look, raw: string, on: OnMeeting): void {
  const value = raw.length > longestValue ? raw.slice(0, longestValue) : raw;
  switch (look) {
    case 'address': {
      const form = addressForm(value);
      if (form !== null) table.address(form, on);
      return;
    }
    case 'addresses':
      for (const one of value.split(/[,;+\s]+/, 32)) {
        const form = one === '' ? null : addressForm(one);
        if (form !== null) table.address(form, on);
      }
      return;
    case 'host': {
      const address = addressForm(value);
      if (address !== null) table.address(address, on);
      else host(table, value.replace(/:\d{1,5}$/, ''), on);
      return;
    }
    case 'agent':
      table.agent(agentForm(value), on);
      return;
    case 'account': {
      const mail = emailForm(value);
      if (mail !== null) table.email(mail, on);
      table.account(mail === null ? accountForm(value) : mail.slice(0, mail.indexOf('@')), on);
      return;
    }
    case 'email':
      for (const one of value.split(/[;,\s]+/, 64)) {
        const mail = one === '' ? null : emailForm(one);
        if (mail !== null) table.email(mail, on);
      }
      return;
    case 'page': {
      const plain = value.split('?', 1)[0]!;
      page(table, plain, on);
      return;
    }
    case 'text':
      text(table, value, on);
      return;
  }
}

function page(table: IndicatorTable, stem: string, on: OnMeeting): void {
  const lower = foldCase(stem);
  table.page(lower, on);
  if (!lower.includes('%')) return;
  const decoded = foldCase(percentDecode(lower));
  if (decoded !== lower) table.page(decoded, on);
}

function host(table: IndicatorTable, name: string, on: OnMeeting): void {
  const form = hostForm(name);
  if (form !== null) table.host(form, on);
}

function text(table: IndicatorTable, value: string, on: OnMeeting): void {
  if (table.asks('h'))
    for (const [run] of value.matchAll(hexRun))
      if (run.length === 32 || run.length === 40 || run.length === 64) table.hash(run.toLowerCase(), on);
  if (!/[.:\\/]/.test(value)) return;
  if (table.asks('u') && value.includes('://'))
    for (const [url] of value.matchAll(link)) {
      const form = urlForm(url.replace(/[).,;\]]+$/, ''));
      if (form !== null) table.url(form, on);
    }
  const names = table.asks('n');
  if (value.includes('.') && (names || table.asks('arxde')))
    for (const [run] of value.matchAll(dotted)) {
      if (run.length < 4) continue;
      const at = run.indexOf('@');
      const bare = run.slice(at + 1).replace(/^[.-]+|[.-]+$/g, '');
      if (!bare.includes('.')) continue;
      if (at > 0) {
        const mail = emailForm(`${run.slice(0, at)}@${bare}`);
        if (mail !== null) table.email(mail, on);
      }
      if (/^[\d.]+$/.test(bare)) {
        const form = addressForm(bare);
        if (form !== null) table.address(form, on);
        continue;
      }
      host(table, bare, on);
      if (names) table.name(bare.toLowerCase(), on);
    }
  if (table.asks('arx') && value.includes(':'))
    for (const [run] of value.matchAll(colons)) {
      if (run.indexOf(':') === run.lastIndexOf(':')) continue;
      const form = addressForm(run.replace(/[.]+$/, ''));
      if (form !== null) table.address(form, on);
    }
  if (value.includes('\\') && table.asks('pfn')) paths(table, value, on);
  if (table.asks('w') && value.includes('/')) for (const [, stem] of value.matchAll(pageIn)) page(table, stem!, on);
}

function paths(table: IndicatorTable, value: string, on: OnMeeting): void {
  const seen = new Set<string>();
  const look = (path: string): void => {
    const form = pathForm(path.trim().replace(/[.\s]+$/, ''));
    if (form.includes('\\') && !seen.has(form) && seen.size < 256) {
      seen.add(form);
      table.path(form, on);
    }
  };
  if (!/["'<>|*?\r\n]/.test(value)) look(value);
  for (const [, inside] of value.matchAll(quotedPath)) if (inside!.includes('\\')) look(inside!);
  for (const [path] of value.matchAll(spacedPath)) look(path);
  for (const [path] of value.matchAll(barePath)) look(path);
}
