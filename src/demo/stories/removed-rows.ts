import { proxylogonHandsOn } from './proxylogon-hands-on.ts';
import type { Story } from '../story.ts';

export const removedRows: Story = {
  ...proxylogonHandsOn,
  name: 'removed-rows',
  what: 'As proxylogon-hands-on, and the rows of the break-in were taken out of the IIS log of the front end; the other two books still have them.',
  removal: { log: 'iis-front', whose: 'hostile', most: 8 },
  expect: {
    answer: 'confirmed',
    stage: 'operated',
    intruders: 1,
    why: 'what was taken out stands in HttpProxy, the back end and the control panel, and the orders are all there',
  },
};
