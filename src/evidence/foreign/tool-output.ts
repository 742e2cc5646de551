/** What detection tools and we ourselves made of evidence: verdicts, not what they were made of. By the names of columns and keys. */
import type { JsonOutline } from './json-outline.ts';

const has = (names: { has(name: string): boolean }, ...wanted: readonly string[]): boolean =>
  wanted.every((name) => names.has(name));

/** @see https://github.com/Yamato-Security/hayabusa, https://github.com/WithSecureLabs/chainsaw, https://github.com/wagga40/Zircolite */
export function tableOfTool(columns: readonly string[]): string | null {
  const names = new Set(columns);
  if (has(names, 'timestamp', 'ruletitle', 'level')) return 'output of Hayabusa';
  if (has(names, 'timestamp', 'detections', 'path')) return 'output of Chainsaw';
  if (has(names, 'rule_title', 'rule_level')) return 'output of Zircolite';
  if (has(names, 'detection rule', 'severity', 'detection domain')) return 'output of APT-Hunter';
  // Defender's own list of detections is read.
  if (names.has('threatid') || names.has('threat id')) return null;
  const alert = ['alertid', 'alert id', 'alert_id', 'detectid', 'detection id', 'incident id', 'incidentid'].some((name) =>
    names.has(name),
  );
  if (alert && (names.has('severity') || names.has('severityname') || names.has('alert severity')))
    return 'alerts of a detection product';
  return names.has('kibana.alert.rule.name') || names.has('signal.rule.name') ? 'alerts of Elastic' : null;
}

export function jsonOfTool({ first, second, any }: JsonOutline): string | null {
  if (has(first, 'RuleTitle', 'Level') && first.has('Timestamp')) return 'output of Hayabusa';
  if (has(first, 'group', 'kind', 'document')) return 'output of Chainsaw';
  if (has(first, 'title', 'rule_level') && (first.has('matches') || first.has('sigmafile'))) return 'output of Zircolite';
  if (any.has('kibana.alert.rule.name') || any.has('kibana.alert.uuid') || any.has('signal.rule.name'))
    return 'alerts of Elastic';
  if (has(second, 'description', 'confidence', 'matches')) return 'output of CHIRP';
  const lower = new Set([...first.keys(), ...second].map((name) => name.toLowerCase()));
  const alert = ['alertid', 'providerAlertId', 'detection_id', 'composite_id', 'detectid'].some((name) =>
    lower.has(name.toLowerCase()),
  );
  if (alert && ['severity', 'severityname', 'severity_name'].some((name) => lower.has(name)))
    return 'alerts of a detection product';
  return null;
}

const observable = ['kind', 'value', 'firstUtc', 'lastUtc', 'count', 'hosts'];

/** Our own: by content, wherever it was copied to. */
export function isOwnJson({ first }: JsonOutline): boolean {
  if (/^afterpatch\.\w{1,40}\/\d/.test(first.get('schema') ?? '')) return true;
  if (has(first, 'proves', 'doesNotProve', 'innocent', 'stage', 'evidence')) return true;
  return first.size === observable.length && has(first, ...observable);
}

export const isOwnTable = (columns: readonly string[]): boolean =>
  columns[0] === 'message' && columns[1] === 'datetime' && columns.includes('finding_id') && columns.includes('stage');

/** The page of a report; nothing else of it is asked. */
export function htmlOfTool(text: string): { readonly what: string; readonly own: boolean } | null {
  if (!/^\s*<(?:!doctype html|html)\b/i.test(text)) return null;
  const head = text.slice(0, text.search(/<body\b/i) === -1 ? 8192 : text.search(/<body\b/i));
  if (/<meta name="generator" content="Afterpatch"/.test(head)) return { what: 'report of Afterpatch', own: true };
  const title = /<title>([^<]{0,200})<\/title>/i.exec(head)?.[1] ?? '';
  const tool = /\b(THOR|Loki|Hayabusa|Zircolite|Nessus|Sysmon|ASGARD)\b.{0,60}\b(?:report|results?|summary|scan)\b/i.exec(
    title,
  )?.[1];
  return tool === undefined ? null : { what: `report of ${tool}`, own: false };
}
