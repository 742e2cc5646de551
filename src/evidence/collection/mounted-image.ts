/**
 * A disk image that is mounted or was unpacked: a folder with a Windows in it that also holds what no collector copies (the page
 * file, the boot sector), or that a mounting program named (`[root]`, `vol3`, `fs/c:`).
 */
import { byCodeUnit } from '../../core/text.ts';
import { folderOf, nameOf, type Recognised, type Survey } from './collector.ts';
import { say } from './messages.ts';

const mounted = /^(?:\[root\]|(?:vol|volume|part|partition|p)[ _-]?\d{1,3}|[a-z]:)$/i;
const wholeVolume = ['pagefile.sys', 'hiberfil.sys', 'bootmgr', '$boot', '$logfile'] as const;

export function mountedImage({ listing }: Survey): readonly Recognised[] {
  const withSystemFiles = new Set(wholeVolume.flatMap((name) => listing.named(name)).map((path) => folderOf(path)));
  const roots = [...listing.folders]
    .filter(([folder, children]) => {
      const names = new Set([...children].map((child) => child.toLowerCase()));
      const isServer = names.has('inetpub') || names.has('program files');
      if (mounted.test(nameOf(folder))) return names.has('windows') || isServer;
      return names.has('windows') && (withSystemFiles.has(folder) || names.has('system volume information'));
    })
    .map(([folder]) => folder)
    .sort(byCodeUnit);
  return roots.map((root) => ({
    collection: {
      root,
      collector: 'mounted-image',
      host: null,
      collectedUtc: null,
      clock: { basis: 'unknown', why: say.image },
      snapshot: null,
    },
  }));
}
