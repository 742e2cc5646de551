/** What the beginning of a file says of itself: looked at once, however many readers ask. */

export interface Head {
  /** Value of the first `#Log-type:` line; null: none. */
  readonly logType: string | null;
  /** Logs of several types were put together: each stretch needs its own reader. */
  readonly mixed: boolean;
  /** Value of the first `#Software:` line. */
  readonly software: string | null;
  /** What stands behind `#Fields:`, in order. */
  readonly fieldLists: readonly string[];
  /** The first lines that are neither blank nor begin with `#`. */
  readonly rows: readonly string[];
}

const rowLimit = 20;
const lineLimit = 16384;
const directive = /^#\s*(Log-type|Software|Fields)\s*:\s*(.*)$/i;

let lastText: string | null = null;
let lastHead: Head = { logType: null, mixed: false, software: null, fieldLists: [], rows: [] };

/** One line as it stands in a head, without mark and line end. */
function trimmed(line: string): string {
  return line.replace(/^\uFEFF/, '').replace(/[\r\0]+$/, '');
}

export function headOf(text: string): Head {
  if (text === lastText) return lastHead;
  let logType: string | null = null;
  let mixed = false;
  let software: string | null = null;
  const fieldLists: string[] = [];
  const rows: string[] = [];
  const lineEnd = text.includes('\n') ? '\n' : '\r';
  for (let at = 0; at < text.length;) {
    const found = text.indexOf(lineEnd, at);
    const end = found === -1 ? text.length : found;
    const first = text.charCodeAt(at) === 0xfeff ? text[at + 1] : text[at];
    if (first === '#') {
      const match = directive.exec(trimmed(text.slice(at, Math.min(end, at + lineLimit))));
      const value = match?.[2]!.trim() ?? '';
      switch (match?.[1]!.toLowerCase()) {
        case 'log-type':
          if (logType !== null && logType.toLowerCase() !== value.toLowerCase()) mixed = true;
          logType ??= value;
          break;
        case 'software':
          software ??= value;
          break;
        case 'fields':
          fieldLists.push(value);
          break;
        default:
      }
    } else if (rows.length < rowLimit) {
      const line = trimmed(text.slice(at, Math.min(end, at + lineLimit)));
      if (line.trim() !== '') rows.push(line);
    }
    at = end + 1;
  }
  lastText = text;
  lastHead = { logType, mixed, software, fieldLists, rows };
  return lastHead;
}
