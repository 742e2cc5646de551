/** Which names of files the web servers that mail servers use take for pages. */

/** Extension → how the page's code is marked off from its text. */
const kinds: ReadonlyMap<string, PageKind> = new Map([
  ...['aspx', 'ascx', 'master', 'asax', 'ashx', 'asmx', 'svc', 'soap', 'svcx'].map((one) => [one, 'aspnet'] as const),
  ...['cshtml', 'vbhtml'].map((one) => [one, 'razor'] as const),
  ...['asp', 'asa', 'cer', 'cdx'].map((one) => [one, 'asp'] as const),
  ...['php', 'php3', 'php4', 'php5', 'php7', 'php8', 'phtml', 'pht'].map((one) => [one, 'php'] as const),
  ...['jsp', 'jspx', 'jspf', 'jspa', 'jsw', 'jsv', 'jtml'].map((one) => [one, 'jsp'] as const),
]);

export type PageKind = 'aspnet' | 'razor' | 'asp' | 'php' | 'jsp';

/** What Windows drops from the end of a name, and the stream that IIS 6 let behind a name (`x.asp;.jpg`), hide no extension. */
export function pageKindOf(name: string): PageKind | null {
  const base = name.slice(Math.max(name.lastIndexOf('\\'), name.lastIndexOf('/')) + 1).replace(/[. ]+$/, '');
  const extension = base.slice(base.lastIndexOf('.') + 1).toLowerCase();
  const own = kinds.get(extension);
  if (own !== undefined) return own;
  const behind = /\.([A-Za-z0-9]{2,6})(?:;|::?\$|:)/.exec(base.slice(0, 300));
  return behind === null ? null : (kinds.get(behind[1]!.toLowerCase()) ?? null);
}
