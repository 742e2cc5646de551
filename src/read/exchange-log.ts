/**
 * Any other log of Exchange that names its columns: read by its own header. Columns that are known in other logs are known here; of all
 * others nobody can say who wrote them, so they are the client's words.
 * @see docs/reference/sources.md#exchange-log
 */
import type { Reader } from '../core/record.ts';
import { exchangeLog } from './exchange-csv.ts';
import { commonFields } from './exchange-fields.ts';
import { headOf } from './head.ts';
import { by, type FieldFacts } from './layout.ts';

/** Beside the common ones those of the audit queue (`Logging\\CosmosQueue`, `Logging\\LocalQueue`): administrators' cmdlets. */
const fields: Readonly<Record<string, FieldFacts>> = {
  ...commonFields,
  RecordType: by('server'),
  Data: by('client', 'message'),
  UserKey: by('server', 'user.name'),
  RecordId: by('server'),
  Operation: by('server', 'cmdlet'),
  Workload: by('server', 'service.name'),
  ResultStatus: by('server', 'cmdlet.result'),
};

const byHeader = exchangeLog({
  kind: 'exchange-log',
  logSource: 'exchange-log',
  logType: null,
  telling: [],
  required: [],
  path: /$^/,
  fields,
  timeField: null,
});

export const exchangeOther: Reader = {
  ...byHeader,
  /** Less than every reader that knows the log. */
  recognise(head) {
    const { software, logType, mixed, fieldLists } = headOf(head);
    if (fieldLists.length === 0 || (!/^Microsoft Exchange/i.test(software ?? '') && logType === null)) return 0;
    return mixed ? 0.8 : 0.9;
  },
  claims(line, previous) {
    // Asked after the readers that know their log's type.
    if (/^#\s*Log-type\s*:/i.test(line)) return previous ? 0 : 1;
    return previous ? byHeader.claims(line, previous) : 0;
  },
};
