/**
 * What the user hands in → recognised artifacts. In: paths and read-only access to files. Out: every file with its kind (or why it
 * is not read), its place on the server, and the problems of the hand-over.
 */
export type { Artifact, Part } from './artifact.ts';
export { place, type Placement } from './canonical-path.ts';
export { type Belonging, type Collections, collectionsOf, mayBeRecord } from './collection/index.ts';
export { gather, type Gathered, gatherLimits, type PlaceProblem } from './gather.ts';
