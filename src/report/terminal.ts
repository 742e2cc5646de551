/** The answer in a terminal: under 30 lines at 80 columns; the page holds the rest. */
import type { Assessment } from '../core/assessment.ts';
import { endMs, enteredHosts, isUrgent, pickedOut, stillThere } from './answers.ts';
import { clockOf, msOf, sayInZone, sayShortDay } from './clock.ts';
import type { Clock } from './clock.ts';
import { messagesOf } from './messages.ts';
import type { Language, Messages } from './messages.ts';
import { cellsOf, clip, terminalText, wrap } from './terminal-text.ts';

export interface TerminalOptions {
  readonly nowMs: number;
  /** IANA name; an unknown one is a UserError. */
  readonly timeZone: string;
  readonly lang: Language;
  /** Columns; fewer than 40 count as 40, more than 100 as 100. */
  readonly width: number;
  readonly color: boolean;
  /** Where everything lies, as the operator would type it. */
  readonly caseFolder: string;
  readonly reportPath: string;
}

/** Lines at 80 columns, the last newline included. */
const lineLimit = 29;

type Paint = 'bold' | 'red' | 'yellow' | 'green' | 'dim';
const reset = '\u001b[0m';
// oxlint-disable-next-line no-control-regex -- our own colour codes
const paintCode = /\u001b\[[\d;]*m/g;
const codes: Readonly<Record<Paint, number>> = { bold: 1, red: 31, yellow: 33, green: 32, dim: 2 };

/** A part of the screen: its lines may be cut from `lines.length` down to `least`, the one with the highest `give` first. */
interface Part {
  readonly lines: readonly string[];
  readonly least: number;
  readonly give: number;
}

export function renderTerminal(assessment: Assessment, options: TerminalOptions): string {
  const say = messagesOf(options.lang);
  const clock = clockOf(options.timeZone, options.nowMs);
  const width = Math.min(100, Math.max(40, Math.floor(options.width)));
  const paint = (text: string, ...how: readonly Paint[]): string =>
    options.color && text !== '' ? `\u001b[${how.map((one) => codes[one]).join(';')}m${text}${reset}` : text;
  const { verdict, organisation } = assessment;
  const alarm: Paint = verdict.exitCode === 1 ? 'red' : verdict.exitCode === 2 ? 'yellow' : 'green';

  const hosts = organisation.hosts.length > 3 ? [...organisation.hosts.slice(0, 3), '…'] : organisation.hosts;
  const place = [hosts.join(', '), organisation.name].filter((text) => text !== '').join(' - ');
  const blank: Part = { lines: [''], least: 1, give: 0 };
  const labelled = (label: string, text: string, least: number, give: number): Part => ({
    lines: wrap(text, width, 14).map((line, index) => (index === 0 ? paint(label.padEnd(14), 'bold') + line.slice(14) : line)),
    least,
    give,
  });

  const still = stillThere(assessment, clock, say);
  const picked = pickedOut(assessment, say);
  const sentence = sayInZone(clock, verdict.sentence, endMs(assessment, clock))
    .map((piece) => piece.text)
    .join('');
  const ladder = ladderLines(assessment, clock, say, width);
  const parts: Part[] = [
    { lines: [paint(clip(`${say.product} - ${place}`, width), 'dim')], least: 1, give: 0 },
    blank,
    { lines: wrap(verdict.headline, width).map((line) => paint(line, 'bold', alarm)), least: 2, give: 1 },
    { lines: wrap(sentence, width), least: 4, give: 2 },
  ];
  if (isUrgent(assessment)) {
    const rest = wrap(`${say.terminal.first}: ${say.first(enteredHosts(assessment)).join(' ')}`, width);
    parts.push(blank, { lines: rest.map((line) => paint(line, 'yellow')), least: rest.length, give: 0 });
  }
  parts.push(
    blank,
    { lines: ladder, least: ladder.length, give: 0 },
    labelled(say.terminal.stillThere, [still.answer, still.because].join(' '), 1, 5),
    labelled(say.terminal.pickedOut, [picked.answer, picked.because].join(' '), 1, 9),
    { lines: missingLines(assessment, say, width, paint), least: 2, give: 6 },
    { lines: planLines(assessment, say, width, paint), least: 3, give: 0 },
    { lines: [''], least: 0, give: 8 },
    labelled(say.terminal.report, say.terminal.reportAt(options.reportPath, options.caseFolder), 2, 3),
    labelled(say.terminal.exit, say.terminal.exitMeans(verdict.exitCode), 2, 0),
  );
  return `${fit(parts, width).join('\n')}\n`;
}

/** Cuts the parts that can give most easily until all fit; a cut part ends in an ellipsis. */
function fit(parts: readonly Part[], width: number): string[] {
  const room = parts.map((part) => part.lines.length);
  const total = (): number => room.reduce((sum, lines) => sum + lines, 0);
  for (let give = 9; give > 0; give--) {
    for (const [index, part] of parts.entries()) {
      if (part.give !== give) continue;
      while (total() > lineLimit && room[index]! > part.least) room[index]!--;
    }
  }
  return parts.flatMap((part, index) => {
    if (room[index]! >= part.lines.length) return part.lines;
    const kept = part.lines.slice(0, room[index]);
    const last = kept.pop();
    if (last === undefined) return [];
    // The mark goes before the code that ends the colour, and in the place of a word where the line is full.
    const ending = last.endsWith(reset) ? reset : '';
    let text = last.slice(0, last.length - ending.length);
    while (cellsOf(text.replaceAll(paintCode, '')) > width - 2) text = text.slice(0, text.trimEnd().lastIndexOf(' '));
    return [...kept, `${text.replace(/[\s,.;:]+$/, '')} …${ending}`];
  });
}

const marks = { seen: '[x]', likely: '[~]', ruled_out: '[-]', cannot_tell: '[?]' } as const;

/** Two lines of steps and one that says how to read them; the first days only where they fit. */
function ladderLines(assessment: Assessment, clock: Clock, say: Messages, width: number): string[] {
  const lay = (withDays: boolean): string[] => {
    const rows: string[] = [];
    let row = say.terminal.howFar.padEnd(12);
    for (const step of assessment.verdict.ladder) {
      const first = step.state === 'seen' || step.state === 'likely' ? msOf(step.firstUtc) : null;
      const when = withDays && first !== null ? ` ${sayShortDay(clock, first)}` : '';
      const word = `${marks[step.state]} ${say.stage(step.stage).toLowerCase()}${when}`;
      if (row.length + 2 + word.length > width && row.trim() !== '') {
        rows.push(row);
        row = ' '.repeat(12);
      }
      row += `  ${word}`;
    }
    return [...rows, row];
  };
  const dated = lay(true);
  return [...(dated.length <= 2 ? dated : lay(false)), ...wrap(say.terminal.legend, width, 14)];
}

type Painter = (text: string, ...how: readonly Paint[]) => string;

function missingLines(assessment: Assessment, say: Messages, width: number, paint: Painter): string[] {
  const { missing } = assessment.verdict;
  const label = paint(say.terminal.cannotSee.padEnd(14), 'bold');
  if (missing.length === 0)
    return wrap(say.terminal.noneMissing, width, 14).map((line, index) => (index === 0 ? label + line.slice(14) : line));
  const shown = missing.slice(0, 2).flatMap((one) => {
    const text = `${say.source(one.kind)}${one.host === null ? '' : ` (${one.host})`}: ${one.where}`;
    const lines = wrap(text, width, 14);
    return lines.length <= 2 ? lines : [lines[0]!, `${clip(lines[1]!, width - 2)} …`];
  });
  const rest = missing.length - 2;
  if (rest > 0) shown.push(`${' '.repeat(14)}${say.terminal.moreMissing(rest)}`);
  return shown.map((line, index) => (index === 0 ? label + line.slice(14) : line));
}

function planLines(assessment: Assessment, say: Messages, width: number, paint: Painter): string[] {
  return assessment.plan.slice(0, 3).map((step, index) => {
    const minutes = ` (${say.planMinutes(step.minutes)})`;
    const line = `${index + 1}. ${clip(terminalText(step.title), width - 17 - minutes.length)}${minutes}`;
    return paint((index === 0 ? say.terminal.now : '').padEnd(14), 'bold') + line;
  });
}
