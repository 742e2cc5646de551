/**
 * The back end's own logs of Outlook on the web (`Logging\\OWA`). Their columns have not been published: they are read by the file's
 * own header.
 * @see docs/reference/sources.md#owa-backend
 */
import { exchangeLog } from './exchange-csv.ts';
import { commonFields } from './exchange-fields.ts';
import { by, type FieldFacts } from './layout.ts';

const fields: Readonly<Record<string, FieldFacts>> = {
  ...commonFields,
  EventId: by('server'),
  EventData: by('client'),
};

export const owaBackend = exchangeLog({
  kind: 'owa-backend',
  logSource: 'owa-backend',
  logType: /^OWA\b/i,
  telling: [],
  required: [],
  path: /\\(?:Logging\\OWA|OWA_Logs)\\/i,
  fields,
  timeField: null,
});
