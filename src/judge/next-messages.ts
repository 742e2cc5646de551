/** Sentences on what could still change the answer. */

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

export const sayBytes = (bytes: number): string =>
  bytes >= 1e9
    ? `${(bytes / 1e9).toFixed(1)} GB`
    : bytes >= 1e6
      ? `${Math.round(bytes / 1e6)} MB`
      : `${Math.max(1, Math.round(bytes / 1e3))} KB`;

export const nextSentences = {
  none: 'No log that is missing could change this answer.',
  inside: 'They got in: no log that is missing could change that.',
  list: (sources: number, files: number | null, bytes: number | null) =>
    `${plural(sources, 'source')} can still change the answer${
      files === null && bytes === null
        ? ''
        : `: about ${[files === null ? null : plural(files, 'file'), bytes === null ? null : sayBytes(bytes)].filter((text) => text !== null).join(', ')}, estimated from what is here`
    }.`,
} as const;
