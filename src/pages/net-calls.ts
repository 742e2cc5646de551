/** What calls of .NET, ASP and Java give back, and which of them are dangerous. */
import { asksAt, comesWith, gives, keeps, lastOf, progId, putsOut, shortSinkName, twoNames } from './call-names.ts';
import type { Walk } from './findings.ts';
import { knownCall, lastName } from './known-calls.ts';
import { Members } from './members.ts';
import { isPlainRequestPart, isSecretKey, javaParameter, netRequest } from './request-words.ts';
import { from, isRequest, mixed, nothing, passed, type Value, wordsValue } from './value.ts';

export abstract class NetCalls extends Members {
  /** Types whose methods are called without naming them. */
  protected readonly statics: string[] = [];

  /** `using static A.B;` */
  staticly(path: string): void {
    if (this.statics.length < 40 && !this.statics.includes(path)) this.statics.push(path);
  }

  // .NET, ASP and Java.
  protected netCall(callee: Value, args: readonly Value[], at: number, flow: Walk): Value {
    const { path } = callee;
    const name = lastName(path);
    if (/(?:^|\.)request$/.test(path) || (this.language !== 'java' && netRequest(path))) {
      if (isPlainRequestPart(path)) return wordsValue(from.server, at);
      if (name === 'saveas') this.sink('request.saveas', callee, args, at, []);
      this.copied(name, this.requested(path, [], at), args, at);
      return this.requested(path, args, at);
    }
    if (this.language === 'java' && comesWith.test(args[0]?.text ?? '')) this.looksAtVisitor = true;
    if (this.language === 'java' && javaParameter(path))
      return {
        ...nothing,
        words: from.request | (isSecretKey(args[0]?.text ?? null) ? from.secret : 0),
        parameter: args[0]?.text ?? null,
        at,
        path: '',
      };
    // Basic calls an element of a list as it calls a function.
    if (callee.parts !== null && args.length === 1 && callee.path === '') return this.element(callee, args[0]!, at, flow);
    const self = path.includes('.') ? callee : null;
    const short = this.sinkName(path);
    this.sink(short, self, args, at, callee.hidden);
    if (asksAt.test(path)) this.asked(name === 'open' ? args[1] : args[0]);
    if (putsOut.test(path))
      this.shown(
        args.reduce((a, b) => mixed(a, b), nothing),
        at,
      );
    this.copied(name, callee, args, at);
    if (keeps.test(path.split('.').slice(0, -1).join('.'))) {
      if (/^(?:setattribute|putvalue|add|insert|set)$/.test(name))
        for (const one of args.slice(1)) this.kept |= one.words & (from.request | from.upload | from.decoded | from.decrypted);
      else if (/^(?:getattribute|getvalue|get|item)$/.test(name)) return wordsValue(from.unknown | this.kept, at);
    }
    if (this.kept !== 0 && keeps.test(path)) return wordsValue(from.unknown | this.kept, at);
    switch (name) {
      case 'createobject':
      case 'gettypefromprogid':
      case 'gettypefromclsid':
      case 'getobject':
        if (name === 'getobject') {
          this.provider(name, args, at);
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
        const real = shortSinkName(asked, this.table);
        if (this.table.has(real)) this.sink(real, callee, args.slice(1), at, [...callee.hidden, ...(args[0]?.hidden ?? [])]);
        break;
      }
      case 'add':
      case 'create':
        if (/(?:^|\.)children\.add$/.test(path) || args[0]?.text?.toLowerCase() === 'user') {
          const what = args.find(({ text }) => text !== null && /^(?:user|group)$/i.test(text));
          if (what !== undefined) this.account(name, args, at);
        }
        break;
      case 'setpassword':
        this.account(name, args, at);
        break;
      // A password is put in the place of another that nobody was asked for; or is shown.
      case 'changepassword':
        if (args.length === 2 && /(?:^|\.)resetpassword$/.test(args[0]!.path)) this.account(name, args, at);
        break;
      case 'getpassword':
        if (/(?:^|\.)getuser\.getpassword$/.test(path)) this.account(name, args, at);
        break;
      case 'createinstance':
        if (args[0] !== undefined && args[0].path !== '' && args[0].words === 0)
          return { ...passed(args[0]), path: args[0].path, at };
        break;
      case 'getsection':
        if (/machinekey/i.test(args[0]?.text ?? '')) this.machineKey(args, at);
        break;
      case 'forname':
      case 'gettype':
        if (/machinekeysection/i.test(args[0]?.text ?? '')) this.machineKey(args, at);
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
        const real = shortSinkName(method.path.replace(/\.createdelegate$/, ''), this.table);
        return { ...passed(method), path: this.table.has(real) ? real : 'delegate', at };
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
        const real = shortSinkName(asked, this.table);
        if (this.table.has(real)) {
          this.sink(real, args[0] ?? callee, given, at, callee.hidden);
          return { ...passed(args.reduce((a, b) => mixed(a, b), nothing)), path: gives.get(real) ?? '', at };
        }
        // `MethodUtil.invoke(method, …)`
        const handed = args[0] === undefined ? '' : shortSinkName(args[0].path, this.table);
        if (this.table.has(handed)) {
          this.sink(handed, args[1] ?? callee, args.slice(1), at, args[0]!.hidden);
          return { ...passed(args.reduce((a, b) => mixed(a, b), nothing)), path: gives.get(handed) ?? '', at };
        }
        // Of a method it is asked with the thing and what it is given.
        if (args.length >= (this.language === 'java' ? 1 : 2))
          this.sink('reflection.invoke', null, [callee, ...args], at, callee.hidden);
        const known = gives.get(twoNames(asked));
        if (known !== undefined) return { ...passed(args.reduce((a, b) => mixed(a, b), nothing)), path: known, at };
        break;
      }
      case 'delegate':
        if (path === name) this.sink('reflection.invoke', null, [callee, ...args], at, callee.hidden);
        break;
      case 'callbyname': {
        // `CallByName(thing, name, kind, …)` of Visual Basic.
        const asked = `${lastName(args[0]?.path ?? '')}.${args[1]?.text?.toLowerCase() ?? ''}`;
        const real = shortSinkName(
          args[0]?.path.includes('.') === true ? `${args[0].path}.${lastName(asked)}` : asked,
          this.table,
        );
        if (this.table.has(real)) this.sink(real, args[0] ?? callee, args.slice(3), at, args[1]?.hidden ?? []);
        else this.sink('reflection.invoke', null, args, at, callee.hidden);
        break;
      }
      case 'eval':
      case 'execute':
      case 'executeglobal':
      case 'execscript':
        if (path === name || /(?:^|\.)scriptcontrol\./.test(path) || this.language === 'java') this.evaluate(args[0], at);
        if (name === 'eval') return this.resultOf(args[0], at);
        break;
      case 'executestatement':
      case 'addcode':
        this.evaluate(args[0], at);
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

  /** What he sends is put into a file. */
  protected copied(name: string, what: Value, args: readonly Value[], at: number): void {
    if ((name === 'copyto' || name === 'copytoasync') && args[0]?.path === 'filestream')
      this.sink('filestream.write', args[0], [passed(what)], at, []);
  }

  protected sinkName(path: string): string {
    const short = shortSinkName(path, this.table);
    if (this.statics.length === 0 || path.includes('.') || this.table.has(short)) return short;
    return this.statics.map((type) => shortSinkName(`${type}.${path}`, this.table)).find((one) => this.table.has(one)) ?? short;
  }

  /** What code that is constant gives back is looked at by its words alone. */
  protected resultOf(value: Value | undefined, at: number): Value {
    if (value?.text == null) return passed(value ?? nothing);
    const asks = this.language === 'php' ? /\$_(?:get|post|request|cookie)\b/i : /\brequest\s{0,4}[.[(]/i;
    return asks.test(value.text.slice(0, 4096)) ? wordsValue(from.request, at) : wordsValue(from.unknown, at);
  }
}
