/**
 * What the user hands in → recognised artifacts. In: paths and read-only access to files. Out: every file with its kind (or why it
 * is not read), its place on the server, and the problems of the hand-over.
 */
export type { Artifact, Part } from './artifact.ts';
export { place, type Placement } from '../core/canonical-path.ts';
export { gather, type Gathered, gatherLimits, type GatherLimits } from './gather.ts';
export { bytesSource, readFully } from './archive/index.ts';
export { headHashBytes } from './recognise.ts';
export type { PlaceProblem } from './walk.ts';
export { type Belonging, type Collections, collectionsOf } from './collection/index.ts';
