/**
 * What Microsoft's Test-ProxyLogon (first Test-Hafnium) says on the console, in the forms of its versions from March 2021 on: which
 * checks found something, what else looked odd, how many days of each log there were, what it could not check. Its word is a
 * pointer, not a proof; an empty log age means that this log was not there.
 * @see https://github.com/microsoft/CSS-Exchange/blob/main/docs/Security/Test-ProxyLogon.md
 */
import type { Problems } from '../core/problem.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { parseLogAges, type ProxylogonKind, proxylogonRecord, proxylogonSource } from './test-proxylogon-record.ts';
import { trimmedLines } from './text-lines.ts';

const status = /^\s*(?:ProxyLogon|Hafnium) Status: Exchange Server (\S+)/i;
const ages = /^\s*Log age days:\s*(.*)$/i;
const suspicious = /^\s*\[?(CVE-2021-\d{4,5})\]?:?\s*((?:Suspicious activity found|Web[Ss]hell possibly downloaded) .*)$/i;
const other = /^\s*Other suspicious files found:\s*(\d+)/i;
const listed = /^\s*(SuspiciousArchive|LsassDump)\s*:\s*(.+)$/i;
const nothing = /^\s*Nothing suspicious detected/i;
const file = /^\s+'?[A-Za-z]:\\\S.*$/;
const bareFile = /^[A-Za-z]:\\\S.*$/;
const report = /^\s*Report exported to:\s*(.+)$/i;
const eventCount = /^\s*\d{1,7} events found\s*$/i;
const skipped =
  /^\s*(?:Exchange 2013 or later not found\. Skipping (.{3,60}?)\.?$|(MSExchange Unified Messaging provider is not present).*$|Warning: (Unable to copy file .{1,400})$)/i;
/** The first versions: a heading for each check, then a sentence; the word before the colon is in the server's language. */
const checking = /^\s*Checking for (?:(CVE-2021-\d{4,5}) in the (.{2,40})|suspicious files)\s*$/i;
const oldNothing = /^\s*No suspicious (?:entries|lsass dumps|zip files) found\.?\s*$/i;
const oldFound =
  /^\s*(?:\p{L}{3,20}:\s*)?(Suspicious (?:entries|OAB download entries|event log entries|virtual directory modifications) .{5,600}|lsass\.exe dumps found.{0,200}|Zipped files found in .{1,200})$/iu;
/** PowerShell could not do what a check asked it to. */
const refused = /^\s*(?:Import-Csv|Get-ChildItem|Select-String|Get-WinEvent|Get-Item|Get-ItemProperty)\s?:\s(.{3,400})$/i;
const furniture = /^\s*(?:Please review|Please scan|WebShells possibly|Copying |Creating |This script checks)/i;

const oldCve = (words: string): string =>
  /OAB download/i.test(words)
    ? 'CVE-2021-26858'
    : /event log/i.test(words)
      ? 'CVE-2021-26857'
      : /virtual directory/i.test(words)
        ? 'CVE-2021-27065'
        : /HttpProxy/i.test(words)
          ? 'CVE-2021-26855'
          : '';

function parseConsole(text: string, problems: Problems): PlainRecord[] {
  const records: PlainRecord[] = [];
  let server = '';
  let cve = '';
  let listing = false;
  for (const line of trimmedLines(text)) {
    const words = line.text.slice(0, 2000);
    const add = (kind: ProxylogonKind, cveId: string, value: string, path = ''): void => {
      const place = { start: line.start, end: line.end, line: line.number };
      records.push(proxylogonRecord(place, { Server: server, Kind: kind, Cve: cveId, Value: value, Path: path }));
    };
    const skip = (what: string): void => {
      add('skipped', '', what);
      problems.add('tool.skipped', line.start, { found: what });
    };
    const serverMatch = status.exec(words);
    const agesMatch = ages.exec(words);
    const suspiciousMatch = suspicious.exec(words);
    const listedMatch = listed.exec(words);
    const skippedMatch = skipped.exec(words);
    const refusedMatch = refused.exec(words);
    const reportMatch = report.exec(words);
    const checkingMatch = checking.exec(words);
    const oldMatch = oldFound.exec(words);
    if (serverMatch !== null) {
      server = serverMatch[1]!;
      cve = '';
      listing = false;
    } else if (agesMatch !== null) {
      for (const [name, days] of parseLogAges(agesMatch[1]!)) {
        add(days === null ? 'log_absent' : 'log_age', '', days === null ? name : `${name} ${days}`);
        if (days === null) problems.add('tool.skipped', line.start, { found: name === 'Oabgen' ? 'OABGenerator log' : name });
      }
    } else if (suspiciousMatch !== null) {
      cve = suspiciousMatch[1]!.toUpperCase();
      listing = true;
      add('suspicious', cve, suspiciousMatch[2]!);
    } else if (listedMatch !== null) add('other_suspicious_file', '', listedMatch[2]!, listedMatch[2]);
    else if (nothing.test(words)) add('nothing_found', '', words.trim());
    else if (oldNothing.test(words)) add('nothing_found', cve, words.trim());
    else if (skippedMatch !== null) skip((skippedMatch[1] ?? skippedMatch[2] ?? skippedMatch[3])!);
    else if (refusedMatch !== null) skip(refusedMatch[1]!);
    else if (reportMatch !== null) add('report', '', reportMatch[1]!.trim(), reportMatch[1]!.trim());
    else if (checkingMatch !== null) {
      cve = (checkingMatch[1] ?? '').toUpperCase();
      listing = false;
    } else if (oldMatch !== null) {
      const told = oldCve(oldMatch[1]!) || cve;
      cve = told;
      listing = true;
      if (/^Suspicious/i.test(oldMatch[1]!)) add('suspicious', told, oldMatch[1]!);
    } else if (listing && (file.test(words) || bareFile.test(words))) {
      const path = words.trim().replace(/^'|'$/g, '');
      add(cve === '' ? 'other_suspicious_file' : 'suspicious_file', cve, path, path);
    }
  }
  return records;
}

const telling = (line: string): boolean => status.test(line) || suspicious.test(line) || checking.test(line);

export const testProxylogonConsole: Reader = {
  kind: 'test-proxylogon-console',
  logSource: proxylogonSource,
  speaksFor: 'excerpt',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) => (head.split(/\r?\n|\r/, 200).some((line) => telling(line)) ? 0.85 : 0),
  claims(given, previous) {
    const line = given.slice(0, 2000);
    if (telling(line) || (oldFound.test(line) && /Check the|"(?:Set-|Download failed)|System\.InvalidCast|expected:/i.test(line)))
      return 2;
    if (skipped.test(line) && /Skipping/i.test(line)) return 2;
    return previous &&
      (ages.test(line) ||
        other.test(line) ||
        listed.test(line) ||
        nothing.test(line) ||
        oldNothing.test(line) ||
        oldFound.test(line) ||
        skipped.test(line) ||
        refused.test(line) ||
        report.test(line) ||
        eventCount.test(line) ||
        file.test(line) ||
        bareFile.test(line) ||
        furniture.test(line))
      ? 1
      : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(proxylogonSource, demand, parseConsole),
};
