/** Where secrets stand in text: what opens a door to whoever reads it. Patterns end at a class of characters: no text makes them slow. */

export interface Secret {
  readonly kind: 'token' | 'session' | 'password' | 'access word';
  readonly value: string;
}

type Replace = (secret: Secret) => string;

/** Names after which a secret stands, in addresses, cookies, headers and settings. */
const tokenNames = [
  'X-Rps-CAT',
  'X-CommonAccessToken',
  'X-OWA-CANARY',
  'X-OWA-JS-PSD',
  'msExchEcpCanary',
  'msExchLogonAccessToken',
  'cadata(?:TTL|Key|IV|Sig)?',
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'api[_-]?key',
  'SecurityToken',
  'OpenIdConnect\\.[\\w.-]{1,60}',
  'RPSAuth',
  'RPSSecAuth',
  'validationKey',
  'decryptionKey',
];
const sessionNames = [
  'ASP\\.NET_SessionId',
  'S:SID',
  'exchangecookie',
  'X-BackEndCookie',
  'OutlookSession',
  'JSESSIONID',
  'PHPSESSID',
];
const passwordNames = ['password', 'passwd', 'passcode', 'pwd'];

const named = (names: readonly string[]): RegExp =>
  new RegExp(String.raw`((?<![\w-])(?:${names.join('|')})(?:=|%3D|:|"\s?:)\s?["']?)([^\s&;,"'<>|)\]}‹›]{4,})`, 'giu');
const tokens = named(tokenNames);
const sessions = named(sessionNames);
const passwords = named(passwordNames);

/** After a name: `msExchEcpCanary=…`, `ASP.NET_SessionId=…`, `password=…`. */
export function namedSecrets(text: string, replace: Replace): string {
  const by = (kind: Secret['kind']) => (_whole: string, name: string, value: string) => name + replace({ kind, value });
  return text.replace(tokens, by('token')).replace(sessions, by('session')).replace(passwords, by('password'));
}

const schemes = /\b((?:Bearer|Basic|Negotiate|NTLM)(?:\s|\+|%20)+)([\w+/=.~-]{16,})/giu;
const webTokens = /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{0,2000}/gu;
const secureStrings = /\b(ConvertTo-SecureString\s+(?:-String\s+)?["']?)([^\s"')]{4,})/giu;
/** `net user somebody secret /add`. */
const netUser = /\b(net1?(?:\.exe)?"?\s+user\s+[^\s/]{1,128}\s+)([^\s/]{4,})/giu;

/** By their own shape: what an `Authorization` header holds, web tokens, passwords on command lines. */
export function credentials(text: string, replace: Replace): string {
  const after = (kind: Secret['kind']) => (_whole: string, before: string, value: string) => before + replace({ kind, value });
  return text
    .replace(schemes, after('token'))
    .replace(webTokens, (value) => replace({ kind: 'token', value }))
    .replace(secureStrings, after('password'))
    .replace(netUser, after('password'));
}

/** What a script reads from a request: `Request["…"]`, `Request.Form["…"]`, `$_POST['…']`, with the quotes of CSV and of addresses. */
const readFrom =
  /(?:Request(?:\.(?:Item|Form|QueryString|Params|Headers|Cookies))?|\$_(?:POST|GET|REQUEST))(?:\[|\(|%5B|%28)(?:["']|""|%22|%27){1,2}([\w$.-]{2,64})/giu;
/** Parameters that Exchange itself gives a page. */
const ordinary = new Set(
  `correlationid cafereqid encoding actid reqid schema msexchecpcanary url reason replacecurrent clientid request-id exsvurl showhelp
  ccd authredirect email layout helpid realm mode`.split(/\s+/),
);

/** Words by which a back door knows its master: read by a planted script, or given to one of its pages. */
export function accessWords(lines: readonly string[], pages: ReadonlySet<string>): string[] {
  const words = new Set<string>();
  for (const line of lines) {
    for (const [, word] of line.matchAll(readFrom)) words.add(word!);
    // The page and what it was given stand apart in IIS logs, behind a question mark elsewhere.
    for (const [, path, query] of line.matchAll(/(\/[^\s?,;"']{1,512})[ ?]([^\s,;"']{1,4096})/gu)) {
      if (!pages.has(path!)) continue;
      for (const pair of query!.split('&')) {
        const cut = pair.indexOf('=');
        const name = pair.slice(0, cut);
        if (cut >= 3 && cut < pair.length - 1 && /^[\w$-]+$/u.test(name) && !ordinary.has(name.toLowerCase())) words.add(name);
      }
    }
  }
  return [...words].filter((word) => word.length >= 3);
}
