/**
 * Microsoft's ExchangeLogCollector puts the logs of a server under labels of its own instead of their folders. Where each label
 * came from, as the tail of a server's path.
 * @see https://github.com/microsoft/CSS-Exchange/blob/main/Diagnostics/ExchangeLogCollector (Invoke-RemoteMain.ps1)
 */
const labels: Readonly<Record<string, string>> = {
  ad_driver_logs: 'Logging\\ADDriver',
  autod_logs: 'Logging\\Autodiscover',
  autod_proxy_logs: 'Logging\\HttpProxy\\Autodiscover',
  cmdletinfra_logs: 'Logging\\CmdletInfra',
  eas_proxy_logs: 'Logging\\HttpProxy\\Eas',
  ecp_logs: 'Logging\\ECP',
  ecp_proxy_logs: 'Logging\\HttpProxy\\Ecp',
  ews_be_logs: 'Logging\\EWS',
  ews_proxy_logs: 'Logging\\HttpProxy\\Ews',
  httperr_logs: 'Windows\\System32\\LogFiles\\HTTPERR',
  managedavailabilitymonitoringlogs: 'Logging\\Monitoring',
  mapi_addressbook_service_logs: 'Logging\\MAPI AddressBook Service',
  mapi_logs: 'Logging\\MapiHttp\\Mailbox',
  mapi_proxy_logs: 'Logging\\HttpProxy\\Mapi',
  message_tracking_logs: 'TransportRoles\\Logs\\MessageTracking',
  mitigation_service_logs: 'Logging\\MitigationService',
  oab_generation_logs: 'Logging\\OABGeneratorLog',
  oab_generation_simple_logs: 'Logging\\OABGeneratorSimpleLog',
  oab_proxy_logs: 'Logging\\HttpProxy\\OAB',
  owa_logs: 'Logging\\OWA',
  owa_proxy_calendar_logs: 'Logging\\HttpProxy\\OwaCalendar',
  owa_proxy_logs: 'Logging\\HttpProxy\\Owa',
  powershell_proxy_logs: 'Logging\\HttpProxy\\PowerShell',
  rca_logs: 'Logging\\RPC Client Access',
  rca_proxy_logs: 'Logging\\HttpProxy\\RpcHttp',
  rpc_http_logs: 'Logging\\RpcHttp',
};

/** Each label's folder may have been zipped, also one by one. */
const zipped = /\.zip$/i;
const siteLabel = /^iis_(w3svc\d{1,9})_logs$/i;

/** What a label stands for, in parts; null: it is none of them. */
export function labelledFolder(part: string): readonly string[] | null {
  const name = part.replace(zipped, '').toLowerCase();
  if (Object.hasOwn(labels, name)) return labels[name]!.split('\\');
  const site = siteLabel.exec(name);
  return site === null ? null : ['LogFiles', site[1]!.toUpperCase()];
}
