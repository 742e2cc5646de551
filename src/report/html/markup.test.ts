import * as fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { html, svg } from './markup.ts';
import type { Part } from './markup.ts';

describe('html', () => {
  it('makes text of whatever is not an element', () => {
    expect(renderToString(html`<p title="${'"><x'}">${'<b>&'}${html`<i>${1}</i>`}${null}${['a', html`<b>b</b>`]}</p>`)).toBe(
      '<p title="&quot;>&lt;x">&lt;b>&amp;<i>1</i>a<b>b</b></p>',
    );
  });

  it('breaks words of signatures in text, never in attributes and pictures', () => {
    expect(renderToString(html`<p title="${'eval'}">${'eval('}</p>`)).toBe('<p title="eval">ev<i></i>al(</p>');
    expect(renderToString(svg`<text>${'eval('}</text>`)).toBe('<text>eval(</text>');
  });

  it('shows what cannot be seen, in text and in attributes', () => {
    expect(renderToString(html`<p title="${'a\u202eb'}">${'a\u202eb'}</p>`)).toBe('<p title="a‹U+202E›b">a‹U+202E›b</p>');
  });

  it('keeps blanks as a browser reads them', () => {
    expect(
      renderToString(
        html`<p>
          a <b>${'b'}</b>
          ${'c'}
        </p>`,
      ),
    ).toBe('<p> a <b>b</b> c </p>');
  });

  it('takes no markup into an attribute, and nothing that only looks like an element', () => {
    expect(() => html`<p title="${html`<b></b>`}"></p>`).toThrow('only text');
    // As hostile JSON could hold it.
    const posing = { type: 'script', props: { children: 'x' }, key: null, ref: null } as unknown as Part;
    expect(() => html`<p>${posing}</p>`).toThrow('only text');
    expect(() => html`<p>${JSON.parse('{"type":"img","props":{"src":"x"},"constructor":null}') as Part}</p>`).toThrow(
      'only text',
    );
  });

  it('refuses a template that is no markup', () => {
    expect(() => html`<p><b></p>`).toThrow('closes no <b>');
    expect(() => html`<p>`).toThrow('not closed');
    expect(() => html`<p`).toThrow('no markup');
  });

  it('never lets text end an element or an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [, attribute, inside] = /^<p title(?:="([^"]*)")?>(.*)<\/p>$/s.exec(
          renderToString(html`<p title="${text}">${text}</p>`),
        )!;
        expect(attribute ?? '').not.toMatch(/[<"]|&(?!(?:amp|lt|gt|quot);)/);
        expect(inside!.replaceAll('<i></i>', '')).not.toMatch(/<|&(?!(?:amp|lt|gt|quot);)/);
      }),
    );
  });
});
