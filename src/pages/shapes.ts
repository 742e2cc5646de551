/** Files that are something else than the page that their name says, and pages that the server itself wrote out. */
import type { PageShape } from './page-facts.ts';
import { pageKindOf } from './page-name.ts';

/** What Exchange writes when the address book's folder is reset: the settings of the virtual directory as a list. */
const dumpLines =
  /^\s{0,40}(?:Name|PollInterval|OfflineAddressBooks|RequireSSL|BasicAuthentication|WindowsAuthentication|OAuthAuthentication|MetabasePath|Path|ExtendedProtectionTokenChecking|ExtendedProtectionFlags|ExtendedProtectionSPNList|AdminDisplayVersion|Server|InternalUrl|InternalAuthenticationMethods|ExternalUrl|ExternalAuthenticationMethods|AdminDisplayName|ExchangeVersion|DistinguishedName|Identity|Guid|ObjectCategory|ObjectClass|WhenChanged|WhenCreated|WhenChangedUTC|WhenCreatedUTC|OrganizationId|OriginatingServer|IsValid|ObjectState)\s{0,60}:/gim;

export function shapeOf(text: string, name: string): PageShape | null {
  const head = text.slice(0, 200_000);
  if (/^\s*<preserve\b[^>]{0,2000}\bvirtualPath\s*=/i.test(head.slice(0, 4096).replace(/^\s*<\?xml[^>]{0,200}\?>/, '')))
    return 'compiled-page';
  if (pageKindOf(name) === null && !/\bExternalUrl\b/.test(head)) return null;
  const lines = new Set((head.match(dumpLines) ?? []).map((line) => line.trim().split(/[\s:]/, 1)[0]!.toLowerCase()));
  if (lines.has('externalurl') && lines.size >= 4)
    return lines.has('pollinterval') || lines.has('offlineaddressbooks') || /\\OAB \(/.test(head) ? 'oab-dump' : 'directory-dump';
  if (/-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----/.test(head.slice(0, 8192))) return 'certificate-request';
  return null;
}

/** `ExternalUrl : http://f/<script …>`: where in a dump the address holds code. */
export function scriptInDump(text: string): number {
  const line = /^\s{0,40}(?:ExternalUrl|InternalUrl)\s{0,60}:.{0,400}?<(?:script|%|object)/im.exec(text.slice(0, 200_000));
  return line === null ? -1 : line.index + line[0].search(/<(?:script|%|object)/i);
}

const starts = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, at) => bytes[at] === byte);

/** `!BDN`: a store of mail. */
export const isPst = (bytes: Uint8Array): boolean => starts(bytes, [0x21, 0x42, 0x44, 0x4e]);
export const isProgram = (bytes: Uint8Array): boolean => starts(bytes, [0x4d, 0x5a]);
const isImage = (bytes: Uint8Array): boolean =>
  starts(bytes, [0xff, 0xd8, 0xff]) ||
  starts(bytes, [0x89, 0x50, 0x4e, 0x47]) ||
  starts(bytes, [0x47, 0x49, 0x46, 0x38]) ||
  starts(bytes, [0x42, 0x4d]);
/** A picture in front of a page: a check of uploads was to be passed. */
export const hasImageHeader = (bytes: Uint8Array): boolean => isImage(bytes);

/** Bytes that no text holds, in UTF-16 either. */
export function isBinary(bytes: Uint8Array): boolean {
  const looked = Math.min(bytes.length, 8192);
  let [zeros, odd] = [0, 0];
  for (let i = 0; i < looked; i++) {
    const byte = bytes[i]!;
    if (byte === 0) zeros++;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) odd++;
  }
  return looked > 0 && (odd > looked / 50 || (zeros > looked / 50 && zeros < looked * 0.3) || zeros > looked * 0.7);
}

/** What ASP.NET keeps of each page that it compiled. */
export const isCompiledPlace = (path: string): boolean => /(?:^|\\|\/)Temporary ASP\.NET Files[\\/]/i.test(path);
export const isCompiledAssembly = (path: string): boolean => isCompiledPlace(path) && /App_Web_[^\\/]{1,200}\.dll$/i.test(path);
