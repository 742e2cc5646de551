/**
 * What the calls of a page give back, and which of them are dangerous: the language's own knowledge, for the flow that walks the page. One class
 * in layers, because the languages share what they find: `findings`, `members`, `net-calls`, `php-by-name`, `php-calls`.
 */
import { progId } from './call-names.ts';
import type { Walk } from './findings.ts';
import { knownCall, lastName } from './known-calls.ts';
import type { Obfuscation } from './page-facts.ts';
import { PhpCalls } from './php-calls.ts';
import { phpCallers } from './sink-table.ts';
import { from, mixed, nothing, passed, type Value } from './value.ts';

/** Ways in which a text is kept from being read, and not only put together. */
const keptUnread: ReadonlySet<Obfuscation> = new Set(['base64', 'hex', 'compressed', 'rotated', 'reversed', 'encrypted']);
/** Code that asks its visitor for something. */
const asksVisitor =
  /(?:^|[^\w$])(?:\$_(?:get|post|request|cookie|files|server)\b|request\s{0,4}(?:\.\s{0,4}(?:item|form|querystring|params|headers|cookies|getparameter)\b|[[(]))/i;
/** Characters that calls may make of constant texts, over all of a page. */
const madeBudget = 48 << 20;

export class Calls extends PhpCalls {
  protected made = 0;

  created(path: string, args: readonly Value[], at: number, flow: Walk): Value {
    const short = lastName(path);
    this.sink(`new ${short}`, null, args, at, []);
    if (this.language === 'php') {
      const caller = phpCallers.get(`new ${short}`);
      if (caller !== undefined) this.callsByName(`new ${short}`, args, caller, at, flow);
      if (short === 'com') this.provider(short, args, at);
      if (short === 'com') return { ...nothing, path: args[0]?.text?.toLowerCase() ?? 'com', at };
    }
    if (this.language === 'java' && short === 'url') this.asked(args[0]);
    // An address whose bytes are given by what the page itself brings along: where they are from nobody can see.
    if (this.language === 'java' && short === 'url' && args.length === 5)
      return { ...nothing, words: from.fetched | from.unknown, path: short, at };
    // Code of another server is what a loader of such an address loads.
    if (this.language === 'java' && short === 'url' && /^(?:https?|ftp|jar:https?):/i.test(args[0]?.text ?? ''))
      return { ...passed(args[0]!), words: from.fetched | from.unknown, path: short, at };
    flow.invoke(this.language === 'php' ? '__construct' : short, args, at);
    if (short === 'directoryentry') this.provider(short, args, at);
    if (short === 'guid' && args[0]?.text != null) return { ...args[0], path: '' };
    if (short === 'activexobject' && args[0]?.text != null)
      return { ...nothing, path: progId(args[0].text), hidden: args[0].hidden, at };
    if (short === 'string' && args.length > 0) return knownCall('getstring', null, args.slice(0, 1), at) ?? passed(args[0]!);
    const sum = args.reduce((a, b) => mixed(a, b), nothing);
    return { ...passed(sum), path: short, at, hidden: [] };
  }

  call(callee: Value, args: readonly Value[], at: number, flow: Walk): Value {
    this.made += args.reduce(
      (sum, { text, parts }) => sum + (text?.length ?? 0) + (parts?.length ?? 0) * 8,
      callee.text?.length ?? 0,
    );
    if (this.made > madeBudget) {
      flow.cut = true;
      return passed(args.reduce((a, b) => mixed(a, b), callee));
    }
    const result = this.language === 'php' ? this.phpCall(callee, args, at, flow) : this.netCall(callee, args, at, flow);
    if (
      this.final &&
      result.text !== null &&
      result.text.length > 8 &&
      result.hidden.some((by) => keptUnread.has(by)) &&
      asksVisitor.test(result.text.slice(0, 4096))
    )
      this.put({
        name: 'hidden-request',
        capability: 'runs-code',
        of: 'first',
        hard: false,
        at,
        value: result,
        hidden: result.hidden,
        given: [result],
      });
    if (result.text !== null && result.text.length > 40 && this.unfolded.length < 64 && this.final) {
      const packed = result.hidden.includes('compressed');
      if (packed || result.hidden.includes('base64') || result.hidden.includes('hex'))
        this.unfolded.push({ text: result.text, at, packed });
    }
    return result;
  }
}
