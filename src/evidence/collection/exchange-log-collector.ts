/**
 * Microsoft's ExchangeLogCollector: `<place>\<SERVER>\<label>\…`, all of it zipped as `<SERVER>.zip`, or each label by itself.
 * @see https://microsoft.github.io/CSS-Exchange/Diagnostics/ExchangeLogCollector/
 */
import { byCodeUnit } from '../../core/text.ts';
import { hostName } from '../../core/host-name.ts';
import { labelledFolder } from '../../core/log-collector-labels.ts';
import { folderOf, type Recognised, stemOf, type Survey } from './collector.ts';
import { say } from './messages.ts';

const own = /^(?:exchangelogcollector.{0,60}\.(?:log|txt)|(?:all|un|)(?:handled)?errors\.(?:xml|txt|clixml))$/i;

export function exchangeLogCollector({ listing }: Survey): readonly Recognised[] {
  const logged = new Set(listing.names(/^exchangelogcollector/i).map((path) => folderOf(path)));
  const labels = new Map<string, number>();
  for (const [folder, children] of listing.folders) {
    let count = 0;
    for (const child of children) if (labelledFolder(child) !== null) count++;
    if (count > 0) labels.set(folder, count);
  }
  // One label may be anybody's folder; two, or one with the collector's log, are not, and then one in a server's folder beside them is neither.
  const certain = [...labels].filter(([folder, count]) => count > 1 || logged.has(folder)).map(([folder]) => folder);
  const places = new Set(certain.filter((folder) => folder !== '').map((folder) => folderOf(folder)));
  const beside = [...labels.keys()].filter(
    (folder) => folder !== '' && hostName(stemOf(folder)) !== null && places.has(folderOf(folder)),
  );
  const roots = [...new Set([...certain, ...beside])].sort(byCodeUnit);
  return roots.map((root) => ({
    collection: {
      root,
      collector: 'exchange-log-collector',
      host: root === '' ? null : hostName(stemOf(root)),
      collectedUtc: null,
      clock: { basis: 'unknown', why: say.notSaid },
      snapshot: null,
    },
    roleOf: (below) => (own.test(below) ? 'collector' : null),
  }));
}
