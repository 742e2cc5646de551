import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { UserError } from '../../core/errors.ts';

/** `afterpatch packs new <id>`: a pack that is whole, checks and tests, and says where to go on. */
export function newCommand(earn: (code: number) => void): Command {
  return new Command('new')
    .description('begins a pack: a folder with one rule, its case and what it proves, to be changed')
    .argument('<id>', 'its id: lower-case words joined by `-`')
    .option('--into <folder>', 'where the folder of the pack is made', '.')
    .action((id: string, options: { readonly into: string }) => {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
        throw new UserError('packs.id', `\`${id}\` is no id of a pack`, 'use lower-case words joined by `-`, as in `proxylogon`');
      const folder = path.join(options.into, id);
      if (fs.existsSync(folder)) throw new UserError('packs.exists', `${folder} is there already`, 'choose another id or folder');
      for (const [name, text] of Object.entries(skeleton(id, randomUUID()))) {
        const file = path.join(folder, name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, text);
        process.stdout.write(`${file}\n`);
      }
      process.stdout.write(`Next: npx afterpatch packs test ${folder}\n`);
      earn(0);
    });
}

const skeleton = (id: string, uuid: string): Readonly<Record<string, string>> => ({
  'pack.yaml': `# Every fact with its source beside it. How a pack is written: docs/guide/write-a-pack.md
id: ${id}
version: 0.1.0
name: Name of the campaign, and a few words more
summary: >-
  What it was, in two or three sentences for people.

cves: []

# First known use and the update, YYYY-MM-DD; null for a pack that is no campaign.
firstExploited: null
patched: null
fixedBuilds: []
waves: []

proofs:
  - rule: first-sign
    step: try
    stage: attempted
    confidence: confirmed
    title: 'What happened, in one sentence without a full stop'
    proves: >-
      What a row that matches proves.
    doesNotProve: >-
      What it does not prove.
    innocent: >-
      What an innocent explanation would be.
    techniques: [T1190]
    cves: []
    decisive: [cs-uri-stem, cs-uri-query, sc-status]

questions: []
traits: []
waysBack: []
knownPages: []

sources:
  - https://example.org/where-this-is-from
`,
  'rules/first-sign.yml': `title: What the rule looks for
id: ${uuid}
status: experimental
description: >-
  What it looks for, in a sentence.
references:
  - 'https://example.org/where-this-is-from'
author: You
date: 2026-01-01
logsource:
  product: windows
  service: iis-w3c
detection:
  # A text that the rule cannot be true without: rows without it cost nothing.
  page:
    cs-uri-stem|contains: '/change-me-${id}'
  condition: page
falsepositives:
  - None known
level: medium
`,
  'cases/first-sign.yaml': `positive:
  # what must be found
  - cs-method: 'GET'
    cs-uri-stem: '/owa/change-me-${id}/x'
    s-port: '443'
    sc-status: '200'
benign:
  # what comes close and is everyday
  - cs-method: 'GET'
    cs-uri-stem: '/owa/auth/logon.aspx'
    s-port: '443'
    sc-status: '200'
`,
});
