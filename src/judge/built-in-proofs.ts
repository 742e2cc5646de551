/** What no single row proves but several together do. The texts stand here as those of a pack stand in the pack. */
import type { Proof, Step } from '../core/pack.ts';
import type { Confidence, Stage } from '../core/stage.ts';

const proof = (
  name: string,
  step: Step,
  stage: Stage,
  confidence: Confidence,
  title: string,
  proves: string,
  doesNotProve: string,
  innocent: string,
  techniques: readonly string[],
): Proof => ({
  rule: `together/${name}`,
  step,
  stage,
  confidence,
  title,
  proves,
  doesNotProve,
  innocent,
  techniques,
  cves: [],
  decisive: ['cs-method', 'cs-uri-stem', 'cs-uri-query', 'sc-status', 'AnchorMailbox', 'UrlQuery', 'CMD', 'Cmdlet', 'Parameters'],
});

export const builtIn = {
  chain: proof(
    'chain',
    'enter',
    'exploited',
    'probable',
    'They used an answer that only a successful request gives',
    'A later request carries what the server hands out only when the earlier one has worked (a session, a canary). So the earlier one very likely worked.',
    'The rows are the intruder’s own words; the server’s answer is not among them. The ECP server log or the HttpProxy status decides.',
    'None known: no ordinary program makes these requests in this order.',
    ['T1190'],
  ),
  inSession: proof(
    'in-session',
    'enter',
    'exploited',
    'probable',
    'It was done while they had a session through the hole',
    'The server’s log has what was done, and right before it somebody from outside got an answer through the hole that gives such a session.',
    'That it was done in that very session: the two rows share no id, only their time. The account and the id of the session, where a log has them, decide.',
    'An administrator who happened to do this at the same minute.',
    ['T1190'],
  ),
  afterOrder: proof(
    'after-order',
    'spread',
    'spread',
    'probable',
    'It was done within minutes of an order to the web server',
    'The server’s log has what was done, and within minutes before it the web server of the same server started a command, which it does for nobody but whoever has a way in.',
    'That both were the same hand: the two rows share the server and the time. The tree of processes (Sysmon, EDR) and the account decide.',
    'An administrator who happened to do this in the same minutes.',
    ['T1059'],
  ),
  besideAttempt: proof(
    'beside-attempt',
    'spread',
    'spread',
    'probable',
    'It was done in the moment of an exploit request',
    'The server’s log has what was done, and in the same moments somebody sent the request of an exploit that does just this, whatever the front end answered.',
    'That it was that very request: the rows share the time, and not always an id.',
    'Somebody who happened to do this in the same minute.',
    ['T1190'],
  ),
  bothEnds: proof(
    'both-ends',
    'enter',
    'exploited',
    'confirmed',
    'What came through the hole was answered by the inside of the server',
    'The front end has the request from outside, and the back end has what it was made of, answered with success, under the same id or in the same seconds.',
    'What was read or changed with it.',
    'A penetration test that you ordered. Ask for its dates and addresses.',
    ['T1190'],
  ),
  named: proof(
    'named-page-answered',
    'page',
    'implanted',
    'confirmed',
    'The page that a cmdlet was told to write answered',
    'The server took the order to write this very file, and a page of this name was there afterwards and answered.',
    'The answer alone does not say what the page does; the file itself does, or its compiled copy.',
    'None known.',
    ['T1505.003'],
  ),
  written: proof(
    'written',
    'arm',
    'implanted',
    'confirmed',
    'A script was planted and then written out as a page',
    'The server accepted a script as a web address, and then ran the reset that writes the address into a file.',
    'It does not say under which name the page stands, nor that anybody used it.',
    'None known: administrators set these addresses to an https address, and rarely reset the directory within minutes.',
    ['T1190', 'T1505.003'],
  ),
  pageAnswered: proof(
    'page-answered',
    'page',
    'implanted',
    'confirmed',
    'A page that Exchange does not ship answered after the script had been planted',
    'Something was written, and a page that is no part of the product was there afterwards and answered.',
    'The answer alone does not say what the page does; the file itself does, or its compiled copy.',
    'None known, when a script was planted just before.',
    ['T1505.003'],
  ),
  orders: proof(
    'orders',
    'order',
    'operated',
    'probable',
    'The page was sent data again and again, and worked on it',
    'Several POST requests were answered, and the answers took different times or had different sizes: the page did different things.',
    'What was sent is not in this log: bodies of requests are never logged. A child process of the web server, or a file that appeared, would prove it.',
    'A form of an add-on that stands in this folder; Exchange itself has none there.',
    ['T1505.003', 'T1059'],
  ),
  askedOnce: proof(
    'asked-once',
    'page',
    'implanted',
    'probable',
    'The page was sent data once and answered',
    'A page that is no part of the product took a POST and answered it.',
    'Asked once; bodies are not logged, so we cannot see what was asked.',
    'A form of an add-on that stands in this folder; Exchange itself has none there.',
    ['T1505.003'],
  ),
  visitor: proof(
    'visitor',
    'page',
    'probed',
    'confirmed',
    'Somebody else asked for the page that another had left',
    'Another address asked for the page, with nothing but a look.',
    'It does not say that they used it.',
    'A responder, a scanner of an authority or a researcher looking for known pages.',
    ['T1595.003'],
  ),
} as const;

/** What was done keeps its own name when a session through the hole speaks for it. */
export const inSession = ({ title, techniques }: Proof): Proof => ({
  ...builtIn.inSession,
  title: `${title}, while they had a session through the hole`,
  techniques,
});

/** The same for what an exploit does whose request does not say whether it worked. */
export const besideAttempt = ({ title, step, stage, techniques }: Proof): Proof => ({
  ...builtIn.besideAttempt,
  step,
  stage,
  title: `${title}, in the moment of an exploit request`,
  techniques,
});

/** The same for what followed an order to the web server. */
export const afterOrder = ({ title, step, stage, techniques }: Proof): Proof => ({
  ...builtIn.afterOrder,
  step,
  stage,
  title: `${title}, within minutes of an order to the web server`,
  techniques,
});

/** Proofs of the rules that a run makes for itself from what it learnt (`learnt/…`). */
export const learntProofs: readonly Proof[] = [
  {
    ...proof(
      'learnt',
      'page',
      'implanted',
      'probable',
      'The page whose path stands in the server’s log was asked for and answered',
      'The file that the cmdlet wrote is reachable from the web and answers.',
      'The answer alone does not say what the page does.',
      'None known.',
      ['T1505.003'],
    ),
    rule: 'learnt/page-answered',
  },
  {
    ...proof(
      'learnt-asked',
      'page',
      'probed',
      'confirmed',
      'The page whose path stands in the server’s log was asked for and not found',
      'Somebody knew the name of the page.',
      'It was not there, or not reachable, at that time.',
      'A responder or scanner that looks for known pages.',
      ['T1595.003'],
    ),
    rule: 'learnt/page-asked',
  },
];
