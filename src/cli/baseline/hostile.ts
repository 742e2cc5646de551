/** Files that must not become known to be good by mistake: what their text does, and what our own signatures say of them. */
import { packSignatures } from '../../assess.ts';
import type { Platform } from '../../core/platform.ts';
import { byCodeUnit } from '../../core/text.ts';
import { yaraThread } from '../../host/yara-thread.ts';
import { backDoorIn } from '../../read/index.ts';
import type { PageBytes } from './known-files.ts';

export interface Hostile {
  readonly path: string;
  readonly why: string;
}

/** Asked of an engine at once. */
const groupBytes = 4 << 20;

export async function hostileAmong(pages: readonly PageBytes[], platform: Platform): Promise<Hostile[]> {
  const found = new Map<string, string>();
  for (const { path, bytes } of pages) {
    const can = backDoorIn(bytes, path);
    if (can !== null) found.set(path, `its text is that of a back door (${can.slice(0, 3).join(', ')})`);
  }
  const scanner = yaraThread();
  try {
    await scanner.load(packSignatures(platform));
    for (const group of groups(pages)) {
      const files = group.map(({ path, bytes }) => {
        const filename = path.slice(path.lastIndexOf('\\') + 1);
        const extension = /\.[^.]*$/.exec(filename)?.[0] ?? '';
        return { bytes, names: { filename, filepath: path, extension, filetype: '', owner: '' } };
      });
      for (const [index, matched] of ((await scanner.scan(files)) ?? []).entries()) {
        const { path } = group[index]!;
        const [first] = matched;
        if (first !== undefined && !found.has(path)) found.set(path, `the signature ${first.about.rule} matches it`);
      }
    }
  } finally {
    await scanner.close();
  }
  return [...found].map(([path, why]) => ({ path, why })).sort((a, b) => byCodeUnit(a.path, b.path));
}

function* groups(pages: readonly PageBytes[]): Generator<readonly PageBytes[]> {
  let group: PageBytes[] = [];
  let bytes = 0;
  for (const page of pages) {
    if (group.length > 0 && bytes + page.bytes.length > groupBytes) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(page);
    bytes += page.bytes.length;
  }
  if (group.length > 0) yield group;
}
