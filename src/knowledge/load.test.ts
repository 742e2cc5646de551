import { describe, expect, test } from 'vitest';
import { KnowledgeError, type KnowledgeFile, type knowledgeFiles, loadKnowledge } from './index.ts';
import { knowledgeHere, knowledgeTexts } from './knowledge.fixture.ts';

test('the files that come with the program are whole', () => {
  const { releases, holes, setup, mitigations, supportEnd, beforeMarch2021 } = knowledgeHere();
  expect(releases.length).toBe(388);
  expect(holes.length).toBe(154);
  expect(holes.filter(({ kev }) => kev !== null).length).toBe(21);
  expect(setup.length).toBe(69);
  expect(mitigations.length).toBe(12);
  expect(supportEnd.size).toBe(5);
  expect(beforeMarch2021.size).toBe(18);
  // A mitigation is against a hole that we know.
  const known = new Set(holes.map(({ cve }) => cve));
  expect(mitigations.flatMap(({ cves }) => cves).filter((cve) => !known.has(cve))).toEqual([]);
  expect(mitigations.filter(({ cves }) => cves.length === 0)).toEqual([]);
});

describe('what is wrong is shown in its line', () => {
  const changed = (name: (typeof knowledgeFiles)[number], from: string, to: string): readonly KnowledgeFile[] =>
    knowledgeTexts().map((file) => {
      if (!file.path.endsWith(`/${name}`)) return file;
      expect(file.text).toContain(from);
      return { ...file, text: file.text.replace(from, to) };
    });
  const cases: readonly (readonly [string, (typeof knowledgeFiles)[number], string, string, RegExp])[] = [
    ['no JSON', 'kev.jsonl', '{ "cve": "CVE-2020-0688"', '{ "cve": CVE-2020-0688', /kev\.jsonl:7:1: this line is no JSON/],
    ['a name nobody knows', 'kev.jsonl', '"ransomware": true', '"ransom": true', /kev\.jsonl:\d+:1: nobody knows `ransom`/],
    ['no source', 'kev.jsonl', '"from": ["cisa", "kev"]', '"from": []', /`from` is missing/],
    ['a source that is not named', 'kev.jsonl', '"from": ["cisa", "kev"]', '"from": ["nvd"]', /there is no source `nvd`/],
    [
      'a build twice',
      'exchange-builds.jsonl',
      '"build": "15.1.2106.13"',
      '"build": "15.1.2106.2"',
      /15\.1\.2106\.2 stands here twice/,
    ],
    [
      'a build of another product',
      'exchange-builds.jsonl',
      '"build": "15.1.2106.13", "product": "2016"',
      '"build": "15.1.2106.13", "product": "2019"',
      /15\.1\.2106\.13 is no build of 2019/,
    ],
    [
      'a fix that is no build',
      'exchange-cves.jsonl',
      '"15.0.1347.5"',
      '"15.0.1347.4"',
      /15\.0\.1347\.4 is no build that we know/,
    ],
    ['no day', 'kev.jsonl', '"added": "2021-11-03"', '"added": "2021-13-03"', /`2021-13-03` is no day/],
    ['a step nobody knows', 'exchange-cves.jsonl', '"step": "hybrid-app"', '"step": "hybrid"', /`step` cannot be `hybrid`/],
  ];
  test.each(cases)('%s', (_, name, from, to, message) => {
    expect(() => loadKnowledge(changed(name, from, to))).toThrow(KnowledgeError);
    expect(() => loadKnowledge(changed(name, from, to))).toThrow(message);
  });
  test('a file that is missing', () => {
    expect(() => loadKnowledge(knowledgeTexts().slice(1))).toThrow(/exchange-builds\.jsonl:1:1: the file is missing/);
  });
});
