/** One page, read whole: from its bytes to what it can do. */
import { capabilitiesOf, readAssembly } from './assembly.ts';
import { decodedPlainly, decodePage, type PageText } from './decode-page.ts';
import type { PageFacts, PageGrade } from './page-facts.ts';
import { pageKindOf } from './page-name.ts';
import { begins, beginsPhp, empty, PageReader } from './page-reader.ts';
import { isBinary, isCompiledAssembly, isCompiledPlace, isPst, shapeOf } from './shapes.ts';

/** Of a file longer than this the beginning is read: no web server runs such a page. */
const longestPage = 16 << 20;

/** Whether the beginning of a text is that of a page of this name. */
export function looksLikePage(head: string, name: string): boolean {
  if (isCompiledPlace(name) && /\.compiled$/i.test(name)) return /<preserve\b/i.test(head.slice(0, 4096));
  if (begins.test(head.slice(0, 4096)) || beginsPhp.test(head.slice(0, 4096)))
    return !/\.(?:md|ya?ml|json|cs|vb|java|evtx)$/i.test(name);
  const kind = pageKindOf(name);
  if (kind === null) return /\.config$/i.test(name) && /<%(?![@-])|<script[^>]{0,200}runat/i.test(head);
  if (kind === 'razor') return /[@<]/.test(head);
  return (
    /<|\+ADw-/.test(head) ||
    (kind === 'jsp' && head.includes('${')) ||
    /^L[lo]/.test(head) ||
    /^-----BEGIN /.test(head) ||
    shapeOf(head, name) !== null
  );
}

/** Whether bytes that are no text were saved under the name of a page, or are a page that the server compiled. */
export function looksLikeBinaryPage(head: Uint8Array, name: string): boolean {
  if (isCompiledAssembly(name)) return head[0] === 0x4d && head[1] === 0x5a;
  return (
    pageKindOf(name) !== null && (isPst(head) || isBinary(head) || (head[0] === 0x4c && (head[1] === 0x6c || head[1] === 0x6f)))
  );
}

/** null: no page by name and content. */
export function readPage(bytes: Uint8Array, name: string): PageFacts | null {
  if (isCompiledAssembly(name)) return compiledLibrary(bytes);
  const whole = bytes.length <= longestPage ? bytes : bytes.subarray(0, longestPage);
  const page = decodePage(whole);
  const facts = factsOf(page, bytes, whole, name);
  // What looks like an odd encoding may be a few bytes put there so that the rest is misread; the server reads it as ever.
  const plain = decodedPlainly(whole, page);
  if (plain === null) return facts;
  const plainFacts = factsOf(plain, bytes, whole, name);
  if (plainFacts === null || (facts !== null && gradeRank[facts.grade] >= gradeRank[plainFacts.grade])) return facts;
  return page.odd
    ? { ...plainFacts, obfuscation: [...new Set([...plainFacts.obfuscation, 'odd-encoding' as const])].sort() }
    : plainFacts;
}

const gradeRank: Readonly<Record<PageGrade, number>> = { none: 0, doubtful: 1, 'back-door': 2 };

function factsOf(page: PageText, bytes: Uint8Array, whole: Uint8Array, name: string): PageFacts | null {
  // What begins with more words, or nothing, than anybody looks at is what its name says.
  const isLong = pageKindOf(name) !== null && whole.length > 65_536;
  if (!isLong && !looksLikePage(page.text.slice(0, 65_536), name) && !looksLikeBinaryPage(whole.subarray(0, 65_536), name))
    return null;
  return new PageReader(page, whole, name, bytes.length > longestPage).facts();
}

/** What is told of a page that could not be read: nobody knows what it does. */
export const unreadPage: PageFacts = empty({ grade: 'doubtful', cut: true });

const mostClasses = 20;

/** What ASP.NET made of pages. Their classes are named after them: `ASP.q7x_aspx`. */
function compiledLibrary(bytes: Uint8Array): PageFacts {
  const assembly = readAssembly(bytes.length <= longestPage ? bytes : bytes.subarray(0, longestPage));
  if (assembly === null) return empty({ shape: 'compiled-assembly' });
  const { grade, capabilities, sinks } = capabilitiesOf(assembly);
  return empty({
    shape: 'compiled-assembly',
    classes: assembly.types.filter((type) => type.startsWith('ASP.')).slice(0, mostClasses),
    grade,
    capabilities,
    sinks,
    input: grade === 'none' ? null : 'unknown',
    cut: assembly.cut || bytes.length > longestPage,
  });
}
