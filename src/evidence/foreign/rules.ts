/**
 * Texts that hold rules and indicators. Each is told by the structure of the whole beginning, so that a rule that somebody wrote or
 * pasted among other lines makes nothing vanish.
 */
import type { JsonOutline } from './json-outline.ts';

const blank = /^\s*$/;

/** A Sigma rule, correlation or filter, or the record of a rule's test: YAML of nothing but names, lists and what is indented. */
export function isSigma(lines: readonly string[]): boolean {
  const names = new Set<string>();
  for (const line of lines) {
    if (blank.test(line) || /^(?:#|---|\.\.\.|\s+\S|-\s)/.test(line)) continue;
    const name = /^([A-Za-z_][\w-]{0,40})\s*:(?:\s|$)/.exec(line);
    if (name === null) return false;
    names.add(name[1]!);
  }
  if (names.has('title') && (names.has('detection') || names.has('correlation') || names.has('filter'))) return true;
  return names.has('rule_metadata') && names.has('regression_tests_info');
}

/** YARA: comments, imports and rules, and nothing between them. */
export function isYara(text: string): boolean {
  let rules = 0;
  let at = 0;
  while (at < text.length) {
    at = skipComments(text, at);
    if (at >= text.length) break;
    const next = text.slice(at, at + 4096);
    const line = /^(?:import|include)\s*"[^"\n]{0,200}"/.exec(next);
    if (line !== null) {
      at += line[0].length;
      continue;
    }
    const head = /^(?:(?:private|global)\s+)*rule\s+\w{1,128}\s*(?::[\s\w]{0,1000})?/.exec(next);
    if (head === null) return false;
    const brace = skipComments(text, at + head[0].length);
    if (brace >= text.length) break;
    if (text[brace] !== '{') return false;
    const end = endOfRule(text, brace + 1);
    // The end of the last one is beyond what is here: its parts must be.
    const body = text.slice(brace, end === -1 ? text.length : end);
    if (!/[{\s](?:condition|strings|meta|variables)\s?:/.test(body)) return false;
    rules++;
    if (end === -1) break;
    at = end;
  }
  return rules > 0;
}

function skipComments(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end + 1;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end === -1 ? text.length : end + 2;
    } else return at;
  }
}

/** After the brace that stands first on its line or last behind the condition; braces of hex strings stand elsewhere. -1: not here. */
function endOfRule(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') {
      for (at++; at < text.length && text[at] !== '"' && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
    } else if (character === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) at = skipComments(text, at) - 1;
    else if (character === '/' && /=\s*$/.test(text.slice(Math.max(from, at - 8), at))) {
      // A regular expression ends on its line.
      for (at++; at < text.length && text[at] !== '/' && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
    } else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

const snort =
  /^(?:#[ \t]*)?(?:alert|drop|reject|rejectsrc|rejectdst|rejectboth|pass|sdrop|activate|dynamic|block)[ \t]+[a-z0-9_.-]{2,20}[ \t]+\S/;

/** `alert tcp … -> … (…; sid:1;)`, looked for piece by piece: one pattern for all of it would try every way to cut the line. */
function isSnortRule(line: string): boolean {
  if (!snort.test(line)) return false;
  const arrow = Math.max(line.indexOf(' -> '), line.indexOf(' <> '));
  const options = arrow === -1 ? -1 : line.indexOf('(', arrow);
  return options !== -1 && /\bsid ?: ?\d/.test(line.slice(options));
}

/** Snort and Suricata: rules and comments alone. */
export function isSnort(lines: readonly string[]): boolean {
  let rules = 0;
  let others = 0;
  for (const line of lines) {
    if (isSnortRule(line)) rules++;
    else if (!blank.test(line) && !line.startsWith('#')) others++;
  }
  // The last line may be cut off by the end of what is here.
  return rules > 0 && others <= 1;
}

/** OpenIOC, and indicators of the older STIX, are XML. */
export function xmlRules(text: string): string | null {
  let at = /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?/.exec(text)![0].length;
  // Comments one by one: a pattern for all of them would try every way in which one could hold others.
  while (text.startsWith('<!--', at)) {
    const end = text.indexOf('-->', at + 4);
    if (end === -1) return null;
    at = end + 3;
    while (at < text.length && blank.test(text[at]!)) at++;
  }
  const root = /^<(?:\w{1,40}:)?(\w{1,40})[\s>]/.exec(text.slice(at, at + 100))?.[1];
  if (root === 'ioc' || root === 'OpenIOC') return 'OpenIOC indicators';
  return root === 'STIX_Package' ? 'STIX indicators' : null;
}

const has = (names: { has(name: string): boolean }, ...wanted: readonly string[]): boolean =>
  wanted.every((name) => names.has(name));

export function jsonRules({ first, second, any }: JsonOutline): string | null {
  const id = first.get('id');
  const type = first.get('type');
  if (typeof id === 'string' && typeof type === 'string' && id.startsWith(`${type}--`)) return 'STIX indicators';
  if (typeof type === 'string' && first.has('spec_version') && /^2\.\d$/.test(first.get('spec_version') ?? ''))
    return 'STIX indicators';
  if (any.has('to_ids') && has(any, 'category', 'type', 'value')) return 'MISP indicators';
  if (first.has('Event') && (has(second, 'info') || has(second, 'Attribute') || has(second, 'uuid'))) return 'MISP indicators';
  if (has(first, 'uuid', 'info') && (first.has('Attribute') || first.has('threat_level_id'))) return 'MISP indicators';
  if (first.has('rule') && has(first, 'title', 'level') && (first.has('tags') || first.has('filename'))) return 'Sigma rules';
  return null;
}

const indicatorNames = /^(?:indicator|ioc|indicator_?value|observable|value|data)$/;
const typeNames = /^(?:indicator_?type|ioc_?type|entity_?type|type|note|notes|description|details)$/;
const indicatorWords =
  /^(?:indicator|ioc|indicator_?value|observable|value|data|indicator_?type|ioc_?type|entity_?type|type|notes?|descriptions?|details|comments?|date_?added|first_?seen|last_?seen|tlp|release|category|malware_?family|confidence(?:_?score)?|threat_?type|action|active|expiration_?date_?time|time_?generated|traffic_?light_?prot.*|source|reference|tags?|campaign|actor|sha1|sha256|md5|filename|c2_?domain|severity)?$/;

/** A table of indicators: nothing but what such lists hold, an indicator among it and what is said of it. */
export const isIndicatorList = (columns: readonly string[]): boolean =>
  columns.length > 1 &&
  columns.every((name) => indicatorWords.test(name)) &&
  columns.some((name) => indicatorNames.test(name)) &&
  columns.some((name) => typeNames.test(name));
