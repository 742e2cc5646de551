/** What PHP calls by its name, or runs because something else is told to: callbacks, filters, replacements, files that are included. */
import { callsBack } from './call-names.ts';
import type { Walk } from './findings.ts';
import { NetCalls } from './net-calls.ts';
import type { Obfuscation } from './page-facts.ts';
import { phpInput } from './request-words.ts';
import { phpSinks } from './sink-table.ts';
import { from, isRequest, mixed, nothing, passed, textValue, type Value, wordsValue } from './value.ts';

export abstract class PhpByName extends NetCalls {
  /** Calls that call by name what calls by name. */
  protected byNameDepth = 0;

  protected abstract phpCall(callee: Value, args: readonly Value[], at: number, flow: Walk): Value;

  /** Methods that call what they are given: a name of something dangerous, or what the visitor says. */
  protected callback(name: string, callee: Value, args: readonly Value[], at: number): void {
    if (!callsBack.test(name)) return;
    const how = args.find(
      (one) => (one.text !== null && phpSinks.get(one.text.toLowerCase())?.hard === true) || (isRequest(one) && one.bare),
    );
    if (how === undefined) return;
    this.put({
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

  /** A filter that calls what is named within its options. */
  protected filters(args: readonly Value[], at: number): void {
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
      this.put({ ...kind, name: how.text!.toLowerCase(), of: 'args', at, value, hidden: ['dynamic-names'], given: args });
    }
  }

  /** `array_map('assert', $_POST)`: what is handed over by its name is called with the rest. */
  protected callsByName(name: string, args: readonly Value[], index: number, at: number, flow: Walk): void {
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
        this.put({ ...kind, name: called, of: 'args', at, value: sum, hidden: [...how.hidden, 'dynamic-names'], given: rest });
        if (called === 'assert') this.evaluate(rest[0], at);
      } else if (flow.invoke(called, rest, at) === null && /^call_user_func|^forward_static/.test(name) && this.byNameDepth < 3) {
        this.byNameDepth++;
        this.phpCall({ ...textValue(called, at), hidden: how.hidden }, rest, at, flow);
        this.byNameDepth--;
      }
      return;
    }
    if (how.words !== 0 || how.path !== '') flow.invoke('__invoke', rest, at);
    if (
      (how.words & (from.decoded | from.decrypted | from.server)) !== 0 &&
      (how.words & from.request) === 0 &&
      rest.some((one) => isRequest(one))
    )
      this.put({
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
      this.put({
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
  protected replaceEvaluates(name: string, args: readonly Value[], at: number, hidden: readonly Obfuscation[]): void {
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
    this.put({
      name: `${name} /e`,
      capability: 'runs-code',
      of: 'args',
      hard: true,
      at,
      value: visitors ? mixed(args[0]!, value) : value,
      hidden,
      given: args,
    });
    this.evaluate(args[1], at);
  }

  included(name: string, value: Value, at: number): void {
    const visitor = isRequest(value) || phpInput(value);
    if (visitor)
      this.put({
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
      this.evaluate(textValue(value.text.slice(value.text.indexOf(',') + 1), at), at);
    else if (value.text !== null && /^(?:https?|ftps?|zip|phar|expect|ssh2\.exec):/i.test(value.text))
      this.put({
        name,
        capability: 'runs-code',
        of: 'first',
        hard: true,
        at,
        value: wordsValue(from.fetched | from.unknown, at),
        hidden: value.hidden,
        given: [value],
      });
    else if (this.written.has(value.text ?? value.tail ?? '')) {
      const content = this.written.get(value.text ?? value.tail!)!;
      this.evaluate(content, at);
      this.put({
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
      this.put({
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
}
