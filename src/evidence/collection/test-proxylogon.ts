/**
 * Microsoft's Test-ProxyLogon with `-CollectFiles`: the logs that it found something in, copied flat to
 * `CollectedLogFiles\<SERVER>\CVE26855` and its neighbours. Its reports beside them (`<SERVER>-….csv`) are evidence of their own.
 * @see https://github.com/microsoft/CSS-Exchange/blob/main/Security/src/Test-ProxyLogon.ps1
 */
import { byCodeUnit } from '../../core/text.ts';
import { hostName } from '../../core/host-name.ts';
import { folderOf, nameOf, type Recognised, type Survey } from './collector.ts';
import { say } from './messages.ts';

const copies = /^(?:CVE26855|CVE26857|CVE26858|CVE27065|SuspiciousFiles)$/i;

/** Where files of a folder stood, where their folder and name leave one place only. */
const stoodAt: readonly (readonly [RegExp, string])[] = [
  [/\/CVE26857\/Application\.evtx$/i, 'winevt\\Logs'],
  [/\/CVE26858\/[^/]+\.log$/i, 'Logging\\OABGeneratorLog'],
  [/\/CVE27065\/ECPServer[^/]*\.log$/i, 'Logging\\ECP\\Server'],
  [/\/CVE27065\/ECPActivity[^/]*\.log$/i, 'Logging\\ECP\\Activity'],
];

export function testProxylogon({ listing }: Survey): readonly Recognised[] {
  const roots = [...listing.folders]
    .filter(([folder, children]) => {
      let found = 0;
      for (const child of children) if (copies.test(child) && /^CVE/i.test(child)) found++;
      return found > 0 && folder !== '' && (/^CollectedLogFiles$/i.test(nameOf(folderOf(folder))) || found > 1);
    })
    .map(([folder]) => folder)
    .sort(byCodeUnit);
  const stoodIn = new Map<string, Map<string, string>>(roots.map((root) => [root, new Map<string, string>()]));
  for (const path of roots.length === 0 ? [] : listing.sizes.keys()) {
    const root = folderOf(folderOf(path));
    const tail = stoodIn.has(root) ? stoodAt.find(([pattern]) => pattern.test(`/${path}`)) : undefined;
    if (tail !== undefined) stoodIn.get(root)!.set(path, `${tail[1]}\\${nameOf(path)}`);
  }
  return roots.map((root) => ({
    collection: {
      root,
      collector: 'test-proxylogon',
      host: hostName(nameOf(root)),
      collectedUtc: null,
      clock: { basis: 'unknown', why: say.notSaid },
      snapshot: null,
    },
    stood: stoodIn.get(root)!,
  }));
}
