/** Names by which calls, parts and things are known, whatever way leads to them; all lower case. */
import { namedByClassId } from './class-ids.ts';
import { type SinkKind, tellingAlone } from './sink-table.ts';
import type { Value } from './value.ts';

/** What methods give that are known by what they give. */
export const gives: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'runtime.getruntime': 'runtime',
    'process.start': 'process',
    'assembly.load': 'assembly',
    'powershell.create': 'powershell',
    'webrequest.create': 'webrequest',
    'runspacefactory.createrunspace': 'runspace',
    'runspace.createpipeline': 'pipeline',
    'codedomprovider.createprovider': 'codedomprovider',
    'files.get': 'postedfile',
    'socketchannel.open': 'socketchannel',
    'toolprovider.getsystemjavacompiler': 'javacompiler',
    'connection.createstatement': 'statement',
    'drivermanager.getconnection': 'connection',
    'appdomain.currentdomain': 'appdomain',
    'appdomain.createdomain': 'appdomain',
    'file.createtext': 'streamwriter',
    'file.create': 'filestream',
    'file.open': 'filestream',
    'file.appendtext': 'streamwriter',
    'scripting.filesystemobject.createtextfile': 'textstream',
    'scripting.filesystemobject.opentextfile': 'textstream',
    'scriptengine.getenginebyname': 'scriptengine',
    'scriptenginemanager.getenginebyname': 'scriptengine',
  }),
);

/** What ASP.NET signs and encrypts with, and what IIS logs on with. */
export const tellingParts = /^(?:validationkey|decryptionkey|anonymoususerpass|wamuserpass)$/;
export const providers = /^(?:IIS|WinNT|winmgmts):/i;
export const mailers = /^(?:cdo\.message|cdonts\.newmail|jmail\.\w+|persits\.mailsender|mailmessage)$/;
export const callsBack = /^(?:u[ak]?sort|sqlitecreatefunction|createfunction|sqlitecreateaggregate)$/;
/** What another server answered. */
export const answers = /^(?:responsebody|responsetext|responsestream|responsexml)$/;
export const keeps = /(?:^|\.|\$_)(?:session|application|cache|viewstate|servletcontext|(?:context|current)\.items)$/;
export const progId = (text: string): string => {
  const numbered = namedByClassId(text);
  if (numbered !== null) return numbered;
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^new:/, '')
    .slice(0, 80)
    .replace(/\.\d{1,2}$/, '');
  return plain === 'msscriptcontrol.scriptcontrol' ? 'scriptcontrol' : plain;
};
export const shortPath = (path: string): string => {
  if (path.length <= 60) return path;
  const parts = path.split('.');
  return parts.slice(-4).join('.').slice(-120);
};
export const twoNames = (path: string): string => path.split('.').slice(-2).join('.');
/** What a method is asked of. */
export const lastOf = (path: string): string => {
  const parts = path.split('.').filter((one) => !askedWith.has(one));
  return parts.at(-1) ?? '';
};
const askedWith: ReadonlySet<string> = new Set(
  'getmethod getdeclaredmethod getruntimemethod class gettype getclass typeof'.split(' '),
);
export const isLocal = (value: Value | undefined): boolean =>
  value?.text != null && !/^[a-z][\w.+-]{1,20}:\/\//i.test(value.text);
export const hives = /(?:^|\.)registry\.(?:localmachine|currentuser|users|classesroot|currentconfig)$/;

/** Methods that are known by their own name, whatever they are called on. */
const standAlone: ReadonlySet<string> = new Set(
  'parsecontrol evaluatestring evaluatereader defineclass defineclass0 defineanonymousclass installclass createvalueexpression createmethodexpression parseexpression setdatasourcename newtransformer newtemplates loadwithpartialname jscriptevaluate'.split(
    ' ',
  ),
);

/** The longest end of a path that the table knows. */
export function shortSinkName(path: string, table: ReadonlyMap<string, SinkKind>): string {
  const parts = path.split('.');
  for (let count = Math.min(5, parts.length); count >= 1; count--) {
    const end = parts.slice(-count).join('.');
    // A bare name is one only where nothing stands before it.
    if (
      table.has(end) &&
      (count > 1 ||
        parts.length === 1 ||
        end === 'saveas' ||
        (end === 'eval' && parts.length > 2) ||
        end.startsWith('compileassembly') ||
        standAlone.has(end) ||
        tellingAlone.has(end))
    )
      return end;
  }
  return twoNames(path);
}

/** What asks another server, and what puts out. */
export const asksAt =
  /(?:^|\.)(?:webrequest\.create|httpwebrequest\.create|downloaddata|downloadstring|openread|getstringasync|getbytearrayasync|getasync|(?:xmlhttp|serverxmlhttp|winhttprequest(?:\.5\.1)?)\.open)$/;
export const putsOut = /(?:^|\.)(?:response\.(?:write|binarywrite)|out\.(?:print|println|write))$/;
/** A text that is code: it decodes and runs something. */
export const codeInText = /\b(?:eval|assert|system|base64_decode|gzinflate|create_function)\s{0,8}\(/i;
/** What a visitor comes with, or from. */
export const comesWith = /^(?:HTTP_)?(?:USER[-_]AGENT|REFERER)$/i;
