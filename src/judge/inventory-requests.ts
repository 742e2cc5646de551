/** What the web log says of a file: how often, from how many, since when it was asked for. */
import type { Observed } from '../run/index.ts';
import type { Hosts } from './hosts.ts';
import { isServerPage } from './inventory-files.ts';
import { inventorySentences as say } from './inventory-messages.ts';
import { sayDay, sayDays } from './messages.ts';

/** What the web log counted for a page; null: there is no web log of this server, or no such page. */
export function requestsOf(observed: Observed, hosts: Hosts, host: string | null): (page: string | null) => string | null {
  const counts = new Map<string, { count: number; firstMs: number }>();
  let [begin, end] = [Infinity, -Infinity];
  for (const artifact of observed.artifacts) {
    if (hosts.ofArtifact(artifact.path) !== host) continue;
    for (const part of artifact.parts) {
      if (part.logSource !== 'iis-w3c' || part.speaksFor !== 'span' || Number.isNaN(part.firstMs)) continue;
      begin = Math.min(begin, part.firstMs);
      end = Math.max(end, part.lastMs);
      for (const { tuple, count, firstMs } of part.groups.get('cs-method|cs-uri-stem|sc-status') ?? []) {
        const page = (tuple[1] ?? '').toLowerCase();
        if (!isServerPage(page)) continue;
        const known = counts.get(page);
        if (known === undefined) counts.set(page, { count, firstMs });
        else {
          known.count += count;
          if (firstMs < known.firstMs) known.firstMs = firstMs;
        }
      }
    }
  }
  if (begin === Infinity) return () => null;
  return (page) => {
    if (page === null) return null;
    const found = counts.get(page);
    return found === undefined || Number.isNaN(found.firstMs)
      ? say.neverAsked(sayDays(begin, end))
      : say.asked(found.count, addressesOf(observed, page, found.count), sayDay(found.firstMs), sayDay(begin));
  };
}

/** From how many addresses a page was asked for, where every row of it was kept; null: nobody says. */
function addressesOf(observed: Observed, page: string, count: number): number | null {
  const rows = new Map<string, string>();
  for (const hit of observed.hits)
    for (const row of hit.rows) {
      const address = row.values['client.address'];
      if (row.logSource !== 'iis-w3c' || address === undefined || (row.values['url.path'] ?? '').toLowerCase() !== page) continue;
      rows.set(`${row.artifact}\u0000${row.offsetBytes}`, address);
    }
  return rows.size < count ? null : new Set(rows.values()).size;
}
