/** Words of the trade, each in half a line. The page lists all of them; a plan explains each where it first stands. */

export interface Word {
  readonly word: string;
  readonly means: string;
  /** How it stands in texts; null: the page's own word, which no plan holds. */
  readonly pattern: RegExp | null;
}

export const glossary: readonly Word[] = [
  { word: 'Web shell', means: 'a page on the server that runs what it is told; a back door.', pattern: /\bweb shell\b/i },
  { word: 'IIS log', means: 'the web server’s list of every request.', pattern: /\bIIS\b/ },
  {
    word: 'HttpProxy log',
    means: 'Exchange’s own list of what came in from outside and where it was passed on to.',
    pattern: /\bHttpProxy\b/,
  },
  { word: 'ECP server log', means: 'what was done through Exchange’s administration pages.', pattern: /\bECP\b/ },
  { word: 'EWS', means: 'the way in which programs read mail; its log tells which mail was asked for.', pattern: /\bEWS\b/i },
  {
    word: 'OAB',
    means: 'the offline address book, the copy of the address book that Outlook keeps.',
    pattern: /\bOAB(?:Generator)?/,
  },
  {
    word: '%ExchangeInstallPath%',
    means: 'the folder of Exchange, as a rule C:\\Program Files\\Microsoft\\Exchange Server\\V15\\.',
    pattern: /%ExchangeInstallPath%/,
  },
  { word: 'VSS, shadow copy', means: 'a state of a disk that Windows kept; old logs are often still in it.', pattern: /\bVSS\b/ },
  { word: 'DAG', means: 'Exchange servers that hold copies of the same mailboxes.', pattern: /\bDAG\b/ },
  {
    word: 'SIEM, EDR',
    means: 'a place where logs of many machines are collected; a watchdog against intruders. Both keep records elsewhere.',
    pattern: /\bSIEM\b|\bEDR\b/,
  },
  {
    word: 'W3SVC1, W3SVC2',
    means: 'folders of the web server’s log: of the front end, and of the back end.',
    pattern: /\bW3SVC\d/,
  },
  { word: 'NetFlow', means: 'what a firewall or router keeps of who sent how much to whom.', pattern: /\bNetFlow\b/ },
  {
    word: 'TCP, UDP',
    means: 'the two ways in which nearly everything is sent over a network; a port (443, 25 …) says for whom it is.',
    pattern: /\bTCP\b|\bUDP\b/,
  },
  { word: 'w3wp', means: 'the program of Windows in which the web server runs pages.', pattern: /\bw3wp\b/ },
  {
    word: 'NIS2, CSIRT',
    means: 'the European law on security of networks, and the office of a country that such incidents are told to.',
    pattern: /\bNIS2\b|\bCSIRT\b/,
  },
  {
    word: 'Schema master',
    means: 'the one domain controller on which the form of the directory can be changed.',
    pattern: /\bschema master\b/i,
  },
  { word: 'GET', means: 'a request of the web that only asks for something.', pattern: /\bGET\b/ },
  { word: 'POST', means: 'a request of the web that carries data to the server.', pattern: /\bPOST/ },
  {
    word: 'Front end, back end',
    means: 'the half of Exchange that the internet talks to, and the half behind it that does the work.',
    pattern: /\b(?:front|back) end\b/i,
  },
  {
    word: 'CU, SU',
    means:
      'cumulative update, a whole new build of Exchange; security update, which is put on top of one. “Mar21SU” is that of March 2021.',
    pattern: /\bCU\d|\dSU\b|\bSE\b/,
  },
  { word: 'KB', means: 'the number under which Microsoft offers an update.', pattern: /\bKB\d/ },
  { word: 'ASP.NET', means: 'the part of Windows that makes programs of web pages.', pattern: /\bASP(?:\.NET)?\b/ },
  { word: 'CVE', means: 'the number under which a hole is known everywhere.', pattern: /\bCVE\b/ },
  { word: '.NET', means: 'a part of Windows that Exchange runs on.', pattern: /(?:^|[^P])\.NET\b/ },
  {
    word: 'Exchange Management Shell',
    means: 'the console of Exchange, in the Start menu of the server.',
    pattern: /Exchange Management Shell/,
  },
  { word: 'Hash (SHA-256)', means: 'a number that changes when a single letter of a file changes.', pattern: /\bhash\b/ },
  { word: 'UTC', means: 'the time of day without zones; servers write their logs in it.', pattern: /\bUTC\b/ },
  {
    word: 'Defanged',
    means:
      'hxxp stands for http, and a · stands in some words: nobody opens such an address by accident, and no scanner takes this page for an attack.',
    pattern: null,
  },
];

/** Words that these texts hold and that were not explained before; `explained` learns them. */
export function newWords(texts: readonly string[], explained: Set<string>): Word[] {
  const found = glossary.filter(
    ({ word, pattern }) => pattern !== null && !explained.has(word) && texts.some((text) => pattern.test(text)),
  );
  for (const { word } of found) explained.add(word);
  return found;
}
