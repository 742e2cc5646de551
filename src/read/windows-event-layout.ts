/** Which fields an event has and whose words they are: one layout for equal events, whatever form they were read from. */
import { sha256Hex } from '../core/hash.ts';
import type { Field, Layout } from '../core/record.ts';
import type { View } from './evtx/views.ts';
import { by } from './layout.ts';
import { eventField, systemNames, windowsEventFields, windowsEventSource } from './windows-event-record.ts';

/** A hostile log can have one in each record. */
const mostLayouts = 2048;
/** Names in all sequences of names that are remembered. */
const mostSteps = 1 << 15;
const nothing: ReadonlySet<string> = new Set();

/** A sequence of names, and how it can go on. */
interface Step {
  readonly next: Map<string | null, Step>;
  layout: Layout | null;
}

const firstStep = (): Step => ({ next: new Map(), layout: null });

export class EventLayouts {
  readonly #layouts = new Map<string, Layout>();
  /** By the provider and all names: forms without templates ask for each event anew. */
  #asked = firstStep();
  #steps = 0;

  /**
   * @param names all that the event has; the service's own come first, in the order in which people look for them
   * @param quoted those that were found in a message: what somebody got into it can look like one
   */
  of(names: ReadonlySet<string>, provider: string | null, view: View | null, quoted: ReadonlySet<string> = nothing): Layout {
    const asked = quoted.size > 0 || view !== null ? null : this.#stepOf(names, provider);
    if (asked !== null && asked.layout !== null) return asked.layout;
    const fields = new Map<string, Field>();
    for (const [name, facts] of Object.entries(view?.fields ?? {})) fields.set(name, { name, ...facts });
    for (const name of systemNames) if (names.has(name)) fields.set(name, eventField(name, provider));
    for (const name of names)
      if (!fields.has(name))
        fields.set(
          name,
          quoted.has(name) && !Object.hasOwn(windowsEventFields, name) ? { name, ...by('client') } : eventField(name, provider),
        );
    const list = [...fields.values()];
    const logSource = view?.logSource ?? windowsEventSource;
    const key = `${logSource}\n${JSON.stringify(list)}`;
    let layout = this.#layouts.get(key);
    if (layout === undefined) {
      layout = { logSource, fields: list, hash: sha256Hex(key).slice(0, 16) };
      if (this.#layouts.size >= mostLayouts) this.#layouts.clear();
      this.#layouts.set(key, layout);
    }
    if (asked !== null) asked.layout = layout;
    return layout;
  }

  #stepOf(names: ReadonlySet<string>, provider: string | null): Step {
    if (this.#steps > mostSteps) {
      this.#asked = firstStep();
      this.#steps = 0;
    }
    let step = this.#step(this.#asked, provider);
    for (const name of names) step = this.#step(step, name);
    return step;
  }

  #step({ next }: Step, name: string | null): Step {
    let step = next.get(name);
    if (step === undefined) {
      next.set(name, (step = firstStep()));
      this.#steps++;
    }
    return step;
  }
}
