/** The borders that packs draw for their campaigns, held against the list of holes. */
import { expect, test } from 'vitest';
import { loadContent } from '../../src/assess.ts';
import { nodePlatform } from '../../src/host/node-platform.ts';
import { campaignStand } from '../../src/judge/campaign-stand.ts';
import { knowledgeHere } from '../../src/knowledge/knowledge.fixture.ts';

test('a campaign and its way in agree on every build, but where the sources do not', () => {
  const knowledge = knowledgeHere();
  const { packs } = loadContent(nodePlatform);
  const undecided = packs
    .filter(({ fixedBuilds }) => fixedBuilds.length > 0)
    .flatMap((pack) => {
      expect(
        knowledge.holes.some(({ cve }) => cve === pack.cves[0]?.id),
        pack.id,
      ).toBe(true);
      return knowledge.releases
        .filter(({ product }) => product !== '2010')
        .filter(({ build }) => campaignStand(knowledge, pack, { from: build, to: build }) === 'unknown')
        .map(({ build }) => `${pack.id} ${build}`);
    });
  expect(undecided).toEqual([
    // Updates of March 2021 for levels that were no longer kept: Microsoft says that they bring the fixes of that month alone, and the
    // levels had got the one of February 2020 as an update of its own.
    'cve-2020-0688 15.1.1847.12',
    'cve-2020-0688 15.1.1913.12',
    'cve-2020-0688 15.2.464.15',
    'cve-2020-0688 15.2.529.13',
    // Microsoft lists the update of 2013 SP1 for two of the four holes of ProxyLogon only.
    'proxylogon 15.0.847.64',
  ]);
});

test('a build of every product stands to every campaign', () => {
  const knowledge = knowledgeHere();
  const { packs } = loadContent(nodePlatform);
  const stands = (id: string): string[] =>
    ['14.3.496.0', '15.0.1497.10', '15.1.2106.2', '15.1.2507.72', '15.2.721.13', '15.2.2562.17'].map((build) =>
      campaignStand(
        knowledge,
        packs.find((pack) => pack.id === id)!,
        { from: build, to: build },
      ),
    );
  expect(stands('proxylogon')).toEqual(['not_affected', 'open', 'open', 'fixed', 'fixed', 'fixed']);
  expect(stands('proxyshell')).toEqual(['unknown', 'open', 'open', 'fixed', 'open', 'fixed']);
});
