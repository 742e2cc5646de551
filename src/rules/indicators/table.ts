/**
 * Lists in columns: a type and a value, a value alone, or a column for each type. What a column is, its name says or, where none does,
 * what stands in it.
 */
import { type About, type IndicatorKind, type IndicatorSet, type Mention, nothingSaid } from './indicator.ts';
import { type Row, rowsOf, type Separator } from './cells.ts';
import { dayOf, dayOrder } from './dates.ts';
import { take } from './take.ts';
import { type TypeMeaning, typeOfWord, wordForm } from './type-words.ts';
import { byLook } from './values.ts';

const valueWords =
  /^(?:indicators?|iocs?|indicatorvalue|iocvalue|value|values|data|observables?|observablevalue|artifacts?|artefacts?|attributevalue|item|indicatorofcompromise|hashorip|wert|werte|indikator|indikatoren|artefakt|artefaktwert|valeur|indicateur|valor|indicador|valore|indicatore)$/;
const typeWords =
  /^(?:indicatortype|indicatorkind|ioctype|iockind|entitytype|observabletype|attributetype|datatype|valuetype|type|kind|indicator|typ|indikatortyp|tipo)$/;
const noteWords = /^(?:notes?|descriptions?|details?|comments?|title|context|label|threattype|malwarefamily|eventinfo)$/;
const byWords =
  /^(?:source|sources|provider|reference|references|campaign|actor|release|activitygroupnames|publisher|orgname|feed)$/;
const confidenceWords = /^(?:confidence|confidencescore|confidencelevel|score)$/;
const fromWords = /^(?:validfrom|startdate)$/;
const untilWords = /^(?:validuntil|validto|expiration|expirationdate|expirationdatetime|expires|expiry|expirydate|enddate)$/;
const firstWords = /^(?:firstseen|firstobserved|dateadded|added|date|timegenerated|created|created_at)$/;
const lastWords = /^(?:lastseen|lastobserved)$/;
const activeWords = /^(?:active|isactive|enabled)$/;
const sightingWords = /^(?:sightings?|timesseen|hits)$/;
/** Columns of what a service publishes about its own servers. */
const serviceWords =
  /^(?:portforward|protocol|offline|country|city|region|cn|load|capacity|servername|hostingprovider|datacenter|prefix|portforwarding)$/;
const serviceFile =
  /(?:^|[^a-z])(?:vpn|servers?|public_?ips?|ip_?ranges?|allow_?list|white_?list|warning_?list|known_?good|benign)(?:[^a-z]|$)/i;
/** Columns whose letters look like hashes and are none. */
const noHash = /key|serial|guid|uuid|token|thumbprint|fingerprint|id$|secret|password/;

interface Columns {
  readonly value: number;
  readonly type: number;
  readonly typed: readonly { readonly at: number; readonly meaning: TypeMeaning; readonly word: string }[];
  readonly headed: boolean;
}

const sampled = 400;

/** @returns false: the text is no table of indicators; why has been said */
export function readTable(set: IndicatorSet, text: string, separator: Separator, file: string): boolean {
  const sample: Row[] = [];
  for (const row of rowsOf(text, separator)) {
    if (isRow(row) && sample.push(row) > sampled) break;
  }
  const header = sample[0];
  if (header === undefined) return false;
  const names = header.cells.map((cell) => wordForm(cell));
  const columns = columnsOf(names, sample, file);
  if (typeof columns === 'string') {
    set.leaveOut(columns, '', { file, at: 'line 1' }, header.cells.join(separator));
    return false;
  }
  const find = (words: RegExp): number => (columns.headed ? names.findIndex((name) => words.test(name)) : -1);
  const says = columns.headed
    ? find(noteWords)
    : names.length - 1 > columns.type && columns.type > columns.value
      ? names.length - 1
      : -1;
  const at = {
    says,
    by: find(byWords),
    confidence: find(confidenceWords),
    from: find(fromWords),
    until: find(untilWords),
    first: find(firstWords),
    last: find(lastWords),
    active: find(activeWords),
    ids: find(/^toids$/),
    deleted: find(/^deleted$/),
    sightings: find(sightingWords),
  };
  const cell = (row: Row, index: number): string => (index === -1 ? '' : (row.cells[index] ?? ''));
  const orders = [at.from, at.until, at.first, at.last].map((index) =>
    dayOrder(index === -1 ? [] : sample.map((row) => cell(row, index))),
  );
  let before: About = nothingSaid;
  let headed = columns.headed;
  for (const row of rowsOf(text, separator)) {
    if (!isRow(row)) continue;
    if (headed) {
      headed = false;
      continue;
    }
    const about = same(before, {
      says: cut(cell(row, at.says)),
      by: cut(cell(row, at.by)),
      confidence: confidenceOf(cell(row, at.confidence)),
      validFromMs: dayOf(cell(row, at.from), orders[0]!),
      validUntilMs: dayOf(cell(row, at.until), orders[1]!),
      firstSeenMs: dayOf(cell(row, at.first), orders[2]!),
      lastSeenMs: dayOf(cell(row, at.last), orders[3]!),
      sightings: Number(/^\d{1,9}$/.exec(cell(row, at.sightings))?.[0] ?? 0),
      falseAlarms: 0,
    });
    before = about;
    const mention: Mention = { file, at: `line ${row.line}`, about };
    const refused = /^(?:false|0|no)$/i.test(cell(row, at.active))
      ? 'withdrawn'
      : /^(?:true|1)$/i.test(cell(row, at.deleted))
        ? 'withdrawn'
        : /^(?:false|0|no)$/i.test(cell(row, at.ids))
          ? 'not_for_detection'
          : null;
    const give = (meaning: TypeMeaning, word: string, raw: string): void => {
      if (raw === '') return;
      if (refused === null) take(set, meaning, word, raw, mention);
      else set.leaveOut(refused, word, mention, raw);
    };
    if (columns.value !== -1) {
      const word = cell(row, columns.type);
      const raw = cell(row, columns.value);
      const meaning: TypeMeaning = word === '' ? 'look' : (typeOfWord(word) ?? { leftOut: 'type' });
      give(meaning, word.toLowerCase(), raw);
      // Every row is accounted for: also a heading among them, and one in which the value is lacking.
      if (raw === '' && columns.typed.every(({ at: index }) => cell(row, index) === ''))
        set.leaveOut('unreadable', word.toLowerCase(), mention, row.cells.find((one) => one !== '') ?? '');
    }
    for (const { at: index, meaning, word } of columns.typed) give(meaning, word, cell(row, index));
  }
  return true;
}

const isRow = ({ cells }: Row): boolean => cells.some((cell) => cell !== '') && !/^(?:#|\/\/|<{7}|={7}|>{7})/.test(cells[0]!);

function columnsOf(names: readonly string[], sample: readonly Row[], file: string): Columns | 'not_a_list' | 'service_list' {
  const rows = sample.slice(1);
  /** How many of a column's filled cells are so. */
  const share = (index: number, of: readonly Row[], is: (cell: string) => boolean): number => {
    const filled = of.map(({ cells }) => cells[index] ?? '').filter((cell) => cell !== '');
    return filled.length === 0 ? 0 : filled.filter(is).length / filled.length;
  };
  const isType = (cell: string): boolean => cell.length < 60 && typeOfWord(cell) !== null;
  const looksRight = (cell: string): boolean => byLook(cell) !== null;
  const first = sample[0]!.cells;
  if (first.some(looksRight)) {
    // The first row is one like the others: no header.
    const all = sample;
    let value = first.findIndex((_, index) => share(index, all, looksRight) >= 0.6);
    let type = first.findIndex((_, index) => index !== value && share(index, all, isType) >= 0.8);
    if (value === -1 || type === -1) {
      const [besideTypes, valuesBeside] = pairOf(all, type, value);
      if (besideTypes !== -1) [type, value] = [besideTypes, valuesBeside];
    }
    if (value === -1) return 'not_a_list';
    // A list of what a MISP feed holds: hashes of its values, and the event of each.
    if (share(value + 1, all, (cell) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(cell)) > 0.8) return 'not_a_list';
    return { value, type, typed: [], headed: false };
  }
  let type = names.findIndex((name, index) => typeWords.test(name) && share(index, rows, isType) >= 0.5);
  let value = names.findIndex((name, index) => index !== type && valueWords.test(name) && share(index, rows, isType) < 0.5);
  const [besideTypes, valuesBeside] = type === -1 || value === -1 ? pairOf(rows, type, value) : [-1, -1];
  if (besideTypes !== -1) [type, value] = [besideTypes, valuesBeside];
  if (type !== -1 && value === -1) value = names.findIndex((_, index) => index !== type && share(index, rows, looksRight) >= 0.5);
  const typed = names.flatMap((name, index) => {
    const meaning = index === type || index === value ? null : typeOfWord(name);
    if (meaning === null || typeof meaning === 'object' || meaning === 'look' || (meaning === 'range' && name === 'prefix'))
      return [];
    return share(index, rows, (cell) => takes(meaning, cell)) >= 0.5 ? [{ at: index, meaning, word: name }] : [];
  });
  if (value !== -1) return { value, type, typed, headed: true };
  const services = names.filter((name) => serviceWords.test(name)).length;
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  if (services >= 2 || serviceFile.test(base)) return 'service_list';
  if (typed.length > 0) return { value, type: -1, typed, headed: true };
  // A column that says of its rows what they are, and none of it a type of indicators: a list of something else.
  if (names.some((name) => typeWords.test(name))) return 'not_a_list';
  const looks = names.findIndex((name, index) => !noHash.test(name) && share(index, rows, speaksForItself) >= 0.5);
  return looks === -1 ? 'not_a_list' : { value: looks, type: -1, typed: [], headed: true };
}

/**
 * A column of types and the one beside it whose values are what it says, by what stands in them: what they are called, each says in its
 * own words. What is known of either already is kept.
 */
function pairOf(rows: readonly Row[], type: number, value: number): readonly [type: number, value: number] {
  const width = Math.min(mostPaired, Math.max(0, ...rows.map(({ cells }) => cells.length)));
  let best: readonly [number, number] = [-1, -1];
  let most = 0;
  for (let t = 0; t < width; t++) {
    if (type !== -1 && t !== type) continue;
    const kinds = rows.map(({ cells }) => kindOfWord(cells[t] ?? ''));
    if (kinds.filter((kind) => kind !== null).length * 2 < rows.length) continue;
    for (let v = 0; v < width; v++) {
      if (v === t || (value !== -1 && v !== value)) continue;
      const agree = rows.filter(({ cells }, index) => agrees(kinds[index]!, cells[v] ?? '')).length;
      const said = rows.filter(({ cells }, index) => isKind(kinds[index]!) && (cells[v] ?? '') !== '').length;
      if (agree > most && agree * 2 >= said) [best, most] = [[t, v], agree];
    }
  }
  return best;
}

/** Columns in which types are looked for where no name tells. */
const mostPaired = 24;
const kindOfWord = (word: string): TypeMeaning | null => (word.length < 60 && word !== '' ? typeOfWord(word) : null);
const isKind = (meaning: TypeMeaning | null): meaning is IndicatorKind | 'look' =>
  meaning !== null && typeof meaning === 'string';

/** Whether the value is one of that type by its own look: of any text `account` would do. */
function agrees(meaning: TypeMeaning | null, cell: string): boolean {
  if (!isKind(meaning) || cell === '') return false;
  const checked = byLook(cell);
  if (checked === null) return false;
  return meaning === 'look' || !('kind' in checked) || checked.kind === meaning || nearKinds.has(`${meaning} ${checked.kind}`);
}

/** What lists call by the name of the other. */
const nearKinds = new Set(
  ['md5', 'sha1', 'sha256']
    .flatMap((one) => ['md5', 'sha1', 'sha256'].map((other) => `${one} ${other}`))
    .concat('address range', 'address domain', 'range address', 'domain address', 'domain url', 'url domain', 'url path')
    .concat('path file_name', 'file_name path', 'account email', 'domain file_name', 'file_name domain'),
);

/** Names of files and people stand in any table; of a column that nobody called anything they make no list. */
function speaksForItself(cell: string): boolean {
  const checked = byLook(cell);
  return checked !== null && (!('kind' in checked) || (checked.kind !== 'file_name' && checked.kind !== 'email'));
}

/** Whether a column that is called so holds such values: `address` may be of streets, `user` of customers. */
function takes(meaning: TypeMeaning, cell: string): boolean {
  if (meaning === 'account' || meaning === 'user_agent' || meaning === 'file_name' || meaning === 'path') return true;
  return byLook(cell) !== null;
}

const cut = (text: string): string | null => (text === '' ? null : text.slice(0, 200));

/** One object for rows of which the same is said. */
function same(before: About, about: About): About {
  for (const key of Object.keys(about) as (keyof About)[]) if (before[key] !== about[key]) return about;
  return before;
}

/** Words by the scale of STIX 2.1, appendix A (low, medium, high). */
export function confidenceOf(text: unknown): number | null {
  if (typeof text === 'number') return text >= 0 && text <= 100 ? text : null;
  if (typeof text !== 'string') return null;
  const word = text.trim().toLowerCase();
  if (/^\d{1,3}$/.test(word)) return Number(word) <= 100 ? Number(word) : null;
  return word === 'high' ? 85 : word === 'medium' || word === 'med' ? 50 : word === 'low' ? 15 : null;
}
