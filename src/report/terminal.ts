/** The answer in a terminal: under 30 lines at 80 columns; the page holds the rest. */
import { isAcknowledged } from '../core/acknowledged.ts';
import type { Assessment } from '../core/assessment.ts';
import { problemCodes } from '../core/problem.ts';
import { endMs, enteredHosts, isUrgent, leadOf, missingRecords, pickedOut, stillThere } from './answers.ts';
import type { MissingRecord, ShortAnswer } from './answers.ts';
import { clockOf, msOf, sayInZone, sayShortDay } from './clock.ts';
import type { Clock } from './clock.ts';
import { messagesOf } from './messages.ts';
import { upperFirst } from './say.ts';
import type { Language, Messages } from './messages.ts';
import { rowsGone } from './rows-gone.ts';
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
const codes: Readonly<Record<Paint, number>> = { bold: 1, red: 31, yellow: 33, green: 32, dim: 2 };

/** Columns of the labels on the left. */
const labelWidth = 14;

/** A part of the screen in versions from the fullest to the shortest; the part with the highest `give` is shortened first. */
interface Part {
  readonly versions: readonly (readonly string[])[];
  readonly give: number;
}

interface Screen {
  readonly assessment: Assessment;
  readonly clock: Clock;
  readonly say: Messages;
  readonly width: number;
  paint(text: string, ...how: readonly Paint[]): string;
}

export function renderTerminal(assessment: Assessment, options: TerminalOptions): string {
  const say = messagesOf(options.lang);
  const clock = clockOf(options.timeZone, options.nowMs);
  const width = Math.min(100, Math.max(40, Math.floor(options.width)));
  const paint = (text: string, ...how: readonly Paint[]): string =>
    options.color && text !== '' ? `\u001b[${how.map((one) => codes[one]).join(';')}m${text}${reset}` : text;
  const screen: Screen = { assessment, clock, say, width, paint };
  const { verdict, organisation } = assessment;
  const alarm: Paint = verdict.exitCode === 1 ? 'red' : verdict.exitCode === 2 ? 'yellow' : 'green';
  const hosts = organisation.hosts.length > 3 ? [...organisation.hosts.slice(0, 3), '…'] : organisation.hosts;
  const place = [hosts.join(', '), organisation.name].filter((text) => text !== '').join(' - ');
  const parts: Part[] = [
    always([paint(clip(`${say.product} - ${place}`, width), 'dim')]),
    gap(1),
    always(wrap(verdict.headline, width).map((line) => paint(line, 'bold', alarm))),
    lead(screen),
  ];
  if (isUrgent(assessment)) {
    const first = wrap(`${say.terminal.first}: ${say.first(enteredHosts(assessment)).join(' ')}`, width);
    parts.push(gap(2), always(first.map((line) => paint(line, 'yellow'))));
  }
  parts.push(
    gap(2),
    howFar(screen),
    shortAnswer(screen, say.terminal.stillThere, stillThere(assessment, clock, say), 4),
    shortAnswer(screen, say.terminal.pickedOut, pickedOut(assessment, say), 8),
    mailTaken(screen),
    openHole(screen),
    novel(screen),
    takenOut(screen),
    notSeen(screen),
    triedOut(screen),
    notRead(screen),
    leftOut(screen),
    damaged(screen),
    steps(screen),
    gap(9),
    report(screen, options),
    always(labelled(screen, say.terminal.exit, [say.terminal.exitMeans(verdict.exitCode)])),
  );
  return `${fitted(parts).join('\n')}\n`;
}

const always = (lines: readonly string[]): Part => ({ versions: [lines], give: 0 });
/** An empty line that can be done without. */
const gap = (give: number): Part => ({ versions: [[''], []], give });

/** Shortens the parts that can give most easily until all fit. */
function fitted(parts: readonly Part[]): string[] {
  const chosen = parts.map(() => 0);
  const total = (): number => parts.reduce((sum, part, index) => sum + part.versions[chosen[index]!]!.length, 0);
  for (let give = 9; give > 0; give--) {
    for (const [index, part] of parts.entries()) {
      if (part.give !== give) continue;
      while (total() > lineLimit && chosen[index]! < part.versions.length - 1) chosen[index]!++;
    }
  }
  // What was given up in large pieces may leave room for something dearer.
  for (let give = 1; give <= 9; give++) {
    for (const [index, part] of parts.entries()) {
      if (part.give !== give) continue;
      while (chosen[index]! > 0) {
        chosen[index]!--;
        if (total() <= lineLimit) continue;
        chosen[index]!++;
        break;
      }
    }
  }
  return parts.flatMap((part, index) => part.versions[chosen[index]!]!);
}

/** Paragraphs beside a label. */
function labelled({ width, paint }: Screen, label: string, paragraphs: readonly string[]): string[] {
  const lines = paragraphs.flatMap((text) => wrap(text, width, labelWidth));
  return lines.map((line, index) => (index === 0 ? paint(label.padEnd(labelWidth), 'bold') + line.slice(labelWidth) : line));
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+(?=\p{Lu}|\d)/u);

/** The sentence, shortened by whole sentences: first by those that only say where a file lies, which stands below. */
function lead({ assessment, clock, say, width }: Screen): Part {
  const text = leadOf(assessment.verdict, say)
    .map((one) => one.text)
    .join(' ');
  const sentence = sayInZone(clock, text, endMs(assessment, clock))
    .map((piece) => piece.text)
    .join('');
  const all = sentencesOf(sentence);
  const withoutPaths = all.filter((one, index) => index === 0 || !/[\\%]/.test(one));
  const versions = [all, ...withoutPaths.map((_, index) => withoutPaths.slice(0, withoutPaths.length - index))];
  const wrapped = versions.map((one) => wrap(one.join(' '), width));
  const shortest = wrapped.at(-1)!;
  // Only a single sentence that fills half of the screen is cut.
  if (shortest.length > 9) wrapped.push([...shortest.slice(0, 8), clip(`${shortest[8]!.slice(0, width - 2)} …`, width)]);
  return { versions: wrapped, give: 3 };
}

function shortAnswer(screen: Screen, label: string, { answer, because }: ShortAnswer, give: number): Part {
  const texts = because.map(({ text }) => text);
  const versions = [...texts.keys(), texts.length].map((left) => [answer, ...texts.slice(0, texts.length - left)]);
  return { versions: versions.map((sentences) => labelled(screen, label, [sentences.join(' ')])), give };
}

const marks = { seen: '[x]', likely: '[~]', ruled_out: '[-]', cannot_tell: '[?]' } as const;

/** The ladder as a table, in two columns where there is room. */
function howFar(screen: Screen): Part {
  const { assessment, clock, say, width, paint } = screen;
  const { ladder } = assessment.verdict;
  const cells = ladder.map((step) => {
    const first = msOf(step.firstUtc);
    const state = say.terminal.state(step.state, first === null ? null : sayShortDay(clock, first));
    return { name: `${marks[step.state]} ${say.stage(step.stage).toLowerCase()}`, state };
  });
  const half = Math.ceil(cells.length / 2);
  const laid = (column: readonly (typeof cells)[number][]): string[] => {
    const longest = column.reduce((most, { name }) => Math.max(most, name.length), 0);
    return column.map(({ name, state }) => `${name.padEnd(longest + 1)}${state}`);
  };
  const left = laid(cells.slice(0, half));
  const right = laid(cells.slice(half));
  const leftWidth = left.reduce((most, line) => Math.max(most, line.length), 0) + 2;
  const wide = right.every((line) => leftWidth + line.length <= width - labelWidth);
  if (!wide) return always([paint(say.terminal.howFar, 'bold'), ...laid(cells).map((line) => clip(`  ${line}`, width))]);
  const rows = left.map((line, index) => `${line.padEnd(leftWidth)}${right[index] ?? ''}`.trimEnd());
  const lines = rows.map((row, index) => paint((index === 0 ? say.terminal.howFar : '').padEnd(labelWidth), 'bold') + row);
  const note = ladder.some(({ state }) => state === 'ruled_out') ? wrap(say.terminal.ruledOut, width, labelWidth) : [];
  return always([...lines, ...note]);
}

/** As much of "where to look" as a line holds: whole clauses, at least the first one. */
function shortWhere(where: string, columns: number): string {
  const said = terminalText(where).replace(/\s\(.*$/su, '');
  // Where the way out is to run it again with something else, that is what must be read.
  const safe = cellsOf(said) <= columns ? said : said.replace(/^in what was handed in: /u, '');
  const clauses = safe.split(/(?<=[,;.])\s+|\s+(?=(?:on|in) the )/u);
  let text = clauses[0]!;
  for (const clause of clauses.slice(1)) {
    if (cellsOf(`${text} ${clause}`) > columns) break;
    text += ` ${clause}`;
  }
  const whole = text.replace(/[\s,;.]+$/u, '');
  // Of a path that is too long its end says more than its beginning.
  const short = whole.replace(/(?:[A-Za-z]:|%\w+%)[^,;]*\\(?=[^\\]+\\[^\\]+$)/u, '…\\');
  return clip(cellsOf(whole) <= columns ? whole : short, columns);
}

/** What decides first, a line for each record; what this version cannot read only as a number. */
function notSeen(screen: Screen): Part {
  const { assessment, say, width } = screen;
  const { deciding, byHand } = missingRecords(assessment);
  const room = width - labelWidth;
  const several = assessment.organisation.hosts.length + assessment.organisation.absentHosts.length > 1;
  const line = (record: MissingRecord): string => {
    const { kind, hosts, where } = record;
    const on = !several || kind === 'host' || hosts.length === 0 ? '' : ` (${say.terminal.missingHosts(hosts)})`;
    const name = clip(upperFirst(`${say.missingName(kind, hosts)}${on}: `), room - 12);
    return `${name} ${shortWhere(where, room - cellsOf(name) - 1)}`;
  };
  const version = (count: number): string[] => {
    const left = deciding.length - Math.min(count, deciding.length);
    const rest = left + byHand.length === 0 ? [] : [say.terminal.moreMissing(left, byHand.length, count === 0)];
    return labelled(screen, say.terminal.cannotSee, [...deciding.slice(0, count).map(line), ...rest]);
  };
  if (deciding.length + byHand.length === 0) return always(labelled(screen, say.terminal.cannotSee, [say.terminal.noneMissing]));
  if (deciding.length > 0) return { versions: [3, 2, 1].map(version), give: 7 };
  const names = byHand.slice(0, 3).map(({ kind, hosts }) => say.missingName(kind, hosts));
  const named = upperFirst(say.terminal.byHand(names, byHand.length));
  return { versions: [labelled(screen, say.terminal.cannotSee, [named]), version(0)], give: 7 };
}

/** Whose mail was taken: what its owner is asked first, and has to tell others. */
function mailTaken(screen: Screen): Part {
  const { say, assessment } = screen;
  const mail = assessment.intrusions.filter(({ declared }) => declared === null).flatMap((one) => one.mail);
  if (mail.length === 0) return { versions: [[]], give: 0 };
  const version = (count: number): string[] => {
    const left = mail.length - count;
    const told = mail.slice(0, count).map((one) => terminalText(say.takenMail(one)));
    return labelled(screen, say.terminal.mail, [...told, ...(left > 0 ? [say.terminal.moreMail(left)] : [])]);
  };
  return { versions: [...new Set([Math.min(3, mail.length), 1])].map(version), give: 6 };
}

/** A server that was last seen open to a campaign: to be closed, whatever was found. */
function openHole(screen: Screen): Part {
  const says = screen.assessment.exposure.flatMap((exposure) => (exposure.says === null ? [] : [exposure.says]));
  if (says.length === 0) return { versions: [[]], give: 0 };
  const { say } = screen;
  const short = says.map((text) => sentencesOf(text)[0]!);
  const rest = (count: number): string[] => (says.length > count ? [say.terminal.moreOpen(says.length - count)] : []);
  const versions = [
    [...says.slice(0, 2), ...rest(2)],
    [says[0]!, ...rest(1)],
    [short[0]!, ...rest(1)],
  ];
  return { versions: versions.map((texts) => labelled(screen, say.terminal.openHole, texts)), give: 5 };
}

/** What no rule knows and these servers hardly ever do: the farthest of it, where that is far. */
function novel({ assessment, say, width, ...rest }: Screen): Part {
  const strong = assessment.novelty.items.filter(
    ({ finding }) => assessment.findings.find(({ id }) => id === finding)?.stage !== 'none',
  );
  if (strong.length === 0) return { versions: [[]], give: 0 };
  const text = say.terminal.novelItems(terminalText(strong[0]!.what), strong.length);
  const screen: Screen = { assessment, say, width, ...rest };
  return { versions: [labelled(screen, say.terminal.novel, [text]), []], give: 8 };
}

/** Rows that one log of requests has lost and others have; a silence of all of them. */
function takenOut(screen: Screen): Part {
  const { say, assessment } = screen;
  const gone = rowsGone(assessment, 'rows');
  const silences = assessment.coverage.silences.filter(({ explained }) => explained === null);
  const hosts = [...new Set(silences.map(({ host }) => host).filter((host) => host !== null))];
  const texts = [
    ...(gone === null ? [] : [say.books.short(gone.rows, gone.books, gone.hosts)]),
    ...(silences.length === 0 ? [] : [say.books.shortSilence(hosts, silences.length)]),
  ];
  if (texts.length === 0) return { versions: [[]], give: 0 };
  return { versions: [texts, texts.slice(0, 1)].map((list) => labelled(screen, say.terminal.takenOut, list)), give: 5 };
}

/** What would have been seen of intrusions that were played into the evidence. Somebody asked for it: its first sentence stays. */
function triedOut(screen: Screen): Part {
  const { assessment, say } = screen;
  const says = assessment.blindness?.says ?? [];
  if (says.length === 0) return { versions: [[]], give: 0 };
  const versions = says.map((_, index) => says.slice(0, says.length - index));
  return { versions: versions.map((texts) => labelled(screen, say.terminal.triedOut, [texts.join(' ')])), give: 5 };
}

/** Never an answer over files that were handed in and not read without a word of them. */
function notRead(screen: Screen): Part {
  const { assessment, say, width } = screen;
  const files = assessment.notRead;
  if (files.length === 0) return { versions: [[]], give: 0 };
  const names = (count: number): string[] => files.slice(0, count).map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  const line = (count: number): string[] =>
    labelled(screen, say.terminal.notRead, [clip(say.terminal.notReadFiles(names(count), files.length), width - labelWidth)]);
  return { versions: [3, 1].map(line), give: 6 };
}

/** An archive that ends too early, a file that could not be opened: what was in it is missing, and nobody left it out. */
function damaged(screen: Screen): Part {
  const { assessment, say, width } = screen;
  const lost = assessment.problems.filter(({ code }) => tookAway.has(code));
  if (lost.length === 0) return { versions: [[]], give: 0 };
  const line = ({ artifact, code }: (typeof lost)[number]): string =>
    clip(`${terminalText(artifact.slice(artifact.lastIndexOf('/') + 1))}: ${problemCodes[code].says}`, width - labelWidth);
  const version = (count: number): string[] => {
    const left = lost.length - count;
    return labelled(screen, say.terminal.damaged, [
      ...lost.slice(0, count).map(line),
      ...(left > 0 ? [say.terminal.moreDamaged(left)] : []),
    ]);
  };
  return { versions: [...new Set([Math.min(2, lost.length), 1])].map(version), give: 6 };
}

/** Problems that took evidence away which somebody meant to hand in whole. */
const tookAway: ReadonlySet<string> = new Set([
  'archive.damaged',
  'archive.limit',
  'archive.method',
  'archive.overlap',
  'archive.checksum',
  'archive.size',
  'evidence.unreadable',
]);

/** What somebody acknowledged as known to be good is left out of the answer, and never in silence. */
function leftOut(screen: Screen): Part {
  const { assessment, say } = screen;
  const own = assessment.findings.filter(({ declared }) => isAcknowledged(declared));
  if (own.length === 0) return { versions: [[]], give: 0 };
  const names = [...new Set(own.map(({ declared }) => terminalText(declared!)))];
  const all = labelled(screen, say.terminal.leftOut, [say.terminal.leftOutFindings(own.length, names)]);
  const short = labelled(screen, say.terminal.leftOut, [say.terminal.leftOutFindings(own.length, [])]);
  return { versions: [all, short], give: 6 };
}

function steps({ assessment, say, width, paint }: Screen): Part {
  const list = assessment.plan.steps.slice(0, 3).map((step, index) => ({
    title: `${index + 1}. ${terminalText(step.title).replace(/\.$/, '')}`,
    minutes: ` (${say.plan.minutes(step.minutes)})`,
  }));
  const beside = (lines: readonly string[]): string[] =>
    lines.map((line, index) => paint((index === 0 ? say.terminal.now : '').padEnd(labelWidth), 'bold') + line);
  const hanging = (text: string): string[] => {
    const [first, ...more] = wrap(text, width - labelWidth);
    return [first!, ...wrap(more.join(' '), width - labelWidth, 3)].filter((line) => line.trim() !== '');
  };
  const room = width - labelWidth;
  return {
    versions: [
      beside(list.flatMap(({ title, minutes }) => hanging(title + minutes))),
      beside(
        list.map(({ title, minutes }) => (cellsOf(title + minutes) <= room ? title + minutes : shortTitle(title, room, say))),
      ),
    ],
    give: 6,
  };
}

/** A title up to the last clause that fits whole. */
function shortTitle(title: string, room: number, say: Messages): string {
  const clauses = title.split(say.terminal.clauseBreak);
  for (let count = clauses.length; count > 0; count--) {
    const kept = title.slice(0, clauses.slice(0, count).join('').length).replace(/[\s,;:]+$/, '');
    if (cellsOf(kept) <= room) return kept;
  }
  return clip(title, room);
}

/** The folder is not said again where the report lies in it. */
function report(screen: Screen, { reportPath, caseFolder }: TerminalOptions): Part {
  const { say } = screen;
  const inside = reportPath.startsWith(caseFolder);
  return always(labelled(screen, say.terminal.report, [say.terminal.reportAt(reportPath, inside ? null : caseFolder)]));
}
