/** Cases of the signatures of packs: files that each must and must not match, kept encoded where they would be taken for what they show. */
import { YamlSource } from '../rules/index.ts';
import type { PackFile } from './load.ts';
import { PackError } from './pack-error.ts';

export interface SignatureCaseFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface SignatureCase {
  readonly pack: string;
  /** The name of the signature. */
  readonly rule: string;
  readonly path: string;
  readonly positive: readonly SignatureCaseFile[];
  readonly benign: readonly SignatureCaseFile[];
}

const place = /(?:^|\/)packs\/([^/]+)\/cases\/signatures\/([^/]+)\.yaml$/;

export const isSignatureCase = (path: string): boolean => place.test(path.replaceAll('\\', '/'));

/** @throws {PackError} with file, line, column and the marked place */
export function readSignatureCase({ path, text }: PackFile): SignatureCase {
  const [, pack = '', rule = ''] = place.exec(path.replaceAll('\\', '/')) ?? [];
  const { root } = new YamlSource(
    text,
    (what, fix, offset, length) => new PackError('case.invalid', what, fix, path, text, offset, length),
  );
  const entries = root.record(['positive', 'benign'], ['positive', 'benign']);
  const files = (key: string): SignatureCaseFile[] =>
    entries
      .get(key)!
      .list()
      .map((one): SignatureCaseFile => {
        const own = one.record(['name', 'text'], ['name', 'text']);
        return { name: own.get('name')!.text(), bytes: bytesOf(own.get('text')!.text()) };
      });
  return { pack, rule, path, positive: files('positive'), benign: files('benign') };
}

function bytesOf(value: string): Uint8Array {
  if (!value.startsWith('base64:')) return new TextEncoder().encode(value);
  const text = value.slice('base64:'.length).replace(/\s+/g, '');
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
