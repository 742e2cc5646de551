/**
 * The page files of the web folders, as placeholders: the names that Exchange ships, and the page that an intruder left. No file holds
 * anything that a server would carry out; what stands for an intruder's page is encoded, so that a scanner leaves it alone.
 * @see https://github.com/microsoft/CSS-Exchange (baselines of shipped files)
 */
import { base64 } from '../core/hash.ts';
import type { Sink } from './log-writer.ts';
import { bytesOf } from './row.ts';
import type { Server } from './server.ts';
import type { StoryPlan } from './story-plan.ts';
import type { Truth } from './truth.ts';

const frontEnd = 'C/Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy';
const shipped = [
  'owa/auth/errorFE.aspx',
  'owa/auth/ExpiredPassword.aspx',
  'owa/auth/frowny.aspx',
  'owa/auth/logoff.aspx',
  'owa/auth/logon.aspx',
  'owa/auth/OutlookCN.aspx',
  'owa/auth/RedirSuiteServiceProxy.aspx',
  'owa/auth/signout.aspx',
  'owa/auth/SvmFeedback.aspx',
  'ecp/auth/TimeoutLogout.aspx',
].map((name) => `${frontEnd}/${name}`);

/** Where a page's address leads on the disk. */
const fileOf = (page: string): string =>
  page.startsWith('/owa/') || page.startsWith('/ecp/') ? `${frontEnd}${page}` : `C/inetpub/wwwroot${page}`;

const own = bytesOf('Placeholder of a page that Exchange ships. Made up by afterpatch demo; nothing here runs.\r\n');

export function writeWebFolders(sink: Sink, servers: readonly Server[], told: StoryPlan): Truth['pages'] {
  const pages: Truth['pages'][number][] = [];
  const write = (path: string, bytes: Uint8Array, intruder: string | null): void => {
    const file = sink.open(path);
    sink.write(file, bytes);
    sink.close(file);
    pages.push({ path, bytes: bytes.length, intruder });
  };
  for (const { plan } of servers) {
    for (const path of shipped) write(plan.folder + path, own, null);
    for (const { id, story, page, server } of told.intruders)
      if (page !== null && server === plan.index)
        write(
          plan.folder + fileOf(page),
          bytesOf(
            `${base64(bytesOf(`Inert placeholder of the page that ${id} of ${story} left. Made up; nothing here runs.`))}\r\n`,
          ),
          `${story}/${id}`,
        );
  }
  return pages;
}
