/** What calls of PHP give back, and which of them are dangerous. */
import { codeInText, isLocal, twoNames } from './call-names.ts';
import type { Walk } from './findings.ts';
import { knownCall, lastName } from './known-calls.ts';
import { PhpByName } from './php-by-name.ts';
import { phpInput } from './request-words.ts';
import { phpCallers, phpSinks } from './sink-table.ts';
import { from, hiddenBy, isRequest, mixed, nothing, ownFile, passed, textValue, type Value, wordsValue } from './value.ts';

/** Put together by the page in a way that is not followed. */
const isWorkedOut = ({ text, words, path }: Value): boolean => text === null && path === '' && (words & from.unknown) !== 0;

export abstract class PhpCalls extends PhpByName {
  /** The file in which it stands is read by the page itself. */
  protected readsItself = false;

  protected phpCall(callee: Value, args: readonly Value[], at: number, flow: Walk): Value {
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
      this.put({
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
      this.put({
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
        this.put({
          name: 'call by hidden name',
          capability: 'runs-code',
          of: 'args',
          hard: true,
          at,
          value: { ...code, text: null, words: code.words | from.decoded },
          hidden: ['dynamic-names'],
          given: args,
        });
        this.evaluate(code, at);
      }
      const made = (callee.words & (from.decoded | from.decrypted | from.server | from.fetched)) !== 0;
      if (callee.hidden.includes('dynamic-names') && sum.hidden.includes('dynamic-names') && !isRequest(sum))
        this.calledByName('made-up', false, sum, args, at);
      if (
        made &&
        !this.inFunction &&
        args.length === 1 &&
        (sum.words & (from.decoded | from.decrypted)) !== 0 &&
        sum.text === null &&
        !isRequest(sum)
      )
        this.calledByName('hidden', true, sum, args, at);
      // It reads its own lines and calls what it made, by a name that it made: the code is in them, in blanks or remarks.
      if (this.readsItself && isWorkedOut(callee) && args.some(isWorkedOut)) this.calledByName('made-up', false, sum, args, at);
      if (isRequest(sum) && sum.bare) this.calledByName('hidden', made || !this.inFunction, sum, args, at);
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
      this.calledByName('made-up', false, sum, args, at);
    const method = path.includes('.') && !path.startsWith('$this');
    const self = path.includes('.') ? callee : null;
    const three = path.split('.').slice(-3).join('.');
    const key = !method ? name : this.table.has(three) ? three : twoNames(path);
    // What is written to another machine is written into no file.
    const sent = !method && args[0]?.path === 'socket' && /^(?:fwrite|fputs)$/.test(name);
    if (!sent && (!method || this.table.has(key))) this.sink(key, self, args, at, hidden);
    if (method && /(?:^|\.)ffi\.(?:cdef|load|scope)\.\w+$/.test(path))
      this.put({ name: 'ffi', capability: 'executes-commands', of: 'args', hard: true, at, value: sum, hidden, given: args });
    if (method) this.callback(name, callee, args, at);
    if (name === 'registerphpfunctions')
      this.put({
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
    if (caller !== undefined) this.callsByName(name, args, caller, at, flow);
    if (self === null && /^filter_(?:var|input)(?:_array)?$/.test(name)) this.filters(args, at);
    if (self === null && args[0]?.path === '$_server' && /^(?:array_|current$|end$|next$|reset$|pos$|implode$|join$)/.test(name))
      return wordsValue(from.request, at);
    switch (name) {
      case 'eval':
      case 'assert':
        if (self === null) this.evaluate(args[0], at);
        return passed(args[0] ?? nothing);
      case 'create_function':
        this.evaluate(args[1], at);
        return { ...wordsValue(from.unknown, at), words: (args[1]?.words ?? 0) & (from.request | from.unset) };
      case 'preg_replace':
      case 'preg_filter':
      case 'mb_ereg_replace':
      case 'mb_eregi_replace':
      case 'mbereg_replace':
      case 'mberegi_replace':
        this.replaceEvaluates(name, args, at, hidden);
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
          this.put({
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
      case 'session_set_save_handler':
      case 'yaml_parse':
        // Functions that are called with what a session, or a text, holds.
        for (const how of name === 'yaml_parse' ? (args[3]?.parts ?? []) : args) {
          const called = how.text?.toLowerCase() ?? '';
          if (phpSinks.get(called)?.hard === true || called === 'preg_replace')
            this.put({
              name: `${name} by name`,
              capability: 'runs-code',
              of: 'args',
              hard: true,
              at,
              value: { ...passed(sum, from.unknown), bare: true },
              hidden: [...how.hidden, 'dynamic-names'],
              given: args,
            });
        }
        break;
      case 'tempnam':
      case 'tmpfile':
        // A name that nobody knows; it is the same where it is used again.
        return { ...wordsValue(from.server, at), tail: `${name}@${String(at)}` };
      case 'stream_get_meta_data':
        return args[0]?.tail === undefined
          ? wordsValue(from.unknown, at)
          : { ...wordsValue(from.server, at), tail: args[0].tail };
      case 'getmodel':
        if (/^admin\/(?:user|role)/i.test(args[0]?.text ?? '')) this.account(name, args, at);
        break;
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
        if (args[0]?.spelled === ownFile && args.length === 1) this.readsItself = true;
        this.asked(args[0]);
        if (name === 'readfile' && !isLocal(args[0])) this.shown(wordsValue(from.fetched, at), at);
        return {
          ...nothing,
          // A file of its own, by its name, is the page's as well as its texts are.
          words:
            (isLocal(args[0]) ? 0 : from.fetched) |
            (/^(?:https?|ftp):/i.test(args[0]?.text ?? '') ? from.elsewhere : 0) |
            from.unknown |
            ((args[0]?.words ?? 0) & (from.request | from.upload)),
          parameter: args[0]?.parameter ?? null,
          at,
          ...(name === 'fopen' && (args[0]?.text ?? args[0]?.tail) !== undefined
            ? { tail: args[0]!.text ?? args[0]!.tail! }
            : {}),
        };
      case 'curl_init':
        this.asked(args[0]);
        break;
      case 'curl_setopt':
        if (args[1]?.spelled === 'CURLOPT_URL') this.asked(args[2]);
        if (args[1]?.spelled === 'CURLOPT_URL' && isRequest(args[2] ?? nothing))
          this.put({
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
        if (place !== undefined && place.length > 2 && this.written.size < 400) this.written.set(place, args[1] ?? nothing);
        break;
      }
      case 'rename':
      case 'copy': {
        const [what, where] = args.map((one) => one.text ?? one.tail ?? '');
        const content = what === undefined || what === '' ? undefined : this.written.get(what);
        if (content !== undefined && where !== undefined && where.length > 2 && this.written.size < 400)
          this.written.set(where, content);
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
          this.put({
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
          this.put({
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
}
