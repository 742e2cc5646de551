export function zipCrypto(bytes: Uint8Array, password: string, check: number): Uint8Array;
export function checkByteOf(coded: Uint8Array, password: string): number;
export function collidingPassword(bytes: Uint8Array, check: number): string;
