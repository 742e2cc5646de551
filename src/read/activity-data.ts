/**
 * `EventData` of the ECP Activity log: `S:PSA=…;S:URL=…;S:Bld=…;S:ActID=…;` and then counters. Whoever asks writes the URL, so what
 * looks like a key inside it is a part of it: the last `S:Bld` ends the URL, because the server writes it behind.
 * @see docs/reference/sources.md#ecp-activity
 */
import type { ProblemCode } from '../core/problem.ts';

const begin = (text: string, key: string, from: number): number => {
  for (let at = text.indexOf(`S:${key}=`, from); at !== -1; at = text.indexOf(`S:${key}=`, at + 1)) {
    const before = text[at - 1];
    if (before === undefined || before === ';' || before === "'") return at;
  }
  return -1;
};

/** From behind `S:key=` at `at` to the next `;` outside, or to `end`. */
function valueAt(text: string, at: number, key: string, end = text.length): string {
  const from = at + key.length + 3;
  const stop = text.indexOf(';', from);
  return text.slice(from, stop === -1 || stop > end ? end : stop);
}

export function parseActivityData(text: string, report: (code: ProblemCode, found: string) => void): Map<string, string> {
  const parts = new Map<string, string>();
  const put = (key: string, value: string): void => {
    const bare = value.replace(/'$/, '');
    if (bare !== '') parts.set(key, bare);
  };
  const url = begin(text, 'URL', 0);
  const serverFrom = url === -1 ? 0 : url + 6;
  const builds: number[] = [];
  for (let at = begin(text, 'Bld', serverFrom); at !== -1; at = begin(text, 'Bld', at + 1)) builds.push(at);
  if (builds.length > 1) report('ecp.duplicate_key', 'Bld');
  const build = builds.at(-1) ?? -1;
  // What the server found out about the caller stands before the URL; behind it, it may be a word of the URL's.
  const account = begin(text, 'PSA', 0);
  if (account !== -1 && (url === -1 || account < url)) put('PSA', valueAt(text, account, 'PSA').replace(/<\/?PII>/g, ''));
  if (url !== -1) {
    const end = build === -1 ? -1 : text.lastIndexOf(';', build);
    put('URL', end > url ? text.slice(url + 6, end) : valueAt(text, url, 'URL'));
  }
  if (build !== -1) put('Bld', valueAt(text, build, 'Bld'));
  const activity = begin(text, 'ActID', build === -1 ? serverFrom : build);
  // Without the build that ends the URL, nobody knows where the client's words end.
  if (activity !== -1 && (build !== -1 || url === -1)) put('ActID', valueAt(text, activity, 'ActID'));
  return parts;
}
