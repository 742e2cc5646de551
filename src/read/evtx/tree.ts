/** What binary XML says, as a tree whose holes are the values of a template. */
import type { Instance } from './instance.ts';

export interface Attribute {
  readonly name: string;
  readonly parts: Node[];
}

export interface Element {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: Attribute[];
  readonly children: Node[];
  /** What rendering has worked out of it: an element of a template is shown once for each record. */
  plan: object | null;
}

/** `slot`: a value of the instance; left out with its element or attribute where it is optional and there is none. */
export type Node =
  | Element
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'slot'; readonly id: number; readonly optional: boolean }
  | Instance;

/** A definition, its names resolved. Of equal ones there is one, whatever chunk they stand in. */
export interface Template {
  /** Equal for equal definitions within one reader. */
  readonly serial: number;
  readonly guid: string;
  readonly nodes: readonly Node[];
}
