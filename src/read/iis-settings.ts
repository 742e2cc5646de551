/**
 * XML of a configuration → settings. One pass without recursion; entities of the text's own are never put in, depth and number are
 * bounded. Rules that rewrite addresses are told with what became of them further down in the same list: taken out, disabled, or
 * behind a rule that takes every request before them.
 */
import type { Problems } from '../core/problem.ts';
import { isPublishedKey } from './published-keys.ts';
import { xmlPieces } from './xml-pieces.ts';

export interface Setting {
  readonly section: string;
  readonly does?: 'add' | 'remove' | 'clear';
  readonly location?: string;
  readonly name?: string;
  readonly type?: string;
  readonly image?: string;
  readonly pattern?: string;
  readonly input?: string;
  readonly value?: string;
  readonly state?: string;
  readonly account?: string;
  readonly start: number;
  readonly end: number;
}

type Attributes = ReadonlyMap<string, string>;
type Told = Omit<Setting, 'start' | 'end' | 'location' | 'does'>;

const deepest = 64;
/** Characters between a place and a setting of it that are quoted together. */
const quotedFromPlace = 1200;
const mostSettings = 50_000;
/** Characters of a place that every setting below it repeats. */
const longestPlace = 1024;

/** Lists of the server: the last two names of their place → what an entry of it says. */
const lists: Readonly<Record<string, (entry: Attributes) => Told | null>> = {
  'globalModules/*': (own) => told('global-module', own, { image: own.get('image') }),
  'modules/*': (own) => told('module', own, { type: own.get('type') }),
  'httpModules/*': (own) => told('module', own, { type: own.get('type') }),
  'handlers/*': (own) =>
    told('handler', own, {
      type: own.get('type'),
      image: own.get('scriptProcessor')?.split('|', 1)[0],
      pattern: own.get('path'),
      value: own.get('modules'),
    }),
  'httpHandlers/*': (own) => told('handler', own, { type: own.get('type'), pattern: own.get('path') }),
  'isapiFilters/filter': (own) => told('isapi-filter', own, { image: own.get('path'), state: own.get('enabled') }),
  'isapiFilters/*': (own) => told('isapi-filter', own, {}),
  'isapiCgiRestriction/add': (own) =>
    told('cgi', own, { image: own.get('path'), value: own.get('allowed'), name: own.get('description') }),
  'fastCgi/application': (own) => told('cgi', own, { image: own.get('fullPath'), value: own.get('arguments') }),
  'buildProviders/*': (own) => told('build-provider', own, { type: own.get('type'), pattern: own.get('extension') }),
  'hiddenSegments/*': (own) => told('hidden-segment', own, { name: own.get('segment') }),
  'fileExtensions/*': (own) => told('file-extension', own, { name: own.get('fileExtension'), value: own.get('allowed') }),
  'dependentAssembly/codeBase': (own) => told('assembly', own, { image: own.get('href'), value: own.get('version') }),
  'assemblyBinding/linkedConfiguration': (own) => told('linked-configuration', own, { image: own.get('href') }),
  'appSettings/add': (own) =>
    /^(?:aspnet:|microsoft:WorkflowComponentModel:)/i.test(own.get('key') ?? '')
      ? told('switch', own, { name: own.get('key'), value: own.get('value') })
      : null,
};

/** Single settings, by their own name. */
const singles: Readonly<Record<string, (own: Attributes) => Told | null>> = {
  machineKey: (own) => ({ section: 'machine-key', state: keyState(own), value: own.get('validation') ?? 'default' }),
  httpLogging: (own) => switched('logging', 'dontLog', own),
  logFile: (own) => switched('logging', 'enabled', own),
  pages: (own) => switched('view-state', 'enableViewStateMac', own),
};

type Maybe<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

function told(section: string, own: Attributes, more: Maybe<Told>): Told {
  const name = more.name ?? own.get('name');
  const known = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)) as Partial<Told>;
  return { section, ...known, ...(name === undefined ? {} : { name }) };
}

function switched(section: string, name: string, own: Attributes): Told | null {
  const value = own.get(name);
  return value === undefined ? null : { section, name, value: value.toLowerCase() };
}

const longestKey = 1024;

/** That a key is written down, and whether everybody has it; never the key. */
function keyState(own: Attributes): string {
  const keys = [own.get('validationKey'), own.get('decryptionKey')]
    .map((key) => key?.slice(0, longestKey).split(',', 1)[0]!.trim() ?? '')
    .filter((key) => /^[0-9A-Fa-f]{16,}$/.test(key));
  if (keys.length === 0) return 'auto';
  return keys.some(isPublishedKey) ? 'published' : 'stated';
}

const authentications =
  /^(?:anonymous|basic|digest|windows|clientCertificateMapping|iisClientCertificateMapping)(?:Authentication)$/;

interface Rule {
  readonly start: number;
  end: number;
  readonly list: string;
  readonly location: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly stops: boolean;
  pattern: string;
  negated: boolean;
  readonly conditions: { readonly input: string; readonly pattern: string }[];
  action: string;
  url: string;
  does: 'add' | 'remove' | 'clear';
}

/** In the order of the text. */
export function settingsOf(text: string, problems: Problems): Setting[] {
  const found: Setting[] = [];
  const rules: Rule[] = [];
  /** Names of open elements; what the place of an entry is told by. */
  const open: string[] = [];
  const locations: string[] = [];
  let location = '';
  let locationStart = Number.NEGATIVE_INFINITY;
  let site = '';
  let application = '';
  let tooDeep = 0;
  let rule: Rule | null = null;
  const put = (setting: Setting): void => {
    if (found.length < mostSettings) found.push({ ...setting, end: beforeSecret(text, setting) });
    else problems.add('evidence.limit', setting.start, { expected: `at most ${mostSettings} settings` });
  };
  for (const piece of xmlPieces(text)) {
    if (piece.kind === 'declaration' && text.slice(piece.start, piece.end).includes('['))
      problems.add('xml.entities', piece.start);
    if (piece.kind === 'broken') problems.add('xml.broken', piece.start);
    if (piece.kind === 'close') {
      if (tooDeep > 0) {
        tooDeep--;
        continue;
      }
      const at = open.lastIndexOf(piece.name);
      if (at === -1) {
        problems.add('xml.broken', piece.start);
        continue;
      }
      if (at !== open.length - 1) problems.add('xml.broken', piece.start);
      for (const name of open.splice(at)) {
        if (name === 'location') {
          locations.pop();
          location = placeOf(locations);
          locationStart = Number.NEGATIVE_INFINITY;
        }
        if (name === 'rule') {
          if (rule !== null) rule.end = piece.end;
          rule = null;
        }
      }
    }
    if (piece.kind !== 'open') continue;
    if (open.length >= deepest) {
      if (!piece.empty) tooDeep++;
      problems.add('xml.broken', piece.start, { found: `deeper than ${deepest}` });
      continue;
    }
    const { name, attributes, start, end } = piece;
    const parent = open.at(-1) ?? '';
    const here = { start, end, ...(location === '' ? {} : { location }) };
    if (!piece.empty) {
      open.push(name);
      if (name === 'location') {
        locations.push((attributes.get('path') ?? '').slice(0, longestPlace));
        location = placeOf(locations);
        locationStart = start;
      }
    }
    if (name === 'site') site = (attributes.get('name') ?? '').slice(0, longestPlace);
    else if (name === 'application') application = (attributes.get('path') ?? '').slice(0, longestPlace);
    if (isRuleList(parent)) {
      if (name === 'rule' || name === 'remove' || name === 'clear') {
        const made = ruleOf(name, attributes, parent, location, start, end);
        if (rules.length < mostSettings) rules.push(made);
        if (name === 'rule' && !piece.empty) rule = made;
      }
      continue;
    }
    if (rule !== null) {
      partOfRule(rule, name, attributes);
      continue;
    }
    if (name === 'virtualDirectory' && attributes.has('physicalPath')) {
      const address = `${site}${application === '/' ? '' : application}${attributes.get('path') === '/' ? '' : (attributes.get('path') ?? '')}`;
      put({ section: 'virtual-directory', name: address, image: attributes.get('physicalPath')!, ...here });
    } else if (authentications.test(name) && attributes.has('enabled')) {
      const account = attributes.get('userName') ?? '';
      // A door that stands open says nothing without where it is: what is quoted begins there.
      const isOpen = name === 'anonymousAuthentication' && attributes.get('enabled') === 'true' && location !== '';
      const from = isOpen && start - locationStart <= quotedFromPlace ? { start: locationStart } : {};
      put({
        section: 'authentication',
        name,
        value: attributes.get('enabled')!.toLowerCase(),
        ...(account === '' ? {} : { account }),
        ...here,
        ...from,
      });
    } else {
      const list = lists[`${parent}/${name}`] ?? (isChange(name) ? lists[`${parent}/*`] : undefined);
      const single = list === undefined && Object.hasOwn(singles, name) ? singles[name] : undefined;
      const entry = list?.(attributes) ?? single?.(attributes) ?? null;
      if (entry !== null)
        put({ ...entry, ...(isChange(name) ? { does: name } : list === undefined ? {} : { does: 'add' as const }), ...here });
    }
  }
  if (open.length > 0) problems.add('xml.broken', text.length, { found: `<${open.at(-1)!}> is not closed` });
  for (const setting of settled(rules)) put(setting);
  return found.sort((a, b) => a.start - b.start);
}

const placeOf = (locations: readonly string[]): string =>
  locations
    .filter((one) => one !== '')
    .join('/')
    .slice(0, longestPlace);

/** What a report quotes ends before a key or a password: of a machine key its name is left. */
function beforeSecret(text: string, { section, start, end }: Setting): number {
  if (section === 'machine-key') return start + '<machineKey'.length;
  const secret = /<machineKey|\s(?:password|validationKey|decryptionKey)\s{0,20}=/i.exec(text.slice(start, end));
  return secret === null ? end : start + secret.index;
}

const isChange = (name: string): name is 'add' | 'remove' | 'clear' => name === 'add' || name === 'remove' || name === 'clear';
const isRuleList = (name: string): boolean => name === 'rules' || name === 'globalRules' || name === 'outboundRules';

function ruleOf(
  name: 'rule' | 'remove' | 'clear',
  own: Attributes,
  list: string,
  location: string,
  start: number,
  end: number,
): Rule {
  return {
    start,
    end,
    list,
    location,
    name: own.get('name') ?? '',
    enabled: !/^false$/i.test(own.get('enabled') ?? ''),
    stops: /^true$/i.test(own.get('stopProcessing') ?? ''),
    pattern: '',
    negated: false,
    conditions: [],
    action: '',
    url: '',
    does: name === 'rule' ? 'add' : name,
  };
}

function partOfRule(rule: Rule, name: string, own: Attributes): void {
  if (name === 'match') {
    rule.pattern = own.get('url') ?? own.get('pattern') ?? '';
    rule.negated = /^true$/i.test(own.get('negate') ?? '');
  } else if (name === 'action') {
    rule.action = own.get('type') ?? '';
    rule.url = own.get('url') ?? own.get('statusCode') ?? own.get('value') ?? '';
  } else if (name === 'add' && own.has('input') && rule.conditions.length < 64) {
    rule.conditions.push({
      input: own.get('input')!,
      pattern: `${/^true$/i.test(own.get('negate') ?? '') ? 'not ' : ''}${own.get('pattern') ?? ''}`,
    });
  }
}

/** Matches every address. */
const everything = /^(?:\^?\(?\.\*\)?\$?|\*)$/;

function settled(rules: readonly Rule[]): Setting[] {
  /** Per list: names that are taken out further down, and whether all is. */
  const removedAt = new Map<string, number>();
  const clearedAt = new Map<string, number>();
  for (const { does, list, location, name, start } of rules) {
    if (does === 'clear') clearedAt.set(`${list}\n${location}`, start);
    if (does === 'remove') removedAt.set(`${list}\n${location}\n${name.toLowerCase()}`, start);
  }
  const catcher = new Map<string, number>();
  return rules.map((rule): Setting => {
    const { list, location, name, start, end } = rule;
    const key = `${list}\n${location}`;
    const out = (clearedAt.get(key) ?? -1) > start || (removedAt.get(`${key}\n${name.toLowerCase()}`) ?? -1) > start;
    const state = out ? 'taken out' : !rule.enabled ? 'disabled' : catcher.has(key) ? 'overtaken' : 'in force';
    const blocks = /^(?:AbortRequest|CustomResponse)$/i.test(rule.action);
    if (rule.does === 'add' && state === 'in force' && rule.stops && !blocks && everything.test(rule.pattern) && !rule.negated)
      if (rule.conditions.length === 0) catcher.set(key, start);
    const shared = { start, end, ...(location === '' ? {} : { location }), ...(name === '' ? {} : { name }) };
    const section = list === 'outboundRules' ? 'rewrite-outbound' : 'rewrite';
    if (rule.does !== 'add') return { section, does: rule.does, ...shared };
    const first = rule.conditions[0];
    return {
      section,
      does: 'add',
      ...shared,
      pattern: first === undefined ? `${rule.negated ? 'not ' : ''}${rule.pattern}` : first.pattern,
      ...(first === undefined ? {} : { input: first.input }),
      value: rule.url === '' ? rule.action : `${rule.action} ${rule.url}`,
      state,
    };
  });
}
