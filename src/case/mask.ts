/**
 * An assessment as somebody else may read it: secrets, and for the public whatever names the owner, replaced by numbered words. The
 * same value is the same number everywhere, so that what belongs together still does. What is masked for whom is said in
 * docs/reference/masking.md.
 */
import type { Assessment, Finding, FindingEvidence } from '../core/assessment.ts';
import { base64, fromBase64 } from '../core/hash.ts';
import { codingOf, decoded } from '../core/line-text.ts';
import { byCodeUnit, defang } from '../core/text.ts';
import { accessWords, credentials, namedSecrets, type Secret } from './secrets.ts';
import { OwnersNames } from './owners-names.ts';

export type Audience = 'own' | 'responder' | 'public';
export const audiences = ['own', 'responder', 'public'] as const;

/** Characters of a line that the public is shown. */
const publicCharacters = 1200;

/** Keys whose values are words of the contract, times, or hashes and ids of ours: nothing of the evidence. */
const closed = new Set(
  `schema id kind stage confidence state basis role word standing seen answer entered beyond toAuthority coverage collector
  removedBy campaign wave rule code sha256 techniques cves packVersion zone build product seed pack columns withAll`.split(/\s+/),
);

export function masked(assessment: Assessment, audience: Audience): Assessment {
  const mask = new Mask(assessment, audience);
  return mask.walked(assessment, '') as Assessment;
}

class Mask {
  readonly #audience: Audience;
  readonly #numbers = new Map<Secret['kind'], Map<string, string>>();
  /** Access words of back doors, as they stand in lines. */
  readonly #words: ReadonlySet<string>;
  readonly #sessions: ReadonlySet<string>;
  readonly #owner: OwnersNames | null;

  constructor(assessment: Assessment, audience: Audience) {
    this.#audience = audience;
    const observables = [...assessment.findings, ...assessment.intrusions].flatMap((one) => one.observables);
    const of = (kind: string): string[] => observables.filter((one) => one.kind === kind).map(({ value }) => value);
    this.#sessions = new Set(of('session'));
    const lines = assessment.findings.flatMap(linesOf);
    this.#words = new Set(audience === 'responder' ? [] : [...of('shell_key'), ...accessWords(lines, new Set(of('page')))]);
    this.#owner = audience === 'public' ? new OwnersNames(assessment, lines) : null;
  }

  /** Keys in one order, so that neither numbers nor what is written of it depend on who made the object. */
  walked(value: unknown, key: string): unknown {
    // Signatures and rules of others are called as somebody likes, and lie in files that are called so.
    if (key === 'rule' && typeof value === 'string' && /^(?:other|signature)\/(?!packs\/)/.test(value))
      return this.#text(value, key);
    if (typeof value === 'string') return closed.has(key) || key.endsWith('Utc') ? value : this.#text(value, key);
    if (Array.isArray(value)) {
      // Ids, and what a file says of itself.
      if (key === 'findings' && typeof value[0] === 'string') return value;
      if (key === 'evidence' && isProof(value))
        return value.map((one: FindingEvidence) => Object.fromEntries(inOrder(this.#line(one))));
      return value.map((one: unknown) => this.walked(one, key));
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(inOrder(value).map(([name, one]) => [name, this.walked(one, name)]));
  }

  #text(text: string, key: string): string {
    if (key === 'value' && this.#sessions.has(text)) return this.#number('session', text);
    if (key === 'value' && this.#words.has(text)) return this.#number('access word', text);
    return this.#owner === null ? this.#withoutSecrets(text) : this.#owner.without(this.#withoutSecrets(text), 'prose');
  }

  #withoutSecrets(text: string): string {
    let out = text;
    for (const secrets of [namedSecrets, credentials])
      out = secrets(out, (secret) => (secret.value.startsWith('‹') ? secret.value : this.#number(secret.kind, secret.value)));
    return out;
  }

  /** A line of a log: as {@link #text}, and access words in it. */
  #logged(text: string): string {
    const out = this.#withoutSecrets(text).replace(/[\p{L}\p{N}_-]{3,}/gu, (word) =>
      this.#words.has(word) ? this.#number('access word', word) : word,
    );
    return this.#owner === null ? out : this.#owner.without(out, 'line');
  }

  #line(evidence: FindingEvidence): FindingEvidence {
    const { rawBase64, decisiveBase64 } = evidence;
    const shown = this.#logged(evidence.shown);
    const artifact = this.#text(evidence.artifact, 'artifact');
    const raw = bytesOf(rawBase64);
    const coding = codingOf(raw);
    const parts = (): string[] => decisiveBase64.map((part) => utf8Base64(this.#part(part)));
    if (coding === null) {
      // A record that is no text cannot be changed within: whole, or not at all.
      const whole = this.#owner === null && shown === evidence.shown && !this.#holdsSecrets(raw);
      return whole ? { ...evidence, artifact } : { ...evidence, artifact, shown, rawBase64: '', decisiveBase64: parts() };
    }
    const text = decoded(raw, coding);
    const changed = this.#logged(text);
    if (this.#audience === 'public')
      return { ...evidence, artifact, shown: defang(changed, publicCharacters), rawBase64: '', decisiveBase64: parts() };
    if (changed === text) return { ...evidence, artifact };
    return { ...evidence, artifact, shown, rawBase64: utf8Base64(changed), decisiveBase64: parts() };
  }

  #part(part: string): string {
    const bytes = bytesOf(part);
    return this.#logged(decoded(bytes, codingOf(bytes) ?? 'utf8'));
  }

  /** Texts in a binary record stand in UTF-16, at even or odd places. */
  #holdsSecrets(bytes: Uint8Array): boolean {
    return [bytes, bytes.subarray(1)].some((from) => {
      const text = decoded(from, 'utf16');
      return this.#logged(text) !== text;
    });
  }

  #number(kind: Secret['kind'], value: string): string {
    let known = this.#numbers.get(kind);
    if (known === undefined) this.#numbers.set(kind, (known = new Map<string, string>()));
    let label = known.get(value);
    if (label === undefined) known.set(value, (label = `‹${kind} ${known.size + 1}›`));
    return label;
  }
}

const inOrder = (value: object): [string, unknown][] =>
  Object.entries(value).sort(([a], [b]) => byCodeUnit(a, b)) as [string, unknown][];

const isProof = (list: readonly unknown[]): list is readonly FindingEvidence[] =>
  typeof list[0] === 'object' && list[0] !== null && 'rawBase64' in list[0];

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch {
    return new Uint8Array();
  }
}

const utf8 = new TextEncoder();
const utf8Base64 = (text: string): string => base64(utf8.encode(text));

/** What is text in the proof of a finding. */
function linesOf({ evidence }: Finding): string[] {
  return evidence.map(({ rawBase64, shown }) => {
    const bytes = bytesOf(rawBase64);
    const coding = codingOf(bytes);
    return coding === null ? shown : decoded(bytes, coding);
  });
}
