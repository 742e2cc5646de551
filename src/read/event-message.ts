/** What stands in the message of a Windows event: `Key: value` lines under headings, in tabs or blanks. */

const pair = /^\s*([A-Za-z\u00c0-\u017f][A-Za-z0-9\u00c0-\u017f '\u2019()/-]{1,60}?)\s*:(?:[ \t]+(\S.*)?)?$/;
const mostPairs = 64;

/** Keys without blanks; one that stands again gets the heading that it stands under before it. A value ends with its line. */
export function messagePairs(message: string): Map<string, string> {
  const found = new Map<string, string>();
  let heading = '';
  for (const line of message.split('\n', 1000)) {
    const match = line.length > 40_000 ? null : pair.exec(line.trimEnd());
    if (match === null) continue;
    const name = match[1]!.replace(/[^A-Za-z0-9\u00c0-\u017f]/g, '');
    const value = match[2]?.trim() ?? '';
    if (value === '') {
      heading = name;
      continue;
    }
    const key = found.has(name) ? `${heading}${name}` : name;
    if (!found.has(key) && found.size < mostPairs) found.set(key, value);
  }
  return found;
}

/** Keys of the message → the name that the event itself has for them (event 4688 and Sysmon 1), English, German, French. */
const known: ReadonlyMap<string, string> = new Map(
  Object.entries({
    NewProcessName: 'NewProcessName',
    NeuerProzessname: 'NewProcessName',
    Nomdunouveauprocessus: 'NewProcessName',
    Image: 'NewProcessName',
    CreatorProcessName: 'ParentProcessName',
    Erstellerprozessname: 'ParentProcessName',
    Nomduprocessuscréateur: 'ParentProcessName',
    ParentImage: 'ParentProcessName',
    ProcessCommandLine: 'CommandLine',
    Prozessbefehlszeile: 'CommandLine',
    Lignedecommandeduprocessus: 'CommandLine',
    CommandLine: 'CommandLine',
  }),
);

/** The pairs of a message under the names of the event's own data, where they are known. */
export function eventData(message: string): Map<string, string> {
  const data = new Map<string, string>();
  for (const [name, value] of messagePairs(message)) {
    const key = known.get(name) ?? name;
    if (!data.has(key)) data.set(key, value);
  }
  return data;
}
