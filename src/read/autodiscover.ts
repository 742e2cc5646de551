/**
 * Autodiscover's own log of the back end (`Logging\\Autodiscover`). Its columns have not been published: they are read by the file's
 * own header, and known by the names that other logs of Exchange use.
 * @see docs/reference/sources.md#autodiscover
 */
import { exchangeLog } from './exchange-csv.ts';
import { commonFields } from './exchange-fields.ts';
import { by, type FieldFacts } from './layout.ts';

const fields: Readonly<Record<string, FieldFacts>> = {
  ...commonFields,
  EmailAddress: by('client'),
  LegacyDN: by('client'),
  FrontEndServer: by('client'),
};

export const autodiscover = exchangeLog({
  kind: 'autodiscover',
  logSource: 'autodiscover',
  logType: /^Auto ?discover\b/i,
  telling: [],
  required: [],
  path: /\\(?:Logging\\Autodiscover|AutoD_Logs)\\/i,
  fields,
  timeField: null,
});
