// What one server would hand over: daily files per log, rows sorted by time, laid out as on the disk. HttpProxy logs really turn
// over every hour; here one file holds a day, so that a set stays small (the README says so).

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  dayName,
  ecpServerHeader,
  httpProxyHeader,
  iisFields,
  iisHeader,
  rpsCmdletHeader,
  rpsHttpHeader,
} from './log-writers.mjs';

const exchange = 'C/Program Files/Microsoft/Exchange Server/V15/Logging';
const dayMs = 86_400_000;

/** Collects rows of one server; `save` writes its files below `folder`. */
export function createServer({
  name,
  ip,
  linkLocal,
  domain,
  firstMs,
  lastMs,
  patchedMs,
  columns = 'plain',
  offline = [],
  builds = { before: '15.1.2176.2', after: '15.1.2176.9' },
  shell = false,
}) {
  const logs = new Map(); // log -> day -> [ms, row][]
  const down = patchedMs === undefined ? offline : [...offline, [patchedMs - 12 * 60_000, patchedMs]];
  return {
    name,
    ip,
    linkLocal,
    columns,
    /** The logs of remote PowerShell were collected, too. */
    shell,
    fqdn: `${name}.${domain}`,
    build: (ms) => (patchedMs !== undefined && ms >= patchedMs ? builds.after : builds.before),
    /** The server was switched on at that time, and the collected logs reach it. */
    runs: (ms) => ms >= firstMs && ms <= lastMs && !down.some(([from, to]) => ms >= from && ms < to),
    add(log, ms, row) {
      const day = Math.floor(ms / dayMs) * dayMs;
      let days = logs.get(log);
      if (days === undefined) logs.set(log, (days = new Map()));
      const rows = days.get(day);
      if (rows === undefined) days.set(day, [[ms, row]]);
      else rows.push([ms, row]);
    },
    /** Writes everything except the logs in `without` (`iis1`, `iis2`, `ecp`, `HttpProxy/Owa` ...). Returns what it wrote. */
    save(folder, without = []) {
      let bytes = 0;
      const files = [];
      for (const [log, days] of logs) {
        if (without.includes(log)) continue;
        let made = false;
        for (const [day, rows] of days) {
          rows.sort((a, b) => a[0] - b[0]);
          const path = join(folder, pathOf(log, day));
          if (!made) {
            mkdirSync(dirname(path), { recursive: true });
            made = true;
          }
          const lines = [...headerOf(log, rows[0][0], this)];
          let restarted = patchedMs === undefined || patchedMs <= rows[0][0] || patchedMs >= day + dayMs;
          for (const [ms, row] of rows) {
            if (!restarted && ms >= patchedMs) {
              lines.push(...headerOf(log, ms, this)); // the header comes back when the process starts again
              restarted = true;
            }
            lines.push(row);
          }
          const text = `${lines.join('\r\n')}\r\n`;
          writeFileSync(path, text);
          bytes += text.length; // ASCII alone
          files.push(path);
        }
      }
      return { bytes, files };
    },
  };
}

function pathOf(log, day) {
  const name = dayName(day);
  if (log === 'iis1') return `C/inetpub/logs/LogFiles/W3SVC1/u_ex${name.slice(2)}.log`;
  if (log === 'iis2') return `C/inetpub/logs/LogFiles/W3SVC2/u_ex${name.slice(2)}.log`;
  if (log === 'ecp') return `${exchange}/ECP/Server/ECPServer${name}-1.LOG`;
  if (log === 'CmdletInfra/Powershell-Proxy/Http') return `${exchange}/${log}/Rps_Http_${name}00-1.LOG`;
  if (log === 'CmdletInfra/Powershell-Proxy/Cmdlet') return `${exchange}/${log}/Rps_Cmdlet_${name}00-1.LOG`;
  return `${exchange}/${log}/HttpProxy_${name}00-1.LOG`;
}

function headerOf(log, ms, server) {
  if (log === 'iis1') return iisHeader(ms, iisFields[server.columns]);
  if (log === 'iis2') return iisHeader(ms, iisFields[server.columns === 'forwarded' ? 'plain' : server.columns]);
  if (log === 'ecp') return ecpServerHeader(ms);
  if (log === 'CmdletInfra/Powershell-Proxy/Http') return rpsHttpHeader(ms, server.build(ms));
  if (log === 'CmdletInfra/Powershell-Proxy/Cmdlet') return rpsCmdletHeader(ms, server.build(ms));
  return httpProxyHeader(ms, server.build(ms));
}
