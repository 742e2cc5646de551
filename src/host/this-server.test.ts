import { expect, test } from 'vitest';
import { memoryFiles } from '../../test/support/memory.ts';
import { thisServer } from './this-server.ts';

const config = `<?xml version="1.0"?>
<configuration><system.applicationHost>
  <log><centralW3CLogFile enabled="true" directory="%SystemDrive%/inetpub/logs/LogFiles" /></log>
  <sites>
    <site name="Default Web Site" id="1"><application path="/">
      <virtualDirectory path="/" physicalPath="%SystemDrive%/inetpub/wwwroot" />
      <virtualDirectory path="/owa" physicalPath='/exchange/V15/FrontEnd/HttpProxy/owa' /></application>
      <logFile logFormat="W3C" directory="/logs/iis &amp; co" />
    </site>
  </sites></system.applicationHost></configuration>`;

const windows = {
  '/windows/System32/inetsrv/config/applicationHost.config': config,
  '/windows/System32/LogFiles/HTTPERR/httperr1.log': '',
};

test('an Exchange server: its own folders, wherever they were put', () => {
  const files = memoryFiles({
    ...windows,
    '/exchange/V15/Logging/ECP/Server/x.LOG': '',
    '/exchange/V15/TransportRoles/Logs/x.LOG': '',
    '/logs/iis & co/W3SVC1/u.log': '',
  });
  expect(thisServer({ EXCHANGEINSTALLPATH: '/exchange/V15', SystemRoot: '/windows' }, files)).toEqual({
    product: 'exchange',
    logs: [
      { path: '/logs/iis & co', what: 'iis-logs' },
      { path: '/windows/System32/LogFiles/HTTPERR', what: 'httperr' },
      { path: '/exchange/V15/Logging', what: 'exchange-logging' },
      { path: '/exchange/V15/TransportRoles/Logs', what: 'transport-logs' },
    ],
    published: ['%SystemDrive%/inetpub/wwwroot', '/exchange/V15/FrontEnd/HttpProxy/owa', '/exchange/V15'],
  });
});

test('a web server without Exchange, and a computer that is neither', () => {
  expect(thisServer({ windir: '/windows' }, memoryFiles(windows))).toMatchObject({ product: 'iis', logs: [{ what: 'httperr' }] });
  expect(thisServer({ windir: '/windows', ExchangeInstallPath: '/gone' }, memoryFiles({ '/windows/x': '' }))).toBeNull();
  expect(thisServer({}, memoryFiles({}))).toBeNull();
});
