/** On a server: say so, stand back behind its own work, and know where its logs are. */
import os from 'node:os';
import { UserError } from '../core/errors.ts';
import { nodeFiles } from '../host/node-platform.ts';
import { type ThisServer, thisServer } from '../host/this-server.ts';

/** null: this computer is no Exchange or IIS server. Where it is one, says so and lowers the priority of the process. */
export function serverHere(): ThisServer | null {
  const server = thisServer(process.env, nodeFiles);
  if (server === null) return null;
  let priority = 'at the lowest priority';
  try {
    os.setPriority(os.constants.priority.PRIORITY_LOW);
  } catch {
    priority = 'at its usual priority (a lower one was refused)';
  }
  const product = server.product === 'exchange' ? 'Exchange' : 'IIS';
  process.stderr.write(
    `This computer is itself an ${product} server: Afterpatch works ${priority} and changes nothing. If intruders are on it, they can see\nthis, too: copying the logs elsewhere and reading them there is safer.\n`,
  );
  return server;
}

/** @throws UserError when nothing was named, or the server's own logs were asked for where there is no server */
export function pathsOf(named: readonly string[], own: boolean, server: ThisServer | null): string[] {
  if (own && server === null)
    throw new UserError(
      'server.none',
      'This computer is no Exchange or IIS server that Afterpatch can recognise.',
      'Name the folders with its logs instead of --this-server.',
    );
  const paths = [...named, ...(own ? server!.logs.map(({ path }) => path) : [])];
  if (paths.length > 0) return paths;
  throw new UserError(
    'path.none',
    own ? 'This server keeps no logs where they were looked for.' : 'No path was given.',
    server === null || own
      ? 'Name a folder, a file or an archive with logs, or - for standard input.'
      : 'Name a folder or file, or add --this-server to read what this server keeps itself.',
  );
}
