/** The bytes of a line as they were logged, made when somebody unfolds them: in a browser only, and only there base64 becomes text. */
import { Component } from 'preact';
import type { FindingEvidence } from '../../core/assessment.ts';
import { sha256Hex } from '../../core/hash.ts';
import type { Messages } from '../messages.ts';
import { component, html } from './markup.ts';
import type { Markup } from './markup.ts';
import { bytesOf } from './raw-line.ts';

interface Properties {
  readonly evidence: FindingEvidence;
  readonly say: Messages;
}

export const exactBytes = (evidence: FindingEvidence, say: Messages): Markup | null =>
  bytesOf(evidence.rawBase64)?.length === 0 ? null : component(ExactBytes, { evidence, say });

class ExactBytes extends Component<Properties, { readonly open: boolean }> {
  override state = { open: false };

  override render({ evidence, say }: Properties): Markup {
    const toggled = (event: Event): void => this.setState({ open: (event.currentTarget as HTMLDetailsElement).open });
    return html`<details class="bytes" onToggle="${toggled}">
      <summary>${say.exactBytes}</summary>
      ${this.state.open ? opened(evidence, say) : null}
    </details>`;
  }
}

function opened(evidence: FindingEvidence, say: Messages): Markup {
  const bytes = bytesOf(evidence.rawBase64) ?? new Uint8Array();
  const exact = sha256Hex(bytes) === evidence.sha256;
  return html`<p class="loc">${exact ? say.exactBytesAre : say.bytesMasked}</p>
    <pre class="b64" tabindex="0" aria-label="${say.exactBytesLabel}">${evidence.rawBase64}</pre>`;
}
