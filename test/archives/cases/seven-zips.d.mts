export const sevenZip: string | null;
export function sevenZipOf(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  args?: readonly string[],
  format?: string,
): Uint8Array;
