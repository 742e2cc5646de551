/** What other tools say of a server, in words. It is their word: a span that they read, a check that they skipped, never a proof. */
import type { Said } from '../core/assessment.ts';
import { byCodeUnit } from '../core/text.ts';
import type { Observed, TupleCount } from '../run/index.ts';
import { byEvidence, byRule } from './because.ts';
import { sentences } from './messages.ts';

/** Files of a tool that are named with what it says. */
const filesNamed = 3;

/** @param evidenceId of an artifact, as the assessment has it */
export function toolNotesOf(observed: Observed, evidenceId: (artifact: Observed['artifacts'][number]) => string): Said[] {
  const said = (logSource: string, group: string, say: (rows: readonly TupleCount[]) => string[]): Said[] => {
    const files = observed.artifacts.filter(({ parts }) => parts.some((part) => part.logSource === logSource));
    const rows = files.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.logSource === logSource ? [...(part.groups.get(group) ?? [])] : [])),
    );
    const because = [...files.slice(0, filesNamed).map((file) => byEvidence(evidenceId(file))), byRule('coverage.tool_word')];
    return say(rows).map((text) => ({ text, because }));
  };
  return [
    ...said('test-proxylogon', 'Server|Kind|Value', ofTestProxyLogon),
    ...said('compare-exchange-hashes', 'Error', ofHashes),
    ...said('antivirus', 'Server|Tool|Kind|Action', ofScans),
    ...said('eomt', 'Server|Kind|Value', ofMitigation),
  ];
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort(byCodeUnit);

function ofTestProxyLogon(rows: readonly TupleCount[]): string[] {
  const values = (kind: string): string[] => [
    ...new Set(rows.filter(({ tuple }) => tuple[1] === kind).map(({ tuple }) => tuple[2] ?? '')),
  ];
  const days = values('log_age')
    .map((age) => Number(age.split(' ').at(-1)))
    .filter((age) => Number.isFinite(age));
  return [
    ...(days.length > 0 ? [sentences.toolAges(Math.floor(Math.min(...days)), Math.floor(Math.max(...days)))] : []),
    ...values('log_absent').map((name) => sentences.toolAbsent(name)),
    ...(values('suspicious').length > 0 ? [sentences.toolSuspicious([])] : []),
    ...(values('other_suspicious_file').length > 0 ? [sentences.toolFiles(values('other_suspicious_file').length)] : []),
    ...(values('nothing_found').length > 0 ? [sentences.toolNothing] : []),
  ];
}

function ofHashes(rows: readonly TupleCount[]): string[] {
  const count = (error: RegExp): number =>
    rows.filter(({ tuple }) => error.test(tuple[0] ?? '')).reduce((sum, { count: own }) => sum + own, 0);
  const [unknown, suspicious] = [count(/^NoHashMatch$/i), count(/^Suspicious$/i)];
  return unknown + suspicious === 0 ? [] : [sentences.toolHashes(unknown, suspicious)];
}

function ofScans(rows: readonly TupleCount[]): string[] {
  const tools = (kind: string): string[] =>
    distinct(rows.filter(({ tuple }) => tuple[2] === kind).map(({ tuple }) => tuple[1] ?? ''));
  const clean = tools('clean').filter((tool) => tool !== '' && !tools('detection').includes(tool));
  return clean.length === 0 ? [] : [sentences.scanClean(clean)];
}

function ofMitigation(rows: readonly TupleCount[]): string[] {
  const of = (...kinds: readonly string[]): readonly TupleCount[] => rows.filter(({ tuple }) => kinds.includes(tuple[1] ?? ''));
  const vulnerable = of('vulnerable');
  return [
    ...(vulnerable.length > 0
      ? [sentences.eomtVulnerable(distinct(vulnerable.map(({ tuple }) => tuple[0] ?? '').filter((host) => host !== '')))]
      : []),
    ...(of('mitigated').length > 0 ? [sentences.eomtMitigated] : []),
    ...(of('mitigation_failed', 'failed').length > 0 ? [sentences.eomtFailed] : []),
    ...(of('summary').length > 0 && rows.length === of('summary', 'failed').length ? [sentences.eomtSummary] : []),
  ];
}
