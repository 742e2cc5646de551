/**
 * Lines of Loki and THOR, as text and as Loki's `--csv`: which rules a file matched. A match is a pointer; these scanners remove
 * nothing. Loki's times are UTC and those of the scan, not of the file.
 * @see https://github.com/Neo23x0/Loki
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { antivirusRecord, antivirusSource } from './antivirus-record.ts';
import { headLines, trimmedLines } from './text-lines.ts';

const textShape =
  /^(\d{8}T\d\d:\d\d:\d\dZ|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (\S{1,128}) (LOKI|THOR)(?:\[\d{1,9}\])?: (Alert|Warning|Notice|Info|Result|Error): (?:MODULE: (\w{1,40}) )?MESSAGE: /i;
const csvShape = /^(\d{8}T\d\d:\d\d:\d\dZ),([^,\s]{1,128}),(ALERT|WARNING|NOTICE|INFO|RESULT|ERROR),(?:(\w{1,40}),)?(?=\S)/;
const cleanWords = /SYSTEM SEEMS TO BE CLEAN|No Indicators detected/i;

/** A key of the message is a word in capitals before a colon; its value ends where the next one begins. */
function valueOf(message: string, key: string): string {
  const at = message.startsWith(`${key}: `) ? 0 : message.indexOf(` ${key}: `);
  if (at === -1) return '';
  const from = at + key.length + (at === 0 && message.startsWith(`${key}: `) ? 2 : 3);
  const next = / (?:[A-Z][A-Z0-9_]{1,24}): /.exec(message.slice(from, from + 4096));
  return message.slice(from, next === null ? from + 4096 : from + next.index).trim();
}

const loosest = 20;

function rulesOf(message: string): string {
  const names: string[] = [];
  for (const [, name] of message.matchAll(/(?:MATCH: |YARA rule (?!MATCH)|RULE: )([^\s,;]{2,120})/gi)) {
    if (!names.includes(name!)) names.push(name!);
    if (names.length >= loosest) break;
  }
  return names.length > 0 ? names.join(' ') : valueOf(message, 'REASON_1').slice(0, 200);
}

function parse(text: string): PlainRecord[] {
  const records: PlainRecord[] = [];
  for (const line of trimmedLines(text)) {
    const asText = textShape.exec(line.text);
    const asCsv = asText === null ? csvShape.exec(line.text) : null;
    const shape = asText ?? asCsv;
    if (shape === null) continue;
    const [seen, server] = [shape[1]!, shape[2]!.split('/', 1)[0]!];
    const level = (asText === null ? shape[3]! : shape[4]!).toLowerCase();
    const tool = asText === null || /loki/i.test(shape[3]!) ? 'Loki' : 'THOR';
    const message = line.text.slice(shape[0].length);
    const place = { start: line.start, end: line.end, line: line.number };
    const stamp = /^(\d{4})(\d\d)(\d\d)T(.*)$/.exec(seen);
    const common = {
      Tool: tool,
      Server: server,
      Seen: stamp === null ? seen : `${stamp[1]}-${stamp[2]}-${stamp[3]}T${stamp[4]}`,
    };
    const path = valueOf(message, 'FILE');
    if ((level === 'alert' || level === 'warning') && path !== '') {
      const score = valueOf(message, 'SCORE');
      records.push(
        antivirusRecord(place, {
          ...common,
          Kind: 'detection',
          Threat: rulesOf(message),
          Path: path,
          Action: 'none',
          Result: `${level}${score === '' ? '' : `, score ${score.slice(0, 12)}`}`,
          Hash: (valueOf(message, 'SHA256') || valueOf(message, 'MD5')).split(' ', 1)[0]!,
        }),
      );
    } else if (cleanWords.test(message)) records.push(antivirusRecord(place, { ...common, Kind: 'clean' }));
  }
  return records;
}

const isLine = (line: string): boolean => textShape.test(line) || csvShape.test(line);

export const loki: Reader = {
  kind: 'loki',
  logSource: antivirusSource,
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise(head) {
    const lines = headLines(head, 100).filter((line) => line.trim() !== '');
    const known = lines.filter(isLine).length;
    return known > 0 && known * 2 >= lines.length ? 0.92 : 0;
  },
  claims: (line) => (isLine(line.slice(0, 1000)) ? 2 : 0),
  scanner: (demand: Demand): Scanner => new PlainScanner(antivirusSource, demand, parse),
};
