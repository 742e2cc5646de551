/**
 * Evidence that is bad, odd or missing: a value in the stream, never a throw. Each code says what it means for coverage; the
 * reference page of problem codes is generated from this table.
 */
export const problemCodes = {
  'evidence.unreadable': { coverage: 'lost', says: 'the file could not be opened or read' },
  'evidence.not_read': { coverage: 'lost', says: 'nothing in Afterpatch reads this kind of file yet' },
  'evidence.loop': { coverage: 'none', says: 'a link leads back to a folder above it and was not followed' },
  'evidence.link': { coverage: 'none', says: 'a link out of the evidence was not followed' },
  'evidence.empty': { coverage: 'lost', says: 'the file holds nothing' },
  'evidence.duplicate': { coverage: 'none', says: 'the same bytes were handed in twice; they count once' },
  'evidence.own_output': { coverage: 'none', says: 'this is an output of Afterpatch and is never evidence' },
  'evidence.limit': { coverage: 'lost', says: 'a limit of depth or number was reached; the rest was not read' },
  'evidence.vanished': {
    coverage: 'lost',
    says: 'the file was there when the evidence was listed and gone when it was to be read (a virus scanner at work?)',
  },
  'evidence.other_time': {
    coverage: 'lost',
    says: 'its first and last rows are of another time than the one that was asked for (`--since`, `--until`); it was not read',
  },
  'evidence.prefix': {
    coverage: 'none',
    says: 'the file is the beginning of a longer one (a log that was copied while it was written); the longer one counts',
  },
  'evidence.same_rows': {
    coverage: 'none',
    says: 'its rows stand in another file in another form (an export of a log); they count once',
  },
  'evidence.compare_limit': {
    coverage: 'none',
    says: 'more files may be copies of each other than are compared; rows of those that were not may stand here twice',
  },
  'evidence.collector': { coverage: 'none', says: 'what a collector wrote about its own work; it is read for times and places' },
  'evidence.foreign_output': {
    coverage: 'none',
    says: 'a rule collection, a program or the output of a detection tool: it holds the words of attacks and is no evidence of one',
  },
  'evidence.article': {
    coverage: 'lost',
    says: 'a web page or an article about attacks: what it quotes is not taken for records of your server; hand in your own lines as a text of their own',
  },
  'evidence.disk_image': { coverage: 'lost', says: 'an image of a disk; mount it and hand in the folder' },
  'evidence.collector_skipped': { coverage: 'lost', says: 'the collector says that it could not copy this' },
  'archive.encrypted': { coverage: 'lost', says: 'it is encrypted, and no password that was tried opens it (--password)' },
  'archive.damaged': { coverage: 'lost', says: 'the archive is damaged here; what lies before was read' },
  'archive.headers_disagree': {
    coverage: 'partial',
    says: 'the two headers of an entry say different things of it; the directory of the archive was believed',
  },
  'archive.unsafe_name': {
    coverage: 'lost',
    says: 'the name of an entry leads out of the archive or is none that a file can have; it was refused',
  },
  'archive.link': { coverage: 'none', says: 'a link in an archive was not followed' },
  'archive.same_name': { coverage: 'none', says: 'several entries of an archive have one name; each was read, with a number' },
  'archive.overlap': { coverage: 'lost', says: 'an entry shares its bytes with another one, as bombs do; it was refused' },
  'archive.limit': {
    coverage: 'lost',
    says: 'a limit of depth, number, size or ratio was reached; the rest of the archive was not read',
  },
  'archive.method': { coverage: 'lost', says: 'the entry is packed in a way that is not read' },
  'archive.checksum': { coverage: 'partial', says: 'what was unpacked does not fit its checksum' },
  'archive.size': { coverage: 'partial', says: 'an entry holds more or fewer bytes than the archive says' },
  'text.torn_last_line': { coverage: 'partial', says: 'the file ends in the middle of a line (copied while in use?)' },
  'text.note': {
    coverage: 'none',
    says: 'lines beside what was read belong to no log or output that is known: somebody’s own words; what they mention proves nothing',
  },
  'text.mended': {
    coverage: 'none',
    says: 'lines were damaged or carried by another program on their way here (hard blanks, typographic quotes, entities, marks, wrapped lines, JSON) and were read as they were before; what is shown of them are the bytes handed in',
  },
  'text.long_line': { coverage: 'partial', says: 'a line is longer than the limit; only its beginning was read' },
  'text.binary': { coverage: 'partial', says: 'bytes that no log holds (NUL) stand in the text' },
  'page.limit': {
    coverage: 'partial',
    says: 'a page is longer or deeper than any that a web server runs; what lies beyond the limit was not read',
  },
  'page.broken': {
    coverage: 'partial',
    says: 'the reader of pages stumbled over a page (a bug of ours, please report it); it is told as doubtful, and what it does was not read',
  },
  'evidence.published': {
    coverage: 'partial',
    says: 'a log that lies in a folder of the web server, where whoever can write pages can write it: its rows are judged, and no time counts as covered by them',
  },
  'row.columns': { coverage: 'partial', says: 'a row has another number of columns than its header' },
  'row.realigned': { coverage: 'none', says: 'a row has too many columns; the surplus was counted to the user agent' },
  'row.cut_off': {
    coverage: 'none',
    says: 'a console cut values off (`...` at their end); what stood behind is not known',
  },
  'row.no_header': { coverage: 'none', says: 'rows without a header; the columns were told from their shape' },
  'row.unknown_header': { coverage: 'partial', says: 'rows stand under a header that cannot be understood' },
  'row.time': { coverage: 'partial', says: 'a row has no readable time' },
  'row.time_ambiguous': {
    coverage: 'partial',
    says: 'a date can be read with the day or the month first, and nothing else in the text settles it; no time is claimed',
  },
  'row.time_impossible': { coverage: 'partial', says: 'a row has a time before 2000 or after the day of the reading' },
  'row.date_contradicted': {
    coverage: 'none',
    says: 'a row carries a date that something in it contradicts (a browser that did not exist yet)',
  },
  'row.groups_overflow': { coverage: 'none', says: 'more distinct values than are counted; the rest is counted together' },
  'csv.open_quote': { coverage: 'partial', says: 'a quoted value does not end on its line' },
  'ecp.duplicate_key': { coverage: 'none', says: 'a key stands twice in EventData; the intruder may have written one of them' },
  'ecp.key_order': { coverage: 'none', says: 'a key stands in EventData where the server does not write it; it was ignored' },
  'ecp.open_quote': { coverage: 'none', says: 'a quoted item of EventData does not end' },
  'tool.skipped': { coverage: 'lost', says: 'the tool says that it could not check this' },
  'object.unknown': { coverage: 'none', says: 'an object of a kind that is not read; its names are those of none that is' },
  'cell.cut': { coverage: 'partial', says: 'the console cut values off; how they go on is not known' },
  'xml.broken': {
    coverage: 'partial',
    says: 'the XML is not well-formed, or deeper than the limit; it was read as far as it could be',
  },
  'json.broken': {
    coverage: 'partial',
    says: 'the JSON is not well-formed, or deeper or longer than an event is; what stands beside it was read',
  },
  'xml.entities': { coverage: 'none', says: 'the XML declares entities of its own; none of them was put in' },
  'evtx.header': {
    coverage: 'none',
    says: 'the header of an event log is damaged or missing; its chunks were read all the same',
  },
  'evtx.dirty': {
    coverage: 'none',
    says: 'the event log was not closed (copied while Windows wrote to it, or after a crash); what its headers do not list was read, too',
  },
  'evtx.checksum': {
    coverage: 'partial',
    says: 'a checksum of an event log does not fit: it was damaged or changed after Windows wrote it',
  },
  'evtx.chunk_damaged': {
    coverage: 'partial',
    says: 'a chunk of an event log is damaged or overwritten; records were looked for by their signature',
  },
  'evtx.chunk_empty': { coverage: 'partial', says: 'a chunk among others of an event log holds nothing but zeros' },
  'evtx.record_damaged': {
    coverage: 'partial',
    says: 'an event cannot be taken apart; its number and time count, and nothing in it is known',
  },
  'evtx.unlisted': { coverage: 'none', says: 'events go on behind what the header of their chunk lists; they count' },
  'evtx.recovered': {
    coverage: 'none',
    says: 'events that no chunk lists were found by their signature and read; they prove no span of time',
  },
  'evtx.template_elsewhere': {
    coverage: 'none',
    says: 'the description of the fields of events that no chunk lists was overwritten; that of the same id near by in the log was used',
  },
  'evtx.leftover': {
    coverage: 'none',
    says: 'remains of events that no chunk lists, whose templates were overwritten; what they said is lost',
  },
  'evtx.record_gap': {
    coverage: 'partial',
    says: 'numbers of events are missing between others: events were lost, or somebody took them out',
  },
  'evtx.time_jump': {
    coverage: 'none',
    says: 'an event is more than an hour older than the one before it, or an event says that the clock was set by more than an hour: times around it are not to be trusted, or an event was forged',
  },
  'evtx.cleared': { coverage: 'partial', says: 'an event log was cleared; what it held before is gone' },
  'evtx.stopped': {
    coverage: 'none',
    says: 'the service that writes the event logs was stopped or the server went down; nothing was recorded until it began again',
  },
  'evtx.dropped': {
    coverage: 'partial',
    says: 'Windows says that events were dropped, or that their log was full: what happened then may not have been recorded',
  },
  'evtx.audit_changed': {
    coverage: 'none',
    says: 'which events are recorded was changed; before or after it others may be missing',
  },
  'evtx.truncated': { coverage: 'lost', says: 'an event log ends before its header says; the rest is not here' },
  'hits.overflow': { coverage: 'none', says: 'more distinct hits than are kept; all are counted' },
  'signature.limit': {
    coverage: 'partial',
    says: 'a limit of size, number or time was reached; signatures (YARA) were not asked of this file, or not of the rest',
  },
  'signature.engine': {
    coverage: 'partial',
    says: 'the engine of signatures (YARA-X) failed on this file and was started again, or was given up before; signatures say nothing of it',
  },
  'indicators.overflow': {
    coverage: 'none',
    says: 'more different indicators of others are met in the file than are kept; these rows are not told',
  },
  'others.overflow': {
    coverage: 'none',
    says: 'more events than correlations of rules of others, or the tree of processes, have room for: what they would have shown is not seen',
  },
  'pivot.limit': {
    coverage: 'partial',
    says: 'what was learnt on the way led further than three rounds; the rest was not followed',
  },
} as const;

export type ProblemCode = keyof typeof problemCodes;

export interface Problem {
  readonly code: ProblemCode;
  /** Byte offset in the artifact. */
  readonly at: number;
  /** How many times it was seen in this block or artifact; the offset is that of the first. */
  readonly count: number;
  readonly expected?: string;
  readonly found?: string;
}

/** Problems of one block or artifact, one per code, with the first place and a count. */
export class Problems {
  readonly #byCode = new Map<ProblemCode, { at: number; count: number; expected?: string; found?: string }>();

  add(code: ProblemCode, at: number, detail: { readonly expected?: string; readonly found?: string } = {}, count = 1): void {
    const seen = this.#byCode.get(code);
    if (seen === undefined) this.#byCode.set(code, { at, count, ...detail });
    else if (at < seen.at) this.#byCode.set(code, { at, count: seen.count + count, ...detail });
    else seen.count += count;
  }

  addAll(problems: readonly Problem[]): void {
    for (const { code, at, count, ...detail } of problems) this.add(code, at, detail, count);
  }

  /** Sorted by offset, then code. */
  list(): Problem[] {
    return [...this.#byCode].map(([code, rest]) => ({ code, ...rest })).sort((a, b) => a.at - b.at || (a.code < b.code ? -1 : 1));
  }
}
