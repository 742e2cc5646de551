/** Pages that owners change or keep a copy of, and that do nothing but show: told beside the inventory, and nobody's. */
import type { Shipped } from '../knowledge/index.ts';
import type { FileSeen } from './inventory-files.ts';

const longestName = 100;

/** A text that was read, says that its code is Exchange's own class, and calls nothing that runs, loads, writes or passes on. */
const onlyShows = ({ row }: FileSeen): boolean =>
  row !== null &&
  row.logSource === 'web-page' &&
  row.fields.Grade === 'none' &&
  row.fields.Shape === undefined &&
  row.fields.Sinks === undefined &&
  row.fields.Obfuscation === undefined &&
  row.fields.BrowserSends === undefined &&
  /^Microsoft\.Exchange\./.test(row.fields.Inherits ?? '');

/** Owners put their logo, a notice or a captcha into pages of sign-in. */
export const isOwnersText = (file: FileSeen): boolean => onlyShows(file) && /\\auth\\[^\\]+\.aspx$/i.test(file.path);

/** Told by a rule of its own (`page-takes-passwords`), where it is a page of sign-in. */
export const takesPasswords = ({ row, path }: FileSeen): boolean =>
  row !== null &&
  row.fields.BrowserSends !== undefined &&
  row.fields.Grade !== 'back-door' &&
  /\\(?:frontend\\httpproxy|clientaccess)\\(?:owa|ecp)\\auth\\/i.test(path);

/** `logon_old.aspx`, `logon - Copy.aspx`: what an owner keeps of a page before he changes it. */
export function isCopy(file: FileSeen, shipped: Shipped): boolean {
  if (file.shippedPath === null || !onlyShows(file)) return false;
  const cut = file.shippedPath.lastIndexOf('\\');
  if (file.shippedPath.length - cut > longestName) return false;
  const match = /^([a-z]+)(?:[ _.-]*(?:old|orig(?:inal)?|bak|backup|copy|sik|alt|save|before|\(\d\)|\d{6,8})){1,3}\.aspx$/i.exec(
    file.shippedPath.slice(cut + 1),
  );
  return match !== null && shipped.namesIn(file.shippedPath.slice(0, cut)).includes(`${match[1]!.toLowerCase()}.aspx`);
}
