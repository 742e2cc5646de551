/**
 * What the calls of a page give back, and which of them are dangerous: the language's own knowledge, for the flow that walks the page. Whole in
 * one file because the languages share what they find.
 */
import {
  answers,
  asksAt,
  callsBack,
  codeInText,
  comesWith,
  gives,
  hives,
  isLocal,
  keeps,
  lastOf,
  mailers,
  progId,
  providers,
  putsOut,
  shortPath,
  shortSinkName,
  tellingParts,
  twoNames,
} from './call-names.ts';
import type { Flow } from './flow.ts';
import { knownCall, lastName } from './known-calls.ts';
import type { Obfuscation, PageLanguage } from './page-facts.ts';
import { isControl, isPlainRequestPart, javaParameter, netRequest, phpInput, phpServerParts } from './request-words.ts';
import { dotNetSinks, javaSinks, phpCallers, phpSinks, type SinkKind } from './sink-table.ts';
import { madeLimit } from './unfold.ts';
import { from, hiddenBy, isRequest, mixed, nothing, passed, textValue, type Value, wordsValue } from './value.ts';

export interface FoundSink extends SinkKind {
  readonly name: string;
  readonly at: number;
  /** What decides. */
  readonly value: Value;
  /** How the name of what is called was hidden. */
  readonly hidden: readonly Obfuscation[];
  /** A page that is a back door itself is what is written. */
  readonly writesPage?: boolean;
  /** It stands in code that the page makes. */
  readonly made?: boolean;
  /** It stands in a function. */
  readonly inFunction: boolean;
  /** What it is called on. */
  readonly self: Value | null;
  /** More than what decides: everything that was given. */
  readonly given: readonly Value[];
}

const foundLimit = 4000;
/** Characters that calls may make of constant texts, over all of a page. */
const madeBudget = 48 << 20;

export class Calls {
  readonly language: PageLanguage;
  readonly #table: ReadonlyMap<string, SinkKind>;
  readonly #found = new Map<string, FoundSink>();
  /** Places that the page writes, and what it writes there. */
  readonly #written = new Map<string, Value>();
  /** Names of things that the page creates or calls, for what they say of its family. */
  readonly evaluated: { readonly text: string; readonly hidden: readonly Obfuscation[]; readonly at: number }[] = [];
  /** Words that the page keeps between two requests. */
  #kept = 0;
  /** Told by the flow: where it stands. */
  inFunction = false;
  #final = false;
  /** Calls that call by name what calls by name. */
  #byNameDepth = 0;
  /** Constant texts that the page kept packed, as they are when they are unpacked. */
  readonly unfolded: { readonly text: string; readonly at: number; readonly packed: boolean }[] = [];
  #made = 0;
  /** It asks another server for something, at an address of its own; it tells that server of itself or of its visitor. */
  #asksElsewhere = false;
  #tellsElsewhere = false;
  /** It looks at what its visitor comes with, or from where. */
  #looksAtVisitor = false;
  /** Types whose methods are called without naming them. */
  readonly #statics: string[] = [];

  constructor(language: PageLanguage) {
    this.language = language;
    this.#table = language === 'php' ? phpSinks : language === 'java' ? javaSinks : dotNetSinks;
  }

  /** `using static A.B;` */
  staticly(path: string): void {
    if (this.#statics.length < 40 && !this.#statics.includes(path)) this.#statics.push(path);
  }

  begin(final: boolean): void {
    this.#final = final;
    this.#found.clear();
    this.evaluated.length = 0;
    this.unfolded.length = 0;
  }

  get found(): readonly FoundSink[] {
    return [...this.#found.values()];
  }

  /** A long name by its end, as declarations and imports shorten it. */
  typeName(path: string): string {
    const parts = path.split('.');
    const short = parts.length > 3 ? parts.slice(-3).join('.') : path;
    return short.slice(0, 120);
  }

  /** Names that are not the page's own. */
  named(name: string, at: number): Value | null {
    if (this.language !== 'php') return null;
    switch (name.toUpperCase()) {
      case '$_GET':
      case '$_POST':
      case '$_REQUEST':
      case '$_COOKIE':
      case '$HTTP_GET_VARS':
      case '$HTTP_POST_VARS':
      case '$HTTP_COOKIE_VARS':
      case '$HTTP_RAW_POST_DATA':
        return wordsValue(from.request, at, name.toLowerCase());
      case '$_FILES':
      case '$HTTP_POST_FILES':
        return wordsValue(from.upload, at, '$_files');
      case '$_SERVER':
      case '$_ENV':
      case '$HTTP_SERVER_VARS':
      case '$GLOBALS':
      case '$THIS':
        return wordsValue(from.server, at, name.toLowerCase());
      case '$_SESSION':
        return wordsValue(from.unknown | this.#kept, at, '$_session');
      default:
        return null;
    }
  }

  member(base: Value, name: string, at: number): Value {
    const lower = name.toLowerCase();
    if (this.language === 'php') {
      const path = base.path === '' ? `?.${lower}` : `${base.path}.${lower}`;
      if (lower === '__invoke') return { ...base, at };
      return { ...passed(base), path, at: base.at === 0 ? at : base.at };
    }
    const path = shortPath(base.path === '' ? `?.${lower}` : `${base.path}.${lower}`);
    const whole = {
      ...passed(base),
      path,
      words: base.words,
      bare: base.bare,
      at: base.at === 0 ? at : base.at,
      hidden: base.hidden,
    };
    // Texts keep their text for what is asked of them next.
    if (base.text !== null) return { ...whole, text: base.text, parts: base.parts };
    if (base.parts !== null) return { ...whole, parts: base.parts };
    if (this.language === 'java')
      return javaParameter(path)
        ? { ...whole, words: from.request, bare: true, parameter: /^(?:param|header|cookie)/.test(base.path) ? name : null }
        : whole;
    if (isControl(base.path, lower)) return { ...whole, words: from.request, parameter: base.parameter, bare: true };
    if (lower === 'useragent' || lower === 'urlreferrer') this.#looksAtVisitor = true;
    if (netRequest(path))
      return isPlainRequestPart(path)
        ? { ...whole, words: from.server }
        : { ...whole, words: whole.words | from.request, bare: true };
    if (answers.test(lower)) return { ...whole, words: whole.words | from.fetched | from.unknown };
    if (tellingParts.test(lower) || (lower === 'drives' && base.path.endsWith('filesystemobject')))
      this.#put({
        name: lower === 'drives' ? 'filesystemobject.drives' : 'machine-key',
        capability: 'shows-secrets',
        of: 'self',
        hard: false,
        at,
        value: textValue('', at),
        hidden: base.hidden,
        given: [],
      });
    if (hives.test(path))
      this.#put({
        name: 'registry-hive',
        capability: 'shows-secrets',
        of: 'self',
        hard: false,
        at,
        value: textValue('', at),
        hidden: [],
        given: [],
      });
    if (lower === 'length' || lower === 'count') return wordsValue(from.unknown | from.narrowed, at);
    return whole;
  }

  dynamicMember(base: Value, name: Value, at: number): Value {
    if (name.text !== null)
      return hiddenBy({ ...passed(base), path: `${base.path}.${name.text.toLowerCase()}`, at }, 'dynamic-names');
    return { ...passed(mixed(base, name)), path: isRequest(name) ? '?dynamic' : '', at };
  }

  element(base: Value, asked: Value, at: number, flow: Flow): Value {
    const key =
      asked.text === null && asked.spelled !== undefined && asked.words === 0 ? { ...asked, text: asked.spelled } : asked;
    const index =
      key.text !== null && /^-?\d{1,9}$/.test(key.text)
        ? Number(key.text)
        : this.language === 'php' && key.text === '' && base.text !== null
          ? 0
          : null;
    if (base.parts !== null && index !== null && index >= 0) {
      const one = base.parts[index];
      if (one !== undefined) return { ...one, words: one.words | (base.words & from.request) };
    }
    if (base.text !== null && index !== null && base.path !== '#') {
      const character = base.text.at(index);
      return character === undefined ? passed(base) : hiddenBy(textValue(character, at), 'joined-texts');
    }
    if (base.path === '$globals' && key.text !== null) {
      const name = `$${key.text}`;
      const value = this.named(name, at) ?? flow.variable(name) ?? wordsValue(from.unset, at);
      return hiddenBy({ ...value, path: value.path === '' ? name : value.path }, 'dynamic-names');
    }
    if (this.#kept !== 0 && keeps.test(base.path)) return { ...passed(base), words: base.words | this.#kept | from.unknown, at };
    const parameter = base.parameter ?? (isRequest(base) ? key.text : null);
    if (base.path === '$_server' || base.path === '$http_server_vars') {
      if (key.text === null) return wordsValue(from.unknown, at);
      if (/^comspec$/i.test(key.text)) return { ...textValue('cmd.exe', at), words: from.server };
      const client = phpServerParts.test(key.text);
      if (comesWith.test(key.text)) this.#looksAtVisitor = true;
      return { ...nothing, words: client ? from.request : from.server, parameter: client ? key.text : null, at };
    }
    if (base.path === '$_files') {
      const temporary = key.text === 'tmp_name' ? from.temporary : 0;
      return {
        ...passed(base),
        words: from.upload | temporary,
        path: '$_files',
        parameter: parameter === 'tmp_name' || parameter === 'name' ? null : parameter,
        at,
      };
    }
    if (base.words & from.upload)
      return { ...passed(base), path: '$_files', words: base.words | (key.text === 'tmp_name' ? from.temporary : 0), at };
    if (this.language !== 'php' && (netRequest(base.path) || /(?:^|\.)request$/.test(base.path)))
      return this.#requested(base.path, [key], at);
    // He names the one that he wants to see.
    if (this.language !== 'php' && /(?:^|\.)connectionstrings$/.test(base.path) && isRequest(key)) this.listed(base.path, at);
    // He chooses among what others have put there.
    const chosen =
      this.language === 'php' && base.words !== 0 && (base.words & ~(from.unknown | from.fetched)) === 0 && isRequest(key)
        ? from.chosen
        : 0;
    return {
      ...passed(base, 0),
      words: base.words | chosen | (key.words & (from.request | from.unset)),
      parameter,
      at,
      path: base.path.startsWith('$_') ? '' : base.path,
      bare: base.bare,
    };
  }

  #requested(path: string, args: readonly Value[], at: number): Value {
    const key = args[0]?.text ?? null;
    if (key !== null && comesWith.test(key)) this.#looksAtVisitor = true;
    if (/servervariables$/.test(path) && key !== null && !phpServerParts.test(key)) return wordsValue(from.server, at);
    return { ...nothing, words: from.request, parameter: key, at, path: /files$/.test(path) ? 'postedfile' : '' };
  }

  created(path: string, args: readonly Value[], at: number, flow: Flow): Value {
    const short = lastName(path);
    this.#sink(`new ${short}`, null, args, at, []);
    if (this.language === 'php') {
      const caller = phpCallers.get(`new ${short}`);
      if (caller !== undefined) this.#callsByName(`new ${short}`, args, caller, at, flow);
      if (short === 'com') this.#provider(short, args, at);
      if (short === 'com') return { ...nothing, path: args[0]?.text?.toLowerCase() ?? 'com', at };
    }
    if (this.language === 'java' && short === 'url') this.#asked(args[0]);
    // Code of another server is what a loader of such an address loads.
    if (this.language === 'java' && short === 'url' && /^(?:https?|ftp|jar:https?):/i.test(args[0]?.text ?? ''))
      return { ...passed(args[0]!), words: from.fetched | from.unknown, path: short, at };
    flow.invoke(this.language === 'php' ? '__construct' : short, args, at);
    if (short === 'directoryentry') this.#provider(short, args, at);
    if (short === 'guid' && args[0]?.text != null) return { ...args[0], path: '' };
    if (short === 'activexobject' && args[0]?.text != null)
      return { ...nothing, path: progId(args[0].text), hidden: args[0].hidden, at };
    if (short === 'string' && args.length > 0) return knownCall('getstring', null, args.slice(0, 1), at) ?? passed(args[0]!);
    const sum = args.reduce((a, b) => mixed(a, b), nothing);
    return { ...passed(sum), path: short, at, hidden: [] };
  }

  call(callee: Value, args: readonly Value[], at: number, flow: Flow): Value {
    this.#made += args.reduce(
      (sum, { text, parts }) => sum + (text?.length ?? 0) + (parts?.length ?? 0) * 8,
      callee.text?.length ?? 0,
    );
    if (this.#made > madeBudget) {
      flow.cut = true;
      return passed(args.reduce((a, b) => mixed(a, b), callee));
    }
    const result = this.language === 'php' ? this.#phpCall(callee, args, at, flow) : this.#netCall(callee, args, at, flow);
    if (result.text !== null && result.text.length > 40 && this.unfolded.length < 64 && this.#final) {
      const packed = result.hidden.includes('compressed');
      if (packed || result.hidden.includes('base64') || result.hidden.includes('hex'))
        this.unfolded.push({ text: result.text, at, packed });
    }
    return result;
  }

  #account(name: string, args: readonly Value[], at: number): void {
    this.#put({
      name: `account.${name}`,
      capability: 'makes-accounts',
      of: 'all',
      hard: false,
      at,
      value: args.reduce((a, b) => mixed(a, b), nothing),
      hidden: [],
      given: args,
    });
  }

  #asked(address: Value | undefined): void {
    if (!/^https?:\/\//i.test(address?.text ?? address?.head ?? '')) return;
    this.#asksElsewhere = true;
    if ((address!.words & (from.request | from.server)) !== 0) this.#tellsElsewhere = true;
  }

  /**
   * What is put out: what another server answered, at an address that the page brings, is that server's page and none of its own, where that
   * server is told who asks, or only some are shown it.
   */
  shown(value: Value, at: number): void {
    if (!this.#tellsElsewhere && !(this.#asksElsewhere && this.#looksAtVisitor)) return;
    if ((value.words & from.fetched) === 0 || (this.language === 'php' && this.inFunction)) return;
    this.#put({
      name: 'shown-from-elsewhere',
      capability: 'proxies-traffic',
      of: 'first',
      hard: false,
      at,
      value,
      hidden: [],
      given: [value],
    });
  }

  /** Things that name the server's own accounts, sites and processes. */
  #provider(name: string, args: readonly Value[], at: number): void {
    if (!args.some((one) => providers.test(one.text ?? one.head ?? ''))) return;
    this.#put({
      name: 'provider',
      capability: 'shows-secrets',
      of: 'first',
      hard: false,
      at,
      value: args[0]!,
      hidden: args[0]!.hidden,
      given: args,
    });
    void name;
  }

  /** Something dangerous is handed on by its name. */
  called(name: string, at: number): void {
    this.#sink(name, null, [wordsValue(from.unknown, at)], at, ['dynamic-names']);
  }

  // .NET, ASP and Java.

  #netCall(callee: Value, args: readonly Value[], at: number, flow: Flow): Value {
    const { path } = callee;
    const name = lastName(path);
    if (/(?:^|\.)request$/.test(path) || (this.language !== 'java' && netRequest(path))) {
      if (isPlainRequestPart(path)) return wordsValue(from.server, at);
      if (name === 'saveas') this.#sink('request.saveas', callee, args, at, []);
      return this.#requested(path, args, at);
    }
    if (this.language === 'java' && comesWith.test(args[0]?.text ?? '')) this.#looksAtVisitor = true;
    if (this.language === 'java' && javaParameter(path))
      return { ...nothing, words: from.request, parameter: args[0]?.text ?? null, at, path: '' };
    // Basic calls an element of a list as it calls a function.
    if (callee.parts !== null && args.length === 1 && callee.path === '') return this.element(callee, args[0]!, at, flow);
    const self = path.includes('.') ? callee : null;
    const short = this.#named(path);
    this.#sink(short, self, args, at, callee.hidden);
    if (asksAt.test(path)) this.#asked(name === 'open' ? args[1] : args[0]);
    if (putsOut.test(path))
      this.shown(
        args.reduce((a, b) => mixed(a, b), nothing),
        at,
      );
    // What he sends is put into a file.
    if ((name === 'copyto' || name === 'copytoasync') && args[0]?.path === 'filestream')
      this.#sink('filestream.write', args[0], [passed(callee)], at, []);
    if (keeps.test(path.split('.').slice(0, -1).join('.'))) {
      if (/^(?:setattribute|putvalue|add|insert|set)$/.test(name))
        for (const one of args.slice(1)) this.#kept |= one.words & (from.request | from.upload | from.decoded | from.decrypted);
      else if (/^(?:getattribute|getvalue|get|item)$/.test(name)) return wordsValue(from.unknown | this.#kept, at);
    }
    if (this.#kept !== 0 && keeps.test(path)) return wordsValue(from.unknown | this.#kept, at);
    switch (name) {
      case 'createobject':
      case 'gettypefromprogid':
      case 'gettypefromclsid':
      case 'getobject':
        if (name === 'getobject') {
          this.#provider(name, args, at);
          if (/\bwin32_process$/i.test(args[0]?.text ?? '')) return { ...nothing, path: 'win32_process', at };
        }
        if (args[0]?.text != null) return { ...nothing, path: progId(args[0].text), hidden: args[0].hidden, at };
        return { ...passed(args[0] ?? nothing), path: '', at };
      case 'array':
        if (path === name && args.length <= 4096)
          return { ...passed(args.reduce((a, b) => mixed(a, b), nothing)), path: '', at, parts: [...args] };
        break;
      case 'typeof':
        return { ...nothing, path: lastName(args[0]?.path ?? ''), at };
      case 'invokemember': {
        const asked = `${path.split('.').slice(0, -1).join('.')}.${args[0]?.text?.toLowerCase() ?? ''}`;
        const real = shortSinkName(asked, this.#table);
        if (this.#table.has(real)) this.#sink(real, callee, args.slice(1), at, [...callee.hidden, ...(args[0]?.hidden ?? [])]);
        break;
      }
      case 'add':
      case 'create':
        if (/(?:^|\.)children\.add$/.test(path) || args[0]?.text?.toLowerCase() === 'user') {
          const what = args.find(({ text }) => text !== null && /^(?:user|group)$/i.test(text));
          if (what !== undefined) this.#account(name, args, at);
        }
        break;
      case 'setpassword':
        this.#account(name, args, at);
        break;
      case 'createinstance':
        if (args[0] !== undefined && args[0].path !== '' && args[0].words === 0)
          return { ...passed(args[0]), path: args[0].path, at };
        break;
      case 'getsection':
        if (/machinekey/i.test(args[0]?.text ?? '')) this.#machineKey(args, at);
        break;
      case 'forname':
      case 'gettype':
        if (/machinekeysection/i.test(args[0]?.text ?? '')) this.#machineKey(args, at);
        if (args[0]?.text != null)
          return { ...nothing, path: lastName(args[0].text.toLowerCase().split(',', 1)[0]!), hidden: args[0].hidden, at };
        return {
          ...passed(args[0] ?? callee),
          path: args.length === 0 ? path.split('.').slice(0, -1).join('.') : lastName(args[0]!.path),
          at,
        };
      case 'getclass':
        if (args.length === 0) return { ...passed(callee), path: path.split('.').slice(0, -1).join('.'), at };
        break;
      case 'loadclass':
        if (args[0]?.text != null) return { ...nothing, path: lastName(args[0].text.toLowerCase()), hidden: args[0].hidden, at };
        break;
      case 'newmethodaccessor':
      case 'createdelegate':
      case 'unreflect': {
        // What is called in its place.
        const method = args.find((one) => one.path.includes('.')) ?? callee;
        const real = shortSinkName(method.path.replace(/\.createdelegate$/, ''), this.#table);
        return { ...passed(method), path: this.#table.has(real) ? real : 'delegate', at };
      }
      case 'getmethod':
      case 'getdeclaredmethod':
      case 'getruntimemethod':
        if (args[0]?.text != null)
          return {
            ...passed(callee),
            path: `${lastOf(path)}.${args[0].text.toLowerCase()}`,
            hidden: [...callee.hidden, ...args[0].hidden],
            at,
          };
        break;
      case 'invoke': {
        // Through reflection: the method that was asked for is what is called.
        const asked = path.split('.').slice(0, -1).join('.');
        const given = args
          .slice(1)
          .flatMap(({ parts, ...rest }) => (parts === null || parts.length === 0 ? [{ ...rest, parts }] : parts));
        const real = shortSinkName(asked, this.#table);
        if (this.#table.has(real)) {
          this.#sink(real, args[0] ?? callee, given, at, callee.hidden);
          return { ...passed(args.reduce((a, b) => mixed(a, b), nothing)), path: gives.get(real) ?? '', at };
        }
        // `MethodUtil.invoke(method, …)`
        const handed = args[0] === undefined ? '' : shortSinkName(args[0].path, this.#table);
        if (this.#table.has(handed)) {
          this.#sink(handed, args[1] ?? callee, args.slice(1), at, args[0]!.hidden);
          return { ...passed(args.reduce((a, b) => mixed(a, b), nothing)), path: gives.get(handed) ?? '', at };
        }
        // Of a method it is asked with the thing and what it is given.
        if (args.length >= (this.language === 'java' ? 1 : 2))
          this.#sink('reflection.invoke', null, [callee, ...args], at, callee.hidden);
        const known = gives.get(twoNames(asked));
        if (known !== undefined) return { ...passed(args.reduce((a, b) => mixed(a, b), nothing)), path: known, at };
        break;
      }
      case 'delegate':
        if (path === name) this.#sink('reflection.invoke', null, [callee, ...args], at, callee.hidden);
        break;
      case 'callbyname': {
        // `CallByName(thing, name, kind, …)` of Visual Basic.
        const asked = `${lastName(args[0]?.path ?? '')}.${args[1]?.text?.toLowerCase() ?? ''}`;
        const real = shortSinkName(
          args[0]?.path.includes('.') === true ? `${args[0].path}.${lastName(asked)}` : asked,
          this.#table,
        );
        if (this.#table.has(real)) this.#sink(real, args[0] ?? callee, args.slice(3), at, args[1]?.hidden ?? []);
        else this.#sink('reflection.invoke', null, args, at, callee.hidden);
        break;
      }
      case 'eval':
      case 'execute':
      case 'executeglobal':
      case 'execscript':
        if (path === name || /(?:^|\.)scriptcontrol\./.test(path) || this.language === 'java') this.#evaluated(args[0], at);
        if (name === 'eval') return this.#resultOf(args[0], at);
        break;
      case 'executestatement':
      case 'addcode':
        this.#evaluated(args[0], at);
        break;
      default:
    }
    if (name === 'get' && /^win32_process$/i.test(args[0]?.text ?? '')) return { ...nothing, path: 'win32_process', at };
    if (name === 'item' || name === 'get' || name === 'getvalue' || name === 'getvalues') {
      if (isRequest(callee) && args[0]?.text != null)
        return {
          ...callee,
          text: null,
          parameter: callee.parameter ?? args[0].text,
          path: name === 'get' && callee.words & from.upload ? 'postedfile' : '',
        };
    }
    const known = knownCall(path, self, args, at);
    if (known !== null) return known;
    const owner = self !== null || path === '' ? { ...callee, text: null, parts: null } : nothing;
    const sum = args.reduce((a, b) => mixed(a, b), owner);
    const typed = gives.get(short) ?? gives.get(twoNames(path));
    return { ...passed(sum, sum.words === 0 ? from.unknown : 0), path: typed ?? path, at, hidden: callee.hidden };
  }

  #named(path: string): string {
    const short = shortSinkName(path, this.#table);
    if (this.#statics.length === 0 || path.includes('.') || this.#table.has(short)) return short;
    return (
      this.#statics.map((type) => shortSinkName(`${type}.${path}`, this.#table)).find((one) => this.#table.has(one)) ?? short
    );
  }

  /** All variables of the server, all that it logs on to databases with, are gone through. */
  listed(path: string, at: number): void {
    if (this.language === 'php' || this.language === 'java' || !/(?:^|\.)(?:servervariables|connectionstrings)$/.test(path))
      return;
    this.#put({
      name: 'server-variables',
      capability: 'shows-secrets',
      of: 'self',
      hard: false,
      at,
      value: textValue('', at),
      hidden: [],
      given: [],
    });
  }

  /** Methods that call what they are given: a name of something dangerous, or what the visitor says. */
  #callback(name: string, callee: Value, args: readonly Value[], at: number): void {
    if (!callsBack.test(name)) return;
    const how = args.find(
      (one) => (one.text !== null && phpSinks.get(one.text.toLowerCase())?.hard === true) || (isRequest(one) && one.bare),
    );
    if (how === undefined) return;
    this.#put({
      name: how.text?.toLowerCase() ?? 'call by name',
      capability: 'runs-code',
      of: 'all',
      hard: true,
      at,
      value: how.text === null ? how : { ...passed(callee), words: callee.words | from.unknown },
      hidden: ['dynamic-names'],
      given: args,
    });
  }

  // PHP.

  #phpCall(callee: Value, args: readonly Value[], at: number, flow: Flow): Value {
    const dynamic = callee.text !== null;
    const path = dynamic ? callee.text.toLowerCase().replace(/^\\/, '') : callee.path.replace(/^\\/, '').replaceAll('\\', '.');
    const name = lastName(path);
    const hidden = dynamic ? [...callee.hidden, 'dynamic-names' as const] : callee.hidden;
    const sum = args.reduce((a, b) => mixed(a, b), nothing);
    if (
      !dynamic &&
      (callee.words & (from.request | from.unset)) !== 0 &&
      !callee.path.includes('.') &&
      (callee.path === '' || callee.path.startsWith('$'))
    ) {
      // The visitor says what is called.
      const asked = (callee.words & from.request) !== 0;
      this.#put({
        name: 'call by name',
        capability: 'runs-code',
        of: 'all',
        hard: true,
        at,
        value: asked ? callee : mixed(callee, sum),
        hidden: ['dynamic-names'],
        given: args,
      });
      return passed(mixed(callee, sum));
    }
    if (callee.path === '?dynamic') {
      this.#put({
        name: 'method by name',
        capability: 'runs-code',
        of: 'all',
        hard: true,
        at,
        value: callee,
        hidden: ['dynamic-names'],
        given: args,
      });
      return passed(sum);
    }
    if (!dynamic && callee.path === '' && callee.words !== 0) {
      // A name that cannot be read, given the visitor's words, or code.
      flow.invoke('__invoke', args, at);
      const code = args.find(({ text }) => text !== null && codeInText.test(text));
      if (code !== undefined && (callee.words & from.request) === 0) {
        this.#put({
          name: 'call by hidden name',
          capability: 'runs-code',
          of: 'args',
          hard: true,
          at,
          value: { ...code, text: null, words: code.words | from.decoded },
          hidden: ['dynamic-names'],
          given: args,
        });
        this.#evaluated(code, at);
      }
      const made = (callee.words & (from.decoded | from.decrypted | from.server | from.fetched)) !== 0;
      if (callee.hidden.includes('dynamic-names') && sum.hidden.includes('dynamic-names') && !isRequest(sum))
        this.#byName('made-up', false, sum, args, at);
      if (
        made &&
        !this.inFunction &&
        args.length === 1 &&
        (sum.words & (from.decoded | from.decrypted)) !== 0 &&
        sum.text === null &&
        !isRequest(sum)
      )
        this.#byName('hidden', true, sum, args, at);
      if (isRequest(sum) && sum.bare) this.#byName('hidden', made || !this.inFunction, sum, args, at);
      return passed(sum);
    }
    if (callee.path === '$_files') return passed(callee);
    if (callee.path === '$this') flow.invoke('__invoke', args, at);
    if (
      dynamic &&
      callee.hidden.length > 0 &&
      isRequest(sum) &&
      sum.bare &&
      !phpSinks.has(path) &&
      flow.invoke(path, args, at) === null
    )
      this.#byName('made-up', false, sum, args, at);
    const method = path.includes('.') && !path.startsWith('$this');
    const self = path.includes('.') ? callee : null;
    const three = path.split('.').slice(-3).join('.');
    const key = !method ? name : this.#table.has(three) ? three : twoNames(path);
    // What is written to another machine is written into no file.
    const sent = !method && args[0]?.path === 'socket' && /^(?:fwrite|fputs)$/.test(name);
    if (!sent && (!method || this.#table.has(key))) this.#sink(key, self, args, at, hidden);
    if (method && /(?:^|\.)ffi\.(?:cdef|load|scope)\.\w+$/.test(path))
      this.#put({ name: 'ffi', capability: 'executes-commands', of: 'args', hard: true, at, value: sum, hidden, given: args });
    if (method) this.#callback(name, callee, args, at);
    if (name === 'registerphpfunctions')
      this.#put({
        name,
        capability: 'runs-code',
        of: 'all',
        hard: true,
        at,
        value: wordsValue(from.unknown, at),
        hidden: [],
        given: args,
      });
    const caller =
      self === null
        ? (phpCallers.get(name) ??
          (/^array_(?:u(?:diff|intersect)(?:_u?assoc)?|(?:diff|intersect)_u(?:assoc|key))$/.test(name)
            ? args.length - 1
            : undefined))
        : undefined;
    if (caller !== undefined) this.#callsByName(name, args, caller, at, flow);
    if (self === null && /^filter_(?:var|input)(?:_array)?$/.test(name)) this.#filters(args, at);
    if (self === null && args[0]?.path === '$_server' && /^(?:array_|current$|end$|next$|reset$|pos$|implode$|join$)/.test(name))
      return wordsValue(from.request, at);
    switch (name) {
      case 'eval':
      case 'assert':
        if (self === null) this.#evaluated(args[0], at);
        return passed(args[0] ?? nothing);
      case 'create_function':
        this.#evaluated(args[1], at);
        return { ...wordsValue(from.unknown, at), words: (args[1]?.words ?? 0) & (from.request | from.unset) };
      case 'preg_replace':
      case 'preg_filter':
      case 'mb_ereg_replace':
      case 'mb_eregi_replace':
      case 'mbereg_replace':
      case 'mberegi_replace':
        this.#replaceEvaluates(name, args, at, hidden);
        break;
      case 'extract':
      case 'import_request_variables':
      case 'parse_str':
        if ((isRequest(args[0] ?? nothing) || name === 'import_request_variables') && (name !== 'parse_str' || args.length < 2))
          flow.injected = true;
        return wordsValue(from.unknown, at);
      case 'newinstance':
      case 'newinstanceargs':
      case 'invokeargs':
        if (args.length > 1 && isRequest(args[0]!))
          this.#put({
            name,
            capability: 'runs-code',
            of: 'all',
            hard: true,
            at,
            value: sum,
            hidden: ['dynamic-names'],
            given: args,
          });
        flow.invoke('__construct', args, at);
        break;
      case 'fromcallable':
        return args[0] ?? nothing;
      case 'getenv':
        return { ...nothing, words: /^http_/i.test(args[0]?.text ?? '') ? from.request : from.server, at };
      case 'getallheaders':
      case 'apache_request_headers':
      case 'get_defined_vars':
        return wordsValue(from.request, at);
      case 'file_get_contents':
      case 'fopen':
      case 'file':
      case 'readfile':
        if (phpInput(args[0])) return wordsValue(from.request, at);
        this.#asked(args[0]);
        if (name === 'readfile' && !isLocal(args[0])) this.shown(wordsValue(from.fetched, at), at);
        return {
          ...nothing,
          // A file of its own, by its name, is the page's as well as its texts are.
          words: (isLocal(args[0]) ? 0 : from.fetched) | from.unknown | ((args[0]?.words ?? 0) & from.request),
          parameter: args[0]?.parameter ?? null,
          at,
          ...(name === 'fopen' && (args[0]?.text ?? args[0]?.tail) !== undefined
            ? { tail: args[0]!.text ?? args[0]!.tail! }
            : {}),
        };
      case 'curl_init':
        this.#asked(args[0]);
        break;
      case 'curl_setopt':
        if (args[1]?.spelled === 'CURLOPT_URL') this.#asked(args[2]);
        if (args[1]?.spelled === 'CURLOPT_URL' && isRequest(args[2] ?? nothing))
          this.#put({
            name,
            capability: 'proxies-traffic',
            of: 'args',
            hard: false,
            at,
            value: args[2]!,
            hidden: [],
            given: args,
          });
        return nothing;
      case 'curl_exec':
        return wordsValue(from.fetched | from.unknown, at);
      case 'file_put_contents':
      case 'fwrite':
      case 'fputs': {
        const place = args[0]?.text ?? args[0]?.tail;
        if (place !== undefined && place.length > 2 && this.#written.size < 400) this.#written.set(place, args[1] ?? nothing);
        break;
      }
      case 'func_get_args':
      case 'func_get_arg':
        return wordsValue(from.unknown, at);
      case 'filter_input':
      case 'filter_input_array':
        return { ...wordsValue(from.request, at), parameter: args[1]?.text ?? null };
      case 'define':
        if (args[0]?.text != null && args[1] !== undefined) flow.set(args[0].text.toLowerCase(), args[1], null);
        return nothing;
      case 'constant':
        return args[0]?.text == null ? passed(sum) : (flow.variable(args[0].text) ?? nothing);
      case 'mail':
      case 'mb_send_mail':
        // What stands there is handed to the program that sends it.
        if (isRequest(args[4] ?? nothing))
          this.#put({
            name: 'mail with options',
            capability: 'executes-commands',
            of: 'args',
            hard: true,
            at,
            value: args[4]!,
            hidden: [],
            given: args,
          });
        break;
      case 'putenv':
        if (/^LD_(?:PRELOAD|AUDIT|LIBRARY_PATH)=/.test(args[0]?.text ?? args[0]?.head ?? ''))
          this.#put({
            name,
            capability: 'loads-code',
            of: 'first',
            hard: true,
            at,
            value: args[0]!,
            hidden: ['dynamic-names'],
            given: args,
          });
        break;
      case 'fsockopen':
      case 'pfsockopen':
      case 'stream_socket_client':
        return { ...wordsValue(from.unknown | from.fetched, at), path: 'socket' };
      case 'get_defined_functions':
        return wordsValue(from.server, at);
      case 'getdoccomment':
        return wordsValue(from.decoded | from.unknown, at);
      case 'exif_read_data':
      case 'iptcparse':
        return wordsValue(from.fetched | from.decoded | from.unknown, at);
      case 'current':
      case 'end':
      case 'reset':
      case 'array_pop':
      case 'array_shift':
      case 'next':
      case 'pos':
      case 'key':
        return (
          args[0]?.parts?.[name === 'end' || name === 'array_pop' ? args[0].parts.length - 1 : 0] ?? passed(args[0] ?? nothing)
        );
      default:
    }
    // A name that nothing explains was its own text in PHP.
    const texts = args.map((one) =>
      one.text === null && one.words === 0 && one.parts === null && one.spelled !== undefined ? textValue(one.spelled, at) : one,
    );
    const known = self === null ? knownCall(name, null, texts, at) : null;
    if (known !== null) return hidden.length === 0 ? known : hidden.reduce((value, by) => hiddenBy(value, by), known);
    const all = self === null ? sum : mixed(sum, passed(callee));
    return { ...passed(all, all.words === 0 ? from.unknown : 0), path: self === null ? '' : callee.path, at };
  }

  /** A filter that calls what is named within its options. */
  #filters(args: readonly Value[], at: number): void {
    const within = (one: Value, depth: number): Value | undefined =>
      one.text !== null && phpSinks.get(one.text.toLowerCase())?.hard === true
        ? one
        : depth > 4
          ? undefined
          : one.parts?.map((part) => within(part, depth + 1)).find((found) => found !== undefined);
    for (const one of args.slice(1)) {
      const how = within(one, 0);
      if (how === undefined || (how === one && args.length < 3)) continue;
      const kind = phpSinks.get(how.text!.toLowerCase())!;
      const value = { ...passed(args[0] ?? nothing), bare: true };
      this.#put({ ...kind, name: how.text!.toLowerCase(), of: 'args', at, value, hidden: ['dynamic-names'], given: args });
    }
  }

  /** `array_map('assert', $_POST)`: what is handed over by its name is called with the rest. */
  #callsByName(name: string, args: readonly Value[], index: number, at: number, flow: Flow): void {
    const how = args[index] ?? (args.length === 1 && args[0]!.path.startsWith('$_') ? args[0] : undefined);
    if (how === undefined) return;
    // A thing and the name of its method: one of the page's own, or of a library's.
    if (how.parts?.length === 2 && how.parts[0]!.text === null && how.parts[1]!.text !== null) {
      flow.invoke(
        how.parts[1]!.text.toLowerCase(),
        args.filter((_, i) => i !== index),
        at,
      );
      return;
    }
    const rest = args
      .filter((_, i) => i !== index)
      .flatMap((one) => (one.parts === null || one.parts.length === 0 ? [one] : [...one.parts, { ...one, parts: null }]));
    const called =
      how.text?.toLowerCase() ??
      (how.words === 0 ? how.spelled?.toLowerCase() : undefined) ??
      how.parts?.at(-1)?.text?.toLowerCase() ??
      null;
    if (called !== null) {
      const kind = phpSinks.get(called);
      if (kind !== undefined && (kind.hard || kind.capability === 'executes-commands')) {
        const sum = rest.reduce((a, b) => mixed(a, b), nothing);
        this.#put({ ...kind, name: called, of: 'args', at, value: sum, hidden: [...how.hidden, 'dynamic-names'], given: rest });
        if (called === 'assert') this.#evaluated(rest[0], at);
      } else if (
        flow.invoke(called, rest, at) === null &&
        /^call_user_func|^forward_static/.test(name) &&
        this.#byNameDepth < 3
      ) {
        this.#byNameDepth++;
        this.#phpCall({ ...textValue(called, at), hidden: how.hidden }, rest, at, flow);
        this.#byNameDepth--;
      }
      return;
    }
    if (how.words !== 0 || how.path !== '') flow.invoke('__invoke', rest, at);
    if (
      (how.words & (from.decoded | from.decrypted | from.server)) !== 0 &&
      (how.words & from.request) === 0 &&
      rest.some((one) => isRequest(one))
    )
      this.#put({
        name: 'call by hidden name',
        capability: 'runs-code',
        of: 'args',
        hard: true,
        at,
        value: rest.find((one) => isRequest(one))!,
        hidden: ['dynamic-names'],
        given: args,
      });
    if ((how.words & (from.request | from.unset)) !== 0 && how.parts === null)
      this.#put({
        name,
        capability: 'runs-code',
        of: 'all',
        hard: !this.inFunction || rest.some((one) => isRequest(one) && one.bare),
        at,
        value: how,
        hidden: ['dynamic-names'],
        given: args,
      });
  }

  /** Old PHP ran the replacement of a pattern with the letter e behind it. */
  #replaceEvaluates(name: string, args: readonly Value[], at: number, hidden: readonly Obfuscation[]): void {
    const pattern = args[0]?.text ?? args[0]?.parts?.[0]?.text ?? null;
    const option = args[3]?.text ?? null;
    const runs = name.startsWith('mb')
      ? option !== null && option.includes('e')
      : pattern !== null &&
        /[^A-Za-z0-9\s\\][imsxADSUXJu]*e[imsxADSUXJu]*$/.test(pattern.trimEnd().slice(-12)) &&
        /^[^A-Za-z0-9\s\\]/.test(pattern);
    const told = args[0];
    const visitors = told !== undefined && told.bare && (isRequest(told) || (told.words & from.decoded) !== 0);
    if (!runs && !visitors) return;
    const value = args.slice(1, 3).reduce((a, b) => mixed(a, b), nothing);
    this.#put({
      name: `${name} /e`,
      capability: 'runs-code',
      of: 'args',
      hard: true,
      at,
      value: visitors ? mixed(args[0]!, value) : value,
      hidden,
      given: args,
    });
    this.#evaluated(args[1], at);
  }

  included(name: string, value: Value, at: number): void {
    const visitor = isRequest(value) || phpInput(value);
    if (visitor)
      this.#put({
        name,
        capability: 'runs-code',
        of: 'first',
        hard: (value.bare && !(value.words & from.narrowed)) || phpInput(value),
        at,
        value: phpInput(value) ? wordsValue(from.request, at) : value,
        hidden: value.hidden,
        given: [value],
      });
    else if (value.text !== null && /^data:/i.test(value.text))
      this.#evaluated(textValue(value.text.slice(value.text.indexOf(',') + 1), at), at);
    else if (value.text !== null && /^(?:https?|ftps?|zip|phar|expect|ssh2\.exec):/i.test(value.text))
      this.#put({
        name,
        capability: 'runs-code',
        of: 'first',
        hard: true,
        at,
        value: wordsValue(from.fetched | from.unknown, at),
        hidden: value.hidden,
        given: [value],
      });
    else if (this.#written.has(value.text ?? value.tail ?? '')) {
      const content = this.#written.get(value.text ?? value.tail!)!;
      this.#put({
        name: `${name} what was written`,
        capability: 'runs-code',
        of: 'first',
        hard: true,
        at,
        value: content.text === null ? { ...content, words: content.words | from.unknown } : content,
        hidden: value.hidden,
        given: [content],
      });
    } else if ((value.words & from.temporary) !== 0 || /\.(?:jpe?g|gif|png|ico|txt|log|css)$/i.test(value.text ?? ''))
      this.#put({
        name: /\.(?:jpe?g|gif|png|ico|txt|log|css)$/i.test(value.text ?? '') && !this.inFunction ? 'no-code-included' : name,
        capability: 'runs-code',
        of: 'first',
        hard: false,
        at,
        value,
        hidden: value.hidden,
        given: [value],
      });
  }

  // What is not called.

  /** `x.Arguments = …`: properties that decide what is done. */
  partAssigned(path: string, part: string, value: Value, at: number): void {
    if (keeps.test(path)) this.#kept |= value.words & (from.request | from.upload | from.decoded | from.decrypted);
    if (this.language === 'php') return;
    if (part === 'arguments' || part === 'filename') {
      if (/process|startinfo|psi/.test(path) || part === 'arguments')
        this.#put({
          name: `startinfo.${part}`,
          capability: 'executes-commands',
          of: 'first',
          hard: false,
          at,
          value,
          hidden: value.hidden,
          given: [value],
        });
    } else if (part === 'to' && isRequest(value) && mailers.test(path)) {
      this.#put({
        name: `${lastName(path)}.to`,
        capability: 'sends-mail',
        of: 'first',
        hard: false,
        at,
        value,
        hidden: value.hidden,
        given: [value],
      });
    } else if (part === 'commandtext' || ((part === 'selectcommand' || part === 'connectionstring') && isRequest(value))) {
      this.#put({
        name: part,
        capability: 'queries-databases',
        of: 'first',
        hard: false,
        at,
        value,
        hidden: value.hidden,
        given: [value],
      });
    }
  }

  /** What code that is constant gives back is looked at by its words alone. */
  #resultOf(value: Value | undefined, at: number): Value {
    if (value?.text == null) return passed(value ?? nothing);
    const asks = this.language === 'php' ? /\$_(?:get|post|request|cookie)\b/i : /\brequest\s{0,4}[.[(]/i;
    return asks.test(value.text.slice(0, 4096)) ? wordsValue(from.request, at) : wordsValue(from.unknown, at);
  }

  /** The keys with which ASP.NET signs are asked for by name. */
  #machineKey(args: readonly Value[], at: number): void {
    const value = args[0]!;
    this.#put({
      name: 'machine-key',
      capability: 'shows-secrets',
      of: 'first',
      hard: false,
      at,
      value,
      hidden: value.hidden,
      given: args,
    });
  }

  #evaluated(value: Value | undefined, at: number): void {
    for (const other of value?.others ?? []) this.#evaluated({ ...other, others: [] }, at);
    if (
      this.#final &&
      value?.text != null &&
      value.text.length > 2 &&
      value.text.length <= madeLimit &&
      this.evaluated.length < 200
    )
      this.evaluated.push({ text: value.text, hidden: value.hidden, at });
  }

  #sink(name: string, self: Value | null, args: readonly Value[], at: number, hidden: readonly Obfuscation[]): void {
    const kind = this.#table.get(name);
    if (kind === undefined) return;
    // Filled in afterwards.
    if (name === 'new processstartinfo' && args.length === 0) return;
    const given = args.flatMap((one) =>
      one.parts !== null && one.parts.length > 0 && one.parts.length < 40 ? [one, ...one.parts] : [one],
    );
    const all = given.reduce((a, b) => mixed(a, b), nothing);
    const value =
      kind.of === 'first'
        ? (args[0] ?? self ?? nothing)
        : kind.of === 'second'
          ? (args[1] ?? nothing)
          : kind.of === 'self'
            ? (self ?? nothing)
            : kind.of === 'args'
              ? all
              : mixed(all, self === null ? nothing : { ...self, text: null });
    const decisive = kind.of === 'first' && args[0]?.parts != null ? { ...args[0], words: args[0].words | all.words } : value;
    this.#put({ ...kind, name, at, value: decisive, hidden, given: args, self });
  }

  /** Something is called whose name is put together, or hidden, while the page runs. */
  #byName(how: 'made-up' | 'hidden', hard: boolean, value: Value, args: readonly Value[], at: number): void {
    this.#put({
      name: `call by ${how} name`,
      capability: 'runs-code',
      of: 'args',
      hard,
      at,
      value,
      hidden: ['dynamic-names'],
      given: args,
    });
  }

  #put(found: Omit<FoundSink, 'inFunction' | 'self'> & { readonly self?: Value | null }): void {
    const sink: FoundSink = { self: null, ...found, inFunction: this.inFunction };
    if (this.#found.size >= foundLimit) return;
    const key = `${sink.at} ${sink.name}`;
    const known = this.#found.get(key);
    if (known === undefined) this.#found.set(key, sink);
    else
      this.#found.set(key, {
        ...known,
        value: { ...mixed(known.value, sink.value), text: known.value.text === sink.value.text ? known.value.text : null },
      });
  }
}
