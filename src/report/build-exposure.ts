/** What a build was open to, for a terminal. */
import type { BuildExposure, NamedRelease } from '../judge/index.ts';
import { stepWords, words } from './build-exposure-messages.ts';
import { terminalText, wrap } from './terminal-text.ts';

export function renderBuildExposure(exposure: BuildExposure, options: { readonly width: number }): string {
  const width = Math.min(110, Math.max(50, Math.floor(options.width)));
  const lines: string[] = [];
  /** What goes on is two columns further in. */
  const paragraph = (text: string, indent = 0): void => {
    const hanging = indent === 0 ? 0 : indent + 2;
    lines.push(
      ...wrap(terminalText(text), width, hanging).map((line, index) => (index === 0 ? line.slice(hanging - indent) : line)),
    );
  };
  const { product, build, name, cu, supportEnd, how, patched } = exposure;
  paragraph(answerOf(exposure));
  lines.push('');
  paragraph(
    [
      words.title(name ?? (cu === null ? `Exchange ${product}` : `Exchange ${cu}`), build),
      ...(exposure.released === null || !['exact', 'alternative', 'cu'].includes(how) ? [] : [words.released(exposure.released)]),
      ...(exposure.kb === null ? [] : [exposure.kb]),
    ].join(', '),
  );
  for (const text of remarks(exposure)) paragraph(text);
  if (supportEnd !== null) paragraph(words.support(product, supportEnd));

  lines.push('', words.campaigns);
  for (const one of exposure.campaigns) {
    paragraph(`${one.name}: ${stateWords(one)}`, 2);
    if (one.waves.length > 0) paragraph(words.waves(one.waves), 4);
    if (one.state === 'open' || one.state === 'unknown') paragraph(fixWords(one.fix), 4);
  }
  const known = exposure.holes.filter(({ kevSince }) => kevSince !== null);
  if (known.length === 0) lines.push('', words.knownNone);
  else {
    lines.push('', words.known);
    for (const hole of known) paragraph(`${hole.cve}  ${holeWords(hole)}`, 2);
    if (patched !== null && known.some(({ patch }) => patch !== null && patch !== 'closed')) paragraph(words.notHeld, 2);
  }
  const rest = exposure.holes.filter(({ kevSince }) => kevSince === null);
  const open = rest.filter(({ state }) => state === 'open').length;
  lines.push('');
  paragraph(words.others(open, rest.length - open));
  if (exposure.newest !== null && exposure.newest.build !== build) {
    paragraph(words.newest(exposure.newest));
    if (!exposure.newest.sameCu) paragraph(words.everyCu);
  }
  if (supportEnd !== null) paragraph(words.replace(product));
  if (exposure.remains.length > 0) {
    lines.push('');
    paragraph(`${words.remains}: ${exposure.remains.map(({ kind }) => words.kinds[kind]).join('; ')}.`);
  }
  lines.push('');
  if (patched !== null || exposure.campaigns.some(({ from }) => from !== null)) paragraph(`(${words.spanFrom})`);
  paragraph(words.end);
  return `${lines.join('\n')}\n`;
}

/** One sentence: what it was open to until the update, what it is open to still, what closes that. */
function answerOf({ build, cu, campaigns, holes, fix }: BuildExposure): string {
  const say = words.answer;
  const names = (list: readonly { readonly name: string }[]): string[] => list.map((one) => one.name);
  const unclear = campaigns.filter(({ state, patch }) => state === 'unknown' && patch !== 'closed');
  const still = campaigns.filter(({ state, patch }) => state === 'open' && patch !== 'closed');
  const was = campaigns.filter(
    ({ state, patch, to }) => (state === 'open' || state === 'unknown') && patch === 'closed' && to !== null,
  );
  if (build === null && unclear.length > 0 && still.length === 0)
    return say.unknown(`Exchange ${cu ?? ''}`.trim(), names(unclear));
  const open = was.filter(({ days }) => days !== 0);
  const inTime = was.filter(({ days }) => days === 0);
  const clauses = [
    ...open.map((one) => say.was(one.name, one.from, one.to!, one.days)),
    ...(inTime.length === 0 ? [] : [say.closedBefore(names(inTime))]),
    ...(still.length === 0 ? [] : [say.still(names(still), open.length > 0)]),
    ...(still.length === 0 ? [] : [fix === null ? say.noFix : say.fix(fix)]),
    ...(unclear.length === 0 ? [] : [say.unclear(names(unclear))]),
  ];
  if (clauses.length > 0) return `${clauses.join('; ').replace(/^./, (first) => first.toUpperCase())}.`;
  const left = holes.filter(({ state, patch }) => state === 'open' && patch !== 'closed');
  const known = left.filter(({ kevSince }) => kevSince !== null).length;
  return [say.closed, ...(left.length === 0 ? [] : [say.others(left.length, known)])].join(' ');
}

function remarks({ how, cu, below, above, knownUntil, given, note, patched }: BuildExposure): string[] {
  const own = cu === null ? '' : `Exchange ${cu}`;
  const about: Readonly<Record<BuildExposure['how'], readonly string[]>> = {
    exact: [],
    alternative: [words.alternative],
    cu: [...(/\(Build/i.test(given) ? [words.directory] : []), words.onlyCu(own)],
    update: [words.unlistedUpdate(own, below, above)],
    between: [words.unlistedBetween(own, below, above)],
    newer: [words.newer(knownUntil)],
    older: [words.older],
  };
  return [
    ...about[how],
    ...(patched !== null && patched.slice(0, 7) > knownUntil ? [words.lateDay(knownUntil)] : []),
    ...(note === null || how === 'alternative' ? [] : [`${note}.`.replace(/^./, (first) => first.toUpperCase())]),
  ];
}

function stateWords({ state, from, to, days, patch }: BuildExposure['campaigns'][number]): string {
  if (state === 'fixed') return words.fixed;
  if (state === 'not_affected') return words.notAffected;
  const span = to !== null && days === 0 ? words.closedBefore(to) : words.span(from, to, days);
  const what = state === 'unknown' ? words.unknown : span;
  const why = patch === null ? null : words.patch[patch];
  return why === null ? what : `${what}; ${why}`;
}

function fixWords(fix: NamedRelease | null): string {
  if (fix === null) return words.fixNone;
  return fix.sameCu ? words.fixSame(fix) : words.fixOther(fix);
}

function holeWords(hole: BuildExposure['holes'][number]): string {
  const { state, step, reason, overrides, from, to, days, kevSince, ransomware, name } = hole;
  const when = to !== null && days === 0 ? words.before(to) : words.when(from, to, kevSince!);
  const decides =
    state === 'unsupported'
      ? words.unsupported
      : step !== null
        ? `${stepWords[step]}${overrides.length === 0 ? '' : ` (${overrides.join(', ')})`}`
        : reason === 'march_2021'
          ? words.march
          : words.unknown;
  const told = [state === 'open' ? when : decides, ...(ransomware ? [words.ransomware] : [])].join('; ');
  return name === null ? told : `${name} (${told})`;
}
