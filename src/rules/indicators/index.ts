/**
 * Indicators of others. In: the text of lists in many forms. Out: an {@link IndicatorSet} of values that can be matched alone, and what was
 * left out with the reason; a {@link IndicatorTable} in which a worker looks values up, whatever their number.
 */
export {
  type About,
  type Indicator,
  type IndicatorKind,
  indicatorKinds,
  IndicatorSet,
  type LeftOut,
  mostIndicators,
  type Weakness,
} from './indicator.ts';
export { leftOutCodes, type LeftOutCode } from './left-out.ts';
export { longestList, readList } from './read-list.ts';
export { IndicatorTable, makeTable, type Meeting, type OnMeeting, type PackedTable } from './lookup.ts';
export { accountForm, addressForm, agentForm, emailForm, hostForm, maskedForm, pathForm, urlForm } from './values.ts';
