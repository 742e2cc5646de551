/** What `net user` and `net localgroup <group>` print: names in columns, or one a line, below a rule. English, German, French. */
import type { Demand, Reader, Scanner } from '../core/record.ts';
import { type PlainRecord, PlainScanner } from '../kernel/index.ts';
import { layoutOfNoun, nouns } from './powershell-nouns.ts';
import { firstLines, textLines } from './text-lines.ts';

const source = 'local-user';
const layout = layoutOfNoun(nouns.find(({ logSource }) => logSource === source)!);

const opening = /^\s*(?:User accounts for|Benutzerkonten f\u00fcr|Comptes d.utilisateurs de) \\\\([A-Za-z0-9_.-]{1,64})\s*$/i;
const groupOpening = /^(?:Alias name|Aliasname|Nom alias)\s{2,}(\S.{0,200})$/;
const rule = /^-{20,}\s*$/;
const closing = /^(?:The command completed|Der Befehl wurde|La commande s)/;
/** Names stand in columns of this width. */
const width = 25;

function* parseNames(text: string): Generator<PlainRecord> {
  let computer = '';
  let group = '';
  let inNames = false;
  for (const line of textLines(text)) {
    const named = opening.exec(line.text);
    const ofGroup = groupOpening.exec(line.text);
    if (named !== null || ofGroup !== null) {
      computer = named?.[1] ?? '';
      group = ofGroup?.[1]?.trim() ?? '';
      inNames = false;
    } else if (rule.test(line.text)) inNames = computer !== '' || group !== '';
    else if (closing.test(line.text)) [computer, group, inNames] = ['', '', false];
    else if (inNames) {
      const step = group === '' ? width : 1000;
      for (let at = 0; at < line.text.length && at < 1000; at += step) {
        const name = line.text.slice(at, at + step).trim();
        if (name === '') continue;
        const start = line.start + line.text.indexOf(name, at);
        const fields = new Map([['Name', name]]);
        if (computer !== '') fields.set('Computer', computer);
        if (group !== '') fields.set('Group', group);
        yield { start, end: start + name.length, line: line.number, timeMs: Number.NaN, layout, fields };
      }
    }
  }
}

export const netUser: Reader = {
  kind: 'net-user',
  logSource: source,
  speaksFor: 'state',
  clock: 'local',
  blockBytes: null,
  recognise: (head) => (firstLines(head, 3).some((line) => opening.test(line) || groupOpening.test(line)) ? 0.85 : 0),
  claims(line, previous) {
    if (opening.test(line) || groupOpening.test(line)) return 2;
    if (!previous) return 0;
    // Names have no mark that a sentence ends with.
    return rule.test(line) ||
      closing.test(line) ||
      /^[^.,;:!?]{1,120}$/.test(line) ||
      /^(?:Comment|Kommentar|Beschreibung|Members|Mitglieder)\b/.test(line)
      ? 1
      : 0;
  },
  scanner: (demand: Demand): Scanner => new PlainScanner(source, demand, parseNames),
};
