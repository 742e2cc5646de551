import { describe, expect, it } from 'vitest';
import { UserError } from '../../core/errors.ts';
import { sha256Base64 } from '../../core/hash.ts';
import { assessments, fixtureNowMs, implanted, suspected } from '../assessments.fixture.ts';
import { renderHtml } from '../index.ts';
import type { RenderOptions } from '../index.ts';

const options: RenderOptions = {
  nowMs: fixtureNowMs,
  timeZone: 'Europe/Berlin',
  lang: 'en',
  audience: 'own',
};
const text = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<i><\/i>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');

describe('renderHtml', () => {
  it.each(Object.entries(assessments))(
    '%s: one style that its policy names, and nothing else that could run or load',
    (_name, assessment) => {
      const html = renderHtml(assessment, options);
      const style = /<style>(.*?)<\/style>/s.exec(html)![1]!;
      expect(html).toContain(
        `content="default-src 'none'; style-src 'sha256-${sha256Base64(style)}'; img-src data:; base-uri 'none'; form-action 'none'"`.replaceAll(
          "'",
          '&#39;',
        ),
      );
      expect(html.match(/<style/g)!.length).toBe(1);
      expect(html).not.toMatch(/<(?:script|img|link|iframe|object|embed|form|base)\b/i);
      expect(html).not.toMatch(/\s(?:style|src|on\w+)="/);
      expect(html).not.toMatch(/href="(?!#)/);
      expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
      expect(renderHtml(assessment, options)).toBe(html);
    },
  );

  it('holds no run of a web shell that a scanner could know', () => {
    const html = renderHtml(implanted, options);
    for (const known of [/&lt;script/i, /runat=/i, /eval\(/i, /Request\[/i, /unsafe/i, /Page_Load/i, /JScript/i])
      expect(html).not.toMatch(known);
    expect(text(html)).toContain('&lt;script language=&quot;JScript&quot; runat=&quot;server&quot;&gt;');
  });

  it('says what must not be done from `exploited` up, and only there', () => {
    for (const [name, assessment] of Object.entries(assessments)) {
      const urgent = ['implanted', 'operated', 'suspected'].includes(name);
      expect(text(renderHtml(assessment, options)).includes('Before anything else.'), name).toBe(urgent);
    }
  });

  it('says for each missing record what it decides and where it may be', () => {
    const page = text(renderHtml(suspected, options));
    for (const one of suspected.verdict.missing) expect(page).toContain(one.decides);
    expect(page).toContain('then in last month’s backup or a snapshot');
  });

  it('says what a campaign and a wave are called, and draws the day of the patch', () => {
    const html = renderHtml(implanted, options);
    const page = text(html);
    expect(page).toContain('open to ProxyLogon');
    expect(page).toContain('published 2 Mar');
    expect(html).toContain('<path class="patch"');
    expect(page).toContain('The quiet, targeted attacks 3 January 2021 – 25 February 2021');
    expect(page).not.toMatch(/\bproxylogon(?![/])/);
  });

  it('says what a step stops and how it is undone from their own fields', () => {
    const page = text(renderHtml(implanted, options));
    expect(page).toContain('Stops Webmail, phones and Outlook from outside. Mail itself keeps flowing.Undo Open the same ports.');
  });

  it('does not say the answer twice', () => {
    expect(text(renderHtml(suspected, options))).toContain('They got in. What they left, we cannot see. On 3 March 2021');
  });

  it('holds the exact bytes as base64 that every decoder reads', () => {
    const html = renderHtml(implanted, options);
    const blocks = [...html.matchAll(/<pre class="b64"[^>]*>([^<]*)<\/pre>/g)].map((match) => match[1]!);
    const decoded = blocks.map((block) => block.replaceAll('\n', ''));
    expect(decoded.toSorted()).toEqual(
      implanted.findings.flatMap((one) => one.evidence.map((line) => line.rawBase64)).toSorted(),
    );
  });

  it('says once what findings of one kind have in common', () => {
    const page = text(renderHtml(implanted, options));
    const [visit] = implanted.findings.filter((finding) => finding.stage === 'probed' && finding.title.includes('back door'));
    expect(page.split(visit!.doesNotProve).length).toBe(2);
  });

  it('says times in the reader’s zone with UTC beside it', () => {
    expect(text(renderHtml(implanted, options))).toContain('On 3 March 2021 at 05:12 (04:12 UTC, 6 days ago)');
    expect(text(renderHtml(implanted, { ...options, timeZone: 'UTC' }))).toContain('3 March 2021, 04:12:37 UTC');
  });

  it('refuses a zone that nobody knows', () => {
    expect(() => renderHtml(implanted, { ...options, timeZone: 'Mars/Olympus' })).toThrow(UserError);
  });
});
