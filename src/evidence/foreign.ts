/**
 * What people hand in beside their evidence, and what must never be matched as if it were: it holds the words of attacks without being
 * one. Asked only where no reader is sure of a file. Judged by the structure of the whole beginning: an intruder who can write a line
 * into a log must not be able to make the log vanish, so that a text with a single line of a log in it is never foreign.
 */
import { readers } from '../read/index.ts';
import { place } from '../core/canonical-path.ts';
import { diskImage } from './foreign/disk-image.ts';
import { jsonOutline } from './foreign/json-outline.ts';
import { attackScript, isScanner, microsoftScript } from './foreign/programs.ts';
import { isIndicatorList, isSigma, isSnort, isYara, jsonRules, xmlRules } from './foreign/rules.ts';
import { htmlOfTool, isOwnJson, isOwnTable, jsonOfTool, tableOfTool } from './foreign/tool-output.ts';

export interface Foreign {
  /** For people: what it is. */
  readonly what: string;
  readonly kind: 'rules' | 'tool_output' | 'program' | 'disk_image' | 'own_output';
}

/** How a file begins that a run keeps for the next one (`host/work-file.ts`). */
const keptMark = new TextEncoder().encode('afterpatch.work/');

/**
 * @param path as handed in
 * @param head the beginning as text; null: it is none
 * @param bytes the same beginning, at most 64 KiB
 */
export function foreignOf(path: string, head: string | null, bytes: Uint8Array): Foreign | null {
  if (head === null) {
    if (keptMark.every((byte, index) => bytes[index] === byte)) return { what: 'an output of Afterpatch', kind: 'own_output' };
    const image = diskImage(path, bytes);
    if (image !== null) return { what: image, kind: 'disk_image' };
    return isScanner(path.slice(path.lastIndexOf('/') + 1), bytes) && !onServer(path)
      ? { what: 'a scanner or a collector', kind: 'program' }
      : null;
  }
  const found = textOf(path, head.replace(/^\uFEFF/, ''), bytes);
  return found === null || (found.kind !== 'own_output' && holdsRows(head, found.kind === 'program')) ? null : found;
}

/** On a server a program is what somebody put there. */
const onServer = (path: string): boolean => place(path).canonicalPath !== null;

/** What lists indicators is looked for in evidence when it is handed in as such. */
const asIndicators = (what: string): string =>
  / indicators$/.test(what) ? `${what}; to look for what it lists, hand it in with --indicators` : what;

function textOf(path: string, head: string, bytes: Uint8Array): Foreign | null {
  if (head.startsWith('# Disk DescriptorFile'))
    return { what: diskImage(path, bytes) ?? 'a disk of VMware (VMDK)', kind: 'disk_image' };
  if (/^\s*[[{]/.test(head)) return jsonOf(head);
  if (/^\s*</.test(head) && !/^\s*<#/.test(head)) {
    const page = htmlOfTool(head);
    if (page !== null) return { what: page.what, kind: page.own ? 'own_output' : 'tool_output' };
    const rules = xmlRules(head);
    return rules === null ? null : { what: asIndicators(rules), kind: 'rules' };
  }
  const table = tableOf(head);
  if (table !== null) return table;
  const lines = head.split(/\r?\n/);
  if (isYara(head)) return { what: 'YARA rules', kind: 'rules' };
  // The end of what is here may cut a line in two.
  if (isSigma(bytes.length < 64 << 10 ? lines : lines.slice(0, -1))) return { what: 'Sigma rules', kind: 'rules' };
  if (isSnort(lines)) return { what: 'rules of Snort or Suricata', kind: 'rules' };
  const script = microsoftScript(head) ?? (onServer(path) ? null : attackScript(head));
  return script === null ? null : { what: script, kind: 'program' };
}

function jsonOf(head: string): Foreign | null {
  const outline = jsonOutline(head);
  if (outline === null) return null;
  if (isOwnJson(outline)) return { what: 'an output of Afterpatch', kind: 'own_output' };
  const tool = jsonOfTool(outline);
  if (tool !== null) return { what: tool, kind: 'tool_output' };
  const rules = jsonRules(outline);
  return rules === null ? null : { what: asIndicators(rules), kind: 'rules' };
}

function tableOf(head: string): Foreign | null {
  const line = head.slice(0, 4096).split(/\r?\n/, 1)[0]!;
  const separator = line.includes(',') ? ',' : line.includes(';') ? ';' : line.includes('\t') ? '\t' : null;
  if (separator === null) return null;
  const columns = line.split(separator).map((name) =>
    name
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim()
      .toLowerCase(),
  );
  if (isOwnTable(columns)) return { what: 'an output of Afterpatch', kind: 'own_output' };
  const tool = tableOfTool(columns);
  if (tool !== null) return { what: tool, kind: 'tool_output' };
  return isIndicatorList(columns) ? { what: asIndicators('a list of indicators'), kind: 'rules' } : null;
}

/** Whether a line in it is a row of a log that a reader knows, standing as such a row stands: at the beginning of its line. */
/** A script of Microsoft holds the words that it prints. */
const saidByScripts = /^(?:eomt|eomt-summary|test-proxylogon|health-checker)/;

function holdsRows(head: string, isScript: boolean): boolean {
  const asked = isScript ? readers.filter(({ kind }) => !saidByScripts.test(kind)) : readers;
  for (const line of head.split(/\r?\n|\r/)) {
    if (line !== '' && !/^\s/.test(line) && asked.some((reader) => reader.claims(line, false) === 2)) return true;
  }
  return false;
}
