/**
 * `TransportRoles\Shared\agents.config` and `fetagents.config`: the transport agents as the server itself reads them, in order. The cmdlets of
 * Exchange write it, and so can whoever holds the server: an agent that stands here is loaded, whatever is printed of it.
 * @see https://learn.microsoft.com/en-us/exchange/mail-flow/transport-agents/transport-agents
 */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import type { Problems } from '../core/problem.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { layoutOfNoun, nouns } from './powershell-nouns.ts';
import { xmlPieces } from './xml-pieces.ts';

const logSource = 'transport-agent-config';
const layout = layoutOfNoun(nouns.find((noun) => noun.logSource === logSource)!);

/** Attribute of the file, in lower case → field. */
const fieldOf: Readonly<Record<string, string>> = {
  name: 'Identity',
  enabled: 'Enabled',
  classfactory: 'TransportAgentFactory',
  assemblypath: 'AssemblyPath',
};
const asPrinted = (value: string): string => (/^true$/i.test(value) ? 'True' : /^false$/i.test(value) ? 'False' : value);

function* records(text: string, problems: Problems): Generator<PlainRecord> {
  let inList = false;
  let priority = 0;
  let line = 0;
  let counted = 0;
  for (const piece of xmlPieces(text)) {
    if (piece.kind === 'broken') problems.add('xml.broken', piece.start);
    if (piece.kind === 'close' && piece.name === 'agentList') inList = false;
    if (piece.kind !== 'open') continue;
    if (piece.name === 'agentList') inList = !piece.empty;
    if (!inList || piece.name !== 'agent') continue;
    for (let at = text.indexOf('\n', counted); at !== -1 && at < piece.start; at = text.indexOf('\n', counted)) {
      line++;
      counted = at + 1;
    }
    const fields = new Map<string, string>([['Priority', String(++priority)]]);
    for (const [name, value] of piece.attributes) {
      const lower = name.toLowerCase();
      if (Object.hasOwn(fieldOf, lower) && value !== '') fields.set(fieldOf[lower]!, asPrinted(value));
    }
    yield { start: piece.start, end: piece.end, line, timeMs: Number.NaN, layout, fields };
  }
}

export const agentsConfig: Reader = {
  kind: 'agents-config',
  logSource,
  speaksFor: 'state',
  clock: 'unknown',
  blockBytes: null,
  recognise: (head) => (/<configuration[\s>]/.test(head) && head.includes('<mexRuntime') ? 0.97 : 0),
  claims: () => 0,
  scanner: (demand: Demand): Scanner => new PlainScanner(logSource, demand, records),
};
