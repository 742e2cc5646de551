/** What names the owner: servers, domains, accounts, mail addresses, addresses of their own network. */
import type { Assessment } from '../core/assessment.ts';
import { isLoopback } from '../core/address.ts';
import { byCodeUnit } from '../core/text.ts';

type Kind = 'SERVER' | 'DOMAIN' | 'ACCOUNT' | 'MAILBOX' | 'ADDRESS' | 'NAME';

/** Accounts that every Windows has: they name nobody. */
const everybodys = new Set(
  `administrator administrators system guest network service local anonymous iusr exchange admin user users root none null`.split(
    ' ',
  ),
);

/** Before the backslash stands no domain of theirs, or the pair is a piece of a path. */
const nobodysDomains = new Set(
  `authority builtin service apppool window font bin auth owa ecp oab temp logs system32`.split(' '),
);
const fileName = /\.(?:aspx?|ashx|asmx|exe|dll|config|logs?|ps1|txt|xml|js|dmp|zip|7z|cab|csv|html?|cmd|bat|vbs|php|jsp)$/iu;
/** A cell of a row that is an account and nothing else. */
const accountCell = /(?<![^\s,;"'])([\p{L}\p{N}_-]{2,15})\\([\p{L}\p{N}_.$-]{1,64})(?![^\s,;"'])/gu;

const mail = /[\p{L}\p{N}._%+-]{1,64}(?:@|%40)((?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}-]{2,63})/gu;
const sid = /\bS-1-5-21(?:-\d{1,10}){3,5}/gu;
/** A directory's name of a mailbox: `/o=First Organization/ou=…/cn=…`. */
const directoryName = /\/o=[^;,"'<>|\t\r\n]{1,400}/giu;
const profile = /((?:\\|\/)(?:Users|Documents and Settings)(?:\\|\/))([^\\/\s"',;]{1,64})/giu;
/** Fields that hold an account, in logs and events. */
const accountField =
  /\b((?:AuthenticatedUser|ActAsUserName|TargetUserName|SubjectUserName|ExUser|S:PSA|S:TNAME|S:USID|UserName|Mailbox|User)[=:]\s?)([^\s;,"'&<>|‹]{2,128})/giu;
const dotted = /[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*/gu;
/** What stands before a number of four parts that is a version and no address. */
const versionBefore =
  /(?:version|build)(?:[=:\s"']|%3d|%3a){1,3}$|\b(?:chrome|chromium|edga?|edgios|opr|crios|version|applewebkit|safari|firefox)\/$/iu;
const v4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/gu;
const v6 = /(?<![\w.:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\.\d{1,3}){0,3}(?:%[\w-]{1,16})?/giu;

/** What names on the internet, or of a network within, end with; names of files do not. */
const topDomains = new Set(
  `com net org edu gov mil int info biz name cloud online app dev local localdomain lan internal intern intra corp home arpa example test
  invalid`.split(/\s+/),
);
const extensions = new Set(`js cs py sh pl rb md gz db so vb ts`.split(' '));
const isTopDomain = (label: string): boolean => topDomains.has(label) || (/^[a-z]{2}$/.test(label) && !extensions.has(label));

const lower = (text: string): string => text.toLowerCase();

export class OwnersNames {
  readonly #hosts = new Map<string, string>();
  readonly #domains = new Set<string>();
  readonly #shortDomains = new Set<string>();
  readonly #accounts = new Set<string>();
  /** Mailboxes that are called as their owner is, with blanks. */
  readonly #people = new Set<string>();
  /** The name of the organisation, and how pages and accounts spell it. */
  readonly #organisation: readonly string[];
  /** Addresses of those who attacked: they stay, they are what others look for. */
  readonly #theirs: ReadonlySet<string>;
  readonly #numbers = new Map<string, string>();
  readonly #counts = new Map<Kind, number>();

  constructor(assessment: Assessment, lines: readonly string[]) {
    const { organisation, evidence, hosts, exposure, collections, intrusions, findings } = assessment;
    const { name: own } = organisation;
    this.#organisation = own === '' ? [] : own.length < 5 ? [own] : [own, own.toLowerCase(), own.toUpperCase()];
    const named = [
      ...organisation.hosts,
      ...organisation.absentHosts,
      ...[...evidence, ...hosts, ...exposure, ...collections, ...findings, ...intrusions.flatMap((one) => one.hosts)]
        .map(({ host }) => host)
        .filter((host) => host !== null)
        .sort(byCodeUnit),
    ];
    for (const name of named) {
      const [short] = name.split('.', 1);
      if (short === undefined || short === '' || this.#hosts.has(lower(short))) continue;
      this.#hosts.set(lower(short), this.#number('SERVER', lower(short)));
      if (name.length > short.length + 1) this.#domains.add(lower(name.slice(short.length + 1)));
    }
    const observables = [...findings, ...intrusions].flatMap((one) => (one.declared === null ? one.observables : []));
    this.#theirs = new Set(observables.filter(({ kind }) => kind === 'address').map(({ value }) => lower(value)));
    for (const { kind, value } of observables) if (kind === 'account') this.#learnAccount(value);
    for (const { missing } of assessment.coverage.ledgers)
      for (const { account } of missing.flatMap(({ requests }) => requests)) if (account !== null) this.#learnAccount(account);
    for (const { mailbox } of intrusions.flatMap(({ mail }) => mail))
      if (/^[^\s@]+$/u.test(mailbox)) this.#learnAccount(mailbox);
      else if (!mailbox.includes('@') && mailbox.length > 2) this.#people.add(mailbox);
    for (const line of lines) this.#learn(line);
  }

  #learnAccount(value: string): void {
    const [domain, user] = value.includes('\\') ? value.split('\\', 2) : [undefined, value];
    if (domain !== undefined && domain !== '') this.#shortDomains.add(lower(domain));
    const name = lower(user.split('@', 1)[0]!.split('/').at(-1)!).replace(/\$$/u, '');
    if (name.length > 1 && !everybodys.has(name) && !this.#hosts.has(name)) this.#accounts.add(name);
  }

  /** Domains, by what stands around names that are known. */
  #learn(line: string): void {
    for (const [, domain, user] of line.matchAll(accountCell))
      if (!nobodysDomains.has(lower(domain!)) && !fileName.test(user!)) this.#learnAccount(`${domain}\\${user}`);
    for (const [, domain] of line.matchAll(mail))
      if (!this.#hosts.has(lower(domain!.split('.', 1)[0]!))) this.#domains.add(lower(domain!));
    for (const [name] of line.matchAll(dotted)) {
      const cut = name.indexOf('.');
      // `MAIL01.log` is a file and no name of a server.
      if (
        cut > 0 &&
        this.#hosts.has(lower(name.slice(0, cut))) &&
        /\.\p{L}{2,}$/u.test(name) &&
        !/\.(?:log|txt|csv|evtx|zip|aspx?|dll|exe|xml|config)$/iu.test(name)
      )
        this.#domains.add(lower(name.slice(cut + 1)));
    }
    for (const [, domain, name] of line.matchAll(/([\p{L}\p{N}_-]{2,15})\\([\p{L}\p{N}_.-]{1,64})\$/gu))
      if (this.#hosts.has(lower(name!))) this.#shortDomains.add(lower(domain!));
  }

  /** @param where in prose a short name that may be a word is one only where it is written as the name is */
  without(text: string, where: 'line' | 'prose'): string {
    let out = text;
    for (const name of this.#people) out = out.replaceAll(name, () => this.#number('MAILBOX', lower(name)));
    for (const name of this.#organisation) out = out.replaceAll(name, 'ORGANISATION');
    out = out
      .replace(mail, (whole) => this.#number('MAILBOX', lower(whole)))
      .replace(sid, (whole) => this.#number('ACCOUNT', whole))
      .replace(profile, (_whole, before: string, name: string) =>
        everybodys.has(lower(name)) || lower(name) === 'public' || lower(name) === 'default'
          ? before + name
          : before + this.#number('ACCOUNT', lower(name)),
      )
      .replace(accountField, (_whole, before: string, name: string) => before + this.#account(name))
      .replace(directoryName, (whole) => this.#number('MAILBOX', lower(whole)))
      // As it stands, and as it stands in an address.
      .replace(
        /([\p{L}\p{N}_-]{2,15})(\\|%5C)([\p{L}\p{N}_.$-]{1,64})/giu,
        (whole, domain: string, between: string, user: string) =>
          between !== '\\' || this.#shortDomains.has(lower(domain))
            ? `${this.#number('DOMAIN', lower(domain))}${between}${this.#account(user)}`
            : whole,
      )
      .replace(dotted, (name) => this.#name(name, where));
    return out
      .replace(v4, (address, at: number, whole: string) =>
        versionBefore.test(whole.slice(Math.max(0, at - 24), at)) ? address : this.#address(address),
      )
      .replace(v6, (address) => this.#address(address));
  }

  #account(name: string): string {
    const bare = lower(name).replace(/\$$/u, '');
    if (/^(?:ACCOUNT|SERVER|MAILBOX|DOMAIN)-\d+$/u.test(name) || everybodys.has(bare) || /^nt authority$/u.test(bare))
      return name;
    return this.#hosts.get(bare) ?? this.#number('ACCOUNT', bare);
  }

  #name(name: string, where: 'line' | 'prose'): string {
    const folded = lower(name);
    const [first] = folded.split('.', 1);
    const host = this.#hosts.get(first!);
    if (host !== undefined && first!.length === folded.length) {
      // `mail` in a sentence is no server, where a server is called MAIL.
      const isWord = where === 'prose' && !/[\d-]/u.test(name) && name !== name.toUpperCase();
      return isWord ? name : host;
    }
    // Longer than any name of a domain can be.
    if (name.length > 255) return host === undefined ? name : host + name.slice(first!.length);
    for (let cut = folded.indexOf('.'); cut > 0; cut = folded.indexOf('.', cut + 1)) {
      if (!this.#domains.has(folded.slice(cut + 1))) continue;
      return `${host ?? this.#number('NAME', folded.slice(0, cut))}.${this.#number('DOMAIN', folded.slice(cut + 1))}`;
    }
    if (this.#domains.has(folded)) return this.#number('DOMAIN', folded);
    // Any other name of the internet may be one of theirs, too: that of their web mail stands in every row.
    const last = folded.slice(folded.lastIndexOf('.') + 1);
    if (host === undefined && last.length < folded.length && isTopDomain(last)) {
      const cut = folded.indexOf('.');
      return folded.includes('.', cut + 1)
        ? `${this.#number('NAME', folded.slice(0, cut))}.${this.#number('DOMAIN', folded.slice(cut + 1))}`
        : this.#number('DOMAIN', folded);
    }
    if (host !== undefined) return host + name.slice(first!.length);
    if (this.#shortDomains.has(folded)) return this.#number('DOMAIN', folded);
    return this.#accounts.has(folded) ? this.#number('ACCOUNT', folded) : name;
  }

  #address(address: string): string {
    const folded = lower(address);
    const isV4 = /^[\d.]+$/u.test(address);
    // `04:12:37` is a time, `15.1.2176.2` a build.
    const isAddress = isV4
      ? address.split('.').every((part) => Number(part) < 256)
      : (folded.includes('::') || folded.split(':').length === 8) && /[0-9a-f]/u.test(folded);
    if (!isAddress || this.#theirs.has(folded) || isLoopback(folded) || folded === '0.0.0.0') return address;
    return this.#number('ADDRESS', folded);
  }

  #number(kind: Kind, value: string): string {
    const key = `${kind} ${value}`;
    let label = this.#numbers.get(key);
    if (label === undefined) {
      const count = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, count);
      this.#numbers.set(key, (label = `${kind}-${count}`));
    }
    return label;
  }
}
