/**
 * Steps as data: what somebody asks, what the server does with it and what it shows of it. Probes of the monitoring, administrators,
 * scanners and intruders are all written so; the engine does not know whose campaign it plays.
 */
import type { Stage } from '../core/stage.ts';
import { compileRequest, type Compiled, type Extras, type Range } from './exchange.ts';
import {
  changeOf,
  ecpServerForm,
  ewsForm,
  type IisColumns,
  managementEventForm,
  type RequestForm,
  rpsCmdletForm,
  rpsHttpForm,
} from './log-forms.ts';
import { RowForm, text } from './row.ts';

/** What a request asks and how it was answered. `{NAMES}` in texts are filled in when it is played. */
export interface StepRequest {
  /** Folder of HttpProxy; left out: IIS alone answers. */
  readonly protocol?: string;
  readonly method: string;
  readonly stem: string;
  readonly query?: string;
  readonly host?: string;
  readonly agent: string;
  readonly referer?: string;
  readonly user?: string;
  readonly authentication?: string;
  readonly anchor?: string;
  readonly action?: string;
  readonly clientRequestId?: string;
  readonly status: number;
  readonly substatus?: number;
  readonly win32?: number;
  readonly encoding?: boolean;
  /** Asked by the server itself, on loopback. */
  readonly local?: boolean;
  readonly error?: string;
  readonly errors?: string;
  readonly note?: string;
  /** Whom the front end asked. `target` left out: the server that holds the mailbox, under its own version. */
  readonly proxied?: {
    readonly target?: string;
    readonly targetBuild?: string;
    readonly targetNumber?: string;
    readonly hint: string;
    readonly cookie?: string;
    readonly status?: number;
  };
  readonly back?: { readonly stem: string; readonly query?: string; readonly user?: string; readonly status: number };
}

export interface Step {
  readonly name: string;
  /** Since the step before, in seconds. */
  readonly afterS?: Range;
  readonly request: StepRequest;
  /** Orders of the control panel, as its log has them, so many milliseconds before the answer. */
  readonly commands?: readonly {
    readonly beforeMs: number;
    readonly session?: string;
    readonly command: string;
    readonly url?: string;
    readonly referer?: string;
    readonly exception?: string;
  }[];
  readonly call?: { readonly action: string; readonly user: string; readonly impersonated?: string; readonly status: number };
  readonly shell?: {
    readonly user: string;
    readonly sid: string;
    readonly query: string;
    readonly application: string;
    readonly client: string;
    readonly cmdlet?: string;
    readonly parameters?: string;
    readonly error?: string;
  };
  readonly takenMs?: Range;
  readonly requestBytes?: Range;
  readonly responseBytes?: Range;
  /** How often, with the same pauses; each time with sizes of its own. */
  readonly times?: Range;
  /** What it does to the server. */
  readonly stage?: Stage;
}

export type Names = Readonly<Record<string, string>>;

const named = /\{([A-Z][A-Z0-9]*)\}/g;

/** Fills in the names, wherever texts stand. A name that nobody knows is a mistake of the table. */
export function filled<T>(value: T, names: Names): T {
  if (typeof value === 'string')
    return value.replace(named, (_whole, name: string) => {
      const word = names[name];
      if (word === undefined) throw new Error(`{${name}} in a step is not known`);
      return word;
    }) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => filled(one, names)) as T;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one as unknown, names)])) as T;
  return value;
}

export interface PreparedStep {
  readonly step: Step;
  readonly compiled: Compiled;
  /** Orders that stand in the log well before the answer. */
  readonly early: readonly { readonly beforeMs: number; readonly form: RowForm; readonly event: RowForm | null }[];
}

const ownTarget = { target: text('backFqdn'), targetBuild: text('backLong'), targetNumber: text('backNumber') };

/** Makes the forms of a step whose names are filled in. */
export function prepareStep(step: Step, columns: IisColumns, mailHost: string): PreparedStep {
  const { request: r } = step;
  const { proxied, ...rest } = r;
  const form: RequestForm = {
    ...rest,
    host: r.host ?? mailHost,
    ...(proxied === undefined ? {} : { proxied: { ...ownTarget, ...proxied } }),
  };
  const eventOf = (command: string, exception: string | undefined): string | null => {
    const change = changeOf(command);
    return change === null ? null : managementEventForm(change.cmdlet, change.parameters, exception);
  };
  const commands = (step.commands ?? []).map(({ beforeMs, ...command }) => ({
    beforeMs,
    event: eventOf(command.command, command.exception),
    text: ecpServerForm({
      ...command,
      session: command.session ?? text('freshId'),
      url: command.url ?? `${r.stem}${r.query === undefined ? '' : `?${r.query}`}`,
      referer: command.referer ?? r.referer ?? '',
    }),
  }));
  const late = commands.filter(({ beforeMs }) => beforeMs < 100);
  const { shell, call } = step;
  const extras: Extras = {
    ...(call === undefined ? {} : { ews: ewsForm({ ...call, agent: r.agent, authentication: 'Negotiate' }) }),
    ...(shell === undefined
      ? {}
      : {
          rpsHttp: rpsHttpForm({
            user: shell.user,
            agent: r.agent,
            host: form.host,
            query: shell.query,
            client: shell.client,
            status: r.status,
          }),
        }),
    ...(shell?.cmdlet === undefined
      ? {}
      : {
          rpsCmdlet: rpsCmdletForm({
            user: shell.user,
            sid: shell.sid,
            cmdlet: shell.cmdlet,
            parameters: shell.parameters ?? '',
            application: shell.application,
            ...(shell.error === undefined ? {} : { error: shell.error }),
          }),
        }),
    ecp: late.map((one) => one.text),
    events: [
      ...late.flatMap(({ event }) => (event === null ? [] : [event])),
      ...(shell?.cmdlet === undefined || changeOf(shell.cmdlet) === null
        ? []
        : [managementEventForm(shell.cmdlet, shell.parameters ?? '', shell.error)]),
    ],
    ...(step.takenMs === undefined ? {} : { taken: step.takenMs }),
    ...(step.requestBytes === undefined ? {} : { requestBytes: step.requestBytes }),
    ...(step.responseBytes === undefined ? {} : { responseBytes: step.responseBytes }),
  };
  return {
    step,
    compiled: compileRequest(form, columns, extras),
    early: commands
      .filter(({ beforeMs }) => beforeMs >= 100)
      .map(({ beforeMs, event, text: order }) => ({
        beforeMs,
        form: new RowForm(order),
        event: event === null ? null : new RowForm(event),
      })),
  };
}
