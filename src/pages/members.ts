/** Parts of things, elements of lists, and names that are not the page's own: which of them are the visitor's words. */
import { answers, comesWith, hives, keeps, mailers, shortPath, tellingParts } from './call-names.ts';
import { Findings, type Walk } from './findings.ts';
import { lastName } from './known-calls.ts';
import { isControl, isPlainRequestPart, isSecretKey, javaParameter, netRequest, phpServerParts } from './request-words.ts';
import { from, hiddenBy, isRequest, mixed, nothing, passed, textValue, type Value, wordsValue } from './value.ts';

export abstract class Members extends Findings {
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
        return wordsValue(from.unknown | this.kept, at, '$_session');
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
    if (isControl(base.path, lower))
      return {
        ...whole,
        words: from.request | (isSecretKey(base.parameter) ? from.secret : 0),
        parameter: base.parameter,
        bare: true,
      };
    if (lower === 'useragent' || lower === 'urlreferrer') this.looksAtVisitor = true;
    if (netRequest(path))
      return isPlainRequestPart(path)
        ? { ...whole, words: from.server }
        : { ...whole, words: whole.words | from.request, bare: true };
    if (answers.test(lower)) return { ...whole, words: whole.words | from.fetched | from.unknown };
    if (tellingParts.test(lower) || (lower === 'drives' && base.path.endsWith('filesystemobject')))
      this.put({
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
      this.put({
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

  element(base: Value, asked: Value, at: number, flow: Walk): Value {
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
      const value = this.named(name, at) ?? flow.variable(name, true) ?? wordsValue(from.unset, at);
      return hiddenBy({ ...value, path: value.path === '' ? name : value.path }, 'dynamic-names');
    }
    if (this.kept !== 0 && keeps.test(base.path)) return { ...passed(base), words: base.words | this.kept | from.unknown, at };
    const parameter = base.parameter ?? (isRequest(base) ? key.text : null);
    if (base.path === '$_server' || base.path === '$http_server_vars') {
      if (key.text === null) return wordsValue(from.unknown, at);
      if (/^comspec$/i.test(key.text)) return { ...textValue('cmd.exe', at), words: from.server };
      const client = phpServerParts.test(key.text);
      if (comesWith.test(key.text)) this.looksAtVisitor = true;
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
      return this.requested(base.path, [key], at);
    // He names the one that he wants to see.
    if (this.language !== 'php' && /(?:^|\.)connectionstrings$/.test(base.path) && isRequest(key)) this.listed(base.path, at);
    // He chooses among what others have put there.
    const chosen =
      this.language === 'php' && base.words !== 0 && (base.words & ~(from.unknown | from.fetched)) === 0 && isRequest(key)
        ? from.chosen
        : 0;
    const secret = isRequest(base) && isSecretKey(key.text) ? from.secret : 0;
    return {
      ...passed(base, 0),
      words: base.words | chosen | secret | (key.words & (from.request | from.unset)),
      parameter,
      at,
      path: base.path.startsWith('$_') ? '' : base.path,
      bare: base.bare,
    };
  }

  protected requested(path: string, args: readonly Value[], at: number): Value {
    const key = args[0]?.text ?? null;
    if (key !== null && comesWith.test(key)) this.looksAtVisitor = true;
    if (/servervariables$/.test(path) && key !== null && !phpServerParts.test(key)) return wordsValue(from.server, at);
    const words = from.request | (isSecretKey(key) ? from.secret : 0);
    return { ...nothing, words, parameter: key, at, path: /files$/.test(path) ? 'postedfile' : '' };
  }

  // What is not called.
  /** `x.Arguments = …`: properties that decide what is done. */
  partAssigned(path: string, part: string, value: Value, at: number): void {
    if (keeps.test(path)) this.kept |= value.words & (from.request | from.upload | from.decoded | from.decrypted);
    if (this.language === 'php') return;
    if (part === 'arguments' || part === 'filename') {
      if (/process|startinfo|psi/.test(path) || part === 'arguments')
        this.put({
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
      this.put({
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
      this.put({
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
}
