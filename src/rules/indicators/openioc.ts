/**
 * OpenIOC 1.0 and 1.1: a tree of `Indicator` (AND, OR) with `IndicatorItem` leaves. A leaf counts alone when every branch above it is OR.
 * @see https://github.com/fireeye/OpenIOC_1.1
 */
import { xmlPieces } from '../../read/index.ts';
import { instantOf } from './dates.ts';
import { type About, type IndicatorSet, nothingSaid } from './indicator.ts';
import { take } from './take.ts';
import type { TypeMeaning } from './type-words.ts';

const deepest = 256;
const mostItems = 1_000_000;

interface Item {
  readonly id: string;
  readonly condition: string;
  readonly negated: boolean;
  search: string;
  content: string;
}

interface Branch {
  readonly operator: string;
  readonly items: Item[];
  readonly branches: Branch[];
}

const searches: readonly (readonly [RegExp, TypeMeaning])[] = [
  [/\/(?:md5sum|servicedllmd5sum|pathmd5sum)$/i, 'md5'],
  [/\/(?:sha1sum|servicedllsha1sum|pathsha1sum)$/i, 'sha1'],
  [/\/(?:sha256sum|servicedllsha256sum|pathsha256sum)$/i, 'sha256'],
  [/^(?:FileItem|FileDownloadHistoryItem)\/FileName$|^ProcessItem\/name$|^PrefetchItem\/ApplicationFileName$/i, 'file_name'],
  [
    /^FileItem\/FullPath$|^ProcessItem\/path$|^ServiceItem\/(?:path|serviceDLL)$|^TaskItem\/ActionList\/Action\/ExecProgramPath$/i,
    'path',
  ],
  [/^FileItem\/FilePath$/i, { leftOut: 'folder' }],
  [/^DnsEntryItem\/(?:RecordName|Host)$|^Network\/DNS$/i, 'domain'],
  [/^PortItem\/remoteIP$|^RouteEntryItem\/Destination$|^Network\/HTTP_Host$/i, 'address'],
  [/^Network\/URI$|^UrlHistoryItem\/URL$|^FileDownloadHistoryItem\/SourceURL$/i, 'url'],
  [/^Network\/UserAgent$/i, 'user_agent'],
  [/^Email\/(?:From|ReplyTo|Sender)$/i, 'email'],
  [/^UserItem\/Username$/i, 'account'],
];

/** `contains` of a name or of the end of a path is read as `is`: shorter parts are told apart by the check of the value. */
const partial = new Set<TypeMeaning>(['domain', 'path', 'file_name', 'user_agent', 'address']);

export function readOpenIoc(set: IndicatorSet, text: string, file: string): void {
  const root: Branch = { operator: 'OR', items: [], branches: [] };
  const open: Branch[] = [root];
  const facts = new Map<string, string>();
  let id = '';
  let item: Item | null = null;
  let inside = '';
  let depth = 0;
  let items = 0;
  for (const piece of xmlPieces(text)) {
    if (piece.kind === 'text') {
      if (item !== null && inside === 'content') item.content += piece.text;
      else if (item === null && depth <= 3 && inside !== '')
        facts.set(inside, `${facts.get(inside) ?? ''}${piece.text}`.slice(0, 400));
      continue;
    }
    if (piece.kind !== 'open' && piece.kind !== 'close') continue;
    const name = piece.name.replace(/^.*:/, '').toLowerCase();
    if (piece.kind === 'close') {
      depth--;
      inside = '';
      if (name === 'indicator' && open.length > 1) open.pop();
      if (name === 'indicatoritem') item = null;
      continue;
    }
    if (!piece.empty) depth++;
    if (name === 'ioc' || name === 'openioc') id = piece.attributes.get('id') ?? id;
    inside = piece.empty ? '' : name;
    if (name === 'indicator') {
      const branch: Branch = { operator: (piece.attributes.get('operator') ?? 'OR').toUpperCase(), items: [], branches: [] };
      open.at(-1)!.branches.push(branch);
      if (!piece.empty) open.push(branch);
      if (open.length > deepest) {
        set.leaveOut('limit', 'depth', { file, at: id }, '');
        return;
      }
    } else if (name === 'indicatoritem' && !piece.empty) {
      if (++items > mostItems) {
        set.leaveOut('limit', 'items', { file, at: id }, '');
        return;
      }
      const condition = (piece.attributes.get('condition') ?? 'is').toLowerCase();
      item = {
        id: piece.attributes.get('id') ?? '',
        condition: condition.replace(/not$/, ''),
        negated: condition.endsWith('not') || piece.attributes.get('negate')?.toLowerCase() === 'true',
        search: '',
        content: '',
      };
      open.at(-1)!.items.push(item);
    } else if (name === 'context' && item !== null) item.search = piece.attributes.get('search') ?? '';
  }
  const said = (name: string): string | null => facts.get(name)?.replace(/\s+/g, ' ').trim().slice(0, 200) || null;
  const about: About = {
    ...nothingSaid,
    says: said('short_description') ?? said('description'),
    by: said('authored_by'),
    firstSeenMs: instantOf(said('authored_date')),
  };
  walk(root, true, (one, alone) => takeItem(set, one, alone, { file, at: one.id === '' ? id : one.id, about }));
}

/** Without recursion: its depth is the file's. */
function walk(root: Branch, alone: boolean, give: (item: Item, alone: boolean) => void): void {
  const waiting: { branch: Branch; alone: boolean }[] = [{ branch: root, alone }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { items, branches, operator } = next.branch;
    const own = next.alone && (operator === 'OR' || items.length + branches.length <= 1);
    for (const item of items) give(item, own);
    for (const branch of branches.toReversed()) waiting.push({ branch, alone: own });
  }
}

function takeItem(
  set: IndicatorSet,
  { search, condition, negated, content }: Item,
  alone: boolean,
  mention: { readonly file: string; readonly at: string; readonly about: About },
): void {
  const value = content.trim();
  const meaning = searches.find(([shape]) => shape.test(search))?.[1] ?? ({ leftOut: 'type' } as const);
  const isHash = meaning === 'md5' || meaning === 'sha1' || meaning === 'sha256';
  if (negated) set.leaveOut('negated', search, mention, value);
  else if (typeof meaning === 'object') take(set, meaning, search, value, mention);
  // A hash says all of its file, whatever else is asked of it.
  else if (!alone && !isHash) set.leaveOut('together', search, mention, value);
  else if (condition !== 'is' && !(condition === 'contains' && partial.has(meaning)))
    set.leaveOut('operator', `${search} ${condition}`, mention, value);
  else take(set, meaning, search, value, mention);
}
