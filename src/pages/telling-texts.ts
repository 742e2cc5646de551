/** Texts and names that tell for themselves, and stretches of code that are written so that nobody reads them. */
import { manyBlanks } from './code-blocks.ts';
import type { FoundSink } from './findings.ts';
import type { Capability, PageGrade, PageLanguage } from './page-facts.ts';
import { tokenize } from './tokens.ts';
import type { Tokens } from './token-source.ts';
import { madeLimit, scriptDecoded } from './unfold.ts';
import { nothing } from './value.ts';

/** Characters of made code, over all levels. */
export const madeLength = 2 << 20;

/** The beginnings of programs in the forms that texts have for bytes: of Windows and .NET, of Java, of Java's library BCEL. */
const programs = /^(?:TVqQAAMA|TVpQAAIA|TVoAAAAA|TVpAAAEA|TVroAAAA|4d5a90000300|0x4d5a9000|yv66vgAA|cafebabe0000|\$\$BCEL\$\$)/i;
export const carriesProgram = (text: string): boolean => text.length >= 200 && programs.test(text.slice(0, 16).trimStart());
/** What IIS keeps its passwords under. */
export const secretNames = /^(?:AnonymousUserPass|WAMUserPass|UNCPassword)$/i;

export const allColumns =
  /^(?:getColumnCount|getTables|GetOleDbSchemaTable|GetSchema|mysqli?_num_fields|mysqli?_fetch_fields?|mysql_list_tables|mysql_field_name)$/i;
export const listsTables =
  /\b(?:show\s{1,8}(?:create\s{1,8})?tables?\b|show\s{1,8}databases|information_schema\.|user_tab|all_tables|sysobjects|sys\.(?:tables|databases)|sqlite_master)/i;
/** Orders to a server of files on the same machine, that runs commands for whoever knows its word. */
export const fileServerOrder = /\bsite\s{1,8}(?:exec|maintenance)\b|^-SET(?:USER)?SETUP\b/i;
/** Code that only a loader of some maker can read: Zend, ionCube, SourceGuardian. */
export const encodedCode = /^\s*<\?php\s{1,20}@Zend;|\bionCube Loader\b|\bsg_load\s{0,4}\(/;
export const databaseShell =
  /\bxp_(?:cmdshell|dirtree|regwrite|regread)\b|\bsp_oa(?:create|method)\b|\binto\s{1,8}(?:out|dump)file\b/i;
export const carriesPage = /<%(?!--)[^]{12}|<\?(?:php|=)?[^]{12}|runat\s{0,4}=\s{0,4}["']?server/i;
/** A picture that the server puts into the page as code. */
export const imageIncluded =
  /<!--\s{0,8}#include\s{1,8}(?:file|virtual)\s{0,8}=\s{0,8}["']?[^"'>]{1,200}\.(?:jpe?g|gif|png|bmp|ico)["'\s]/i;
/** `<%@ Page Src="…" %>`: code that is no code by its name, or lies elsewhere on the server. */
export const strangeSource =
  /^(?:[a-z]:|\\\\|\/\/)[^]{1,200}\.\w{1,8}$|\.(?:jpe?g|gif|png|bmp|ico|txt|log|css|tmp|dat|bak|html?|xml|json)$/i;
export const typeNames = /^(?:TypeNameHandling|SimpleTypeResolver)$/;
export const nativeCall = /^(?:dllimport|declare)$/i;

/** `[DllImport("…")]`, `Declare Function … Lib "…"`. */
export function isDeclared({ list }: Tokens, at: number, language: PageLanguage): boolean {
  const next = list[at + 1];
  if (language === 'csharp') return /^[[.]$/.test(list[at - 1]?.value ?? '') && next?.value === '(';
  if (language !== 'visual-basic') return false;
  return (
    (list[at]!.value.toLowerCase() === 'dllimport' && next?.value === '(') ||
    list.slice(at + 1, at + 8).some(({ kind, value }) => kind === 'name' && value.toLowerCase() === 'lib')
  );
}

/** `x.Fields.Count`, `x.Columns.Count`. */
export const isCountOfColumns = ({ list }: Tokens, at: number): boolean =>
  list[at]!.value.toLowerCase() === 'count' &&
  list[at - 1]?.value === '.' &&
  /^(?:fields|columns)$/i.test(list[at - 2]?.value ?? '');

/** Something that tells for itself, whoever decides. */
export const alone = (name: string, capability: Capability, at: number): FoundSink => ({
  name,
  capability,
  of: 'all',
  hard: false,
  at,
  value: nothing,
  hidden: [],
  inFunction: false,
  self: null,
  given: [],
});

/** Java knows its escapes before it knows anything else: brackets and blanks may be written so. null: there are none. */
export function escapesPut(text: string): string | null {
  if (!/\\u+[0-9a-f]{4}/i.test(text)) return null;
  return text.replace(/\\u+([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Each encoded stretch by what it encodes, as far as the limit reaches; null: there is none. */
export function scriptsPut(text: string): { readonly text: string; readonly cut: boolean } | null {
  let out = '';
  let from = 0;
  let cut = false;
  for (let at = text.indexOf('#@~^'); at !== -1; at = text.indexOf('#@~^', from)) {
    const end = text.indexOf('^#~@', at);
    const stop = end === -1 ? text.length : end + 4;
    out += `${text.slice(from, at)}\n${scriptDecoded(text.slice(at, stop)) ?? ''}\n`;
    from = stop;
    // One stretch is decoded so far as well.
    if (stop - at > madeLimit) cut = true;
    if (out.length > madeLength) {
      cut = true;
      break;
    }
  }
  return from === 0 ? null : { text: out + text.slice(from), cut };
}

/** A cleaner of files that takes code out and keeps the length leaves blanks. */
export const isBlanked = (text: string, begins: number, ends: number): boolean =>
  ends - begins >= manyBlanks && text.slice(begins, ends).trim() === '';

export const raised = (grade: PageGrade): PageGrade => (grade === 'none' ? 'doubtful' : grade);

/** Code of PHP that a page evaluates: it begins within the language. */
export function phpText(text: string, into: Tokens): void {
  const opening = /<\?(?:php\b|=|(?=\s))/gi;
  let at = 0;
  if (/^\s*<\?/.test(text)) at = text.search(/<\?(?:php|=)?/i) + (/^<\?(?:php|=)/i.exec(text.trimStart())?.[0].length ?? 2);
  while (at < text.length) {
    const stopped = tokenize(text, at, text.length, 'php', into);
    opening.lastIndex = stopped;
    const next = opening.exec(text);
    if (next === null || into.cut) return;
    const past = next.index + next[0].length;
    if (past <= at) return;
    at = past;
  }
}
