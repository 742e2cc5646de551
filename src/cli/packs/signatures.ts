/** Signatures of packs: whether each compiles, and whether it matches what it is for and nothing that comes close. */
import { UserError } from '../../core/errors.ts';
import type { SignatureSource } from '../../core/signature.ts';
import { outlineOf } from '../../detect/index.ts';
import { yaraThread } from '../../host/yara-thread.ts';
import type { SignatureCase, SignatureCaseFile } from '../../packs/index.ts';
import { signatureWords } from '../../report/index.ts';
import type { SignatureScanner } from '../../run/index.ts';

async function withSignatures<T>(
  sources: readonly SignatureSource[],
  use: (scanner: SignatureScanner) => Promise<T>,
): Promise<T> {
  const scanner = yaraThread();
  try {
    const { unrun } = await scanner.load(sources);
    if (unrun.length > 0)
      throw new UserError('packs.signatures', unrun.map(signatureWords.unrun).join('\n'), 'correct the marked places');
    return await use(scanner);
  } finally {
    await scanner.close();
  }
}

/** @returns how many signatures run; all do */
export async function checkSignatures(sources: readonly SignatureSource[]): Promise<number> {
  if (sources.length === 0) return 0;
  return withSignatures(sources, () => Promise.resolve(namesOf(sources).length));
}

/** What is wrong with them and their cases; empty: nothing. */
export async function trySignatures(
  sources: readonly SignatureSource[],
  cases: readonly SignatureCase[],
): Promise<{ readonly wrong: readonly string[]; readonly rules: number; readonly files: number }> {
  const names = namesOf(sources);
  const wrong = names.flatMap(({ pack, rule }) => {
    const own = cases.find((one) => one.pack === pack && one.rule === rule);
    if (own === undefined) return [`${pack}: the signature ${rule} has no case in cases/signatures`];
    return own.positive.length === 0 || own.benign.length === 0 ? [`${own.path}: needs positive and benign files`] : [];
  });
  for (const { pack, rule, path } of cases)
    if (!names.some((one) => one.pack === pack && one.rule === rule)) wrong.push(`${path}: there is no signature of this name`);
  const files = cases.flatMap((one) => [
    ...one.positive.map((file, index) => ({ one, kind: 'positive', file, index })),
    ...one.benign.map((file, index) => ({ one, kind: 'benign', file, index })),
  ]);
  if (sources.length > 0)
    await withSignatures(sources, async (scanner) => {
      const found = await scanner.scan(files.map(({ file }) => tested(file)));
      if (found === null) throw new UserError('packs.signatures', 'the engine failed on the cases', 'try the cases one by one');
      for (const [at, { one, kind, index }] of files.entries()) {
        const matched = found[at]!.map(({ about }) => about.rule);
        const does = matched.includes(one.rule);
        const others = matched.filter((rule) => rule !== one.rule);
        const what =
          kind === 'benign' && matched.length > 0
            ? `${matched.join(', ')} matches, and must not`
            : kind === 'positive' && !does
              ? 'the signature does not match, and must'
              : others.length > 0
                ? `these match, too: ${others.join(', ')}`
                : null;
        if (what !== null) wrong.push(`${one.path}: ${kind} file ${index + 1}: ${what}`);
      }
    });
  return { wrong, rules: names.length, files: files.length };
}

const namesOf = (sources: readonly SignatureSource[]): { readonly pack: string; readonly rule: string }[] =>
  sources.flatMap(({ file, text }) =>
    (outlineOf(text)?.rules ?? []).map(({ name }) => ({ pack: file.split('/')[1] ?? '', rule: name })),
  );

const tested = ({ name, bytes }: SignatureCaseFile): Parameters<SignatureScanner['scan']>[0][number] => ({
  bytes,
  names: {
    filename: name,
    filepath: `C:\\inetpub\\wwwroot\\${name}`,
    extension: name.slice(name.lastIndexOf('.')),
    filetype: '',
    owner: '',
  },
});
