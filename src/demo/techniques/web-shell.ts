import { orders, pageRequest, tools } from '../stories/forged-anchor.ts';
import type { Technique } from '../technique.ts';

export const webShell: readonly Technique[] = [
  {
    id: 'web-shell/orders',
    name: 'orders to a page that was there already',
    stage: 'operated',
    before2013: true,
    sources: ['https://github.com/cisagov/CHIRP/blob/develop/indicators/AA21-062A/AA21062A.yaml'],
    page: '/aspnet_client/{RANDOM8}.aspx',
    steps: [
      {
        name: 'order-in-the-address',
        request: pageRequest(false, 'GET', tools.crawler, 200, { query: '{KEY}=whoami' }),
        takenMs: [150, 400],
        responseBytes: [400, 480],
        stage: 'operated',
      },
      orders(false, tools.crawler, [6, 6], [8, 120]),
    ],
  },
];
