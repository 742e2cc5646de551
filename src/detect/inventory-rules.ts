/** Files that are held against what Exchange ships: every row that names one with its hash is wanted, and proves nothing by itself. */
import type { Expr, Rule } from '../rules/index.ts';

export const listedRule = 'inventory/listed';

/** Rules that ask whether a step of a plan was done begin so: what they match is somebody's or nobody's, and proves nothing. */
export const askedPrefix = 'verify/';

/** Rows that are wanted for their file alone, or because a step asks for them. What they name is no page of anybody's. */
export const onlyListed = (rules: readonly string[]): boolean =>
  rules.every((rule) => rule === listedRule || rule.startsWith(askedPrefix));

const kinds = ['aspx', 'ascx', 'asmx', 'ashx', 'asax', 'svc', 'master', 'config', 'htm', 'html', 'skin', 'browser'];
const folders = ['\\clientaccess\\', '\\frontend\\', '/clientaccess/', '/frontend/'];
/** Pages that were read are asked in the root of the web site, too: what stands in one decides what its place is worth. */
const roots = ['\\inetpub\\wwwroot\\', '/inetpub/wwwroot/'];
const pageKinds = ['asp', 'cshtml', 'asa', 'cer', 'cdx', 'soap'];

/** How a source names a file and its hash. */
const sources = [
  { logSource: 'file-listing', path: 'Path', hash: 'Hash' },
  { logSource: 'compare-exchange-hashes', path: 'FilePath', hash: 'FileHash' },
  { logSource: 'web-page', path: 'Path', hash: 'Sha256' },
] as const;

export const inventoryRules: readonly Rule[] = sources.map(({ logSource, path, hash }): Rule => {
  const is = (how: 'ends' | 'contains', text: string): Expr => ({
    kind: 'match',
    field: path,
    test: { how, text, cased: false },
  });
  const isPage = logSource === 'web-page';
  return {
    id: listedRule,
    file: '',
    uuid: null,
    title: listedRule,
    description: null,
    status: null,
    level: null,
    author: null,
    references: [],
    falsepositives: [],
    tags: [],
    logSource,
    expr: {
      kind: 'and',
      of: [
        { kind: 'or', of: [...kinds, ...(isPage ? pageKinds : [])].map((kind) => is('ends', `.${kind}`)) },
        {
          kind: 'or',
          of: [
            ...folders.map((folder) => is('contains', folder)),
            ...(isPage ? roots.map((folder) => is('contains', folder)) : []),
          ],
        },
        { kind: 'match', field: hash, test: { how: 'exists' } },
      ],
    },
  };
});
