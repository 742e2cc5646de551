/**
 * The tree that programs make of an event: `System`, `EventData`, `UserData` as `evtx_dump` and its kin write them, and what other
 * forms have of it.
 */
import { EventDraft } from './event-draft.ts';
import type { JsonValue } from './json-value.ts';

export type Members = readonly (readonly [name: string, value: JsonValue])[];

export const member = (members: Members, name: string): JsonValue | undefined => members.find(([own]) => own === name)?.[1];

/** A value as text; null: it is none (an object). Items of a list each on its own line. */
export function textOf(value: JsonValue | undefined): string | null {
  switch (value?.kind) {
    case 'text':
    case 'plain':
      return value.text;
    case 'null':
      return '';
    case 'list':
      return value.items.map((item) => textOf(item) ?? jsonText(item)).join('\n');
    case 'object': {
      const text = member(value.members, '#text') ?? member(value.members, 'Value') ?? member(value.members, '_text');
      return text === undefined ? null : textOf(text);
    }
    default:
      return null;
  }
}

/** What stands deeper than a value does, shown as it is. */
export function jsonText(value: JsonValue): string {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text);
    case 'plain':
      return value.text;
    case 'null':
      return 'null';
    case 'list':
      return `[${value.items.map(jsonText).join(',')}]`;
    case 'object':
      return `{${value.members.map(([name, inner]) => `${JSON.stringify(name)}:${jsonText(inner)}`).join(',')}}`;
  }
}

/** What `evtx_dump` writes otherwise than an event log shows it: a GUID bare and in capitals, a time with six digits of a second. */
const bareGuid = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/;
const shortTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const asLogged = (text: string): string =>
  text.length === 36 && bareGuid.test(text)
    ? `{${text.toLowerCase()}}`
    : text.length === 27 && shortTime.test(text)
      ? `${text.slice(0, -1)}0Z`
      : text;

const attributeNames: Readonly<Record<string, string>> = { 'EventID Qualifiers': 'Qualifiers' };

/** `Event` as a tree of its elements. */
export function treeEvent(members: Members): EventDraft {
  const draft = new EventDraft();
  for (const [name, value] of members) {
    if (name === 'System' && value.kind === 'object') systemOf(draft, value.members);
    else if (name === 'RenderingInfo' && value.kind === 'object') {
      for (const [inner, said] of value.members)
        if (!isAttributes(inner)) draft.own(inner === 'Message' ? 'Message' : `RenderingInfo_${inner}`, textOf(said) ?? '');
    }
  }
  for (const [name, value] of members)
    if (name === 'Message' && value.kind === 'text') draft.own(name, value.text);
    else payloadOf(draft, name, value);
  return draft;
}

/** What an event says besides who wrote it when. */
export function payloadOf(draft: EventDraft, name: string, value: JsonValue): void {
  if (name === 'EventData') dataOf(draft, value);
  else if (/^(?:UserData|DebugData|ProcessingErrorData)$/.test(name)) leavesOf(draft, value, 0);
}

const isAttributes = (name: string): boolean => name === '#attributes' || name.endsWith('_attributes');

function systemOf(draft: EventDraft, members: Members): void {
  for (const [name, value] of members) {
    const element = name.replace(/_attributes$/, '');
    if (value.kind === 'null') continue;
    if (value.kind !== 'object') {
      const text = textOf(value) ?? '';
      if (name === 'TimeCreated') draft.time(text);
      else draft.system(name, name === 'Keywords' ? hexMask(text) : asLogged(text));
      continue;
    }
    for (const [inner, said] of value.members) {
      const attributes: Members =
        inner === '#attributes' && said.kind === 'object' ? said.members : [[inner.replace(/^[@_]/, ''), said]];
      for (const [attribute, stated] of attributes) {
        const text = textOf(stated);
        if (text === null) continue;
        if (inner === '#text' || inner === '_text' || (inner === 'Value' && element === 'EventID'))
          draft.system(element, asLogged(text));
        else if (attribute === 'SystemTime') draft.time(text);
        else draft.system(attributeNames[`${element} ${attribute}`] ?? `${element}_${attribute}`, asLogged(text));
      }
    }
  }
}

export function dataOf(draft: EventDraft, value: JsonValue): void {
  if (value.kind === 'list') for (const item of value.items) unnamedOf(draft, item);
  if (value.kind !== 'object') return;
  for (const [name, said] of value.members) {
    if (name === '#attributes') {
      attributesOf(draft, 'EventData', said);
    } else if (name.startsWith('@')) draft.own(`EventData_${name.slice(1)}`, textOf(said) ?? '');
    else if (name === 'Data') unnamedOf(draft, said);
    else if (said.kind === 'object') leafOf(draft, name, said, 0);
    else draft.own(name, asLogged(textOf(said) ?? ''));
  }
}

/** `Data`: one value or several, without names, or each with its name beside it. */
export function unnamedOf(draft: EventDraft, value: JsonValue): void {
  if (value.kind === 'list') {
    for (const item of value.items) unnamedOf(draft, item);
    return;
  }
  if (value.kind !== 'object') {
    draft.unnamed(textOf(value) ?? '');
    return;
  }
  const attributes = member(value.members, '#attributes');
  const name =
    member(value.members, '@Name') ??
    member(value.members, 'Name') ??
    (attributes?.kind === 'object' ? member(attributes.members, 'Name') : undefined);
  const text = member(value.members, '#text') ?? member(value.members, '_text') ?? member(value.members, 'Value');
  if (name !== undefined && textOf(name) !== '') draft.own(textOf(name) ?? 'Data', asLogged(textOf(text) ?? ''));
  else if (text?.kind === 'list') for (const item of text.items) draft.unnamed(textOf(item) ?? '');
  else if (text !== undefined) draft.unnamed(textOf(text) ?? '');
}

function attributesOf(draft: EventDraft, element: string, value: JsonValue): void {
  if (value.kind !== 'object') return;
  for (const [name, said] of value.members)
    if (!name.startsWith('xmlns')) draft.own(`${element}_${name}`, asLogged(textOf(said) ?? ''));
}

/** Elements of `UserData`: leaves by their names. */
export function leavesOf(draft: EventDraft, value: JsonValue, depth: number): void {
  if (value.kind !== 'object') return;
  const names = new Set(value.members.map(([name]) => name));
  for (const [name, inner] of value.members) leafOf(draft, elementName(name, names), inner, depth);
}

/** `Header_2` beside a `Header` is another `Header`. */
function elementName(name: string, beside: ReadonlySet<string>): string {
  const stem = /^(.{1,200})_\d{1,5}$/s.exec(name)?.[1];
  return stem !== undefined && beside.has(stem) ? stem : name;
}

function leafOf(draft: EventDraft, name: string, value: JsonValue, depth: number): void {
  if (depth > 32 || name === '#text') return;
  if (isAttributes(name)) {
    attributesOf(draft, name.replace(/_attributes$/, ''), value);
    return;
  }
  if (value.kind === 'list') {
    for (const item of value.items) leafOf(draft, name, item, depth + 1);
    return;
  }
  if (value.kind !== 'object') {
    draft.own(name, asLogged(textOf(value) ?? ''));
    return;
  }
  const attributes = member(value.members, '#attributes');
  if (attributes !== undefined) attributesOf(draft, name, attributes);
  for (const [inner, said] of value.members)
    if (inner.startsWith('@') && !inner.startsWith('@xmlns')) draft.own(`${name}_${inner.slice(1)}`, textOf(said) ?? '');
  const text = member(value.members, '#text');
  if (text !== undefined) draft.own(name, asLogged(textOf(text) ?? ''));
  const names = new Set(value.members.map(([inner]) => inner));
  for (const [inner, said] of value.members)
    if (inner !== '#attributes' && !inner.startsWith('@')) leafOf(draft, elementName(inner, names), said, depth + 1);
}

/** Masks as numbers with a sign, as .NET has them → as an event log writes them. */
export function hexMask(text: string): string {
  if (!/^-?\d{1,20}$/.test(text)) return text;
  return `0x${BigInt.asUintN(64, BigInt(text)).toString(16)}`;
}
