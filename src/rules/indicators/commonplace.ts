/**
 * Values that stand in lists of indicators by mistake or beside others, and that everybody has. Facts, not judgements: each belongs to a
 * service or program that anybody uses.
 * @see https://github.com/MISP/misp-warninglists for the idea; the values are those of the services' own pages
 */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

export const publicResolvers = words(`
  1.1.1.1 1.0.0.1 1.1.1.2 1.0.0.2 1.1.1.3 1.0.0.3 8.8.8.8 8.8.4.4 9.9.9.9 9.9.9.10 149.112.112.112 149.112.112.10
  208.67.222.222 208.67.220.220 4.2.2.1 4.2.2.2 4.2.2.3 4.2.2.4 4.2.2.5 4.2.2.6 64.6.64.6 64.6.65.6 94.140.14.14 94.140.15.15
  114.114.114.114 114.114.115.115 223.5.5.5 223.6.6.6 119.29.29.29 180.76.76.76 77.88.8.8 77.88.8.1 84.200.69.80 84.200.70.40
  2606:4700:4700:0:0:0:0:1111 2606:4700:4700:0:0:0:0:1001 2001:4860:4860:0:0:0:0:8888 2001:4860:4860:0:0:0:0:8844
  2620:fe:0:0:0:0:0:fe 2620:fe:0:0:0:0:0:9`);

/** Names of large services, and suffixes under which thousands have theirs: a match of anything below them would be everybody. */
export const commonDomains = words(`
  microsoft.com windows.com windowsupdate.com windows.net office.com office.net office365.com outlook.com outlook.office365.com
  hotmail.com live.com msn.com bing.com msftncsi.com msftconnecttest.com microsoftonline.com azure.com azure.net sharepoint.com
  onedrive.com skype.com visualstudio.com aka.ms login.microsoftonline.com update.microsoft.com download.microsoft.com
  google.com google-analytics.com googleapis.com googleusercontent.com gstatic.com gmail.com youtube.com doubleclick.net
  docs.google.com drive.google.com www.google.com www.microsoft.com www.bing.com goo.gl bit.ly tinyurl.com t.co
  github.com githubusercontent.com raw.githubusercontent.com gist.githubusercontent.com gitlab.com bitbucket.org sourceforge.net
  amazon.com amazonaws.com s3.amazonaws.com cloudfront.net akamai.net akamaiedge.net akamaihd.net cloudflare.com cloudflare.net
  fastly.net apple.com icloud.com me.com yahoo.com aol.com mail.ru yandex.ru yandex.com baidu.com qq.com 163.com 126.com
  facebook.com fbcdn.net instagram.com twitter.com x.com linkedin.com reddit.com t.me telegram.org api.telegram.org whatsapp.com
  discord.com discordapp.com cdn.discordapp.com slack.com zoom.us dropbox.com dropboxusercontent.com box.com mega.nz
  pastebin.com paste.ee ghostbin.com transfer.sh anonfiles.com adobe.com mozilla.org firefox.com ubuntu.com debian.org
  wikipedia.org wordpress.com wordpress.org blogspot.com digicert.com verisign.com letsencrypt.org globalsign.com sectigo.com
  virustotal.com ipify.org api.ipify.org icanhazip.com ifconfig.me ipinfo.io proton.me protonmail.com ipfs.io
  azurewebsites.net azureedge.net cloudapp.net cloudapp.azure.com blob.core.windows.net trafficmanager.net web.app firebaseapp.com
  firebaseio.com herokuapp.com github.io gitlab.io netlify.app vercel.app pages.dev workers.dev onrender.com fly.dev glitch.me
  ngrok.io ngrok.com ngrok-free.app trycloudflare.com duckdns.org ddns.net no-ip.org no-ip.com noip.com hopto.org zapto.org sytes.net
  dyndns.org dynu.com changeip.com 000webhostapp.com weebly.com wixsite.com
  co.uk org.uk ac.uk com.au net.au com.br com.cn net.cn org.cn com.tw com.hk com.sg co.jp ne.jp or.jp co.kr or.kr co.in co.nz co.za
  com.tr com.mx com.ar com.ua com.vn com.my co.id co.th in.th com.ph com.pl com.ru co.il`);

/** Of which every server has one. */
export const commonFiles = words(`
  cmd.exe powershell.exe pwsh.exe rundll32.exe regsvr32.exe svchost.exe explorer.exe lsass.exe csrss.exe services.exe winlogon.exe
  wininit.exe conhost.exe dllhost.exe taskhost.exe taskhostw.exe taskmgr.exe msiexec.exe mshta.exe wscript.exe cscript.exe net.exe net1.exe
  netsh.exe reg.exe sc.exe schtasks.exe wmic.exe wmiprvse.exe whoami.exe ipconfig.exe ping.exe nslookup.exe notepad.exe calc.exe
  certutil.exe bitsadmin.exe msbuild.exe csc.exe regasm.exe installutil.exe dism.exe w3wp.exe iisreset.exe appcmd.exe tasklist.exe
  7z.exe winrar.exe rar.exe curl.exe java.exe javaw.exe python.exe chrome.exe firefox.exe iexplore.exe msedge.exe outlook.exe word.exe
  winword.exe excel.exe powerpnt.exe teams.exe onedrive.exe setup.exe install.exe installer.exe update.exe updater.exe uninstall.exe
  kernel32.dll ntdll.dll user32.dll advapi32.dll ws2_32.dll wininet.dll version.dll shell32.dll msvcrt.dll mscoree.dll
  desktop.ini autorun.inf web.config index.html index.htm index.php index.jsp index.aspx default.aspx default.asp default.htm
  global.asax login.aspx logon.aspx logoff.aspx error.aspx readme.md readme.txt license.txt package.json robots.txt favicon.ico
  config.ini config.xml settings.xml log.txt test.txt data.txt`);

/** Pages of Exchange that whoever reads his mail asks for; lists name them as what was attacked. */
export const commonPage =
  /(?:^|\/frontend\/httpproxy|\/clientaccess)\/(?:owa|ecp)\/(?:default\.aspx|auth\/(?:logon|logoff|errorfe|expiredpassword|frowny|outlookcn|signout|svmfeedback|timeoutlogout|redirsuiteserviceproxy)\.aspx)?$|^\/(?:ews\/exchange\.asmx|autodiscover\/autodiscover\.(?:xml|json)|mapi\/(?:emsmdb|nspi)\/?|microsoft-server-activesync(?:\/default\.eas)?|powershell\/?|rpc\/rpcproxy\.dll)$/;

export const commonAccounts = words(`
  administrator admin administrateur administrador amministratore system localsystem root guest gast user test service network
  localservice networkservice anonymous everyone krbtgt defaultaccount nobody daemon`);

export const emptyHashes = words(`
  d41d8cd98f00b204e9800998ecf8427e da39a3ee5e6b4b0d3255bfef95601890afd80709
  e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  68b329da9893e34099c7d8ad5cb9c940 adc83b19e793491b1c6ea0fd8b46cd9f32e592fc
  01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b`);

/** Agents of programs that everybody runs: browsers as they are, public tools, and the robots of search engines. */
export const commonAgent =
  /^(?:curl|wget|python-requests|python-urllib|go-http-client|java|okhttp|libwww-perl|axios|microsoft office|outlook|exchangeservicesclient|microsoft wnet|windows-update-agent|apple-|ios|postmanruntime)\b|googlebot|bingbot|duckduckbot|yandexbot|baiduspider|facebookexternalhit|^mozilla\/5\.0 \([^)]{1,120}\) (?:applewebkit\/[\d.]+ \(khtml, like gecko\)|gecko\/\d+)[ \w./()-]{0,160}$/;
