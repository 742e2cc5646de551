export interface RightZipOptions {
  readonly level?: number;
  readonly password?: string;
  readonly zipCrypto?: boolean;
  readonly encryptionStrength?: 1 | 2 | 3;
  readonly zip64?: boolean;
}

export function rightZip(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  options?: RightZipOptions,
): Promise<Uint8Array>;
