/** One page, read whole. */
import { decodeText } from '../core/text.ts';
import type { PageFacts } from './page-facts.ts';
import { pageKindOf } from './page-name.ts';

/** Whether the beginning of a text is that of a page of this name. */
export function looksLikePage(head: string, name: string): boolean {
  if (/^\s*<%@\s*(?:page|webhandler|webservice|control|master|application|servicehost)\b/i.test(head.slice(0, 4096))) return true;
  return pageKindOf(name) !== null && head.includes('<');
}

/** Whether bytes that are no text were saved under the name of a page. */
export const looksLikeBinaryPage = (_head: Uint8Array, _name: string): boolean => false;

/** null: no page by name and content. */
export function readPage(bytes: Uint8Array, name: string): PageFacts | null {
  const text = decodeText(bytes);
  if (!looksLikePage(text.slice(0, 65_536), name)) return null;
  return {
    language: 'none',
    encoding: 'utf-8',
    directives: [],
    sinks: [],
    capabilities: [],
    input: null,
    accessParameter: null,
    obfuscation: [],
    shape: null,
    family: null,
    grade: 'none',
    virtualPath: null,
    decisive: null,
    codeLength: 0,
    cut: false,
  };
}
