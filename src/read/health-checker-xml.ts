/**
 * The XML that HealthChecker writes beside its text (`HealthChecker-<server>-….xml`, CLIXML). Of its thousands of properties only the
 * server's name, build, product and role, and when it was made, are taken. Its times carry their zone.
 * @see https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/
 */
import { DateColumn } from '../core/local-time.ts';
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { buildOf, healthRecord, healthSource } from './health-checker-record.ts';

/** Elements with a name whose text is looked at. */
const element = /<([A-Za-z0-9]{1,20}) N="([A-Za-z0-9_]{1,60})"[^<>]{0,200}>([^<]{0,400})/y;

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

interface Draft {
  readonly start: number;
  end: number;
  readonly server: string;
  build: string;
  product: string;
  role: string;
  timeMs: number;
}

function parse(text: string): PlainRecord[] {
  const drafts: Draft[] = [];
  const dates = new DateColumn();
  let draft: Draft | null = null;
  let inSetup = false;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    element.lastIndex = at;
    const match = element.exec(text);
    if (match === null) continue;
    const [whole, type, name, raw] = match as unknown as [string, string, string, string];
    const value = unescaped(raw).trim();
    const end = at + whole.length;
    if (name === 'ServerName' && type === 'S' && value !== '') {
      // Nested objects repeat the name of their server.
      if (draft?.server.toUpperCase() !== value.toUpperCase()) {
        draft = { start: at, end, server: value, build: '', product: '', role: '', timeMs: Number.NaN };
        drafts.push(draft);
      }
      continue;
    }
    if (draft === null) continue;
    const take = (): void => void (draft!.end = end);
    if (name === 'GenerationTime' && type === 'DT' && Number.isNaN(draft.timeMs)) {
      const date = dates.read(value.replace(/(\.\d{3})\d+/, '$1'));
      if (date.kind === 'utc') draft.timeMs = date.utcMs;
      take();
    } else if (name === 'ExchangeSetup') inSetup = true;
    else if (inSetup && name === 'FileVersion') {
      inSetup = false;
      if (draft.build === '' && buildOf(value) !== null) {
        draft.build = buildOf(value)!;
        take();
      }
    } else if (name === 'FriendlyName' && draft.product === '' && /^Exchange/.test(value)) {
      draft.product = value;
      take();
    } else if (name === 'ServerRole' && draft.role === '' && type === 'S') {
      draft.role = value;
      take();
    }
  }
  let line = 0;
  let counted = 0;
  return drafts
    .filter(({ build, product }) => build !== '' || product !== '')
    .map((one) => {
      for (let i = text.indexOf('\n', counted); i !== -1 && i < one.start; i = text.indexOf('\n', i + 1)) {
        line++;
        counted = i + 1;
      }
      return healthRecord(
        { start: one.start, end: one.end, line },
        { Server: one.server, Kind: 'server', Build: one.build, Product: one.product, Role: one.role },
        one.timeMs,
      );
    });
}

export const healthCheckerXml: Reader = {
  kind: 'health-checker-xml',
  logSource: healthSource,
  speaksFor: 'state',
  clock: 'utc',
  blockBytes: null,
  recognise: (head) =>
    head.includes('http://schemas.microsoft.com/powershell/2004/04') &&
    /N="(?:ServerName|GenerationTime|HealthCheckerVersion)"/.test(head)
      ? 0.95
      : 0,
  claims: () => 0,
  scanner: (demand: Demand): Scanner => new PlainScanner(healthSource, demand, parse),
};
