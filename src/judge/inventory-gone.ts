/** Pages that are gone from a folder that was handed in whole. */
import { groupBy } from '../core/group.ts';
import { pageOfFile } from '../detect/index.ts';
import type { Shipped } from '../knowledge/index.ts';
import { type FileSeen, isServerPage } from './inventory-files.ts';

export type GoneFrom = (page: string, host: string | null, answeredMs: number | null) => boolean;

/** A folder was handed in whole when nearly all that is shipped in it is here: then a page that is not there is gone. */
export function gone(files: readonly FileSeen[], shipped: Shipped): GoneFrom {
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('\\'));
  // A list of the files of a folder says the same as the files.
  const asOfNow = files.filter((file) => !file.earlier && file.shippedPath !== null);
  const byFolder = groupBy(asOfNow, ({ host, shippedPath }) => `${host ?? ''}\u0000${folderOf(shippedPath!)}`);
  const pages = new Set(asOfNow.map(({ host, path }) => `${host ?? ''}\u0000${pageOfFile(path) ?? ''}`));
  return (page, host, answeredMs) => {
    if (pages.has(`${host ?? ''}\u0000${page}`)) return false;
    for (const root of ['frontend\\httpproxy', 'clientaccess']) {
      const folder = folderOf(`${root}${page.replaceAll('/', '\\')}`);
      const here = byFolder.get(`${host ?? ''}\u0000${folder}`);
      if (here === undefined) continue;
      // What was copied before the page answered last says nothing of it.
      if (here.some(({ copiedMs }) => answeredMs !== null && copiedMs <= answeredMs)) continue;
      const names = new Set(here.map(({ shippedPath }) => shippedPath!.slice(folder.length + 1)));
      const expected = shipped.namesIn(folder).filter((name) => isServerPage(name) || name === 'web.config');
      const found = expected.filter((name) => names.has(name)).length;
      if (found >= 3 && found >= expected.length * 0.6) return true;
    }
    return false;
  };
}
