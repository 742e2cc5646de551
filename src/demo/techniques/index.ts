/** What is played into the evidence of others (`--measure-blindness`), by pack, and what is not, with the reason. */
import type { NotPlayed, Technique } from '../technique.ts';
import { proxylogon } from './proxylogon.ts';
import { proxyshell } from './proxyshell.ts';
import { proxytoken } from './proxytoken.ts';
import { webShell } from './web-shell.ts';
import { owassrf, proxynotshell, viewState } from './with-a-password.ts';

export const techniques: readonly Technique[] = [
  ...viewState,
  ...proxylogon,
  ...proxyshell,
  ...proxytoken,
  ...proxynotshell,
  ...owassrf,
  ...webShell,
];

/** Tied to the packs by a test: a pack stands above, or here. */
export const notPlayed: readonly NotPlayed[] = [
  {
    pack: 'exchange-later',
    what: 'holes published after 2022',
    why: 'no row of them is published that one of the logs tried here would hold',
  },
  {
    pack: 'post-exploitation',
    what: 'programs started, accounts, tasks and services made',
    why: 'they stand in event logs (Security, System, PowerShell), into which nothing is played yet',
  },
  {
    pack: 'sharepoint-toolshell',
    what: 'SharePoint',
    why: 'it is another product, with logs of its own',
  },
];
