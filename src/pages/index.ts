/**
 * Bytes of a page → what it can do, to whom it listens, and what it pretends to be. In: the bytes of one file and its name. Out:
 * `PageFacts`. Nothing is run; all of it is linear in the length of the text and bounded in memory.
 */
export type {
  Capability,
  Decisive,
  Directive,
  Obfuscation,
  PageFacts,
  PageGrade,
  PageLanguage,
  PageShape,
  PageSink,
  SinkInput,
} from './page-facts.ts';
export { type PageKind, pageKindOf } from './page-name.ts';
export { looksLikeBinaryPage, looksLikePage, readPage, unreadPage } from './read-page.ts';
