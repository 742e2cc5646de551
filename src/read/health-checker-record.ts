/** What Microsoft's HealthChecker says of a server, in common fields of its text and its XML; rules name it `health-checker`. */
import type { Layout } from '../core/record.ts';
import type { PlainRecord } from '../kernel/index.ts';
import { by, type FieldFacts, layoutOf } from './layout.ts';

export const healthSource = 'health-checker';

/** `Kind`: `server` (its build and role), `update` (an installed one), `vulnerability`, `setting`. */
export const healthFields: Readonly<Record<string, FieldFacts>> = {
  Server: by('server', 'server.name'),
  Kind: by('server'),
  Build: by('server', 'build'),
  Product: by('server'),
  Role: by('server'),
  Value: by('server', 'note'),
  Seen: by('server'),
};

const layout: Layout = layoutOf(healthSource, Object.keys(healthFields), healthFields);

export function healthRecord(
  place: Pick<PlainRecord, 'start' | 'end' | 'line'>,
  values: Readonly<Record<string, string>>,
  timeMs = Number.NaN,
): PlainRecord {
  const own = new Map(Object.entries(values).filter(([, value]) => value !== ''));
  return { start: place.start, end: place.end, line: place.line, timeMs, layout, fields: own };
}

/** `15.02.1748.039` → `15.2.1748.39`; null: not a build of Exchange. */
export function buildOf(text: string): string | null {
  const match = /^(8|14|15)\.(\d{1,2})\.(\d{1,4})\.(\d{1,4})$/.exec(text.trim());
  return match === null ? null : match.slice(1).map(Number).join('.');
}
