import { Command } from 'commander';
import { packFiles } from '../../assess.ts';
import { loadContent } from '../../assess.ts';
import { UserError } from '../../core/errors.ts';
import { nodePlatform } from '../../host/node-platform.ts';

/** `afterpatch packs show <pack>` or `<pack>/<rule>`: what it says, and what each trace proves. */
export function showCommand(earn: (code: number) => void): Command {
  return new Command('show')
    .description('a pack with its dates and rules, or one rule with what it proves')
    .argument('<what>', 'the id of a pack, or `<pack>/<rule>`')
    .action((what: string) => {
      const { packs, rules } = loadContent(nodePlatform);
      const pack = packs.find(({ id }) => id === what.split('/', 1)[0]);
      if (pack === undefined)
        throw new UserError('packs.unknown', `there is no pack ${what}`, `there are: ${packs.map(({ id }) => id).join(', ')}`);
      const lines: string[] = [];
      if (what.includes('/')) {
        const proof = pack.proofs.find(({ rule }) => rule === what);
        if (proof === undefined)
          throw new UserError('packs.unknown', `there is no rule ${what}`, `\`afterpatch packs show ${pack.id}\` names them`);
        const { chain } = proof;
        lines.push(
          proof.title,
          `${proof.stage}, ${proof.confidence}${chain === undefined ? '' : `; ${chain.stage}, ${chain.confidence} within ${chain.withinSeconds} s after ${chain.after.join(', ')}`}`,
          '',
          `Proves: ${proof.proves}`,
          `Does not prove: ${proof.doesNotProve}`,
          `Innocent: ${proof.innocent}`,
          '',
          packFiles(nodePlatform).find(({ path }) => path === `packs/${what.replace('/', '/rules/')}.yml`)?.text ?? '',
        );
      } else {
        lines.push(pack.name, pack.summary, '');
        for (const { id, role } of pack.cves) lines.push(`${id}  ${role}`);
        if (pack.cves.length > 0) lines.push('');
        for (const { id, name, from, to } of pack.waves) lines.push(`${id}  ${from} to ${to}  ${name}`);
        if (pack.waves.length > 0) lines.push('');
        for (const { rule, stage, confidence, title } of pack.proofs) {
          const source = rules.find(({ id }) => id === rule)?.logSource ?? '';
          lines.push(`${rule}  (${source})  ${stage}, ${confidence}: ${title}`);
        }
      }
      process.stdout.write(`${lines.join('\n').trimEnd()}\n`);
      earn(0);
    });
}
