/**
 * Detection. In: rules and the candidate rows of a block. Out: hits. Plain functions of their input, so that they run in any
 * worker and give the same hits in any order.
 */
export { groupLimit, groupsOf, groupsOfReader } from './groups.ts';
export { learnPages, pageOfFile, pagesNamed } from './learn.ts';
export {
  IndicatorFolder,
  indicatorHitKey,
  askedFields,
  IndicatorMatcher,
  lookedAtWhole,
  mergeIndicatorHits,
} from './indicator-matcher.ts';
export { looksOf } from './indicator-fields.ts';
export { lookUp } from './indicator-text.ts';
export { HitFolder, hitRow, mergeHits } from './hits.ts';
export { type ListedHit, mergeOtherHits, OtherFolder } from './others.ts';
export {
  type Checked,
  type CheckedSource,
  checkSource,
  type Engine,
  type EngineMatch,
  EngineRefusal,
  type EngineRules,
  type EngineSource,
  externalNames,
  type FileNames,
  type FoundSignature,
  GroupScan,
  outlineOf,
  type TestedFile,
} from './yara/index.ts';
export { inventoryRules, listedRule, onlyListed } from './inventory-rules.ts';
