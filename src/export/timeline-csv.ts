/**
 * `timeline.csv`: every line of proof as one event, for Timesketch and spreadsheets.
 * @see https://timesketch.org/guides/user/import-from-json-csv/ (mandatory columns: message, datetime, timestamp_desc)
 */
import type { Assessment, Finding, FindingEvidence } from '../core/assessment.ts';
import { byCodeUnit } from '../core/text.ts';
import { csvCell } from './cell.ts';

export const timelineColumns = [
  'message',
  'datetime',
  'timestamp_desc',
  'timestamp',
  'host',
  'stage',
  'confidence',
  'campaign',
  'rule',
  'artifact',
  'offset',
  'line',
  'sha256',
  'finding_id',
  'tag',
] as const;

interface Event {
  readonly finding: Finding;
  readonly evidence: FindingEvidence;
  /** UTC milliseconds; null when the row has no time: Timesketch passes over such rows, they stand last. */
  readonly timeMs: number | null;
}

/** UTF-8 without a byte order mark; lines end with CR LF (RFC 4180); in order of time, rows without one last. */
export function timelineCsv(assessment: Assessment): string {
  const events = assessment.findings.flatMap((finding) =>
    finding.evidence.map((evidence): Event => {
      const time = Date.parse(evidence.timeUtc ?? finding.timeUtc ?? '');
      return { finding, evidence, timeMs: Number.isNaN(time) ? null : time };
    }),
  );
  events.sort(
    (a, b) =>
      (a.timeMs ?? Number.POSITIVE_INFINITY) - (b.timeMs ?? Number.POSITIVE_INFINITY) ||
      byCodeUnit(a.finding.id, b.finding.id) ||
      byCodeUnit(a.evidence.artifact, b.evidence.artifact) ||
      a.evidence.offsetBytes - b.evidence.offsetBytes,
  );
  const lines = [timelineColumns.join(','), ...events.map(eventLine)];
  return lines.map((line) => `${line}\r\n`).join('');
}

function eventLine({ finding, evidence, timeMs }: Event): string {
  const cells: Record<(typeof timelineColumns)[number], string | number | null> = {
    message: `${finding.title}: ${evidence.shown}`,
    datetime: timeMs === null ? null : new Date(timeMs).toISOString(),
    timestamp_desc: 'Event Logged',
    // Milliseconds are what we have; Timesketch counts in microseconds.
    timestamp: timeMs === null ? null : timeMs * 1000,
    host: finding.host,
    stage: finding.stage,
    confidence: finding.confidence,
    campaign: finding.campaign,
    rule: finding.rule,
    artifact: evidence.artifact,
    offset: evidence.offsetBytes,
    line: evidence.line,
    sha256: evidence.sha256,
    finding_id: finding.id,
    tag: [...finding.techniques, ...finding.cves, ...(finding.declared === null ? [] : ['declared'])].join(','),
  };
  return timelineColumns.map((column) => csvCell(cells[column])).join(',');
}
