/** Packs that somebody writes: their folders, read as if they stood among those that come with the program. */
import fs from 'node:fs';
import path from 'node:path';
import { packFiles, packSignatures, signatureOf } from '../../assess.ts';
import { UserError } from '../../core/errors.ts';
import type { SignatureSource } from '../../core/signature.ts';
import { byCodeUnit } from '../../core/text.ts';
import { nodePlatform } from '../../host/node-platform.ts';
import { isCaseFile, isSignatureCase, loadPacks, type LoadedPacks, type PackFile } from '../../packs/index.ts';

export interface OwnPacks extends LoadedPacks {
  /** Ids of the packs that were asked for. */
  readonly asked: readonly string[];
  readonly cases: readonly PackFile[];
  /** Of the packs that were asked for. */
  readonly signatures: readonly SignatureSource[];
  readonly signatureCases: readonly PackFile[];
}

/** Text files of a pack, and no more of a folder than a pack can be. */
const mostFiles = 2000;

function filesBelow(folder: string, prefix: string, files: PackFile[]): void {
  const entries = fs.readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => byCodeUnit(a.name, b.name));
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) filesBelow(full, `${prefix}/${entry.name}`, files);
    else if (/\.ya?ml$|\.yar\.b64$/.test(entry.name))
      files.push({ path: `${prefix}/${entry.name}`, text: fs.readFileSync(full, 'utf8') });
    if (files.length > mostFiles)
      throw new UserError('packs.files', `${folder} holds too many files for packs`, 'name the folder of the pack');
  }
}

/** A folder of one pack, or of several. */
function packFolders(given: string): string[] {
  if (!fs.existsSync(given) || !fs.statSync(given).isDirectory())
    throw new UserError('packs.folder', `there is no folder ${given}`, 'name the folder that holds pack.yaml');
  const isPack = (folder: string): boolean => fs.existsSync(path.join(folder, 'pack.yaml'));
  if (isPack(given)) return [given];
  const own = fs
    .readdirSync(given, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(given, entry.name))
    .filter(isPack)
    .toSorted(byCodeUnit);
  if (own.length === 0)
    throw new UserError('packs.folder', `no pack.yaml in ${given} or a folder below it`, 'name the folder of a pack');
  return own;
}

/**
 * The packs of these folders among those that come with the program (a rule may speak of another pack's); of the same id, the
 * given one counts. Without a folder: those that come with the program.
 * @throws {UserError} at the first thing that is wrong, with its place.
 */
export function ownPacks(given: readonly string[]): OwnPacks {
  const shipped = packFiles(nodePlatform);
  const { assets } = nodePlatform;
  if (given.length === 0) {
    const loaded = loadPacks(shipped);
    const listed = (is: (file: string) => boolean): PackFile[] =>
      assets
        .list('packs')
        .filter(is)
        .map((file) => ({ path: file, text: assets.text(file) }));
    return {
      ...loaded,
      asked: loaded.packs.map(({ id }) => id),
      cases: listed(isCaseFile),
      signatures: packSignatures(nodePlatform),
      signatureCases: listed(isSignatureCase),
    };
  }
  const files: PackFile[] = [];
  const asked: string[] = [];
  for (const folder of given.flatMap(packFolders)) {
    const id = path.basename(path.resolve(folder));
    asked.push(id);
    filesBelow(folder, `packs/${id}`, files);
  }
  const rest = shipped.filter(({ path: file }) => !asked.includes(file.split('/')[1] ?? ''));
  const isSignature = ({ path: file }: PackFile): boolean => /^packs\/[^/]+\/signatures\/[^/]+\.yar\.b64$/.test(file);
  return {
    ...loadPacks([...rest, ...files.filter(({ path: file }) => !/\.yar\.b64$|\/cases\/signatures\//.test(file))]),
    asked,
    cases: files.filter(({ path: file }) => isCaseFile(file)),
    signatures: files.filter(isSignature).map(signatureOf),
    signatureCases: files.filter(({ path: file }) => isSignatureCase(file)),
  };
}
