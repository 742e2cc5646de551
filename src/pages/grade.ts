/** From the dangerous calls of a page to what it is: who decides what they do, and whether pages that serve their owner do the same. */
import type { FoundSink } from './findings.ts';
import type { Capability, Obfuscation, PageGrade, PageLanguage, PageSink, SinkInput } from './page-facts.ts';
import { tellingAlone } from './sink-table.ts';
import { from, type Value } from './value.ts';

export interface Graded {
  readonly grade: PageGrade;
  readonly capabilities: readonly Capability[];
  readonly input: SinkInput | null;
  readonly parameter: string | null;
  readonly sinks: readonly PageSink[];
  readonly obfuscation: readonly Obfuscation[];
  /** Where the strongest sink stands. */
  readonly at: number | null;
}

export interface GradeContext {
  readonly language: PageLanguage;
  /** Texts of the page name an interpreter of commands. */
  readonly namesInterpreter: boolean;
  /** Length of the server's code. */
  readonly codeLength: number;
  /** Texts of the page ask a database for the names of its tables, or put all columns out; it brings its own words to log on. */
  readonly dumps: boolean;
  /** Texts of the page make a database run commands or write files. */
  readonly namesDatabaseShell: boolean;
}

/** Most telling first. */
const order: readonly Capability[] = [
  'executes-commands',
  'runs-code',
  'loads-code',
  'deserialises',
  'proxies-traffic',
  'writes-files',
  'takes-uploads',
  'shows-secrets',
  'makes-accounts',
  'takes-credentials',
  'queries-databases',
  'reads-files',
  'sends-mail',
];
export const capabilityRank = (capability: Capability): number => order.indexOf(capability);

const hiding: ReadonlySet<Obfuscation> = new Set([
  'base64',
  'hex',
  'compressed',
  'encrypted',
  'rotated',
  'encoded-script',
  'reversed',
  'character-codes',
  'escapes',
  'replaced',
]);

export function inputOf({ value, capability, inFunction }: FoundSink): SinkInput {
  const { words } = value;
  const visitor = (words & (from.request | from.upload)) !== 0;
  if (visitor) return 'request';
  // Old servers put what stands in the address into variables of that name.
  if (
    (words & from.unset) !== 0 &&
    (words & from.unknown) === 0 &&
    (capability === 'executes-commands' ||
      capability === 'runs-code' ||
      ((capability === 'writes-files' || capability === 'takes-uploads' || capability === 'sends-mail') && !inFunction))
  )
    return 'request';
  return value.text !== null || (words !== 0 && (words & ~(from.page | from.server)) === 0) ? 'constant' : 'unknown';
}

const isDecoded = ({ words }: Value): boolean => (words & (from.decoded | from.decrypted)) !== 0;

/** What is typed as a password goes to somebody, or into a file beside the pages: whoever is to keep it makes a hash of it first. */
function keepsSecrets(sink: FoundSink, language: PageLanguage): boolean {
  const { capability, given, self } = sink;
  if (!given.some(({ words }) => (words & from.secret) !== 0)) return false;
  const [first] = given;
  if (capability === 'sends-mail') return first !== undefined && (first.words & (from.request | from.unknown)) === 0;
  if (capability !== 'writes-files') return false;
  const place = self !== null && self.tail !== undefined ? self : first;
  const name = place?.text ?? place?.tail ?? '';
  return language === 'php' ? keptAs.test(name) : /\.(?:write|writeline|writealltext|appendalltext|append)$/.test(sink.name);
}
/** Files in which people collect lines. */
const keptAs = /\.(?:txt|log|html?|dat|csv|ini)$/i;

/** 3: a back door by itself; 2: doubtful; 1: worth telling; 0: nothing. */
function weightOf(sink: FoundSink, input: SinkInput, context: GradeContext): number {
  if (sink.writesPage === true) return 3;
  const { capability, hard, value } = sink;
  const decoded = isDecoded(value);
  const hidden = sink.hidden.some((by) => hiding.has(by) || by === 'dynamic-names');
  if (hard) {
    // What stands in code that was made of hidden text needs no further sign.
    const made = sink.hidden.some((by) => hiding.has(by) || by === 'joined-texts');
    if (capability === 'writes-files') return writeWeight(sink, input, context.language);
    // Words of the visitor within a frame of the page's own, deep in a library, is how templates are made.
    if (
      input === 'request' &&
      capability === 'runs-code' &&
      !value.bare &&
      sink.inFunction &&
      context.language === 'php' &&
      !made &&
      !decoded
    )
      return 2;
    if (capability === 'proxies-traffic' && context.language === 'php' && (value.words & from.ofAddress) !== 0)
      return input === 'request' ? 2 : 1;
    // Many a page puts code together from its own pieces, keeps it in a file and includes that.
    if (sink.name.endsWith('what was written') && !value.bare && !decoded) return 2;
    if (capability === 'runs-code' && input === 'request' && context.language === 'php' && (value.words & from.chosen) !== 0)
      return 2;
    if (input === 'request') return (value.words & from.unset) !== 0 && (value.words & from.request) === 0 && !made ? 2 : 3;
    if (
      input === 'unknown' &&
      (capability === 'executes-commands' || sink.name === 'assert') &&
      (value.words & from.narrowed) !== 0
    )
      return 1;
    if (input === 'unknown') {
      const fetched = (value.words & (context.language === 'php' ? from.elsewhere : from.fetched)) !== 0;
      if (capability === 'runs-code' || capability === 'loads-code')
        return decoded || fetched || sink.name === 'defineclass' ? 3 : 2;
      if (sink.name === 'assert') return decoded || hidden ? 3 : 2;
      if (capability === 'proxies-traffic') return context.language === 'php' ? 1 : 2;
      if (capability === 'executes-commands')
        return context.language === 'php' ? (hidden ? 3 : 2) : context.namesInterpreter || decoded || hidden ? 3 : 2;
      if (capability === 'deserialises') return decoded ? 3 : 2;
      return 1;
    }
    if (capability === 'loads-code' && sink.given.some(({ text, tail }) => noCode.test(text ?? tail ?? ''))) return 2;
    // Worked out by the page from its own texts, in a way that is not followed: nobody writes code so that means to be read.
    if (capability === 'runs-code' && value.text === null) return decoded || hidden ? 3 : 2;
    if (
      capability === 'executes-commands' &&
      sink.given.some(
        ({ text }) => text !== null && text.length < 20_000 && (connectsBack.test(text) || fetchesProgram.test(text)),
      )
    )
      return 3;
    if (capability === 'executes-commands' && sink.given.some(({ text, head }) => looksAround.test(text ?? head ?? ''))) return 2;
    if (capability === 'executes-commands' && (context.language !== 'php' || sink.made === true)) return 2;
    return value.hidden.some((by) => hiding.has(by)) || hidden ? 2 : 1;
  }
  if (sink.name === 'machine-key') return 3;
  if (capability === 'takes-credentials') return 2;
  // Who hides that he sends mail does not send it for the owner.
  if (capability === 'sends-mail' && (hidden || sink.made === true)) return 2;
  // A method that cannot be read, given what a visitor sent and the page decoded.
  if (sink.name === 'reflection.invoke') return input === 'request' ? (decoded ? 3 : 2) : decoded ? 2 : 1;
  if (capability === 'queries-databases' && context.namesDatabaseShell) return input === 'request' ? 3 : 2;
  if (capability === 'queries-databases' && context.dumps && (context.language !== 'php' || !sink.inFunction)) return 2;
  if (tellingAlone.has(sink.name.replace(/^new /, ''))) return 2;
  if (sink.name === 'new socket' && context.language !== 'java') return 2;
  if (capability === 'makes-accounts') return context.language !== 'php' || input === 'request' || !sink.inFunction ? 2 : 1;
  // What is uploaded is kept under the name of a page.
  if (
    (sink.name === 'move_uploaded_file' || sink.name === 'copy') &&
    (sink.given[0]?.words ?? 0) & (from.upload | from.temporary) &&
    scriptName.test(sink.given[1]?.text ?? sink.given[1]?.tail ?? '')
  )
    return 3;
  // What is uploaded is the visitor's, whatever name it gets.
  if (sink.name === 'move_uploaded_file' && !sink.inFunction) return 2;
  if (sink.name === 'phpinfo' || sink.name === 'php_uname') return sink.inFunction ? 1 : 2;
  if (/^(?:dns_get_record|gethostby\w{1,8})$/.test(sink.name) && sink.inFunction) return 1;
  if (
    capability === 'reads-files' &&
    sink.given.some(({ text, tail }) => secretFiles.test((text ?? tail ?? '').slice(0, 400).replace(/\/{2,}/g, '/')))
  )
    return 2;
  // What the server keeps to itself is put where it hands files out.
  if (copies.test(sink.name) && secretFiles.test((sink.given[0]?.text ?? sink.given[0]?.tail ?? '').slice(0, 400))) {
    const where = sink.given[1]?.text ?? sink.given[1]?.tail ?? '';
    if (where !== '' && handedOut.test(where)) return 2;
  }
  if ((sink.name === 'copy' || sink.name.endsWith('.downloadfile')) && sink.given.length >= 2) {
    const [what, where] = sink.given;
    const name = where!.text ?? where!.tail ?? '';
    if (/^(?:https?|ftp):/i.test(what!.text ?? '') && scriptName.test(name)) return 3;
    // From where he says to where he says.
    if (sink.name !== 'copy' && [what!, where!].every(({ words }) => (words & from.request) !== 0)) return 3;
  }
  if (capability === 'writes-files' && writesThrough.test(sink.name)) return writeWeight(sink, input, context.language);
  // A page that makes a page.
  if (
    capability === 'writes-files' &&
    context.language !== 'php' &&
    /^(?:file\.(?:create|createtext|appendtext|openwrite)|scripting\.filesystemobject\.createtextfile)$/.test(sink.name) &&
    scriptName.test(sink.given[0]?.text ?? sink.given[0]?.tail ?? '')
  )
    return 2;
  if (capability === 'reads-files' && (value.words & from.request) === 0) return 1;
  if (input === 'request' || sink.name === 'call by made-up name') return 2;
  return 1;
}

/** Where servers keep what nobody is to read. */
const secretFiles =
  /^\/etc\/(?:passwd|shadow|master\.passwd|named\.conf|httpd|apache2)|system32[\\/]+(?:config[\\/]+sam|inetsrv[\\/]+(?:config|metabase))|repair[\\/]+sam|(?:machine|web)\.config$|applicationhost\.config$|\.ssh[\\/]|^\/proc\/self\/environ|^[a-z]:[\\/]+boot\.ini|(?:^|\/)(?:wp-config|configuration|LocalSettings)\.php$/i;

const copies = /^(?:copy|file\.(?:copy|move)|scripting\.filesystemobject\.(?:copyfile|movefile)|files\.(?:copy|move))$/;
/** Kinds of files that a web server shows to whoever asks: a copy of settings that is kept for its owner is none of them. */
const handedOut = /\.(?:txt|html?|jpe?g|gif|png|css|js|zip|log|xml|json|md|csv)$/i;

/** A library under the name of something else. */
const noCode = /\.(?:jpe?g|gif|png|bmp|ico|txt|log|css|js|dat|tmp|bin|config|xml|json|pdf)$/i;

/** Commands that give somebody elsewhere a shell. */
const connectsBack =
  /\/dev\/(?:tcp|udp)\/|\bnc(?:at)?(?:\.exe)?\s[^|;&]{0,80}-\w{0,4}[ec]\b|\bmkfifo\s|\bsocat\s|\bpowershell(?:\.exe)?\s[^|]{0,80}-e(?:nc\w*)?\s|\bNet\.Sockets\.TCPClient\b/i;
/** Commands that fetch a program and start it. */
const fetchesProgram =
  /\b(?:wget|curl|fetch|lwp-download|GET|certutil|bitsadmin|iwr|Invoke-WebRequest)\s[^;|&]{0,200}(?:https?|ftp):\/\/[^;|&]{1,300}[;|&]{1,2}\s{0,8}(?:perl|python\d?|php|(?:ba|da|z)?sh|chmod|\.\/|start\s)/i;
/** Commands that make an account, fetch something, or show the server; an interpreter that waits for more. */
const looksAround =
  /^\s*(?:(?:\/bin\/(?:ba|z|k|c)?sh(?:\s+-i)?|cmd(?:\.exe)?|powershell(?:\.exe)?)\s*$|(?:cmd(?:\.exe)?\s+\/c\s+)?(?:whoami|ipconfig|ifconfig|systeminfo|net\s+(?:user|localgroup|group|view)\b|tasklist|quser|uname\s+-a|id\s*$|cat\s+\/etc\/(?:passwd|shadow)|certutil\s|bitsadmin\s|wget\s|curl\s|(?:ls|dir|pwd|hostname|w|ps)(?:\s+-?\w{1,4})?\s*$|\.\/\w|nc\s|netstat\b|kill(?:all)?\s[^|;&]{0,40}\bnc\b))/i;

const interpreter = /(?:^|[\s;|&\\/])(?:cmd(?:\.exe)?|powershell(?:\.exe)?|(?:ba|z|k|c)?sh)\b/i;

const plainName = /\.(?:png|jpe?g|gif|bmp|webp|ico|svg|txt|log|json|xml|csv|css|html?|pdf|zip|gz|sql|lock|cache|dat|tmp)$/i;
/** What is opened under a name and then written. */
const writesThrough = /\.(?:write|writeline|print|println|append)$|^(?:fwrite|fputs|gzwrite)$/;
const scriptName =
  /\.(?:aspx?|ashx|asmx|asa|cer|cdx|php\d?|phtml|jspx?|cshtml|soap|svc)$|(?:^|[\\/])(?:\.htaccess|\.user\.ini|web\.config)$/i;

/** What visitors are shown first. */
const pageName = /\.(?:html?|php\d?|aspx?|jsp)$|(?:^|[\\/])\.htaccess$/i;

/** What is written is the thing that is told to write. */
const keepsItself = /(?:savetofile|\.save)$/;

/** What a visitor writes where he says, or under the name of a page; the page's own file is what many pages write. */
function writeWeight(sink: FoundSink, input: SinkInput, language: PageLanguage): number {
  const php = language === 'php';
  // Of old: whole applications of one file each, that keep their settings in files of code.
  const old = php || language === 'vbscript';
  const { self, given } = sink;
  const place =
    !keepsItself.test(sink.name) && self !== null && (self.words !== 0 || self.path !== '') && given.length < 2
      ? self
      : (given[0] ?? self);
  const content = keepsItself.test(sink.name) ? self : given.length < 2 ? given[0] : given[1];
  const visitors = (one: Value | null | undefined): boolean => one != null && (one.words & (from.request | from.upload)) !== 0;
  const script = place?.text != null && scriptName.test(place.text);
  // Only its end is known.
  const tail = !script && place?.tail !== undefined && scriptName.test(place.tail) && (!php || !sink.inFunction);
  const made = content != null && content.hidden.some((by) => hiding.has(by) && by !== 'escapes' && by !== 'replaced');
  // Deep in a library what a visitor said is a part of many a name.
  const whole = !sink.inFunction || !php || (place?.bare === true && content?.bare === true);
  // Its end is the page's own, and no server runs it.
  const harmless = old && place?.tail !== undefined && plainName.test(place.tail);
  // Sites of the years of Classic ASP write what a form says into frames of their own, under names of their own.
  const framed = language === 'vbscript' && place?.bare === false && content?.bare === false && !keepsItself.test(sink.name);
  // A picture that is fetched from where he says, under a name of the page's own making.
  const pictured = php && place?.bare === false && content != null && (content.words & from.fetched) !== 0;
  if (visitors(place) && visitors(content) && place !== content) return whole && !harmless && !framed && !pictured ? 3 : 2;
  // Installers write what they are told into a frame of their own.
  if (
    old &&
    (script || tail) &&
    visitors(content) &&
    content?.bare === false &&
    (content.words & (from.fetched | from.decoded)) === 0
  )
    return 2;
  if (script && (visitors(content) || (content != null && (content.words & (from.fetched | from.decoded)) !== 0))) return 3;
  if (tail && content != null && (content.words & (from.fetched | from.decoded)) !== 0) return 3;
  if (content != null && (content.words & from.elsewhere) !== 0 && scriptName.test(place?.text ?? place?.tail ?? '')) return 3;
  if (tail && !php && visitors(content)) return 3;
  // What it came upon is written anew.
  if (place != null && content != null && place !== content && (place.words & from.listed) !== 0)
    // In PHP what it writes there is its own, under a name of its own: the same page in many folders.
    if (!php || (content.text !== null && place.tail !== undefined && pageName.test(place.tail))) return 2;
  return input === 'request' || script || made || tail ? 2 : 1;
}

export function graded(found: readonly FoundSink[], context: GradeContext): Graded {
  const weighed = found
    .map((one): FoundSink =>
      keepsSecrets(one, context.language) ? { ...one, capability: 'takes-credentials', hard: false } : one,
    )
    .map((sink) => {
      const input = inputOf(sink);
      return { sink, input, weight: weightOf(sink, input, context) };
    })
    .sort(
      (a, b) =>
        b.weight - a.weight || capabilityRank(a.sink.capability) - capabilityRank(b.sink.capability) || a.sink.at - b.sink.at,
    );
  const most = weighed[0];
  const visitors = weighed.filter(({ input }) => input === 'request');
  // One who may write, read, move and remove what he names, in one page, keeps house there.
  const housekeeping = new Set(
    visitors
      .filter(
        ({ sink }) =>
          (sink.capability === 'writes-files' || sink.capability === 'reads-files') &&
          // Deep in a library what a visitor said is a part of many a name.
          (context.language !== 'php' || !sink.inFunction || sink.value.bare),
      )
      .map(({ sink }) => sink.name),
  );
  const writes = visitors.some(({ sink }) => sink.capability === 'writes-files' || sink.capability === 'takes-uploads');
  const isManager = housekeeping.size >= 4 && writes;
  const strong = weighed.filter(({ weight }) => weight >= 3);
  // Making and removing files at places that the page does not say itself: what looks for a place to write does it.
  const isTrying =
    context.language !== 'php' &&
    new Set(
      weighed
        .filter(({ sink, input }) => sink.capability === 'writes-files' && input !== 'constant')
        .map(({ sink }) => sink.name),
    ).size >= 2 &&
    weighed.some(({ sink, input }) => input !== 'constant' && /delete/.test(sink.name));
  // An interpreter of commands at the other end of a connection.
  const isConnected =
    found.some(
      ({ capability, given }) =>
        capability === 'executes-commands' && given.some(({ text }) => text !== null && interpreter.test(text)),
    ) && found.some(({ capability, hard }) => capability === 'proxies-traffic' && hard);
  const grade: PageGrade =
    strong.length > 0 || isManager || isConnected ? 'back-door' : (most?.weight ?? 0) >= 2 || isTrying ? 'doubtful' : 'none';
  const told =
    grade === 'none'
      ? []
      : weighed.filter(
          ({ weight, input, sink }) =>
            weight >= 2 || (isTrying && sink.capability === 'writes-files') || (grade === 'back-door' && input === 'request'),
        );
  const capabilities = [...new Set(told.map(({ sink }) => sink.capability))];
  const parameter = told.find(({ sink }) => sink.value.parameter !== null)?.sink.value.parameter ?? null;
  const hidden = new Set<Obfuscation>();
  for (const { sink, weight } of weighed) {
    if (weight < 2) continue;
    for (const by of [...sink.hidden, ...sink.value.hidden])
      if (by !== 'joined-texts' || sink.hidden.includes(by)) hidden.add(by);
  }
  return {
    grade,
    capabilities: capabilities.sort((a, b) => capabilityRank(a) - capabilityRank(b)),
    input: grade === 'none' ? null : (told[0]?.input ?? null),
    parameter,
    sinks: weighed.map(({ sink, input }): PageSink => ({ name: sink.name, capability: sink.capability, at: sink.at, input })),
    obfuscation: [...hidden],
    at: told[0]?.sink.at ?? null,
  };
}
