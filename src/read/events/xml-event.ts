/**
 * One `<Event>` as XML → its fields: what `wevtutil qe /f:xml` and the Event Viewer ("save as XML") write, the latter with what Windows
 * made of it (`RenderingInfo`). No entity of the text's own is put in.
 * @see https://learn.microsoft.com/windows/win32/wes/eventschema-event-complextype
 */
import { type XmlPiece, xmlPieces } from '../xml-pieces.ts';
import { EventDraft } from './event-draft.ts';

/** Deeper than an event is, or not well-formed. It is caught where a document is read. */
export class BadXml extends Error {
  override readonly name = 'BadXml';
}

const deepest = 64;
const longestText = 1 << 20;

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  text: string;
  hasChildren: boolean;
}

/** Names without the letters of their namespace. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

export function xmlEvent(text: string): EventDraft {
  const draft = new EventDraft();
  const stack: Open[] = [];
  for (const piece of xmlPieces(text)) {
    switch (piece.kind) {
      case 'open': {
        if (stack.length >= deepest) throw new BadXml('deeper than an event is');
        const parent = stack.at(-1);
        if (parent !== undefined) parent.hasChildren = true;
        const open: Open = { name: localName(piece.name), attributes: piece.attributes, text: '', hasChildren: false };
        begins(draft, stack, open);
        if (piece.empty) ends(draft, stack, open);
        else stack.push(open);
        break;
      }
      case 'close':
        closes(draft, stack, piece);
        break;
      case 'text': {
        const top = stack.at(-1);
        if (top !== undefined && top.text.length < longestText) top.text += piece.text;
        break;
      }
      case 'declaration':
      case 'broken':
        throw new BadXml(piece.kind === 'broken' ? 'a mark that is none' : 'a declaration within an event');
    }
  }
  if (stack.length > 0) throw new BadXml('it ends within an element');
  return draft;
}

function closes(draft: EventDraft, stack: Open[], piece: XmlPiece & { readonly kind: 'close' }): void {
  const top = stack.pop();
  if (top === undefined || top.name !== localName(piece.name))
    throw new BadXml(`</${piece.name.slice(0, 80)}> closes what is not open`);
  ends(draft, stack, top);
}

const sections = new Set(['System', 'EventData', 'RenderingInfo']);

/** What an element says by its attributes. */
function begins(draft: EventDraft, stack: readonly Open[], { name, attributes }: Open): void {
  const section = stack[1]?.name;
  if (section === 'System' && stack.length === 2) {
    for (const [key, value] of attributes)
      if (key === 'SystemTime') draft.time(value);
      else draft.system(name === 'EventID' && key === 'Qualifiers' ? 'Qualifiers' : `${name}_${key}`, value);
  } else if (stack.length === 1 && !sections.has(name) && stack[0]!.name === 'Event') attributesOf(draft, name, attributes);
  else if (stack.length === 1 && name === 'EventData') attributesOf(draft, name, attributes);
  else if (stack.length > 1 && section !== 'System' && section !== 'RenderingInfo') {
    const isValue = section === 'EventData' && stack.length === 2;
    for (const [key, value] of attributes)
      if (!key.startsWith('xmlns') && !(isValue && (key === 'Name' || key === 'Type'))) draft.own(`${name}_${key}`, value);
  }
}

function attributesOf(draft: EventDraft, name: string, attributes: ReadonlyMap<string, string>): void {
  for (const [key, value] of attributes) if (!key.startsWith('xmlns')) draft.own(`${name}_${key}`, value);
}

/** What an element says by its text. */
function ends(draft: EventDraft, stack: readonly Open[], { name, attributes, text, hasChildren }: Open): void {
  const section = stack[1]?.name;
  if (stack.length < 2 || hasChildren) return;
  if (section === 'System') {
    if (stack.length === 2 && text.trim() !== '') draft.system(name, text.trim());
  } else if (section === 'RenderingInfo') {
    if (stack.length === 2 && text.trim() !== '') draft.own(name === 'Message' ? 'Message' : `RenderingInfo_${name}`, text);
  } else if (section === 'EventData' && stack.length === 2) {
    const given = attributes.get('Name') ?? '';
    if (given !== '') draft.own(given, text);
    else if (name === 'Data') draft.unnamed(text);
    else draft.own(name, text);
  } else if (text.trim() !== '' || attributes.size === 0) draft.own(name, text);
}
