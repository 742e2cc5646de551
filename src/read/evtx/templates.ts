/** Definitions of templates that chunks share. */
import type { Node, Template } from './tree.ts';

/** Those that are kept; a hostile log can have one in each record. */
const mostTemplates = 4096;

/** A definition as it stood in some chunk: bytes that are the same wherever it stands, and the names that its places stand for. */
export interface Stored {
  readonly template: Template;
  readonly bytes: Uint8Array;
  /** Behind which byte each place of four begins that differs from chunk to chunk, ascending. */
  readonly places: readonly number[];
  /** By place: the name that it stands for; null: a link between names, which means nothing here. */
  readonly names: readonly (string | null)[];
}

/** Definitions by what they say. One per reader and worker. */
export class Templates {
  readonly #known = new Map<string, Template>();
  readonly #stored = new Map<string, Stored[]>();
  #serial = 0;

  share(guid: string, nodes: readonly Node[]): Template {
    const key = guid + JSON.stringify(nodes);
    let template = this.#known.get(key);
    if (template === undefined) {
      if (this.#known.size >= mostTemplates) {
        this.#known.clear();
        this.#stored.clear();
      }
      template = { serial: ++this.#serial, guid, nodes };
      this.#known.set(key, template);
    }
    return template;
  }

  /** The template of a definition that was seen in another chunk; `nameAt`: the name whose place stands at a byte of this one. */
  find(guid: string, bytes: Uint8Array, at: number, size: number, nameAt: (at: number) => string | null): Template | null {
    for (const stored of this.#stored.get(`${guid}${size}`) ?? []) if (isSame(stored, bytes, at, nameAt)) return stored.template;
    return null;
  }

  store(guid: string, stored: Stored): void {
    const key = `${guid}${stored.bytes.length}`;
    const all = this.#stored.get(key);
    if (all === undefined) this.#stored.set(key, [stored]);
    else if (all.length < mostForms) all.push(stored);
  }
}

/** A name, and whether it stands at the place that names it or elsewhere. */
export const standing = ({ text, at }: { readonly text: string; readonly at: number }, place: number): string =>
  at === place + 4 ? text : `${text}\u0000`;

/** Names stand within a definition or elsewhere in the chunk: one template has several forms. */
const mostForms = 16;

function isSame(
  { bytes: own, places, names }: Stored,
  bytes: Uint8Array,
  at: number,
  nameAt: (at: number) => string | null,
): boolean {
  let from = 0;
  for (const place of places) {
    for (; from < place; from++) if (own[from] !== bytes[at + from]) return false;
    from = place + 4;
  }
  for (; from < own.length; from++) if (own[from] !== bytes[at + from]) return false;
  for (let i = 0; i < places.length; i++) if (names[i] !== null && nameAt(at + places[i]!) !== names[i]) return false;
  return true;
}

/**
 * Definitions by the id that an instance carries (the beginning of the GUID), as records that chunks list have borne them out: for records
 * that are left over from before and whose own definition was overwritten. Where two could be meant, none is.
 */
export class TemplatesById {
  readonly #known = new Map<number, { readonly template: Template; readonly count: number } | null>();

  learn(id: number, template: Template, count: number): void {
    const known = this.#known.get(id);
    if (known === undefined) {
      if (this.#known.size < mostTemplates) this.#known.set(id, { template, count });
    } else if (known !== null && (known.template.serial !== template.serial || known.count !== count)) this.#known.set(id, null);
  }

  find(id: number, count: number): Template | null {
    const known = this.#known.get(id) ?? null;
    return known?.count === count ? known.template : null;
  }
}
