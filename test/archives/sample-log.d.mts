export const logKind: string;
export function logText(rows: number, seed?: string): string;
export function logOf(rows: number, seed?: string): Uint8Array;
