/**
 * What counted tuples of different logs have in common, so that one ranking serves them all: what was done (a page asked for, an
 * action carried out), as whom, in what form, and whether the server gave it.
 */
import type { Who } from '../../core/field-shape.ts';
import { foldCase, percentDecode } from '../../core/text.ts';

/**
 * Who it was for the server: nobody logged in, what kind of account, a process of its own that serves the network, or an account that the
 * server let act as another one.
 */
export type Actor = 'nobody' | 'service' | 'deputy' | Who;

/** What the server made of it. `ran`: it broke while it was carried out. */
export type Outcome = 'given' | 'ran' | 'refused';

export interface Deed {
  /** A page, or the name of an action; small letters, decoded once. */
  readonly what: string;
  /** What belongs together: the first folder of a page, the log's service. */
  readonly realm: string;
  /** How: the method, or what the action was part of. */
  readonly how: string;
  readonly actor: Actor;
  readonly outcome: Outcome;
  /** How exactly it ended, in the log's words. */
  readonly ended: string;
  /** Where it came in: the port of a web site, whether it reached the back end. */
  readonly entrance: string;
  /** Shape of what the client wrote beside it (query, anchor, parameters), as it stands in the tuple; null: nothing. */
  readonly shape: string | null;
}

export type Tuple = readonly (string | null)[];

export interface DeedSource {
  /** Of the group whose tuples are taken. */
  readonly group: string;
  readonly kind: 'page' | 'action';
  /** What the shape is the shape of. */
  readonly shaped: string;
  deed(tuple: Tuple): Deed | null;
}

const longestPath = 1024;

export const pageOf = (path: string): string => foldCase(percentDecode(path.slice(0, longestPath)));

function realmOf(page: string): string {
  const end = page.indexOf('/', 1);
  return end === -1 ? page : page.slice(0, end);
}

const actorOf = (who: string | null | undefined): Actor => (who ?? 'nobody') as Actor;

/** That an account acts as another one is the server's word, and no ordinary work of its own, whoever it is. */
const actingAs = (who: string | null | undefined, ...others: readonly (string | null | undefined)[]): Actor =>
  others.some((other) => other !== null && other !== undefined) ? 'deputy' : actorOf(who);

function outcomeOf(status: string | null | undefined): Outcome {
  if (status === null || status === undefined || !/^\d{3}$/.test(status)) return 'refused';
  if (status.startsWith('2')) return 'given';
  // 501 to 504: it was passed to nobody, or nobody did it.
  return status === '500' ? 'ran' : 'refused';
}

const webPage = (tuple: Tuple): Deed | null => {
  const [method, path, status, port, who, query] = tuple;
  if (path === null || path === undefined || status === null) return null;
  const what = pageOf(path);
  return {
    what,
    realm: realmOf(what),
    how: method ?? '',
    actor: actorOf(who),
    outcome: outcomeOf(status),
    ended: status ?? '',
    entrance: port ?? '',
    shape: query ?? null,
  };
};

const programOf = (path: string): string => foldCase(path.slice(path.lastIndexOf('\\') + 1)).slice(0, 200);
/** Processes that answer the network for Exchange and IIS: what they start, somebody may have asked for. */
const serving =
  /^(?:w3wp|inetinfo|umworkerprocess|umservice|edgetransport|msexchange.*|microsoft\.exchange\..*|sqlservr|tomcat.*|java|php-cgi)\.exe$/;

const failed = /^(?:false|error|fail)/i;

export const deedSources: Readonly<Record<string, readonly DeedSource[]>> = {
  'iis-w3c': [
    {
      group: 'cs-method|cs-uri-stem|sc-status|s-port|cs-username~who|cs-uri-query~text',
      kind: 'page',
      shaped: 'query',
      deed: webPage,
    },
  ],
  'web-access': [
    {
      group: 'cs-method|cs-uri-stem|sc-status|s-port|cs-username~who|cs-uri-query~text',
      kind: 'page',
      shaped: 'query',
      deed: webPage,
    },
  ],
  httpproxy: [
    {
      group: 'Method|UrlStem|HttpStatus|BackEndStatus|AuthenticatedUser~who|AnchorMailbox~text',
      kind: 'page',
      shaped: 'anchor',
      deed([method, path, status, backEnd, who, anchor]) {
        if (path === null || path === undefined) return null;
        const what = pageOf(path);
        const front = outcomeOf(status);
        return {
          what,
          realm: realmOf(what),
          how: method ?? '',
          actor: actorOf(who),
          outcome: front === 'given' || backEnd === null || backEnd === undefined ? front : outcomeOf(backEnd),
          ended: status ?? '',
          entrance: backEnd === null || backEnd === undefined ? 'front' : 'back',
          shape: anchor ?? null,
        };
      },
    },
    {
      group: 'Protocol|ProtocolAction|BackEndStatus|AuthenticatedUser~who|UrlQuery~text',
      kind: 'action',
      shaped: 'query',
      deed([protocol, action, backEnd, who, query]) {
        if (backEnd === null) return null;
        return {
          what: `${protocol ?? ''} ${action ?? ''}`,
          realm: protocol ?? '',
          how: '',
          actor: actorOf(who),
          outcome: outcomeOf(backEnd),
          ended: backEnd ?? '',
          entrance: '',
          shape: query ?? null,
        };
      },
    },
    {
      group: 'Protocol|TargetServer|RoutingHint~text|BackEndCookie~text|AuthenticatedUser~who|BackEndStatus',
      kind: 'action',
      shaped: 'routing hint',
      deed([protocol, target, hint, cookie, who, backEnd]) {
        if (target === null || backEnd === null) return null;
        return {
          what: `${protocol ?? ''} → ${foldCase((target ?? '').slice(0, 200))}`,
          realm: protocol ?? '',
          how: cookie === null ? '' : 'by cookie',
          actor: actorOf(who),
          outcome: outcomeOf(backEnd),
          ended: backEnd ?? '',
          entrance: '',
          shape: hint ?? null,
        };
      },
    },
  ],
  mapihttp: [
    {
      group: 'RequestType|HttpStatusCode|AuthenticatedUserEmail~who|ActAsUserEmail~who',
      kind: 'action',
      shaped: 'as whom',
      deed: ([request, status, who, acting]) => ({
        what: request ?? '',
        realm: 'mapi',
        how: acting === null ? '' : 'acting as',
        actor: actingAs(who, acting),
        outcome: outcomeOf(status),
        ended: status ?? '',
        entrance: '',
        shape: null,
      }),
    },
  ],
  'transport-agent': [
    {
      group: 'Agent|Event|Action',
      kind: 'action',
      shaped: 'action',
      deed: ([agent, event, action]) =>
        agent === null
          ? null
          : {
              what: agent ?? '',
              realm: 'transport',
              how: event ?? '',
              actor: 'system',
              outcome: 'given',
              ended: action ?? '',
              entrance: '',
              shape: null,
            },
    },
  ],
  'windows-event': [
    {
      group: 'NewProcessName|ParentProcessName|Image|ParentImage|EventID~who',
      kind: 'action',
      shaped: 'command line',
      deed([created, creator, image, parent]) {
        const child = created ?? image ?? null;
        const by = creator ?? parent ?? null;
        if (child === null || by === null) return null;
        const server = programOf(by);
        return {
          what: `${server} → ${programOf(child)}`,
          realm: 'process',
          how: '',
          // What others start is what makes it rare that one of these starts anything, and nothing to look at here.
          actor: serving.test(server) ? 'service' : 'monitor',
          outcome: 'given',
          ended: '',
          entrance: '',
          shape: null,
        };
      },
    },
  ],
  ews: [
    {
      group: 'SoapAction|HttpStatus|AuthenticatedUser~who|ImpersonatedUser~who|ActAsUser~who',
      kind: 'action',
      shaped: 'as whom',
      deed: ([action, status, who, impersonated, acting]) => ({
        what: action ?? '',
        realm: 'ews',
        how: `${impersonated === null ? '' : 'impersonated'} ${acting === null ? '' : 'acting as'}`.trim(),
        actor: actingAs(who, impersonated, acting),
        outcome: outcomeOf(status),
        ended: status ?? '',
        entrance: '',
        shape: null,
      }),
    },
  ],
  'rps-http': [
    {
      group: 'UrlStem|HttpStatus|AuthenticatedUser~who|Action|CommandName|UrlQuery~text',
      kind: 'action',
      shaped: 'query',
      deed: ([path, status, who, action, command, query]) => ({
        what: command ?? action ?? pageOf(path ?? ''),
        realm: 'powershell',
        how: action ?? '',
        actor: actorOf(who),
        outcome: outcomeOf(status),
        ended: status ?? '',
        entrance: '',
        shape: query ?? null,
      }),
    },
  ],
  'rps-cmdlet': [
    {
      group: 'Cmdlet|AuthenticatedUser~who|ExecutionResult|Parameters~text',
      kind: 'action',
      shaped: 'parameters',
      deed: ([cmdlet, who, result, parameters]) => ({
        what: cmdlet ?? '',
        realm: 'cmdlet',
        how: '',
        actor: actorOf(who),
        outcome: failed.test(result ?? '') ? 'refused' : 'given',
        ended: result ?? '',
        entrance: '',
        shape: parameters ?? null,
      }),
    },
  ],
  'ecp-server': [
    {
      group: 'EventId|CMD~head|URL~head|EX~head',
      kind: 'action',
      shaped: 'parameters',
      deed([event, command, url, error]) {
        if (command === null) return null;
        return {
          what: command ?? '',
          realm: 'ecp',
          how: pageOf(url ?? ''),
          // The log does not say; whoever it was, it was carried out for them.
          actor: 'person',
          outcome: error === null ? 'given' : 'ran',
          ended: event ?? '',
          entrance: '',
          shape: null,
        };
      },
    },
  ],
  'admin-audit': [
    {
      group: 'CmdletName|Caller~who|Succeeded',
      kind: 'action',
      shaped: 'parameters',
      deed: ([cmdlet, who, succeeded]) => ({
        what: cmdlet ?? '',
        realm: 'audit',
        how: '',
        actor: actorOf(who),
        outcome: failed.test(succeeded ?? '') ? 'refused' : 'given',
        ended: succeeded ?? '',
        entrance: '',
        shape: null,
      }),
    },
  ],
};
