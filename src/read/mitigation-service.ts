/**
 * Log of the emergency mitigation service (2021 and later): which mitigations were fetched and applied. Its columns have not been
 * published: they are read by the file's own header.
 * @see https://learn.microsoft.com/en-us/exchange/exchange-emergency-mitigation-service
 */
import { exchangeLog } from './exchange-csv.ts';
import { commonFields } from './exchange-fields.ts';
import { by, type FieldFacts } from './layout.ts';

const fields: Readonly<Record<string, FieldFacts>> = {
  ...commonFields,
  MitigationId: by('server'),
  Status: by('server', 'event.outcome'),
};

export const mitigationService = exchangeLog({
  kind: 'mitigation-service',
  logSource: 'mitigation-service',
  logType: /Mitigation/i,
  telling: [],
  required: [],
  path: /\\(?:Logging\\MitigationService|Mitigation_Service_Logs)\\/i,
  fields,
  timeField: null,
});
