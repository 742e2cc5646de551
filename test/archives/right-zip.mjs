// Right zips, made by a library that is not ours.

import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';

configure({ useWebWorkers: false });

/** @param options those of zip.js: `level`, `password`, `zipCrypto`, `encryptionStrength` (1, 2, 3), `zip64` */
export async function rightZip(files, options = {}) {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    lastModDate: new Date(Date.UTC(2021, 2, 8, 12)),
    extendedTimestamp: false,
    ...options,
  });
  for (const { path, bytes } of files) await writer.add(path, new Uint8ArrayReader(bytes));
  return writer.close();
}
