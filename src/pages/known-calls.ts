/**
 * Calls whose result is known without running them: of constant texts the text, of anything else whose words are in it. Names are lower
 * case, the last part of the call (`fromcharcode`, `base64_decode`).
 */
import type { Obfuscation } from './page-facts.ts';
import { base64Text, hexText, madeLimit, replaced, reversed, rot13, scriptDecoded, unpacked, urlText, uuText } from './unfold.ts';
import { from, hiddenBy, isRequest, joined, mixed, nothing, passed, textValue, type Value } from './value.ts';

/** Makes a number, a hash, a length, yes or no of what it is given: nothing of the visitor's words is left. */
const narrowing: ReadonlySet<string> = new Set(
  (
    'intval floatval doubleval boolval strlen count sizeof isset empty is_numeric is_array is_string is_file is_dir file_exists is_writable is_readable ' +
    'md5 sha1 crc32 hash md5_file sha1_file filesize filemtime fileperms time date mktime strpos stripos strrpos substr_count in_array array_key_exists ' +
    'function_exists method_exists class_exists preg_match preg_match_all ereg eregi strcmp strcasecmp strncmp strncasecmp strstr_ version_compare ' +
    'abs ceil floor round rand mt_rand max min ctype_alnum ctype_digit ctype_alpha password_verify ' +
    'cint clng cdbl cbool cbyte csng instr instrrev len isnumeric isempty isnull isobject isdate isarray ubound lbound asc ascw datediff dateadd ' +
    'toint32 toint16 toint64 touint32 todouble toboolean tobyte todatetime parseint parsefloat tryparse isnan length indexof lastindexof equals ' +
    'compareto contains startswith endswith equalsignorecase hashcode gethashcode exists isnullorempty isnullorwhitespace computehash comparable ' +
    'ismatch isinrole valueof_ booleanvalue intvalue longvalue haskeys allkeys isempty containskey isdefined'
  ).split(' '),
);

/** Kinds of numbers that are parsed: `int.parse`. */
const numberParse =
  /^(?:.*\.)?(?:int|int32|int64|integer|long|short|byte|double|float|decimal|bool|boolean|guid|datetime|enum|system\.int32)\.(?:parse|parseint|tryparse|valueof|parselong|parseboolean|parsedouble)$/;

const radix = /^(?:parseint|parsebyte|parseshort|parselong|tobyte|toint16|toint32|tochar|valueof)$/;

const narrowedTo = (value: Value): Value => ({ ...nothing, words: from.unknown | from.narrowed, at: value.at });

/** The last part of a path. */
export const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

export interface Known {
  readonly value: Value;
}

const turn = (value: Value, by: Obfuscation | null, how: (text: string) => string | null): Value => {
  if (value.text === null) return passed(value, by === null || by === 'escapes' ? 0 : from.decoded);
  const text = how(value.text);
  return text === null || text.length > madeLimit ? passed(value, from.decoded) : hiddenBy({ ...value, text, parts: null }, by);
};

const all = (args: readonly Value[]): Value => args.reduce((a, b) => mixed(a, b), nothing);

/**
 * null: nothing is known of this call.
 * @param path the whole name of what is called, lower case
 * @param self what it is called on
 */
export function knownCall(path: string, self: Value | null, args: readonly Value[], at: number): Value | null {
  const name = lastName(path);
  // Of digits of another base bytes are made.
  if (radix.test(name) && (args[1]?.text === '16' || args[1]?.text === '2' || args[1]?.text === '8'))
    return passed(args[0]!, from.decoded);
  if (/^c(?:int|lng|byte)$/.test(name) && /^&h/i.test(args[0]?.head ?? '')) return passed(args[0]!, from.decoded);
  if (narrowing.has(name) || /^is_[a-z]+$/.test(name) || numberParse.test(path)) return narrowedTo({ ...nothing, at });
  const [first = nothing, second = nothing, third = nothing] = args;
  const owner = self !== null && (self.text !== null || self.words !== 0) ? self : null;
  switch (name) {
    case 'chr':
    case 'chrw':
    case 'chrb':
    case 'chr$':
      return ofCodes([first], at);
    case 'fromcharcode':
      return ofCodes(args, at);
    case 'base64_decode':
    case 'frombase64string':
    case 'decodebase64':
    case 'decodebuffer':
    case 'parsebase64binary':
    case 'atob':
      return turn(first, 'base64', base64Text);
    case 'decode':
    case 'base64decode':
    case 'b64decode':
      return owner === null || /base64|decoder/.test(path) ? turn(first, 'base64', base64Text) : null;
    case 'hex2bin':
    case 'parsehexbinary':
    case 'hextostring':
    case 'hexdecode':
      return turn(first, 'hex', hexText);
    case 'pack':
      return /^h\*/i.test(first.text ?? '') ? turn(second, 'hex', hexText) : passed(all(args), from.decoded);
    case 'str_rot13':
      return turn(first, 'rotated', rot13);
    case 'strrev':
    case 'strreverse':
      return turn(first, 'reversed', reversed);
    case 'reverse':
      return owner === null ? (args.length === 1 ? turn(first, 'reversed', reversed) : null) : turn(owner, 'reversed', reversed);
    case 'gzinflate':
    case 'gzuncompress':
    case 'gzdecode':
    case 'zlib_decode':
    case 'bzdecompress':
      return turn(first, 'compressed', unpacked);
    case 'urldecode':
      return turn(args.length === 0 && owner !== null ? owner : first, 'escapes', (text) => urlText(text, true));
    case 'rawurldecode':
    case 'unescape':
    case 'decodeuri':
    case 'decodeuricomponent':
      return turn(first, 'escapes', (text) => urlText(text, false));
    case 'convert_uudecode':
      return turn(first, 'base64', uuText);
    case 'htmldecode':
    case 'html_entity_decode':
    case 'htmlspecialchars_decode':
      return turn(first, null, entitiesPut);
    case 'str_replace':
    case 'str_ireplace':
      return third.text === null ? passed(third) : replacedAll(third, first, second);
    case 'preg_replace':
      return passed(third);
    case 'strtr':
      return turned(first, second, third);
    case 'replace':
    case 'replaceall':
      if (self !== null && args.length >= 2 && owner !== null && !/^(?:replace|strings?\.replace)$/.test(path))
        return replacedAll(owner, first, second);
      return args.length >= 3 ? replacedAll(first, second, third) : null;
    case 'implode':
    case 'join':
      return imploded(args, owner, at);
    case 'explode':
    case 'split':
    case 'str_split':
    case 'preg_split':
      return splitText(name, owner, args);
    case 'substr':
    case 'mid':
    case 'mid$':
    case 'substring':
    case 'left':
    case 'right':
    case 'mb_substr':
    case 'strstr':
    case 'remove':
      return pieceOf(name, owner, args);
    case 'concat':
      return args.length === 1 && args[0]!.parts !== null
        ? args[0]!.parts.reduce((a, b) => joined(a, b, madeLimit))
        : [...(owner === null || /^string\./.test(path) ? [] : [owner]), ...args].reduce(
            (a, b) => joined(a, b, madeLimit),
            textValue('', at),
          );
    case 'append':
      return owner === null ? null : joined(owner, first, madeLimit);
    case 'tolower':
    case 'lcase':
    case 'strtolower':
    case 'tolowercase':
    case 'tolowerinvariant':
      return turn(owner ?? first, null, (text) => text.toLowerCase());
    case 'toupper':
    case 'ucase':
    case 'strtoupper':
    case 'touppercase':
    case 'toupperinvariant':
      return turn(owner ?? first, null, (text) => text.toUpperCase());
    case 'trim':
    case 'ltrim':
    case 'rtrim':
    case 'trimend':
    case 'trimstart':
    case 'chop':
      return trimmed(name, owner ?? first, owner === null ? second : first);
    case 'sprintf':
    case 'vsprintf':
      return formatted(first, name === 'vsprintf' ? (second.parts ?? []) : args.slice(1), at);
    case 'format':
      return /(?:^|\.)string\.format$/.test(path) ? placed(first, args.slice(1), at) : null;
    case 'toarray':
    case 'tolist':
    case 'asenumerable':
    case 'cast':
      return owner !== null && args.length === 0 && (owner.text !== null || owner.parts !== null) ? owner : null;
    case 'stripslashes':
    case 'stripcslashes':
      return turn(first, name === 'stripcslashes' ? 'escapes' : null, (text) =>
        text.replace(/\\x([0-9a-f]{2})|\\(.)/gi, (_, hex?: string, one?: string) =>
          hex === undefined ? one! : String.fromCharCode(Number.parseInt(hex, 16)),
        ),
      );
    case 'getstring':
    case 'getbytes':
    case 'tostring':
    case 'cstr':
    case 'strval':
    case 'tochararray':
    case 'string':
    case 'frombytes':
    case 'utf8_decode':
    case 'iconv':
    case 'mb_convert_encoding':
    case 'valueof':
    case 'sprintf_':
      return ofBytes(
        owner === null || (args.length > 0 && /encoding|utf8|utf7|ascii|unicode|convert|default|valueof/.test(path))
          ? first
          : owner,
        at,
      );
    case 'array_map':
      return mapped(first, second, at);
    case 'array_diff': {
      const out = new Set((second.parts ?? []).map(({ text }) => text));
      return first.parts === null ? passed(all(args)) : { ...first, parts: first.parts.filter(({ text }) => !out.has(text)) };
    }
    case 'array_merge':
      return args.every(({ parts }) => parts !== null)
        ? { ...all(args), parts: args.flatMap(({ parts }) => parts!).slice(0, 20_000) }
        : passed(all(args));
    case 'array_values':
      return first;
    case 'array_reverse':
      return first.parts === null ? passed(first) : { ...first, parts: first.parts.toReversed() };
    case 'range':
      return null;
    case 'basename':
    case 'getfilename':
    case 'getfilenamewithoutextension':
    case 'getextension':
      return { ...passed(first), words: first.words | from.nameOnly };
    case 'escapeshellarg':
    case 'escapeshellcmd':
      return { ...passed(first), words: (first.words & ~from.request) | from.unknown };
    case 'decryptstringfrombytes':
    case 'transformfinalblock':
    case 'openssl_decrypt':
    case 'mcrypt_decrypt':
    case 'dofinal':
    case 'createdecryptor':
      return {
        ...passed(mixed(owner ?? nothing, all(args))),
        words: mixed(owner ?? nothing, all(args)).words | from.decrypted | from.decoded,
      };
    case 'jsencode':
    case 'scriptdecode':
      return turn(first, 'encoded-script', scriptDecoded);
    case 'str_repeat':
      return passed(first);
    case 'parse_url':
      return { ...passed(first), words: first.words | from.ofAddress };
    case 'openstream':
    case 'downloaddata':
    case 'downloadstring':
    case 'downloaddataasync':
    case 'downloadstringtaskasync':
    case 'downloaddatataskasync':
    case 'getstringasync':
    case 'getbytearrayasync':
    case 'getresponsestream':
      return owner === null && args.length === 0 && self === null
        ? null
        : {
            ...passed(mixed(owner ?? nothing, all(args))),
            words: (all(args).words & from.request) | from.fetched | from.unknown,
          };
    case 'scandir':
    case 'glob':
    case 'readdir':
    case 'getpathname':
    case 'getfiles':
    case 'enumeratefiles':
    case 'getfilesystementries':
    case 'getfilesysteminfos':
    case 'listfiles':
      return { ...passed(mixed(owner ?? nothing, all(args))), words: all(args).words | from.listed | from.unknown };
    case 'mappath':
    case 'getrealpath':
      if (first.text === null && first.tail === undefined) return null;
      return { ...passed(first), words: first.words | from.server, tail: first.text ?? first.tail! };
    default:
      return null;
  }
}

/** Numbers → the text that has these characters. */
function ofCodes(args: readonly Value[], at: number): Value {
  let text = '';
  for (const value of args.length === 1 && args[0]!.parts !== null ? args[0]!.parts : args) {
    const code = value.text === null || value.text === '' ? Number.NaN : Number(value.text);
    if (Number.isNaN(code)) return { ...passed(all(args), from.decoded), at };
    text += String.fromCharCode(code & 0xffff);
  }
  return { ...textValue(text, at, ['character-codes']), words: from.page };
}

/** What stands at the ends of a text is taken off: blanks, or the characters that are named. */
function trimmed(name: string, value: Value, by: Value): Value {
  if (value.text === null) return passed(value);
  const characters = by.text === null || by.text === '' ? ' \t\r\n\0\v' : by.text;
  let [begin, end] = [0, value.text.length];
  if (!/^(?:rtrim|trimend|chop)$/.test(name)) while (begin < end && characters.includes(value.text[begin]!)) begin++;
  if (!/^(?:ltrim|trimstart)$/.test(name)) while (end > begin && characters.includes(value.text[end - 1]!)) end--;
  return begin === 0 && end === value.text.length ? value : { ...value, text: value.text.slice(begin, end), parts: null };
}

/** `sprintf('%s_%s', …)` of constant texts. */
function formatted(form: Value, given: readonly Value[], at: number): Value {
  const sum = given.reduce((a, b) => mixed(a, b), form);
  if (form.text === null || form.text.length > 4096 || given.some(({ text }) => text === null)) return passed(sum);
  let next = 0;
  const text = form.text.replace(/%(?:(\d{1,2})\$)?([sdcuxX%])/g, (whole, place: string | undefined, kind: string) => {
    if (kind === '%') return '%';
    const one = given[place === undefined ? next++ : Number(place) - 1]?.text;
    if (one === undefined || one === null) return whole;
    if (kind === 'c') return String.fromCharCode(Number(one) & 0xff);
    return kind === 'x' || kind === 'X' ? (Number(one) || 0).toString(16) : one;
  });
  return hiddenBy({ ...sum, text, path: '', at }, 'joined-texts');
}

/** `String.Format("{0}{1}", …)`. */
function placed(form: Value, given: readonly Value[], at: number): Value {
  const list = given.length === 1 && given[0]!.parts !== null ? given[0]!.parts : given;
  const sum = given.reduce((a, b) => mixed(a, b), form);
  if (form.text === null || form.text.length > 4096 || list.some(({ text }) => text === null)) return passed(sum);
  const text = form.text.replace(/\{(\d{1,2})\}/g, (whole, place: string) => list[Number(place)]?.text ?? whole);
  return hiddenBy({ ...sum, text, path: '', at }, 'joined-texts');
}

/** Bytes or characters in a list → text. */
function ofBytes(value: Value, at: number): Value {
  if (value.parts === null) return value.text === null ? passed(value) : value;
  if (value.parts.length > 0 && value.parts.every(({ text, path }) => text !== null && text.length <= 1 && path !== '#'))
    return textValue(value.parts.map(({ text }) => text).join(''), at, ['joined-texts']);
  const codes = value.parts.map(({ text }) => (text === null || !/^-?\d{1,5}$/.test(text) ? Number.NaN : Number(text)));
  if (codes.length === 0 || codes.some(Number.isNaN)) return passed(value);
  return textValue(String.fromCharCode(...codes.slice(0, 4096).map((code) => code & 0xffff)), at, ['character-codes']);
}

const entityNames: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };
const entitiesPut = (text: string): string => text.replace(/&(lt|gt|amp|quot|#39);/g, (_, name: string) => entityNames[name]!);

function replacedAll(value: Value, what: Value, by: Value): Value {
  if (value.text === null) return passed(value);
  const whats = what.parts ?? [what];
  let { text } = value;
  for (const [index, one] of whats.slice(0, 64).entries()) {
    const instead = by.parts === null ? by : (by.parts[index] ?? textValue('', 0));
    if (one.text === null || instead.text === null) return passed(value);
    const out = replaced(text, one.text, instead.text);
    if (out === null) return passed(value);
    text = out;
  }
  return text === value.text ? value : hiddenBy({ ...value, text, words: value.words | what.words | by.words }, 'replaced');
}

function turned(value: Value, what: Value, by: Value): Value {
  if (value.text === null || what.text === null || by.text === null) return passed(value);
  const map = new Map(what.text.split('').map((character, index) => [character, by.text![index]] as const));
  return hiddenBy(
    {
      ...value,
      text: value.text
        .split('')
        .map((character) => map.get(character) ?? character)
        .join(''),
    },
    'replaced',
  );
}

function imploded(args: readonly Value[], owner: Value | null, at: number): Value | null {
  const list = args.find(({ parts }) => parts !== null)?.parts ?? owner?.parts ?? null;
  const glue = args.find(({ parts, text }) => parts === null && text !== null)?.text ?? '';
  if (list === null) return args.length === 0 ? null : passed(all(args));
  return list.reduce<Value>(
    (sum, one, index) => joined(index === 0 ? sum : joined(sum, textValue(glue, at), madeLimit), one, madeLimit),
    textValue('', at),
  );
}

function splitText(name: string, owner: Value | null, args: readonly Value[]): Value {
  const [first = nothing, second = nothing] = args;
  const phpOrder = name === 'explode';
  const value = owner ?? (phpOrder ? second : first);
  const by = owner !== null ? first : phpOrder ? first : second;
  if (value.text === null || (by.text === null && name !== 'str_split')) return passed(value);
  const size = Math.max(1, Number(second.text ?? 1) || 1);
  const pieces =
    name === 'str_split'
      ? Array.from({ length: Math.min(20_000, Math.ceil(value.text.length / size)) }, (_, i) =>
          value.text!.slice(i * size, i * size + size),
        )
      : by.text === ''
        ? [value.text]
        : value.text.split(by.text!, 20_000);
  return { ...passed(value), parts: pieces.map((text) => ({ ...textValue(text, value.at), hidden: value.hidden })) };
}

const numberOf = ({ text }: Value): number => (text === null || text === '' ? Number.NaN : Number(text));

function pieceOf(name: string, owner: Value | null, args: readonly Value[]): Value | null {
  const value = owner ?? args[0] ?? nothing;
  const [a, b] = (owner === null ? args.slice(1) : args).map(numberOf);
  if (name === 'strstr' || name === 'remove') return passed(value);
  if (value.text === null) return passed(value);
  const { text } = value;
  const cut = (piece: string): Value => hiddenBy({ ...value, text: piece, parts: null }, 'joined-texts');
  if (a === undefined || Number.isNaN(a)) return passed(value);
  switch (name) {
    case 'left':
      return cut(text.slice(0, a));
    case 'right':
      return cut(text.slice(Math.max(0, text.length - a)));
    case 'mid':
    case 'mid$':
      return cut(b === undefined ? text.slice(a - 1) : text.slice(a - 1, a - 1 + b));
    case 'substring':
      return cut(b === undefined ? text.slice(a) : text.slice(a, a + b));
    default: {
      const start = a < 0 ? Math.max(0, text.length + a) : a;
      return cut(b === undefined || Number.isNaN(b) ? text.slice(start) : text.slice(start, b < 0 ? text.length + b : start + b));
    }
  }
}

/** `array_map('chr', …)` and the like over constant lists. */
function mapped(how: Value, list: Value, at: number): Value | null {
  if (how.text === null || list.parts === null || isRequest(list)) return null;
  const parts = list.parts.slice(0, 20_000).map((one) => knownCall(how.text!.toLowerCase(), null, [one], at) ?? passed(one));
  return { ...list, parts };
}

/** Texts of PHP bit by bit; numbers are not meant. */
export const xoredValues = (a: Value, b: Value, how: '^' | '|' | '&'): Value | null => {
  if (a.text === null || b.text === null || (a.path === '#' && b.path === '#')) return null;
  const length = how === '|' ? Math.max(a.text.length, b.text.length) : Math.min(a.text.length, b.text.length);
  if (length > madeLimit) return null;
  let text = '';
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.text.charCodeAt(i) || 0, b.text.charCodeAt(i) || 0];
    text += String.fromCharCode(how === '^' ? x ^ y : how === '|' ? x | y : x & y);
  }
  return hiddenBy({ ...mixed(a, b), text, path: '' }, 'encrypted');
};
