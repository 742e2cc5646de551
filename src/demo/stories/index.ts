/** All stories, by name. */
import type { Story } from '../story.ts';
import { healthy } from './healthy.ts';
import { mixedIntruders } from './mixed-intruders.ts';
import { probed } from './probed.ts';
import { proxylogonHandsOn } from './proxylogon-hands-on.ts';
import { proxylogonMailTheft } from './proxylogon-mail-theft.ts';
import { proxylogonMass } from './proxylogon-mass.ts';
import { proxyshell } from './proxyshell.ts';
import { removedRows } from './removed-rows.ts';
import { twoIntruders } from './two-intruders.ts';
import { youngLogs } from './young-logs.ts';

export const stories: readonly Story[] = [
  healthy,
  probed,
  proxylogonMass,
  proxylogonHandsOn,
  proxylogonMailTheft,
  proxyshell,
  twoIntruders,
  mixedIntruders,
  removedRows,
  youngLogs,
];
