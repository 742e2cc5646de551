import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escaped, html, svg } from './markup.ts';

describe('html', () => {
  it('escapes whatever is not markup', () => {
    expect(html`<p title="${'"><x'}">${'<b>&'}${html`<i>${1}</i>`}${null}${['a', html`<b>b</b>`]}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;x">&lt;b&gt;&amp;<i>1</i>a<b>b</b></p>',
    );
  });

  it('breaks words of signatures in text, never in attributes and pictures', () => {
    expect(html`<p title="${'eval'}">${'eval('}</p>`.text).toBe('<p title="eval">ev<i></i>al(</p>');
    expect(svg`<text>${'eval('}</text>`.text).toBe('<text>eval(</text>');
  });

  it('takes no markup into an attribute', () => {
    expect(() => html`<p title="${html`<b>`}">`).toThrow('only text');
  });

  it('never lets text end an element or an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escaped(text)).not.toMatch(/[<>"'`]|&(?!(?:amp|lt|gt|quot|#39|#96);)/);
      }),
    );
  });
});
