/**
 * The rules of judgement, each once: what it says, why, where it stands in the code, and the test that shows it. A sentence of the
 * verdict names the rules that it rests on by their ids; the report prints those that were used; docs/judgement.md has all of them.
 */
import type { Because, Rule } from '../core/assessment.ts';

interface Kept {
  /** Chapter of docs/judgement.md. */
  readonly chapter: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;
  /** The rule, a sentence or two that need no other text. */
  readonly says: string;
  /** Its reason. */
  readonly why: string;
  readonly code: string;
  readonly test: string;
}

const forging = 'test/forging/forging.test.ts';
const verdicts = 'test/golden/verdicts.test.ts';
const table = 'test/golden/rules-of-judgement.test.ts';
const coverage = 'src/judge/coverage.test.ts';
const apart = 'test/golden/intruders-apart.test.ts';
const exposure = 'test/golden/exposure.test.ts';
const vanished = 'test/golden/vanished.test.ts';
const cases = 'src/packs/packs.test.ts';

const kept = {
  // 1. Who wrote this field?
  'field.server_confirms': {
    chapter: 1,
    says: 'From “got in” upward nothing is called confirmed without at least one field that the server itself wrote.',
    why: 'Path, query, program name and headers are the client’s own words; anybody can write them.',
    code: 'src/judge/claims.ts',
    test: 'test/golden/server-words.test.ts',
  },
  'field.chain': {
    chapter: 1,
    says: 'Requests of which each needs the answer to the one before prove together that the earlier one worked: probably, never for certain.',
    why: 'A later request carries what only the answer gives, and yet all of it is the client’s own words.',
    code: 'src/judge/claims.ts',
    test: 'test/golden/server-words.test.ts',
  },
  'field.taken_back': {
    chapter: 1,
    says: 'Where the server’s own log says that a cmdlet failed, the request for it proves the session and nothing that was written.',
    why: 'A request that was answered says that the service worked on it; only the cmdlet’s own row says whether it was accepted.',
    code: 'src/judge/claims.ts',
    test: forging,
  },
  'field.twice': {
    chapter: 1,
    says: 'In a field that holds several, a key that stands twice may raise a judgement and never lower it.',
    why: 'An intruder can write keys into a value, to look refused; nobody does it to look guilty.',
    code: 'src/read/event-data.ts',
    test: 'src/read/event-data.test.ts',
  },
  'field.left_out': {
    chapter: 1,
    says: 'Nothing is left out for a word of the client alone.',
    why: 'Whoever knows what is left out would call himself that.',
    code: 'src/judge/clients.ts',
    test: forging,
  },
  // 2. The ladder
  'stage.probed': {
    chapter: 2,
    says: '“Looked”: somebody checked for the hole, or asked for a page with a well-known name that was not there.',
    why: 'Everybody on the internet is looked at; it does not say that anything was tried.',
    code: 'src/judge/claims.ts',
    test: cases,
  },
  'stage.attempted': {
    chapter: 2,
    says: '“Tried”: a request of the attack was made. Its path and its answer decide, not the name of the server that it carries, and not its program.',
    why: 'Names and programs are the client’s words; scanners use those of attackers and attackers those of scanners.',
    code: 'src/judge/claims.ts',
    test: cases,
  },
  'stage.exploited': {
    chapter: 2,
    says: '“Got in”: they were given what the hole gives, a session or an answer from inside. A “200” of the front end without a row of the back end is only probable.',
    why: 'The front end answers 200 to much that it never passed on.',
    code: 'src/judge/claims.ts',
    test: 'test/golden/two-campaigns.test.ts',
  },
  'stage.implanted': {
    chapter: 2,
    says: '“Left something”: something of theirs was written, as the server’s own record shows. A file name alone, a cmdlet that failed, or a reset alone do not.',
    why: 'Names are guessed, failed orders write nothing, and an administrator resets a directory, too.',
    code: 'src/judge/claims.ts',
    test: verdicts,
  },
  'stage.operated': {
    chapter: 2,
    says: '“Used it” is confirmed by an order in the address that the page answered, or by a program that the web server started. Two or more answered requests whose time or size differ are probable; one says only that it was asked once.',
    why: 'What is sent in a request’s body is never logged; answers that vary are what a page that obeys looks like.',
    code: 'src/judge/claims.ts',
    test: verdicts,
  },
  'stage.spread': {
    chapter: 2,
    says: '“Moved on”: passwords were taken, other computers reached, or rights changed, by what the intruder is seen to have started.',
    why: 'Administrators do the same; whose order it was decides.',
    code: 'src/judge/claims.ts',
    test: 'test/golden/post-exploitation.test.ts',
  },
  'stage.impact': {
    chapter: 2,
    says: '“Took or broke”: mail or data were handed out or destroyed. It needs nothing that was left on the server.',
    why: 'Mail can be read through the hole itself, request by request.',
    code: 'src/judge/claims.ts',
    test: apart,
  },
  'stage.mail': {
    chapter: 2,
    says: 'Mail counts as taken where the request through the hole and the mail service’s own row of handing out items stand within two seconds, for one program.',
    why: 'The request alone does not say what was handed out, and the row alone not through which door.',
    code: 'src/judge/claims.ts',
    test: 'test/golden/taken-mail.test.ts',
  },
  'stage.implied': {
    chapter: 2,
    says: 'A step below one that is proven happened too, although no line here shows it. Mail that was read through the hole implies no step but “got in”.',
    why: 'A page cannot be used that was not left; mail can be read without one.',
    code: 'src/judge/ladder.ts',
    test: table,
  },
  'stage.beneath': {
    chapter: 2,
    says: 'Below a step that is only likely nothing is called ruled out.',
    why: 'If the likely step is theirs, the one below it happened, perhaps in a way that no log here would show.',
    code: 'src/judge/ladder.ts',
    test: 'test/golden/holes.test.ts',
  },
  'stage.own_proof': {
    chapter: 2,
    says: 'Each step stands on its own proof and needs none below it.',
    why: 'Logs of the beginning are often gone; what was done later is proven all the same.',
    code: 'src/judge/claims.ts',
    test: verdicts,
  },
  'stage.weak_signs': {
    chapter: 2,
    says: 'Weak signs add up only where they come from different logs and share a request, a session, a file, a process or a few minutes; then to “probable”, never to “confirmed”.',
    why: 'Two signs that one hand could write are one sign.',
    code: 'src/judge/claims.ts',
    test: 'test/golden/two-campaigns.test.ts',
  },
  'stage.possible': {
    chapter: 2,
    says: 'What is only possible is shown, and raises neither a step nor the answer.',
    why: 'An answer that an innocent row can turn frightens people for nothing.',
    code: 'src/judge/verdict.ts',
    test: verdicts,
  },
  'stage.page_in_place': {
    chapter: 2,
    says: 'A page that looks like a back door is possible by its content alone; probable where it stands in a folder that the web server hands out and is not shipped; confirmed with a request that it answered, or with its writing seen.',
    why: 'Admin tools and copies for study look the same; where it stands and whether it answers tells them apart.',
    code: 'src/judge/inventory.ts',
    test: 'test/golden/web-pages.test.ts',
  },
  'others.no_stage': {
    chapter: 2,
    says: 'Rules, signatures and lists of others have no step: a match is possible, and the answer is made without it.',
    why: 'Nobody has said what a match of them proves, and many match ordinary work.',
    code: 'src/judge/other-findings.ts',
    test: 'test/golden/rules-of-others.test.ts',
  },
  'others.joined': {
    chapter: 2,
    says: 'A match of a rule of others stands with an intruder where a process, a session or a file ties it to one, and takes the step of what it is tied to.',
    why: 'The tie proves whose it is; the rule itself proves nothing more.',
    code: 'src/judge/join-others.ts',
    test: 'test/golden/others-joined.test.ts',
  },
  'novelty.no_answer': {
    chapter: 2,
    says: 'What is new or rare is possible, at most “got in”; no answer, no intruder and no exit code rests on it.',
    why: 'New things happen on every server; that something is new does not say whose it is.',
    code: 'src/judge/novelty/told.ts',
    test: 'test/golden/novelty.test.ts',
  },
  'novelty.normal': {
    chapter: 2,
    says: 'What is normal is learnt from a server’s own logs, where they hold enough days and nothing out of place stands at their beginning.',
    why: 'What was there before the record began cannot be told from what is normal.',
    code: 'src/judge/novelty/normal.ts',
    test: 'test/golden/novelty.test.ts',
  },
  // 3. The answer
  'answer.confirmed': {
    chapter: 3,
    says: '“Yes” is said when something beyond “got in” is confirmed.',
    why: 'Something of theirs was there, or was done, and no other reading is left.',
    code: 'src/judge/verdict.ts',
    test: verdicts,
  },
  'answer.suspected': {
    chapter: 3,
    says: '“Most likely” is said when “got in” is proven, or when something beyond it is only probable.',
    why: 'They held what opens the next step; the record that would decide it is named.',
    code: 'src/judge/verdict.ts',
    test: verdicts,
  },
  'answer.attempted': {
    chapter: 3,
    says: '“They tried” is said when there were attempts and what is here shows no more.',
    why: 'Every server on the internet is tried; alone it is no break-in.',
    code: 'src/judge/verdict.ts',
    test: verdicts,
  },
  'answer.no_evidence': {
    chapter: 3,
    says: '“Nothing here shows an intruder” needs that nothing was found and that logs cover every wave from the main one on.',
    why: 'Silence of a log that is not there is no answer.',
    code: 'src/judge/verdict.ts',
    test: verdicts,
  },
  'answer.cannot_tell': {
    chapter: 3,
    says: '“We cannot tell” is said when nothing was found where what is here could not have shown it.',
    why: 'No comfort without coverage.',
    code: 'src/judge/verdict.ts',
    test: verdicts,
  },
  'answer.each_campaign': {
    chapter: 3,
    says: 'Each campaign is asked for its own time and rests on its own logs; one that began after the end of the evidence is not asked.',
    why: 'The log that shows one attack is often blind to another.',
    code: 'src/judge/campaigns.ts',
    test: 'test/golden/two-campaigns.test.ts',
  },
  'answer.each_server': {
    chapter: 3,
    says: 'Every server gets its own answer by the same rules, from its own rows and logs.',
    why: 'One server that is clean says nothing of the next.',
    code: 'src/judge/verdict.ts',
    test: verdicts,
  },
  'answer.entered': {
    chapter: 3,
    says: 'They got in: yes, when that step or one beyond it is confirmed; probably, when it is only suspected; no sign, when nothing or only attempts were found and that is covered; else it cannot be told.',
    why: 'To get in and to leave something are two questions, and the first is answered by less.',
    code: 'src/judge/verdict.ts',
    test: verdicts,
  },
  'answer.beyond': {
    chapter: 3,
    says: '“Did not get further” needs every log that would show more, from the first attempt to the end of the evidence, on every server that could have carried it out, and no server missing.',
    why: 'Attempts without that are no comfort.',
    code: 'src/judge/verdict.ts',
    test: 'test/golden/holes.test.ts',
  },
  'answer.others': {
    chapter: 3,
    says: 'Each other intruder who got in is named beside the first.',
    why: 'To turn out one does not end what another does.',
    code: 'src/judge/story-confirmed.ts',
    test: verdicts,
  },
  'answer.declared': {
    chapter: 3,
    says: 'What you declared as your own (a test, responders) stays visible and is left out of the answer, unless it goes on after its end.',
    why: 'A test that does not end is no test any more.',
    code: 'src/judge/known.ts',
    test: 'src/judge/known.test.ts',
  },
  'answer.acknowledged': {
    chapter: 3,
    says: 'What somebody marked as known to be good, with a name, a reason and a last day, stays visible and is left out of the answer until that day.',
    why: 'What is left out of an answer must be seen, and must not be forgotten.',
    code: 'src/judge/acknowledged.ts',
    test: 'src/judge/acknowledged.test.ts',
  },
  'answer.exit': {
    chapter: 3,
    says: 'The program ends with 0 only when every wave is covered by logs and nobody got in as far as they show; with 1 when they got in or most likely did; with 2 for all else.',
    why: 'A script that looks at nothing but the number must not read comfort into a gap.',
    code: 'src/judge/verdict.ts',
    test: verdicts,
  },
  'answer.authority': {
    chapter: 3,
    says: 'To an authority: confirmed when they got in; no evidence when nothing or covered attempts alone were found; suspected in every other case.',
    why: 'Authorities ask to be told of what cannot be ruled out.',
    code: 'src/judge/verdict.ts',
    test: verdicts,
  },
  'advice.passwords': {
    chapter: 3,
    says: 'Passwords and mail that an intruder could have read count as read.',
    why: 'Reading leaves no trace; what is not changed stays theirs.',
    code: 'src/judge/story-confirmed.ts',
    test: verdicts,
  },
  'advice.until_then': {
    chapter: 3,
    says: 'A server on which somebody got in, or most likely did, is treated as entered until the missing record decides.',
    why: 'To be wrong in this direction costs a day; in the other the domain.',
    code: 'src/judge/story.ts',
    test: verdicts,
  },
  'advice.patch': {
    chapter: 3,
    says: 'A hole that is tried is tried again.',
    why: 'Attempts of a campaign do not end with the first that fails.',
    code: 'src/judge/story.ts',
    test: verdicts,
  },
  // 4. Coverage
  'coverage.window': {
    chapter: 4,
    says: 'A campaign is asked for the time from its first known use, or from the first day on which records prove that the server was there and open to it, to the end of the evidence; each of its waves gets an answer of its own.',
    why: 'The quiet, early wave is another danger than the mass that came after it.',
    code: 'src/judge/window-starts.ts',
    test: 'src/judge/window-starts.test.ts',
  },
  'coverage.trace': {
    chapter: 4,
    says: 'A log speaks for the hours in which it has rows. More than half a day of silence is a hole; half a day may lack at each end.',
    why: 'A healthy server writes every few minutes, and a missing daily file is a hole.',
    code: 'src/judge/coverage.ts',
    test: coverage,
  },
  'coverage.residue': {
    chapter: 4,
    says: 'A setting or a file speaks for the past as it stood on one day, but for what was removed or never written.',
    why: 'What they took away again does not lie there any more.',
    code: 'src/judge/verdict.ts',
    test: table,
  },
  'coverage.recording': {
    chapter: 4,
    says: 'A log covers a question only where its product writes it and a row proves that what answers was written down.',
    why: 'A log that is there and does not write accounts shows no account.',
    code: 'src/judge/source-table.ts',
    test: 'src/judge/coverage-table.test.ts',
  },
  'coverage.excerpt': {
    chapter: 4,
    says: 'An excerpt (what a tool picked out, rows that were pasted) speaks for nothing but itself.',
    why: 'What was not picked may stand in the log all the same.',
    code: 'src/judge/coverage.ts',
    test: coverage,
  },
  'coverage.unread': {
    chapter: 4,
    says: 'Logs that this version does not judge are listed as missing; no answer rests on them, and their silence says nothing.',
    why: 'To list a source is no promise that it was understood.',
    code: 'src/judge/missing.ts',
    test: table,
  },
  'coverage.absent_server': {
    chapter: 4,
    says: 'While a server is missing that authenticated people were sent to, nothing is called covered and no chain stopped.',
    why: 'The step may have been carried out there.',
    code: 'src/judge/hosts.ts',
    test: 'src/judge/hosts.test.ts',
  },
  'coverage.books': {
    chapter: 4,
    says: 'The three logs that book every request are held against each other; rows that one lacks and another has are told, and the log covers no time in which they lie.',
    why: 'Whoever takes rows out of one log leaves them in the others.',
    code: 'src/judge/ledgers.ts',
    test: 'test/ledgers/ledgers.test.ts',
  },
  'coverage.silence': {
    chapter: 4,
    says: 'Minutes in which all logs of requests are silent, though rows stand at that time of other days, three times as long as the server was ever quiet then, and that no stop or start explains, are told, and no log of requests covers them.',
    why: 'A server that is asked every few minutes does not fall silent by itself.',
    code: 'src/judge/silences.ts',
    test: 'test/ledgers/silences.test.ts',
  },
  'coverage.asked_time': {
    chapter: 4,
    says: 'What was left out because somebody asked for one time, or for no rules, may hold anything.',
    why: 'What was not read says nothing.',
    code: 'src/judge/verdict.ts',
    test: 'test/golden/asked-time.test.ts',
  },
  'coverage.locked': {
    chapter: 4,
    says: 'A file that is encrypted or that no reader knows says nothing for or against.',
    why: 'What was not read says nothing.',
    code: 'src/judge/missing.ts',
    test: 'test/golden/hand-overs.test.ts',
  },
  'coverage.where': {
    chapter: 4,
    says: 'For each record that is missing it is said where an old one may still be: backups, snapshots, neighbours, and other people’s logs.',
    why: 'A hole that can be filled is no end of the question.',
    code: 'src/judge/missing.ts',
    test: 'src/judge/coverage-table.test.ts',
  },
  'coverage.tool_word': {
    chapter: 4,
    says: 'What another tool says of a server is its word: it points somewhere and proves nothing, and its “nothing found” speaks only for what it looked at.',
    why: 'Tools know other things, on another day; their rows are judged like all others where they are here.',
    code: 'src/judge/tool-notes.ts',
    test: 'test/golden/tool-outputs.test.ts',
  },
  // 5. Joining rows, telling intruders apart
  'join.one_request': {
    chapter: 5,
    says: 'One request is one thing in all its logs: under one id, one activity, or within seconds for one program.',
    why: 'This carries the outside address to what was done inside.',
    code: 'src/judge/join-requests.ts',
    test: 'src/judge/event.test.ts',
  },
  'join.session': {
    chapter: 5,
    says: 'The same session, the same word that opens a page, or the same script makes them one, whatever their addresses.',
    why: 'Only one hand has it; an address many have.',
    code: 'src/judge/join-requests.ts',
    test: apart,
  },
  'join.chain': {
    chapter: 5,
    says: 'Requests of which the later carries what only the answer to the earlier gives are one’s; so is what was done inside within ten minutes of an answer through the hole.',
    why: 'Nobody else was given that answer.',
    code: 'src/judge/join-requests.ts',
    test: apart,
  },
  'join.page': {
    chapter: 5,
    says: 'Who uses a page and who wrote it are one, as long as both did not write something of their own.',
    why: 'A page is used by whoever knows how; two writers are two.',
    code: 'src/judge/join-pages.ts',
    test: apart,
  },
  'join.near': {
    chapter: 5,
    says: 'Rows within ten minutes that ask in the same way are one’s where nothing speaks against it.',
    why: 'It is the weakest tie but the address, and gives way to every other.',
    code: 'src/judge/join-addresses.ts',
    test: apart,
  },
  'join.address': {
    chapter: 5,
    says: 'An address joins last, and only where the server saw it and few use it. Shared and claimed addresses never join and never part.',
    why: 'A balancer, a company’s way out and a header are no person.',
    code: 'src/judge/clients.ts',
    test: 'src/judge/clients.test.ts',
  },
  'join.listing': {
    chapter: 5,
    says: 'Files of one listing, and settings of one server, that nobody was seen using are one find.',
    why: 'Nothing tells whose they are, so that they are not made many.',
    code: 'src/judge/join-pages.ts',
    test: apart,
  },
  'apart.writers': {
    chapter: 5,
    says: 'Two who each wrote something are never made one by an address, a program, a page or a moment.',
    why: 'To take two intruders for one hides the one that is left behind.',
    code: 'src/judge/cluster.ts',
    test: apart,
  },
  'apart.published': {
    chapter: 5,
    says: 'A script whose word everybody has, as it was published with the attack, joins nobody; nor does a session id in a request that the server turned away.',
    why: 'Both can be copied by whoever has read them.',
    code: 'src/judge/implants.ts',
    test: 'test/golden/intruders-adversarial.test.ts',
  },
  'apart.unsure': {
    chapter: 5,
    says: 'Where nothing tells whose a visit or a page was, they are told as two, and it is said.',
    why: 'To part wrongly costs a second look; to join wrongly hides somebody.',
    code: 'src/judge/join-addresses.ts',
    test: apart,
  },
  'role.visitor': {
    chapter: 5,
    says: 'Who only looked, or looked for what another had left, is a visitor and not the writer; so is who sent one request to another’s page and nothing else.',
    why: 'After a wave everybody looks for everybody’s pages, and what one request told a page is not logged.',
    code: 'src/judge/intrusions.ts',
    test: apart,
  },
  'role.intruder': {
    chapter: 5,
    says: 'An intrusion belongs to one intruder in one organisation, with all servers that were asked, carried something out, or were left with something. How far it came is the furthest step that is at least probable.',
    why: 'Intruders come in at one server and act on another.',
    code: 'src/judge/intrusions.ts',
    test: apart,
  },
  'removed.by': {
    chapter: 5,
    says: 'Who took a page away is said only where a record says so.',
    why: 'Intruders clean up, too; that something is gone does not say who removed it.',
    code: 'src/judge/removals.ts',
    test: vanished,
  },
  // 6. Clocks
  'clock.order': {
    chapter: 6,
    says: 'Two rows closer to each other than their clocks are uncertain cannot be ordered.',
    why: 'Servers’ clocks differ by seconds and more.',
    code: 'src/judge/clocks.ts',
    test: 'src/judge/event.test.ts',
  },
  'clock.impossible': {
    chapter: 6,
    says: 'A date that cannot be (a program or a build that was not made yet) is told, and no wave is concluded from it.',
    why: 'A wrong clock would put an intruder into the wrong wave.',
    code: 'src/judge/plausible-dates.ts',
    test: table,
  },
  // 7. Exposure
  'exposure.build': {
    chapter: 7,
    says: 'Which build ran is told by rows and files that the running code left, never by how a request was answered, by the directory, or by a log’s head line.',
    why: 'Those say what was meant to run; an update that failed looks the same in them.',
    code: 'src/judge/exposure.ts',
    test: exposure,
  },
  'exposure.reason': {
    chapter: 7,
    says: 'That a hole was open is a reason and never a proof; that it is closed is no comfort for what came before.',
    why: 'Open servers were left alone, and patched ones had been entered before.',
    code: 'src/judge/exposure.ts',
    test: exposure,
  },
  // 8. Targeting
  'target.words': {
    chapter: 8,
    says: 'Picked out or one of many is told in four words with the reasons for and against, and without a percentage. “Mass” is said only when the quiet weeks are covered; “chosen” needs a beginning in them and more reasons for than against.',
    why: 'There are no labelled cases to count, and the targeted attacks were the early ones.',
    code: 'src/judge/targeting.ts',
    test: table,
  },
  'target.trait': {
    chapter: 8,
    says: 'What speaks for and against having been chosen was published of this campaign; what of it was seen here is said.',
    why: 'What many servers had in common is a sign of many, and what few had of few.',
    code: 'src/judge/targeting.ts',
    test: table,
  },
  'target.early': {
    chapter: 8,
    says: '“Chosen” is never excluded while the quiet weeks are not covered.',
    why: 'Who was chosen was visited before everybody else, quietly.',
    code: 'src/judge/targeting.ts',
    test: table,
  },
  // 9. Presence
  'presence.seen': {
    chapter: 9,
    says: 'At work: hostile use within 72 hours before the evidence ends. Quiet: earlier, and the logs cover the time since. Not seen: none, and the logs cover it. In every other case it is not known.',
    why: 'The last row that is here is not the last thing that was done.',
    code: 'src/judge/presence.ts',
    test: table,
  },
  'presence.page': {
    chapter: 9,
    says: 'A page is open when it answered the last time it was asked for, or stands in what was handed in; closed when it was asked for later and not found, or is seen to have been taken away after that.',
    why: 'A record of its removal that a later answer contradicts closes nothing.',
    code: 'src/judge/presence.ts',
    test: vanished,
  },
  'presence.setting': {
    chapter: 9,
    says: 'A module, an agent or a script in a setting is a way back for as long as the setting stands.',
    why: 'It works again after every restart.',
    code: 'src/judge/presence.ts',
    test: 'test/golden/post-exploitation.test.ts',
  },
  'presence.reckoned': {
    chapter: 9,
    says: 'From the step that was reached follow ways back that have to be reckoned with although no log here would show them. They are not known to be open.',
    why: 'Whoever was that far could have made them, and it would not be in these logs.',
    code: 'src/judge/presence.ts',
    test: table,
  },
  'presence.unlogged': {
    chapter: 9,
    says: 'That nobody is seen using a page is said only where the logs of requests cover the time; what is sent to it is never logged.',
    why: 'A request to a page looks the same whatever it is told.',
    code: 'src/judge/story-confirmed.ts',
    test: verdicts,
  },
  'presence.never_evicted': {
    chapter: 9,
    says: '“They are gone” is never an answer; that all known ways back are closed is.',
    why: 'Only known ways can be seen closed.',
    code: 'src/judge/presence.ts',
    test: table,
  },
  // 10. Look-alikes that must not fire
  'alike.autodiscover': {
    chapter: 10,
    says: 'Autodiscover v2 (autodiscover.json with Email and Protocol) is ordinary; words of an exploit behind it are an attempt and no more.',
    why: 'Any server answers it with 200.',
    code: 'packs/proxyshell/rules',
    test: cases,
  },
  'alike.shipped_names': {
    chapter: 10,
    says: 'Names that Exchange ships are no back doors, and names one letter off are not shipped: RedirSuiteServiceProxy.aspx is, RedirSuiteServerProxy.aspx is not.',
    why: 'Intruders choose names that look like shipped ones.',
    code: 'packs/web-shell/rules',
    test: 'test/golden/healthy-tree.test.ts',
  },
  'alike.own_traffic': {
    chapter: 10,
    says: 'Health probes, servers that pass cmdlets on to each other, anchors of other kinds, address book files and an administrator who sets an https address are everyday.',
    why: 'They stand in every healthy server’s logs.',
    code: 'packs/proxylogon/rules',
    test: cases,
  },
  'alike.products': {
    chapter: 10,
    says: 'Modules, agents and add-ins of antivirus, signature, filter and monitoring products, archives of installers and rules of mitigations are no intruder’s.',
    why: 'They stand where intruders put theirs.',
    code: 'packs/post-exploitation/rules',
    test: 'test/golden/post-exploitation.test.ts',
  },
} as const satisfies Readonly<Record<string, Kept>>;

export type RuleOfJudgement = keyof typeof kept;

export const rulesOfJudgement: Readonly<Record<RuleOfJudgement, Kept>> = kept;

/**
 * Those that something rests on, in the order of the chapters.
 * @param more that are used where no sentence names them
 */
export function rulesUsed(value: unknown, more: readonly RuleOfJudgement[] = []): Rule[] {
  const used = new Set<string>(more);
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const one = stack.pop();
    if (typeof one !== 'object' || one === null) continue;
    if (isRule(one)) used.add(one.id);
    else stack.push(...(Object.values(one) as unknown[]));
  }
  return Object.entries(rulesOfJudgement)
    .filter(([id]) => used.has(id))
    .map(([id, { chapter, says, why }]) => ({ id, chapter, says, why }));
}

/** A way back can be a rule, too, and has no id. */
const isRule = (one: object): one is Because => 'kind' in one && one.kind === 'rule' && 'id' in one;
