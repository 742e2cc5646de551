/**
 * `Get-MpThreatDetection` and `Get-MpThreat` as lists. The first says which files and what was done, the second says the names;
 * both carry the threat's number, by which they are joined when they stand in one text.
 * @see https://learn.microsoft.com/en-us/powershell/module/defender/get-mpthreatdetection
 */
import { claimDate, DateColumn } from '../core/local-time.ts';
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { type AntivirusAction, antivirusRecord, antivirusSource, isFile, resourceOf } from './antivirus-record.ts';
import { parseObjects, property, type PropertyObject } from './property-list.ts';
import { headLines } from './text-lines.ts';

/** Properties by which these objects are known, and those that stand before them. */
const telling =
  /^\s*(?:ThreatID|ThreatName|CleaningActionID|InitialDetectionTime|ThreatStatusID|DidThreatExecute|CurrentThreatExecutionStatusID)\s*:(?: |$)/;
const before =
  /^\s*(?:ActionSuccess|AdditionalActionsBitMask|AMProductVersion|CategoryID|DetectionID|DetectionSourceTypeID)\s*:(?: |$)/;

const cleaning: Readonly<Record<string, AntivirusAction>> = {
  '1': 'cleaned',
  '2': 'quarantined',
  '3': 'removed',
  '6': 'allowed',
  '9': 'none',
  '10': 'blocked',
};
const mostPaths = 500;

function resourcesOf(text: string): { readonly list: readonly string[]; readonly cut: boolean } {
  const bare = text.trim().replace(/^\{/, '').replace(/\}$/, '');
  const parts = bare.split(/,\s*(?=[a-z-]{3,20}:_|\.\.\.|\u2026)/i).map((part) => part.trim());
  const cut = parts.some((part) => /(?:\.\.\.|\u2026)$/.test(part));
  return { list: parts.filter((part) => part !== '' && !/^(?:\.\.\.|\u2026)$/.test(part)).slice(0, mostPaths), cut };
}

function actionFor({ fields }: PropertyObject): AntivirusAction {
  if (/^false$/i.test(fields.get('ActionSuccess') ?? '')) return 'failed';
  const id = fields.get('CleaningActionID') ?? '';
  return Object.hasOwn(cleaning, id) ? cleaning[id]! : '';
}

function parse(text: string, problems: Problems): PlainRecord[] {
  const objects = [...parseObjects(text)].filter(({ fields }) => fields.has('ThreatID') || fields.has('ThreatName'));
  const names = new Map<string, string>();
  const detected = new Set<string>();
  const column = new DateColumn();
  for (const { fields } of objects) {
    const id = fields.get('ThreatID');
    const name = fields.get('ThreatName');
    if (id !== undefined && name !== undefined && name !== '') names.set(id, name);
    if (id !== undefined && !fields.has('ThreatName')) detected.add(id);
    column.learn(fields.get('InitialDetectionTime') ?? '');
  }
  const records: PlainRecord[] = [];
  for (const found of objects) {
    const { fields } = found;
    const id = fields.get('ThreatID') ?? '';
    // The object that only names a threat is told by the detections of that threat.
    if (fields.has('ThreatName') && detected.has(id)) continue;
    const { list, cut } = resourcesOf(fields.get('Resources') ?? '');
    if (cut) problems.add('row.cut_off', found.start, { found: 'Resources' });
    const date = fields.get('InitialDetectionTime') ?? '';
    const { timeMs, local } = claimDate(column.read(date), date, found.start, problems);
    const files = list.map((resource) => resourceOf(resource)).filter(({ scheme }) => isFile(scheme));
    for (const path of files.length > 0 ? files.map((file) => file.path) : [list[0] ?? '']) {
      records.push(
        antivirusRecord(found, {
          Tool: 'Defender',
          Kind: 'detection',
          Threat: fields.get('ThreatName') ?? names.get(id) ?? `threat ${id}`,
          Path: path,
          Action: actionFor(found),
          Result: ['ActionSuccess', 'CleaningActionID', 'ThreatStatusID', 'IsActive']
            .filter((name) => (fields.get(name) ?? '') !== '')
            .map((name) => `${name} ${fields.get(name)!}`)
            .join(', '),
          Seen: Number.isNaN(timeMs) ? (local ?? '') : new Date(timeMs).toISOString(),
          Process: fields.get('ProcessName') ?? '',
        }),
      );
    }
  }
  return records;
}

export const defenderList: Reader = {
  kind: 'defender-list',
  logSource: antivirusSource,
  speaksFor: 'excerpt',
  clock: 'local',
  blockBytes: null,
  recognise(head) {
    const lines = headLines(head, 200).filter((line) => line.trim() !== '');
    return lines.length > 0 && property.test(lines[0]!) && lines.filter((line) => telling.test(line)).length >= 2 ? 0.92 : 0;
  },
  claims(line, previous) {
    if (telling.test(line)) return 2;
    return before.test(line) || (previous && (property.test(line) || /^\s+\S/.test(line))) ? 1 : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(antivirusSource, demand, parse),
};
