import { Command } from 'commander';
import { loadContent } from '../../assess.ts';
import { nodePlatform } from '../../host/node-platform.ts';

/** `afterpatch packs list`: which campaigns this version knows. */
export function listCommand(earn: (code: number) => void): Command {
  return new Command('list')
    .description('campaigns with their dates and number of rules')
    .option('--json', 'as JSON')
    .action((options: { readonly json?: true }) => {
      const { packs: known, rules } = loadContent(nodePlatform);
      const rows = known.map((pack) => ({
        id: pack.id,
        name: pack.name,
        version: pack.version,
        firstExploited: pack.firstExploited,
        patched: pack.patched,
        cves: pack.cves.map(({ id }) => id),
        rules: rules.filter(({ id }) => id.startsWith(`${pack.id}/`)).length,
      }));
      const text = options.json
        ? `${JSON.stringify(rows, null, 2)}\n`
        : rows
            .map(
              (row) =>
                `${row.id}  ${row.name}; ${row.rules} rules${row.firstExploited === null ? '' : `; exploited since ${row.firstExploited}`}\n`,
            )
            .join('');
      process.stdout.write(text);
      earn(0);
    });
}
