/** Files and configuration, builds, and whether the server was open. */
import type { Exposure } from '../core/assessment.ts';
import { sayNumber, upperFirst, pick } from './say.ts';

/** Mitigations, as a person calls them. */
const mitigationNames: Readonly<Record<string, string>> = {
  'backend-cookie': 'the two rules of March 2021 against made-up cookies',
  'powershell-rule': 'the rule against autodiscover with PowerShell (ProxyNotShell)',
  'owa-script-policy': 'the policy for scripts in Outlook on the web',
  'extended-protection': 'Extended Protection',
};

export const filesMessages = {
  filesTitle: 'Files and configuration',
  filesIntro:
    'Held against what Exchange ships, by content first. An odd file is a reason to look; what is proven of one stands among the findings.',
  filesHead: { path: 'File', standing: 'What it is', why: 'Why' },
  filesMore: (count: number) => `${sayNumber(count)} more stand in the assessment.`,
  fileStanding: (standing: 'changed' | 'elsewhere' | 'not_shipped') =>
    ({ changed: 'a shipped name, other content', elsewhere: 'shipped content, another place', not_shipped: 'not shipped' })[
      standing
    ],
  mitigation: (id: string, state: 'applied' | 'removed' | 'failed', host: string | null) =>
    `${upperFirst(mitigationNames[id] ?? `the mitigation ${id}`)}${host === null ? '' : ` on ${host}`}: ${
      {
        applied: 'in force',
        removed: 'not in force: taken out, switched off, or undone further down',
        failed: 'not in force: incomplete, or in a form that attackers pass',
      }[state]
    }.`,

  exposedTitle: 'Was the server open?',
  exposedIntro: 'Told by the build numbers that records name, never by how a request was answered.',
  exposureSays: (host: string, state: Exposure['campaigns'][number]['state'], campaign: string): string =>
    pick(
      {
        vulnerable: `${host} was open to ${campaign}.`,
        fixed: `${host} runs a build that is closed to ${campaign}.`,
        unknown: `Whether ${host} was open to ${campaign} is not known.`,
      },
      state,
    ),
  fixedSince: 'The fixed build was first seen on',
  updateLater: (day: string) => `Its update came on ${day}, after these logs end.`,
  buildHead: { host: 'Server', product: 'Product', build: 'Build', when: 'Seen', source: 'Told by' },
  buildNoTime: 'the tool does not say when',
  exposureTitle: 'Which build ran when',
} as const;
