/**
 * What was learnt on the way and is asked of the blocks again: pages whose path stands in a log that the server wrote,
 * in a cmdlet that was told to write a file, in a listing of its files or in a list of its exports.
 */
import type { Hit, HitRow } from '../core/hit.ts';
import { byCodeUnit, percentDecode } from '../core/text.ts';
import type { Expr, Rule } from '../rules/index.ts';
import { onlyListed } from './inventory-rules.ts';

/** Pages that one round asks for. */
const pageLimit = 500;

/** `C:\…` or a share `\\host\c$\…`, whose backslashes may have been doubled and were halved again. */
const filePath =
  /(?:[A-Za-z]:|\\{1,2}[^\\/'"<>|]{1,64}\\[A-Za-z]\$)\\[^'"<>|;,*?\r\n]{1,400}?\.(?:aspx|ashx|asmx|asp|cer|asa|cshtml|svc)\b/gi;

/** Folder on the server → the address under which it is published. */
const published: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\\)inetpub\\wwwroot\\/i, '/'],
  [/(?:^|\\)FrontEnd\\HttpProxy\\/i, '/'],
  [/\\ClientAccess\\/i, '/'],
];

export function pageOfFile(path: string): string | null {
  for (const [folder, root] of published) {
    const match = folder.exec(path);
    if (match !== null)
      return (
        root +
        path
          .slice(match.index + match[0].length)
          .replaceAll('\\', '/')
          .toLowerCase()
      );
  }
  return null;
}

const rule = (id: string, expr: Expr): Rule => ({
  id,
  file: '',
  uuid: null,
  title: id,
  description: null,
  status: null,
  level: null,
  author: null,
  references: [],
  falsepositives: [],
  tags: [],
  logSource: 'iis-w3c',
  expr,
});

/** Where a log of the server's may name a file that it wrote. */
function spoken({ logSource, fields }: HitRow): string | null {
  switch (logSource) {
    // The whole of EventData: the path is a parameter of the cmdlet, of the workflow or of its error.
    case 'ecp-server':
      return fields.EventData ?? null;
    case 'oab-generator':
      return fields.TemporaryFile ?? null;
    // A file that a scanner names.
    case 'antivirus':
      return fields.Path ?? null;
    case 'compare-exchange-hashes':
      return fields.FilePath ?? null;
    // Cmdlets that write a file say where to.
    case 'rps-cmdlet':
      return fields.Parameters ?? null;
    case 'admin-audit':
      return fields.CmdletParameters ?? null;
    case 'windows-event':
      return fields.Message ?? null;
    default:
      return null;
  }
}

/** Pages whose file a text names: of a row of the server's log the one that it says was written. */
export function pagesNamed(row: HitRow): string[] {
  const said = spoken(row);
  const pages: string[] = [];
  for (const text of said === null ? [] : [said, percentDecode(said)]) {
    for (const [path] of text.replaceAll('\\\\', '\\').matchAll(filePath)) {
      const page = pageOfFile(path);
      if (page !== null) pages.push(page);
    }
  }
  return pages;
}

/** Pages that everybody who signs in asks for: whatever was put into them, that somebody asked says nothing. */
const everybodys =
  /^\/(?:owa|ecp)\/(?:default|auth\/(?:logon|logoff|errorfe|expiredpassword|signout|timeoutlogout|frowny))\.aspx$/;

/** From the hits of one round to the question of the next: pages that were not asked for before. Depends on nothing else. */
export function learnPages(
  hits: readonly Hit[],
  asked: ReadonlySet<string>,
): { readonly rules: readonly Rule[]; readonly pages: readonly string[] } {
  const pages = new Set<string>();
  const add = (page: string): void => {
    if (!asked.has(page) && !everybodys.test(page) && pages.size < pageLimit) pages.add(page);
  };
  for (const hit of hits) {
    // What stands there as part of the product is nobody's page.
    if (onlyListed(hit.rules)) continue;
    for (const row of hit.rows) {
      const stated = row.values['file.path'];
      if (stated !== undefined) {
        const page = pageOfFile(stated);
        if (page !== null) add(page);
      }
      for (const page of pagesNamed(row)) add(page);
    }
  }
  const sorted = [...pages].sort(byCodeUnit);
  const isPage: Expr = {
    kind: 'or',
    of: sorted.map((page): Expr => ({ kind: 'match', field: 'cs-uri-stem', test: { how: 'is', text: page, cased: false } })),
  };
  const ok: Expr = { kind: 'match', field: 'sc-status', test: { how: 'starts', text: '2', cased: false } };
  return {
    pages: sorted,
    rules:
      sorted.length === 0
        ? []
        : [
            rule('learnt/page-answered', { kind: 'and', of: [isPage, ok] }),
            rule('learnt/page-asked', { kind: 'and', of: [isPage, { kind: 'not', of: ok }] }),
          ],
  };
}
