import { Command } from 'commander';
import { UserError } from '../../core/errors.ts';
import { groupsOf } from '../../detect/index.ts';
import { CaseRunner, readCase, readSignatureCase, tryCase } from '../../packs/index.ts';
import { ownPacks } from './folders.ts';
import { trySignatures } from './signatures.ts';

/** `afterpatch packs test`: every rule on the rows on which it must and must not fire. */
export function testCommand(earn: (code: number) => void): Command {
  return new Command('test')
    .description('every rule of packs on its cases: rows on which it must fire, and rows on which it must not')
    .argument('[folder...]', 'folders of packs; without one, those that come with the program')
    .action(async (folders: readonly string[]) => {
      const { rules, asked, cases, signatures, signatureCases } = ownPacks(folders);
      const signed = await trySignatures(signatures, signatureCases.map(readSignatureCase));
      const runner = new CaseRunner(rules, (logSource) => [groupsOf[logSource] ?? []]);
      const own = rules.filter(({ id }) => asked.includes(id.slice(0, id.indexOf('/'))));
      const read = cases.map(readCase);
      const wrong: string[] = [...signed.wrong];
      let rows = 0;
      for (const rule of own) {
        const one = read.find((candidate) => candidate.rule === rule.id);
        if (one === undefined) {
          wrong.push(`${rule.id}: has no case`);
          continue;
        }
        rows += one.positive.length + one.benign.length;
        if (one.positive.length === 0 || one.benign.length === 0) wrong.push(`${one.path}: needs positive and benign rows`);
        for (const { path, kind, row, others } of tryCase(one, rule, runner)) {
          const what =
            kind === 'benign'
              ? 'the rule fires, and must not'
              : others.length > 0
                ? `these fire, too: ${others.join(', ')}; exclude them, or name them under \`with\``
                : 'the rule does not fire, and must';
          wrong.push(`${path}: ${kind} row ${row + 1}: ${what}`);
        }
      }
      for (const one of read)
        if (!own.some(({ id }) => id === one.rule)) wrong.push(`${one.path}: there is no rule of this name`);
      if (wrong.length > 0)
        throw new UserError(
          'packs.cases',
          wrong.join('\n'),
          `${wrong.length} to put right; ${rows} rows of ${own.length} rules tried`,
        );
      const also = signed.rules === 0 ? '' : `; ${signed.rules} signatures, ${signed.files} files`;
      process.stdout.write(`${own.length} rules, ${rows} rows${also}: as they should be\n`);
      earn(0);
    });
}
