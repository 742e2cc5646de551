// What an administrator collects before and after a clean-up beside the logs of the mail server: a list of the files in its web folders,
// and the Security log of the domain controller, as `wevtutil` exports it.

const httpProxy = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy';

/** The address of a page → where its file stands. */
const fileOf = (page) =>
  page.startsWith('/owa/') || page.startsWith('/ecp/')
    ? `${httpProxy}${page.replaceAll('/', '\\')}`
    : `C:\\inetpub\\wwwroot${page.replaceAll('/', '\\')}`;

const iso = (utc) => `${utc.replace(' ', 'T')}.0000000Z`;

/** Pages that stand there anyway. */
const shipped = [
  ['/owa/auth/logon.aspx', 71_682],
  ['/owa/auth/errorFE.aspx', 5_106],
  ['/owa/auth/logoff.aspx', 2_461],
  ['/ecp/auth/TimeoutLogout.aspx', 1_012],
];

/** `Get-ChildItem -Recurse | Select-Object FullName, Length, CreationTimeUtc, LastWriteTimeUtc | Export-Csv`; times in the form `o`. */
export function webFolders(pages) {
  const rows = [
    ...shipped.map(([page, bytes]) => [fileOf(page), bytes, '2020-09-22 18:04:11', '2020-09-10 03:12:40']),
    [
      'C:\\inetpub\\wwwroot\\aspnet_client\\system_web\\4_0_30319\\WebUIValidation.js',
      18_203,
      '2018-11-06 09:30:02',
      '2018-11-06 09:30:02',
    ],
    ...pages.map(({ page, bytes, made }) => [fileOf(page), bytes, made, made]),
  ];
  const lines = rows.map(([path, bytes, made, written]) => `"${path}","${bytes}","${iso(made)}","${iso(written)}"`);
  return `${['"FullName","Length","CreationTimeUtc","LastWriteTimeUtc"', ...lines].join('\r\n')}\r\n`;
}

/** `Get-ExchangeCertificate | Select-Object … | Export-Csv`, days in the form `yyyy-MM-dd`. */
export function certificates(list) {
  const rows = list.map(
    ({ thumbprint, subject, from, services }) =>
      `"${thumbprint}","${subject}","${services}","${from}","${Number(from.slice(0, 4)) + 2}${from.slice(4)}","True"`,
  );
  return `${['"Thumbprint","Subject","Services","NotBefore","NotAfter","HasPrivateKey"', ...rows].join('\r\n')}\r\n`;
}

/** `Get-OabVirtualDirectory | Format-List`, shortened. */
export const offlineAddressBook = (server) =>
  [
    '',
    '',
    `Server                : ${server}`,
    `Identity              : ${server}\\OAB (Default Web Site)`,
    'Name                  : OAB (Default Web Site)',
    'PollInterval          : 480',
    'OfflineAddressBooks   : {\\Default Offline Address Book}',
    'RequireSSL            : True',
    `InternalUrl           : https://${server.toLowerCase()}.haven.example/OAB`,
    'ExternalUrl           : https://mail.haven.example/OAB',
    'WhenChangedUTC        : 13.03.2021 10:02:11',
    '',
    '',
  ].join('\r\n');

const subject = {
  SubjectUserSid: 'S-1-5-21-3141592653-271828182-1618033988-1105',
  SubjectUserName: 'helga.admin',
  SubjectDomainName: 'HAVEN',
};

/** Events of the Security log: tickets as they are given out all day, and the passwords that were set. */
export function securityLog(computer, { fromUtc, days, people, passwords }) {
  const events = [];
  const from = Date.parse(`${fromUtc.replace(' ', 'T')}Z`);
  for (let hour = 0; hour < days * 24; hour += 6)
    events.push({
      ms: from + hour * 3_600_000 + 417_000,
      id: 4768,
      data: {
        TargetUserName: people[(hour / 6) % people.length],
        TargetDomainName: 'HAVEN.EXAMPLE',
        ServiceName: 'krbtgt',
        Status: '0x0',
      },
    });
  for (const { at, name } of passwords)
    events.push({
      ms: Date.parse(`${at.replace(' ', 'T')}Z`),
      id: 4724,
      data: { TargetUserName: name, TargetDomainName: 'HAVEN', ...subject },
    });
  events.sort((a, b) => a.ms - b.ms);
  const text = events.map(({ ms, id, data }, index) => {
    const values = Object.entries(data).map(([name, value]) => `<Data Name='${name}'>${value}</Data>`);
    return (
      `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>` +
      `<Provider Name='Microsoft-Windows-Security-Auditing' Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'/><EventID>${id}</EventID>` +
      `<Version>0</Version><Level>0</Level><Task>13824</Task><Opcode>0</Opcode><Keywords>0x8020000000000000</Keywords>` +
      `<TimeCreated SystemTime='${new Date(ms).toISOString()}'/><EventRecordID>${880_100 + index}</EventRecordID><Correlation/>` +
      `<Execution ProcessID='712' ThreadID='4180'/><Channel>Security</Channel><Computer>${computer}</Computer><Security/></System>` +
      `<EventData>${values.join('')}</EventData></Event>`
    );
  });
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<Events>\r\n${text.join('\r\n')}\r\n</Events>\r\n`;
}
