/**
 * Facts about Exchange: which builds there are, which holes each has, what closes them. In: the text of the files in `knowledge/`,
 * by whatever reads files. Out: checked plain data, and answers to "which build is this" and "is this hole open in it". What is
 * wrong in a file is shown in its line. Loaded only when somebody asks about a build; no run needs it to start.
 */
export { countriesOf, dutiesIn, type Duty, loadDuties } from './duties.ts';
export { nearestFix, newestOf, type Fix } from './fixes.ts';
export { fourFixes, type HoleAnswer, holeIn, type HoleReason, type HoleState, type Installed } from './holes.ts';
export { cuName, type Identity, identify, releaseName } from './identify.ts';
export { KnowledgeError, type KnowledgeFile } from './lines.ts';
export {
  type ExtraStep,
  type Hole,
  isMeant,
  type Knowledge,
  knowledgeFiles,
  loadKnowledge,
  type Mitigation,
  type Release,
  type SetupLevel,
} from './load.ts';
export {
  baselineMark,
  type KnownFile,
  loadShipped,
  type Shipped,
  type ShippedFile,
  shippedKinds,
  shippedPathOf,
  writeBaseline,
} from './shipped.ts';
export { type Spelling, spelled } from './spelling.ts';
