/**
 * The contract of `assessment.json`, version 1. Extended, never bent; the JSON Schema in `schema/` is its other half.
 * Times are ISO 8601 UTC strings or null. Lists are sorted by code unit of their key unless said otherwise.
 */
import type { Collector } from './collection.ts';
import type { NextFiles } from './next-files.ts';
import type { ServerOverTime } from './over-time.ts';
import type { Plan } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Confidence, Stage } from './stage.ts';

export const assessmentSchema = 'afterpatch.assessment/1';

export type Answer = 'no_evidence' | 'cannot_tell' | 'attempted' | 'suspected' | 'confirmed';
export type Entered = 'yes' | 'probable' | 'no_sign' | 'cannot_tell';
export type Beyond = 'covered' | 'not_covered';
export type Seen = 'active' | 'quiet' | 'not_seen' | 'unknown';
export type TargetingWord = 'mass' | 'more likely mass' | 'open' | 'chosen';
export type WayBackKind =
  | 'file'
  | 'module'
  | 'account'
  | 'password'
  | 'key'
  | 'certificate'
  | 'rule'
  | 'grant'
  | 'task'
  | 'memory'
  | 'other_host';

/**
 * What a sentence rests on. `rule`: {@link Assessment.rules}; `exposure`: `Exposure.campaigns[].id`; `wave`: campaign and wave with a
 * `/` between them; each other one the `id` of what it is called after.
 */
export interface Because {
  readonly kind:
    | 'finding'
    | 'source'
    | 'missing'
    | 'ledger'
    | 'silence'
    | 'exposure'
    | 'wave'
    | 'intrusion'
    | 'evidence'
    | 'rule';
  readonly id: string;
}

/** A sentence or a few that rest on the same; evidence first, then the rule. Never without a reason. */
export interface Said {
  readonly text: string;
  readonly because: readonly Because[];
}

/** A rule of judgement that something in this assessment rests on. */
export interface Rule {
  readonly id: string;
  /** Of docs/judgement.md. */
  readonly chapter: number;
  readonly says: string;
  readonly why: string;
}

/** One artifact of the evidence. */
export interface EvidenceEntry {
  /** First 16 hex digits of SHA-256 over path and content hash. */
  readonly id: string;
  readonly host: string | null;
  /** Artifact kind, or null: not read. */
  readonly kind: string | null;
  /** Relative to what was handed in, with `/`. */
  readonly path: string;
  /** As it stood on the server, as far as that can be told: `C:\…` or a tail of it. */
  readonly canonicalPath: string | null;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly records: number;
  readonly firstUtc: string | null;
  readonly lastUtc: string | null;
  /** `skewMs`: how far this server's clock is ahead, told by requests that it shares with another one; null: not known. */
  readonly clock: {
    readonly basis: 'utc' | 'local' | 'unknown';
    readonly zone: string | null;
    readonly skewMs: number | null;
    readonly why: string;
  };
  /** When the file was written on its server, as the collector's record says; null: no record says so. */
  readonly times: { readonly modifiedUtc: string | null; readonly createdUtc: string | null } | null;
  readonly problems: readonly Problem[];
}

export interface WayBack {
  readonly kind: WayBackKind;
  /** The page, account or secret, when it has a name. */
  readonly what: string;
  readonly host: string | null;
  readonly state: 'open' | 'closed' | 'unknown';
  readonly why: string;
  /** Who took it away, when it vanished; null: it did not, or nothing is known to have been there. */
  readonly removedBy: 'antivirus' | 'microsoft_tool' | 'administrator' | 'authority' | 'intruder' | 'unknown' | null;
  readonly sinceUtc: string | null;
  readonly findings: readonly string[];
  readonly because: readonly Because[];
}

export interface Presence {
  readonly asOfUtc: string | null;
  readonly seen: Seen;
  /** The last hostile use that was seen. */
  readonly lastUtc: string | null;
  readonly waysBack: readonly WayBack[];
  /** What `seen` rests on. */
  readonly because: readonly Because[];
}

export interface Missing {
  readonly id: string;
  readonly text: string;
  /** Where old records may still be. */
  readonly where: string;
  /** What would be decided by it. */
  readonly decides: string;
  readonly host: string | null;
  /** Artifact kind that is missing. */
  readonly kind: string;
  readonly because: readonly Because[];
}

/** A campaign that was looked for. */
export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly packVersion: string;
  /** First known exploitation, and the day of the patch. */
  readonly firstUtc: string | null;
  readonly patchedUtc: string | null;
}

export interface WaveAnswer {
  readonly campaign: string;
  readonly wave: string;
  /** What people call it. */
  readonly name: string;
  readonly fromUtc: string;
  readonly toUtc: string;
  readonly answer: Answer;
  /** `partly`: logs of those days are here, and not all on which "nothing found" rests, or not for all of the time. */
  readonly coverage: 'trace' | 'partly' | 'residue' | 'none';
  readonly because: readonly Because[];
}

/** Whether the sources of a stage would have shown it: what the ladder draws as seen, ruled out where we looked, cannot tell. */
export interface StageView {
  readonly stage: Stage;
  readonly state: 'seen' | 'likely' | 'ruled_out' | 'cannot_tell';
  readonly firstUtc: string | null;
  /** A few words for under the step. */
  readonly text: string;
  readonly because: readonly Because[];
}

export interface Verdict {
  readonly answer: Answer;
  readonly entered: Entered;
  readonly beyond: Beyond;
  readonly stage: Stage;
  readonly confidence: Confidence;
  /** What an authority is told (BOD 26-04 words). */
  readonly toAuthority: 'confirmed' | 'suspected' | 'no_evidence';
  /** 0, 1 or 2. */
  readonly exitCode: 0 | 1 | 2;
  readonly presence: Presence;
  /** The headline: a few words that answer "were we hit?". */
  readonly headline: string;
  readonly sentence: string;
  /** `sentence` once more, in pieces that rest on different things. */
  readonly said: readonly Said[];
  /** What the headline rests on. */
  readonly because: readonly Because[];
  /** What each word rests on. */
  readonly restsOn: Readonly<Record<'answer' | 'entered' | 'beyond' | 'stage' | 'toAuthority' | 'exitCode', readonly Because[]>>;
  readonly reasons: readonly (Said & { readonly findings: readonly string[] })[];
  readonly missing: readonly Missing[];
  readonly waves: readonly WaveAnswer[];
  readonly ladder: readonly StageView[];
}

export interface FindingEvidence {
  /** `EvidenceEntry.path`. */
  readonly artifact: string;
  readonly offsetBytes: number;
  readonly line: number | null;
  readonly recordId: string | null;
  readonly timeUtc: string | null;
  /** The raw bytes of the line. */
  readonly rawBase64: string;
  /** Shortened and defanged; safe to show, never to parse. */
  readonly shown: string;
  /** Decisive parts of the raw line, base64, to be marked where they stand in it. */
  readonly decisiveBase64: readonly string[];
  readonly sha256: string;
}

export interface Observable {
  readonly kind: 'address' | 'user_agent' | 'page' | 'account' | 'session' | 'request' | 'shell_key' | 'host';
  /** As logged. */
  readonly value: string;
  /** `direct`: the server saw it; `shared`: a balancer, own or many users' address; `claimed`: only the client says so. */
  readonly standing: 'direct' | 'shared' | 'claimed';
}

export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly stage: Stage;
  readonly confidence: Confidence;
  readonly timeUtc: string | null;
  readonly lastUtc: string | null;
  /** Rows that say so; `evidence` holds the first of them. */
  readonly count: number;
  readonly host: string | null;
  readonly campaign: string | null;
  readonly rule: string;
  readonly techniques: readonly string[];
  readonly cves: readonly string[];
  readonly proves: string;
  readonly doesNotProve: string;
  readonly innocent: string;
  readonly observables: readonly Observable[];
  readonly evidence: readonly FindingEvidence[];
  readonly falsePositives: readonly string[];
  /** Declared by the owner (`--known`): a penetration test or responders. */
  readonly declared: string | null;
}

export interface Targeting {
  readonly word: TargetingWord;
  readonly for: readonly string[];
  readonly against: readonly string[];
  /** What would change the word. */
  readonly open: readonly string[];
  /** What the word rests on. */
  readonly because: readonly Because[];
  /** The reasons once more, with what each rests on. */
  readonly reasons: readonly (Said & { readonly weighs: 'for' | 'against' | 'open' })[];
}

export interface Intrusion {
  readonly id: string;
  readonly campaign: string | null;
  /** `intruder`: reached `exploited` or beyond, or tried; `visitor`: only looked, or looked for what another left. */
  readonly role: 'intruder' | 'visitor';
  readonly stage: Stage;
  readonly confidence: Confidence;
  readonly firstUtc: string | null;
  readonly lastUtc: string | null;
  /** Wave ids that its beginning fits, with a day's margin; empty when the time is unknown or impossible. */
  readonly wave: readonly string[];
  readonly targeting: Targeting;
  readonly presence: Presence;
  readonly hosts: readonly { readonly host: string; readonly role: 'asked' | 'executed' | 'left' }[];
  readonly observables: readonly Observable[];
  readonly findings: readonly string[];
  readonly declared: string | null;
  /** Why its rows are one intruder's, strongest first. */
  readonly together: readonly Togetherness[];
  /** Others that share something with it and are told apart. */
  readonly apart: readonly Apartness[];
  /** Whose mail was taken, by mailbox. */
  readonly mail: readonly TakenMail[];
  /** What role and stage rest on. */
  readonly because: readonly Because[];
}

/** Mail that was handed out: whose, and how much of it. */
export interface TakenMail {
  /** As logged. */
  readonly mailbox: string;
  /** `opened`: items were handed out, one request after the other; `exported`: an archive of the mailbox was ordered. */
  readonly how: 'opened' | 'exported';
  readonly requests: number;
  /** Of the answers, as far as the log says; null: it does not. */
  readonly bytes: number | null;
  /** `YYYY-MM-DD`, UTC. */
  readonly days: readonly string[];
  readonly findings: readonly string[];
  readonly because: readonly Because[];
}

export interface Togetherness {
  readonly by:
    | 'request'
    | 'session'
    | 'activity'
    | 'cmdlet'
    | 'call'
    | 'chain'
    | 'inside'
    | 'key'
    | 'script'
    | 'page'
    | 'planted'
    | 'folder'
    | 'listing'
    | 'console'
    | 'near'
    | 'address'
    | 'row'
    | 'process'
    | 'logon'
    | 'file';
  /** Joinings that rested on it. */
  readonly count: number;
  readonly text: string;
  /** Findings in which the first two rows stand that it joined. */
  readonly findings: readonly string[];
  readonly because: readonly Because[];
}

export interface Apartness {
  readonly by: 'writers' | 'between' | 'looked' | 'unsure';
  /** Id of the other intrusion. */
  readonly other: string;
  /** The address or page that both have. */
  readonly shared: string;
  readonly text: string;
  readonly because: readonly Because[];
}

export interface CoverageSpan {
  readonly fromUtc: string;
  readonly toUtc: string;
}

/** What a setting of the server decides whether it is written down. */
export type RecordedSetting = 'status' | 'account' | 'programs' | 'command_lines';

export interface SourceCoverage {
  readonly id: string;
  readonly kind: string;
  readonly host: string | null;
  readonly state: 'covers' | 'not_recording' | 'missing' | 'does_not_exist';
  /** Settings that at least one of its rows proves to have been on, sorted. */
  readonly proven: readonly RecordedSetting[];
  readonly spans: readonly CoverageSpan[];
  readonly gaps: readonly CoverageSpan[];
  readonly records: number;
  readonly problems: readonly Problem[];
  /** What `state` rests on. */
  readonly because: readonly Because[];
}

export interface CampaignCoverage {
  readonly campaign: string;
  readonly fromUtc: string;
  readonly toUtc: string;
  readonly sources: readonly {
    readonly kind: string;
    readonly host: string | null;
    readonly stage: Stage;
    /** `not_recording`: here, and what answers was not written down. */
    readonly state: 'covered' | 'partly' | 'missing' | 'not_recording';
    readonly shows: string;
  }[];
}

/** One book of requests held against another one of the same requests. */
export interface LedgerEntry {
  readonly id: string;
  /** Null: the back ends of all servers together. */
  readonly host: string | null;
  readonly book: 'iis_front' | 'httpproxy' | 'iis_back';
  readonly against: 'iis_front' | 'httpproxy' | 'iis_back';
  /** Time that both cover. */
  readonly fromUtc: string;
  readonly toUtc: string;
  readonly rows: number;
  /** `not_comparable`: too few rows, or they differ so often that it means nothing. */
  readonly state: 'agree' | 'differ' | 'not_comparable';
  /** Rows that the other book has and this one has not, by time; `request`: the id, where it is one row. */
  readonly missing: readonly {
    readonly fromUtc: string;
    readonly toUtc: string;
    readonly rows: number;
    readonly request: string | null;
    /** The log has no row at all in that time, half an hour or longer: a file may be missing. */
    readonly silent: boolean;
    /** The requests, at most 50, by time, and what the books that have them say; empty: only their number is known. */
    readonly requests: readonly LedgerRequest[];
    /** Findings whose rows are of these requests. */
    readonly findings: readonly string[];
  }[];
}

/** A request that one book has not, as the others wrote it. */
export interface LedgerRequest {
  readonly id: string;
  readonly timeUtc: string | null;
  readonly method: string | null;
  readonly path: string | null;
  /** Of who asked, as the front end saw it. */
  readonly address: string | null;
  readonly account: string | null;
  readonly status: string | null;
  /** Where it stands. */
  readonly books: readonly {
    readonly book: 'iis_front' | 'httpproxy' | 'iis_back';
    readonly artifact: string;
    readonly line: number | null;
  }[];
}

/** A stretch in which a server wrote nothing into any of its books, though it does so at that time of other days. */
export interface Silence {
  readonly id: string;
  readonly host: string | null;
  /** Last minute with a row, and the first with one again. */
  readonly fromUtc: string;
  readonly toUtc: string;
  /** Days on which rows stand at that time. */
  readonly otherDays: number;
  /** The longest quiet within an hour of that time on other days. */
  readonly usualMinutes: number;
  /** `service`: the System log says that Windows or the web server stopped or started; `log_begun`: a log was begun anew behind it. */
  readonly explained: 'service' | 'log_begun' | null;
  /** The System log of this server is here for that time. */
  readonly systemLog: boolean;
}

/** A place in a log at which time runs backwards, five minutes or more. */
export interface LogStep {
  readonly artifact: string;
  readonly host: string | null;
  readonly fromUtc: string;
  readonly toUtc: string;
  /** The System log says that the clock was set then. */
  readonly clockSet: boolean;
}

/** How a build became known: rows that its code wrote, a file's version, a setup that ended well, what a setup found (the CU alone). */
export type BuildProof = 'ran' | 'file' | 'set_up' | 'registered';

export interface Exposure {
  readonly host: string | null;
  readonly product: string | null;
  /** By time; a build that came back stands here again. */
  readonly builds: readonly {
    readonly build: string;
    /** Null: a tool names the build, and not when in UTC. */
    readonly firstUtc: string | null;
    readonly lastUtc: string | null;
    readonly source: string;
    /** `Exchange 2016 CU18 Mar21SU`; null: in no list that we know. */
    readonly name: string | null;
    readonly proof: BuildProof;
  }[];
  /** What changed, by time. */
  readonly changes: readonly {
    readonly kind: 'upgrade' | 'cu' | 'update' | 'rollback' | 'restore' | 'failed';
    readonly from: string | null;
    readonly to: string;
    /** Last record of the build before. */
    readonly afterUtc: string | null;
    /** First record of the new one; of a setup that failed, its end. */
    readonly byUtc: string | null;
    readonly source: string;
  }[];
  /** Whether somebody from outside was served. */
  readonly reached: {
    readonly state: 'yes' | 'not_seen' | 'unknown';
    readonly firstUtc: string | null;
    readonly lastUtc: string | null;
  };
  /** Mitigations that a tool says were put in or taken out; whether they held is not said by that. */
  readonly mitigations: readonly {
    readonly id: string;
    readonly state: 'applied' | 'removed' | 'failed';
    readonly cves: readonly string[];
    readonly source: string;
  }[];
  readonly campaigns: readonly {
    readonly id: string;
    readonly campaign: string;
    readonly state: 'vulnerable' | 'fixed' | 'unknown';
    readonly fixedSinceUtc: string | null;
    readonly why: string;
    readonly because: readonly Because[];
    /** Times from which records of an open build are here. */
    readonly open: readonly CoverageSpan[];
    /** Vulnerable, reached from outside, and no mitigation: all of it, not all of it, or not known. */
    readonly exposed: 'yes' | 'no' | 'unknown';
    /** How the server stood when somebody first attacked it in this campaign; null: nobody is seen to have. */
    readonly whenTheyCame: 'open' | 'fixed' | 'unknown' | null;
  }[];
  /** Holes that were open at some time, or of which the build does not tell. */
  readonly holes: readonly {
    readonly cve: string;
    readonly name: string | null;
    /** At the end of the evidence. `step`: closed in code, a further step is needed; `unsupported`: no fix exists. */
    readonly state: 'open' | 'fixed' | 'step' | 'unknown' | 'no_build' | 'unsupported';
    /** In CISA's catalogue of known exploited vulnerabilities since; null: not in it. */
    readonly kevSince: string | null;
    readonly open: readonly CoverageSpan[];
    readonly fixedSinceUtc: string | null;
    /** Nearest build that closes it; null: closed, or none does. */
    readonly fix: string | null;
  }[];
  /** Nearest build that closes every campaign that is open; null: none is open, or none does. */
  readonly fix: { readonly build: string; readonly name: string; readonly kb: string | null; readonly sameCu: boolean } | null;
  /** One sentence where a hole is open in which attackers came before the evidence ends; null: none. */
  readonly says: string | null;
}

/** Files of one server's web folders, held against what Exchange ships. */
export interface Inventory {
  readonly host: string | null;
  /** Whose list they were held against; null: no list fits, and names alone were compared. */
  readonly build: string | null;
  /** `seen`: the evidence names the build; `files`: the files tell it; `cu`: a list of the same CU; `none`. */
  readonly basis: 'seen' | 'files' | 'cu' | 'none';
  readonly files: number;
  /** Bytes and place as this build ships them. */
  readonly shipped: number;
  /** As another build ships them there. */
  readonly otherBuild: number;
  /** Bytes that Exchange ships in another place. */
  readonly elsewhere: number;
  /** A shipped name with bytes that no build ships; configurations are nearly always among them. */
  readonly changed: number;
  readonly notShipped: number;
  /** What is to be known of all of them, each said once. */
  readonly notes: readonly string[];
  /** The odd ones, gravest first, at most 200. */
  readonly odd: readonly {
    readonly path: string;
    readonly standing: 'changed' | 'elsewhere' | 'not_shipped';
    readonly why: readonly string[];
    readonly sha256: string | null;
    /** The file itself, or the listing that names it: `EvidenceEntry.path`. */
    readonly artifact: string;
    readonly createdUtc: string | null;
    readonly modifiedUtc: string | null;
  }[];
}

export interface HostVerdict {
  readonly host: string;
  readonly verdict: Pick<Verdict, 'answer' | 'entered' | 'beyond' | 'stage' | 'confidence'>;
  readonly because: readonly Because[];
}

/** One server at one time, as one collector brought it. */
export interface CollectionEntry {
  /** Folder or archive that holds it, relative to what was handed in; empty: all of it. */
  readonly root: string;
  readonly collector: Collector;
  /** As the collector says; null: it does not say. The rows of the logs go before it. */
  readonly host: string | null;
  readonly collectedUtc: string | null;
  readonly clock: { readonly basis: 'utc' | 'local' | 'unknown'; readonly why: string };
  /** Shadow copy that it was taken from; null: the live disk. */
  readonly snapshot: string | null;
  /** Files of it that were handed in. */
  readonly files: number;
}

/** What was new or rare on the servers, whatever rules say. The answer is made without it. */
export interface NoveltyStand {
  /** Each log of each server, and whether it taught what is normal. */
  readonly normal: readonly {
    readonly host: string | null;
    readonly kind: string;
    readonly fromUtc: string | null;
    readonly toUtc: string | null;
    /** What was there before counts as normal; null: nothing normal could be learnt. */
    readonly learntFromUtc: string | null;
    readonly rows: number;
    /** Rows that found no room in the tables. */
    readonly overflow: number;
    /**
     * `few`: rows; `short`: a record of days; `begun`: things out of place were there when it began; `unseen`: one is used, and how it
     * came there is not in the record.
     */
    readonly learnt: 'yes' | 'few' | 'short' | 'begun' | 'unseen';
    readonly says: string;
    readonly because: readonly Because[];
  }[];
  /** The farthest out of place first. */
  readonly items: readonly {
    readonly finding: string;
    /** A finding of a rule that shows one of its rows as well; null: no rule knows it. */
    readonly known: string | null;
    readonly host: string | null;
    readonly timeUtc: string | null;
    /** Bits; for their order alone. */
    readonly score: number;
    readonly what: string;
    readonly reasons: readonly {
      readonly code:
        | 'rare'
        | 'how'
        | 'actor'
        | 'given'
        | 'ended'
        | 'shape'
        | 'late'
        | 'agent'
        | 'address'
        | 'outside'
        | 'company';
      readonly text: string;
    }[];
    /** Other things out of place that began within minutes. */
    readonly others: readonly string[];
    readonly othersLeft: number;
    readonly because: readonly Because[];
  }[];
  /** Items beyond those that are listed. */
  readonly left: number;
}

/** Shares of moments at which somebody could have come, from 0 to 1. */
export interface BlindShare {
  /** Moments that were asked: days, hours and servers, of one technique or of several. */
  readonly moments: number;
  /** Of these: how far they came would have been seen. */
  readonly seen: number;
  /** Something of them would have been seen, and not how far they came. */
  readonly partly: number;
  /** Between these `seen` lies: edges of gaps, situations that were not tried, moments that were left out. */
  readonly low: number;
  readonly high: number;
}

/** One way in, or one thing done inside, as it would have been judged in this evidence. */
export interface BlindTechnique {
  /** `<pack>/<name>`. */
  readonly id: string;
  /** Pack whose rows they are. */
  readonly pack: string;
  readonly name: string;
  /** How far it takes whoever does it. */
  readonly stage: Stage;
  readonly share: BlindShare;
  /** What this version sees of it where all logs are there. */
  readonly withAll: 'seen' | 'partly' | 'unseen';
  /** First and last day on which it would have been seen at some hour; null: on none. */
  readonly firstUtc: string | null;
  readonly lastUtc: string | null;
  readonly waves: readonly {
    readonly wave: string;
    readonly fromUtc: string;
    readonly toUtc: string;
    readonly share: BlindShare;
  }[];
  /** Days on which as much would have been seen, by time; `toUtc` is the end of the last one. */
  readonly spans: readonly {
    readonly fromUtc: string;
    readonly toUtc: string;
    readonly seen: number;
    readonly partly: number;
  }[];
  /** What was not here when less was seen than all logs would have shown; what decides alone, or else what is missing together. */
  readonly lacks: readonly {
    readonly kind: string;
    readonly host: string | null;
    /** `columns`: it is here, and does not write these. */
    readonly why: 'missing' | 'gap' | 'columns';
    readonly columns: readonly string[];
    /** With it alone all would have been seen that these logs can show. */
    readonly alone: boolean;
    /** Share of all moments that it concerns. */
    readonly share: number;
    readonly where: string | null;
  }[];
  readonly says: string;
}

/** What would have been seen of intrusions that were played into this evidence (`--measure-blindness`). It changes no answer. */
export interface Blindness {
  /** From the hashes of the evidence: the same evidence is tried in the same way. */
  readonly seed: string;
  readonly fromUtc: string | null;
  /** End of the last day. */
  readonly toUtc: string | null;
  readonly days: number;
  /** Rows of so many visits were judged; moments in the same situation are judged once or twice. */
  readonly experiments: number;
  readonly situations: number;
  readonly share: BlindShare;
  readonly says: readonly string[];
  readonly techniques: readonly BlindTechnique[];
  /** What was not played, and why. */
  readonly notMeasured: readonly { readonly pack: string; readonly what: string; readonly why: string }[];
}

export interface Assessment {
  readonly schema: typeof assessmentSchema;
  readonly evidence: readonly EvidenceEntry[];
  readonly organisation: {
    readonly name: string;
    readonly hosts: readonly string[];
    readonly absentHosts: readonly string[];
    readonly evidenceEndUtc: string | null;
  };
  /** Who gathered the evidence, by root, then snapshot. */
  readonly collections: readonly CollectionEntry[];
  /** Servers of which several days are here: what came and went between them. Empty: of none. */
  readonly overTime: readonly ServerOverTime[];
  readonly campaigns: readonly Campaign[];
  /** Rules of judgement on which something here rests, by chapter. */
  readonly rules: readonly Rule[];
  readonly verdict: Verdict;
  /** What could still change the answer. */
  readonly next: NextFiles;
  readonly hosts: readonly HostVerdict[];
  readonly exposure: readonly Exposure[];
  /** By server; only of those of whose web folders something was handed in. */
  readonly inventory: readonly Inventory[];
  readonly coverage: {
    readonly sources: readonly SourceCoverage[];
    readonly campaigns: readonly CampaignCoverage[];
    readonly ledgers: readonly LedgerEntry[];
    readonly silences: readonly Silence[];
    readonly steps: readonly LogStep[];
  };
  /** Null: nobody asked for it. */
  readonly blindness: Blindness | null;
  readonly intrusions: readonly Intrusion[];
  readonly findings: readonly Finding[];
  readonly novelty: NoveltyStand;
  readonly plan: Plan;
  /** Files that nothing reads, by path. */
  readonly notRead: readonly { readonly path: string; readonly bytes: number; readonly why: string }[];
  readonly problems: readonly (Problem & { readonly artifact: string })[];
}
