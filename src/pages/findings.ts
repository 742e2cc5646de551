/** The dangerous calls of a page, as they are found. */
import { providers } from './call-names.ts';
import type { Obfuscation, PageLanguage } from './page-facts.ts';
import { dotNetSinks, javaSinks, phpSinks, type SinkKind } from './sink-table.ts';
import { madeLimit } from './unfold.ts';
import { from, mixed, nothing, textValue, type Value, wordsValue } from './value.ts';

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

/** What the walk over the page is asked for by what knows its calls. */
export interface Walk {
  /** The visitor sets variables by their names. */
  injected: boolean;
  /** A limit was reached. */
  cut: boolean;
  set(name: string, value: Value, scope?: null): void;
  /** `outside`: the one that stands outside of all functions. */
  variable(name: string, outside?: boolean): Value | null;
  /** A function of the page, called by its name; null: it has none of that name. */
  invoke(name: string, args: readonly Value[], at: number): Value | null;
}

/** What was not known of something that is given when it was walked first: the function was called with it later. */
const filled = (known: Value, now: Value | undefined): Value =>
  now === undefined || known.text !== null
    ? known
    : {
        ...known,
        words: known.words | (now.words & from.elsewhere),
        ...(known.tail === undefined && (now.tail ?? now.text) != null ? { tail: (now.tail ?? now.text)!.slice(-400) } : {}),
      };

const foundLimit = 4000;

export abstract class Findings {
  readonly language: PageLanguage;
  protected readonly table: ReadonlyMap<string, SinkKind>;
  protected readonly sinks = new Map<string, FoundSink>();
  /** Places that the page writes, and what it writes there. */
  protected readonly written = new Map<string, Value>();
  /** Names of things that the page creates or calls, for what they say of its family. */
  readonly evaluated: { readonly text: string; readonly hidden: readonly Obfuscation[]; readonly at: number }[] = [];
  /** Words that the page keeps between two requests. */
  protected kept = 0;
  /** Told by the flow: where it stands. */
  inFunction = false;
  protected final = false;
  /** Constant texts that the page kept packed, as they are when they are unpacked. */
  readonly unfolded: { readonly text: string; readonly at: number; readonly packed: boolean }[] = [];
  /** It asks another server for something, at an address of its own; it tells that server of itself or of its visitor. */
  protected asksElsewhere = false;
  protected tellsElsewhere = false;
  /** It looks at what its visitor comes with, or from where. */
  protected looksAtVisitor = false;

  constructor(language: PageLanguage) {
    this.language = language;
    this.table = language === 'php' ? phpSinks : language === 'java' ? javaSinks : dotNetSinks;
  }

  begin(final: boolean): void {
    this.final = final;
    this.sinks.clear();
    this.evaluated.length = 0;
    this.unfolded.length = 0;
  }

  get found(): readonly FoundSink[] {
    return [...this.sinks.values()];
  }

  protected account(name: string, args: readonly Value[], at: number): void {
    this.put({
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

  protected asked(address: Value | undefined): void {
    if (!/^https?:\/\//i.test(address?.text ?? address?.head ?? '')) return;
    this.asksElsewhere = true;
    if ((address!.words & (from.request | from.server)) !== 0) this.tellsElsewhere = true;
  }

  /**
   * What is put out: what another server answered, at an address that the page brings, is that server's page and none of its own, where that
   * server is told who asks, or only some are shown it.
   */
  shown(value: Value, at: number): void {
    if (!this.tellsElsewhere && !(this.asksElsewhere && this.looksAtVisitor)) return;
    if ((value.words & from.fetched) === 0 || (this.language === 'php' && this.inFunction)) return;
    this.put({
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
  protected provider(name: string, args: readonly Value[], at: number): void {
    if (!args.some((one) => providers.test(one.text ?? one.head ?? ''))) return;
    this.put({
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
    this.sink(name, null, [wordsValue(from.unknown, at)], at, ['dynamic-names']);
  }

  /** All variables of the server, all that it logs on to databases with, are gone through. */
  listed(path: string, at: number): void {
    if (this.language === 'php' || this.language === 'java' || !/(?:^|\.)(?:servervariables|connectionstrings)$/.test(path))
      return;
    this.put({
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

  /** The keys with which ASP.NET signs are asked for by name. */
  protected machineKey(args: readonly Value[], at: number): void {
    const value = args[0]!;
    this.put({
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

  protected evaluate(value: Value | undefined, at: number): void {
    for (const other of value?.others ?? []) this.evaluate({ ...other, others: [] }, at);
    if (
      this.final &&
      value?.text != null &&
      value.text.length > 2 &&
      value.text.length <= madeLimit &&
      this.evaluated.length < 200
    )
      this.evaluated.push({ text: value.text, hidden: value.hidden, at });
  }

  protected sink(name: string, self: Value | null, args: readonly Value[], at: number, hidden: readonly Obfuscation[]): void {
    const kind = this.table.get(name);
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
    this.put({ ...kind, name, at, value: decisive, hidden, given: args, self });
  }

  /** Something is called whose name is put together, or hidden, while the page runs. */
  protected calledByName(how: 'made-up' | 'hidden', hard: boolean, value: Value, args: readonly Value[], at: number): void {
    this.put({
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

  protected put(found: Omit<FoundSink, 'inFunction' | 'self'> & { readonly self?: Value | null }): void {
    const sink: FoundSink = { self: null, ...found, inFunction: this.inFunction };
    if (this.sinks.size >= foundLimit) return;
    const key = `${sink.at} ${sink.name}`;
    const known = this.sinks.get(key);
    if (known === undefined) this.sinks.set(key, sink);
    else
      this.sinks.set(key, {
        ...known,
        given: known.given.map((one, index) => filled(one, sink.given[index])),
        value: { ...mixed(known.value, sink.value), text: known.value.text === sink.value.text ? known.value.text : null },
      });
  }
}
