/** Where a page gets what its visitor says, by the names that each language has for it. */
import type { Value } from './value.ts';

const netParts =
  /(?:^|\.)request\.(?:form|querystring|params|headers|cookies|item|files|inputstream|getbufferlessinputstream|getbufferedinputstream|binaryread|rawurl|url|urlreferrer|useragent|unvalidated|servervariables|content|body|query|pathinfo|readasstringasync|bodyreader|clientcertificate|filter|saveas|totalbytes|contenttype|browser|userlanguages|requestcontext|gettype)(?:\.|$)/;

/** Below the request of ASP and .NET; whatever stands below it is the visitor's, but for what {@link isPlainRequestPart} names. */
export const netRequest = (path: string): boolean => netParts.test(path) || /(?:^|\.)request\.\w+$/.test(path);

const plainParts =
  /(?:^|\.)request\.(?:physicalapplicationpath|physicalpath|applicationpath|mappath|islocal|httpmethod|requesttype|contentlength|contentencoding|totalbytes|filepath|path|currentexecutionfilepath|apprelativecurrentexecutionfilepath|userhostaddress|userhostname|isauthenticated|issecureconnection|logonuseridentity|anonymousid|validateinput|abort|clientcertificate|browser\.\w+|gettype)$/;
/** The server's own words about a request. */
export const isPlainRequestPart = (path: string): boolean => plainParts.test(path);

const controls =
  /^(?:.*\.)?(?:textbox|htmlinputtext|htmlinputhidden|htmltextarea|hiddenfield|dropdownlist|listbox|htmlinputfile|fileupload|htmlselect|htmlinputcontrol|htmlinputpassword|radtextbox|combobox)$/;
const controlParts =
  /^(?:text|value|selectedvalue|selecteditem|innertext|innerhtml|filename|filebytes|filecontent|postedfile|postedfiles)$/;
export const isControl = (path: string, part: string): boolean => controlParts.test(part) && controls.test(path);

const javaParts =
  /(?:^|\.)(?:getparameter|getparametervalues|getparametermap|getparameternames|getquerystring|getinputstream|getreader|getcookies|getheader|getheaders|getheadernames|getpart|getparts|getpathinfo|getrequesturi|getrequesturl)$/;
const expressionParts = /^(?:param|paramvalues|header|headervalues|cookie)\.\w+$/;
/** Servlets' requests, and the names that expressions of JSP have for their parts. */
export const javaParameter = (path: string): boolean =>
  (javaParts.test(path) &&
    !/(?:socket|process|url|connection|class|runtime|exec|openconnection|part|item|clientsocket|urlconnection)\.(?:getinputstream|getreader|getheader)$/.test(
      path,
    )) ||
  expressionParts.test(path);

/** Parts of `$_SERVER` and of `ServerVariables` that are the visitor's. */
export const phpServerParts =
  /^(?:HTTP_(?!HOST$)|QUERY_STRING|REQUEST_URI|PHP_AUTH|PATH_INFO|ORIG_PATH_INFO|CONTENT_TYPE|REDIRECT_|ALL_HTTP|ALL_RAW|UNENCODED_URL)/i;

/** `php://input` and the like. */
export const phpInput = (value: Value | undefined): boolean =>
  value?.text != null && /^(?:php:\/\/(?:input|stdin)|php:\/\/filter\/.{0,200}php:\/\/input)/i.test(value.text);

const secretKeys =
  /^.{0,24}(?:pass(?:w(?:or)?d|wd|code|phrase|wrd)?|pwd|pswd|psw|senha|contrasena|cvv2?|cvc2?|card_?(?:no|num(?:ber)?)|cc_?num(?:ber)?|ssn)\d?$/i;
/** The name under which somebody hands in what is to stay his. */
export const isSecretKey = (key: string | null): boolean => key !== null && secretKeys.test(key);
