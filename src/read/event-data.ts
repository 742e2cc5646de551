/**
 * `EventData` of the ECP Server log: `S:NAME=value;S:NAME=value;…`. An item that holds a quote is itself put in single quotes with
 * inner quotes doubled; values inside an item may be quoted too. The order of keys is the server's: what stands where the server
 * never writes it was put there by somebody else.
 * @see docs/reference/sources.md#ecp-server
 */
import type { ProblemCode } from '../core/problem.ts';

/** Keys in the order in which the server writes them. CMD stands before anything that a client can choose; EX after all of it. */
const order = [
  'TIME',
  'SID',
  'CMD',
  'REQID',
  'URL',
  'REFERRER',
  'EX',
  'ACTID',
  'RS',
  'BLD',
  'TNAME',
  'TID',
  'USID',
  'EDOID',
  'ACID',
] as const;
const apostrophe = 0x27;
const semicolon = 0x3b;
const rankOf = new Map<string, number>(order.map((key, index) => [key, index]));

/** Splits at `;` outside single quotes; `''` inside quotes is one quote. Null when a quote does not close. */
function quotedItems(text: string): string[] | null {
  if (!text.includes("'")) return text.split(';');
  const items: string[] = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === apostrophe) {
      if (quoted && text.charCodeAt(i + 1) === apostrophe) i++;
      else quoted = !quoted;
    } else if (code === semicolon && !quoted) {
      items.push(text.slice(from, i));
      from = i + 1;
    }
  }
  if (quoted) return null;
  items.push(text.slice(from));
  return items;
}

/** An item in quotes as a whole loses them and one level of doubling. */
function unquote(item: string): string {
  const bare = item.trim();
  return bare.length >= 2 && bare.startsWith("'") && bare.endsWith("'") ? bare.slice(1, -1).replaceAll("''", "'") : item;
}

interface Item {
  readonly key: string;
  value: string;
  /** As it stands in the text. */
  raw: string;
}

/**
 * The server writes REQID right after CMD. What looks like another key between the two is a word of the command's parameters, which
 * came from the client: it stays a part of CMD, and neither cuts off what follows nor counts as a key.
 */
function wholeCommand(items: Item[], report: (code: ProblemCode, found: string) => void): void {
  const clientAt = (from: number): number => {
    const at = items.findIndex(({ key }, index) => index >= from && (key === 'URL' || key === 'REFERRER'));
    return at === -1 ? items.length : at;
  };
  const command = items.findIndex(({ key }) => key === 'CMD');
  if (command === -1 || clientAt(0) < command) return;
  const end = items.findLastIndex(({ key }, index) => key === 'REQID' && index > command && index < clientAt(command));
  for (const { key, raw } of items.splice(command + 1, Math.max(0, end - command - 1))) {
    report('ecp.key_order', key);
    items[command]!.value += `;${raw}`;
  }
}

/**
 * Parts by key. The first CMD counts, and only where no URL came before it; of EX the last counts, because only what stands after
 * URL and REFERRER was certainly written by the server. A key that stands twice may raise a judgement and never lower it: when one
 * of several EX is empty, the cmdlet is not called failed.
 */
export function parseEventData(text: string, report: (code: ProblemCode, found: string) => void): Map<string, string> {
  let items = quotedItems(text);
  if (items === null) {
    report('ecp.open_quote', text.slice(0, 200));
    items = text.split(/;(?='?S:[A-Z]+=)/);
  }
  const found: Item[] = [];
  while (items.at(-1)?.trim() === '') items.pop();
  for (const raw of items) {
    const match = /^\s*S:([A-Za-z]+)=(.*)$/s.exec(unquote(raw));
    if (match !== null) found.push({ key: match[1]!.toUpperCase(), value: match[2]!, raw });
    else if (found.length > 0) {
      found.at(-1)!.value += `;${raw}`;
      found.at(-1)!.raw += `;${raw}`;
    }
  }
  wholeCommand(found, report);
  const parts = new Map<string, string>();
  const exceptions: string[] = [];
  let highest = -1;
  let clientWordsSeen = false;
  for (const { key, value } of found) {
    const rank = rankOf.get(key);
    if (key === 'EX') {
      exceptions.push(value);
      continue;
    }
    if (rank !== undefined && rank < highest) {
      report('ecp.key_order', key);
      if (key === 'CMD' && clientWordsSeen) continue;
    }
    if (rank !== undefined) highest = Math.max(highest, rank);
    if (key === 'URL' || key === 'REFERRER') {
      clientWordsSeen = true;
      // The server writes EX behind both: what stood before was a word of the client's.
      if (exceptions.length > 0) {
        report('ecp.duplicate_key', 'EX');
        exceptions.length = 0;
      }
    }
    if (parts.has(key)) report('ecp.duplicate_key', key);
    else parts.set(key, value);
  }
  if (exceptions.length > 1) report('ecp.duplicate_key', 'EX');
  if (exceptions.length > 0) parts.set('EX', exceptions.some((value) => value.trim() === '') ? '' : exceptions.at(-1)!);
  return parts;
}
