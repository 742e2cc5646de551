import { describe, expect, it } from 'vitest';
import { UserError } from '../../core/errors.ts';
import { sha256Base64 } from '../../core/hash.ts';
import { assessments, finding, fixtureNowMs, implanted, suspected } from '../assessments.fixture.ts';
import { renderHtml } from '../index.ts';
import { unpackedModel } from './model.ts';
import { textOf } from './raw-line.ts';
import type { RenderOptions } from '../index.ts';

const options: RenderOptions = {
  nowMs: fixtureNowMs,
  timeZone: 'Europe/Berlin',
  lang: 'en',
  audience: 'own',
};
/** What is neither style nor script. */
const markup = (html: string): string => html.replace(/<style>.*?<\/style>/s, '').replace(/<script.*<\/script>/s, '');
const text = (html: string): string =>
  markup(html)
    .replace(/<i><\/i>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');

describe('renderHtml', () => {
  it('shows what would have been seen as days, with its error, where somebody asked', () => {
    const html = renderHtml(assessments['cannotTell']!, options);
    const said = text(html);
    expect(said).toContain('Had they come, would we have seen it?');
    expect(said).toContain('41 visits were judged in the same way as your evidence.');
    expect(said).toContain('Never; your EWS logs are missing.');
    expect(said).toContain('20 %19 to 21 %');
    expect(html.match(/<svg class="strip"/g)).toHaveLength(2);
    // 52 of 65 days stand without anything.
    expect(html).toContain('<rect class="seen" x="240" y="0" width="60" height="14">');
    expect(html).toContain('aria-label="3 January 2021 – 8 March 2021"');
    expect(said).toContain('they stand in event logs');
    expect(text(renderHtml(implanted, options))).not.toContain('Had they come');
  });
  it('tells the last time of what was done again on a later day', () => {
    const again = (lastUtc: string): string => {
      const shell = finding({ title: 'Order', stage: 'operated', timeUtc: '2021-03-06T03:04:20.000Z', lastUtc, count: 5 });
      const other = finding({ title: 'Planted', stage: 'implanted', timeUtc: '2021-03-06T03:01:00.000Z' });
      return text(renderHtml({ ...implanted, findings: [shell, other], intrusions: [] }, options));
    };
    expect(again('2021-03-09T03:07:20.000Z')).toMatch(/9 March 2021 ?04:07:20 .*The last of 5: ?Order/);
    expect(again('2021-03-06T03:07:20.000Z')).not.toContain('The last of');
  });
  it('does not call a wave theirs by its days alone, nor a find of nobody a second intruder', () => {
    const waveOf = (campaign: string | null): string => {
      const shell = finding({ title: 'Order', stage: 'operated', timeUtc: '2021-03-06T03:04:20.000Z', campaign });
      const verdict = {
        ...implanted.verdict,
        waves: implanted.verdict.waves.map((wave) => ({
          ...wave,
          answer: 'confirmed' as const,
          because: [{ kind: 'finding' as const, id: shell.id }],
        })),
      };
      return text(renderHtml({ ...implanted, findings: [shell], intrusions: [], verdict }, options));
    };
    expect(waveOf(null)).toContain('somebody was inside');
    expect(waveOf(null)).not.toContain('they got in');
    expect(waveOf('proxylogon')).toContain('they got in');

    const [first, ...rest] = implanted.intrusions;
    const second = {
      ...first!,
      id: 'second',
      observables: [{ kind: 'page', value: '/web.config', standing: 'direct' } as const],
    };
    const told = (firstUtc: string | null): string =>
      text(renderHtml({ ...implanted, intrusions: [first!, { ...second, firstUtc }, ...rest] }, options));
    expect(told(null)).toContain('One intruder, one find that may be theirs or that of somebody else');
    expect(told('2021-03-06T03:04:20.000Z')).toContain('Two intruders');
  });
  it.each(Object.entries(assessments))(
    '%s: one style and one script that its policy names, and nothing else that could run or load',
    (_name, assessment) => {
      const html = renderHtml(assessment, options);
      const style = /<style>(.*?)<\/style>/s.exec(html)![1]!;
      const script = /<script>(.*?)<\/script>/s.exec(html)![1]!;
      expect(html).toContain(
        `content="default-src 'none'; style-src 'sha256-${sha256Base64(style)}'; script-src 'sha256-${sha256Base64(script)}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"`,
      );
      expect(html.match(/<style/g)!.length).toBe(1);
      // What holds the model is no script: browsers run no text/plain.
      expect(html.match(/<script[^>]*>/g)).toEqual(['<script id="model" type="text/plain">', '<script>']);
      expect(script).not.toMatch(/document\.write|\beval\b|fetch\(|XMLHttpRequest|import\(|localStorage|WebSocket/);
      const rest = markup(html);
      expect(rest).not.toMatch(/<(?:script|img|link|iframe|object|embed|form|base)\b/i);
      expect(rest).not.toMatch(/\s(?:style|src|on\w+)="/);
      expect(rest).not.toMatch(/href="(?!#)/);
      expect(rest).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
      expect(renderHtml(assessment, options)).toBe(html);
    },
  );

  it('says which rows are missing in one log of requests and what the others say of them', () => {
    const shown = text(renderHtml(implanted, { ...options, timeZone: 'UTC' }));
    const section = shown.slice(shown.indexOf('Was anything taken out of the logs?'));
    expect(section).toContain('Yes, or never written down: 2 rows are missing in IIS, front end, and stand in another log');
    for (const said of [
      '3 March 2021, 04:11:09 UTC',
      ' 203.0.113.24 ',
      'POST /ecp/&lt;y>.jsanswered 200 77aa1c02-8f1e-4b0a-a2de-0b6a2f4c1a02',
      'HttpProxy, Ecp/HttpProxy_2021030304-1.LOG, line 17',
      '1 more row of this time',
      'IIS, front end, HttpProxy',
      '2 rows are in one only',
      'on 12 other days there are rows at that time, and no start of the web server is written behind it; the System log of that time is not here.',
      'W3SVC1/u_ex210302.log 2 March 2021, 05:00 UTC → 2 March 2021, 04:00 UTC: the clock was set, or rows were put in.',
    ])
      expect(section).toContain(said);
    const [first, ...rest] = implanted.coverage.ledgers;
    const place = first!.missing[0]!;
    const theirs = { ...first!, missing: [{ ...place, findings: [implanted.findings[0]!.id] }] };
    const told = { ...implanted, coverage: { ...implanted.coverage, ledgers: [theirs, ...rest] } };
    expect(text(renderHtml(told, options))).toContain('Yes. 2 rows were taken out of IIS, front end;');
    expect(text(renderHtml(suspected, options))).not.toContain('Was anything taken out of the logs?');
  });

  it('says that nothing was taken out only of logs that agree', () => {
    const entry = { ...implanted.coverage.ledgers[1]!, missing: [] };
    const say = (state: 'agree' | 'not_comparable'): string =>
      text(
        renderHtml(
          { ...implanted, coverage: { ...implanted.coverage, ledgers: [{ ...entry, state }], silences: [], steps: [] } },
          options,
        ),
      );
    expect(say('agree')).toContain('No. All 40,103 requests stand in each of the logs');
    expect(say('not_comparable')).toContain('This cannot be told: the logs differ so often');
  });

  it('says why one is one and others are others, each reason linked to its finding', () => {
    const [first, second, ...rest] = implanted.intrusions;
    const told = {
      ...implanted,
      intrusions: [
        {
          ...first!,
          together: [
            {
              by: 'session' as const,
              count: 3,
              text: 'They carry the same session.',
              findings: first!.findings.slice(0, 1),
              because: [{ kind: 'finding' as const, id: first!.findings[0]! }],
            },
          ],
          apart: [
            { by: 'writers' as const, other: second!.id, shared: '203.0.113.7', text: 'Both have <203.0.113.7>.', because: [] },
          ],
        },
        second!,
        ...rest,
      ],
    };
    const shown = text(renderHtml(told, options));
    expect(shown).toContain('Why this is one, and others are others');
    expect(shown).toMatch(/Not [^:]+: Both have &lt;203\.0\.113\.7>\./);
    expect(renderHtml(told, options)).toContain('>They carry the same session.</a>');
    expect(text(renderHtml(implanted, options))).not.toContain('Why this is one');
  });

  it('holds no run of a web shell that a scanner could know', () => {
    const html = renderHtml(implanted, options);
    for (const known of [/&lt;script/i, /runat=/i, /eval\(/i, /Request\[/i, /unsafe/i, /Page_Load/i, /JScript/i])
      expect(html).not.toMatch(known);
    expect(text(html)).toContain('‹script language=&quot;JScript&quot; runat=&quot;server&quot;›');
    const { assessment } = unpackedModel(/type="text\/plain">(.*?)<\/script>/s.exec(html)![1]!);
    const lines = assessment.findings.flatMap((one) => one.evidence.map((line) => textOf(line).text));
    // In the browser it is as it was logged.
    expect(lines.some((line) => line.includes('<script language="JScript" runat="server">'))).toBe(true);
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
    expect(page).toContain(
      'Interrupts Webmail, phones and Outlook from outside. Mail itself keeps flowing. Until a later step ends it.',
    );
    expect(page).toContain('Undo Open the same ports.');
  });

  it('says who collected what and when, in its head and in a table', () => {
    const page = text(renderHtml(implanted, options));
    expect(page).toContain('collected 9 March 2021 by KAPE · Report of 9 March 2021, 21:40');
    expect(page).toContain('Who collected this, and when');
    const [collection] = implanted.collections;
    const nobody = {
      ...implanted,
      collections: [{ ...collection!, collector: 'plain' as const, collectedUtc: null, host: null }],
    };
    expect(text(renderHtml(nobody, options))).toContain('nobody says (files copied by hand)');
    expect(text(renderHtml(nobody, options))).not.toContain('collected 9 March');
  });

  it('says who a step is for', () => {
    const page = text(renderHtml(implanted, options));
    expect(page).toContain('For whoever runs the firewall');
    expect(page).toContain('For whoever runs the mail server');
  });

  it('tells each intruder step by step', () => {
    const html = renderHtml(implanted, options);
    const chain = /<ol class="chain">(.*?)<\/ol>/s.exec(html)![1]!;
    const steps = [...chain.matchAll(/<li class="(\w+)">/g)].map(([, sure]) => sure);
    expect(steps.length).toBe(4);
    expect(text(chain)).toMatch(/Tried.*Got in.*Left something.*Left something/);
  });

  it('masks by whom it is for, and says so', () => {
    const forPublic = renderHtml(implanted, { ...options, audience: 'public' });
    expect(forPublic).not.toMatch(/MAIL01|Haven Street/);
    expect(text(forPublic)).toContain('For the public');
    expect(text(renderHtml(implanted, { ...options, audience: 'responder' }))).toContain('Access words of back doors are shown');
  });

  it('holds the gravest findings where there are too many for a page, and says how many are left out', () => {
    const many = Array.from({ length: 20_100 }, (_, index) =>
      finding({
        title: 'Somebody looked',
        stage: 'probed',
        timeUtc: new Date(Date.UTC(2021, 2, 1) + index * 1000).toISOString(),
      }),
    );
    const page = text(renderHtml({ ...implanted, findings: [...many, ...implanted.findings] }, options));
    expect(page).toContain(
      `The gravest 20,000 findings stand here; ${100 + implanted.findings.length} more are in findings.ndjson`,
    );
    expect(page).toContain('A script was put into the offline address book’s web address');
  });

  it('does not say the answer twice', () => {
    const page = text(renderHtml(suspected, options));
    expect(page).toMatch(/They got in\. What they left, we cannot see\. (?:This rests on: [a-z0-9 ]+ )?On 3 March 2021/);
    expect(page.split('What they left, we cannot see.').length).toBe(3);
  });

  it('gives its script the lines as they were logged, but for the secrets in them', () => {
    const html = renderHtml(implanted, options);
    const { assessment, options: same } = unpackedModel(/type="text\/plain">(.*?)<\/script>/s.exec(html)![1]!);
    expect(same).toEqual({ nowMs: options.nowMs, timeZone: options.timeZone, lang: options.lang });
    expect(assessment.findings.map(({ id, title, proves }) => [id, title, proves])).toEqual(
      implanted.findings.map(({ id, title, proves }) => [id, title, proves]),
    );
    const changed = implanted.findings.flatMap((one, index) =>
      one.evidence.filter((line, at) => assessment.findings[index]!.evidence[at]!.rawBase64 !== line.rawBase64),
    );
    // One line holds a session's token and the word by which the back door knows its master.
    expect(changed.map(({ line }) => line)).toEqual([3310]);
    expect(html).not.toContain('o4Wq7tcV');
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
