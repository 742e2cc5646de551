/** What lists call the types of their values. Words compare without case, blanks and marks. */
import type { IndicatorKind } from './indicator.ts';
import type { LeftOutCode } from './left-out.ts';

/** `look`: the value itself tells (a hash of any length; a file by its hash or by its name). */
export type TypeMeaning = IndicatorKind | 'look' | { readonly leftOut: LeftOutCode };

export const wordForm = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

const table: readonly (readonly [TypeMeaning, string])[] = [
  ['md5', 'md5 filemd5 hashmd5 filehashmd5 md5hash md5sum'],
  ['sha1', 'sha1 filesha1 hashsha1 filehashsha1 sha1hash sha1sum'],
  ['sha256', 'sha256 filesha256 hashsha256 filehashsha256 sha256hash sha256sum'],
  [
    'look',
    'hash filehash hashes file sample malwaresample binary observable ioc any datei fichier prfsumme pruefsumme hashwert empreinte',
  ],
  [
    'address',
    'ip ipv4 ipv6 ipaddress ipaddr ipv4addr ipv6addr ipv4address ipv6address ipdst ipsrc srcip dstip sourceip destinationip sourceaddress destinationaddress remoteip clientip c2ip ipport ipdstport ipsrcport ippublic networkip host address c2address serverip attackerip ipadresse adresseip direccionip indirizzoip enderecoip',
  ],
  ['range', 'cidr ipv4cidr ipv6cidr iprange ipnet ipnetwork netblock subnet network networkrange prefix'],
  [
    'domain',
    'domain domainname hostname fqdn c2domain domainport hostnameport dns dnsname subdomain sitedomain c2hostname domainip fullyqualifieddomainname domne domaene domaine nomdedomaine dominio',
  ],
  ['url', 'url uri urlpath fullurl link c2url downloadurl associatedurl httprequest urlindicator maliciousurl'],
  ['user_agent', 'useragent httpuseragent ua useragents'],
  ['path', 'path filepath filepathname fullpath filefullpath fileandpath winpath pathname pfad dateipfad chemin ruta percorso'],
  ['file_name', 'filename name1 fname filenames filenameext imagename dateiname nomdefichier nombredearchivo nomefile'],
  ['account', 'account username user useraccount accountname targetaccount login upn userprincipalname'],
  [
    'email',
    'email emailaddress emailaddr emailsrc emailsender sender senderaddress senderemail from emailfrom emaildst emailreplyto replyto mailbox mail emailsourceaddress emailadresse courriel correo',
  ],
  [{ leftOut: 'victim' }, 'targetemail targetuser targetmachine targetorg targetlocation targetexternal victim recipient'],
  [
    { leftOut: 'fuzzy_hash' },
    'imphash impfuzzy ssdeep tlsh pehash authentihash authentihashsha256 telfhash vhash sdhash cdhash sha224 sha384 sha512 sha512224 sha512256 sha3256 sha3512 filenamesha512 filenamessdeep filenameimphash filenamepehash',
  ],
  [
    { leftOut: 'type' },
    `mutex mutexname registry registrykey registrypath regkey regkeyvalue commandline commandlineparameter cmdline scheduledtask scheduledtaskpath
     service servicename windowsservicename certificate certificateserial sslcertificate sslcertificateserial x509fingerprintsha1 x509fingerprintmd5
     x509fingerprintsha256 certthumbprint certificatethumbprint thumbprint asn registrar guid pdb pdbpath yara snort sigma rule tool technique cve
     vulnerability btc bitcoin wallet cryptocurrency xmr rsakey port namedpipe pipe emailwhois whoisregistrantemail whoisregistrantname
     whoisregistrantphone whoiscreationdate emailsubject emailattachment emailbody emailmessageid emailmimeboundary emailxmailer comment text other
     datetime counter float mimetype sizeinbytes patterninfile patterninmemory patternintraffic attachment hex ja3 ja3fingerprintmd5 jarm hasshmd5
     macaddress mac phonenumber githubusername twitterid threatactor campaignname httpmethod cookie description info information process processname
     stixtwopattern stix2pattern nids dnssoaemail bro zeek kusto gitcommitid mobileapplicationid chromeextensionid favicon faviconmmh3`,
  ],
];

const meanings = new Map<string, TypeMeaning>();
for (const [meaning, words] of table) for (const word of words.split(/\s+/)) if (word !== '') meanings.set(word, meaning);

/** null: no word for a type. */
export const typeOfWord = (word: string): TypeMeaning | null => meanings.get(wordForm(word)) ?? null;
