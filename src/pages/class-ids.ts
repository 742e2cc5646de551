/**
 * Things of Windows that pages make by number instead of by name (`<object classid="clsid:…">`, `CreateObject("new:…")`).
 * @see https://learn.microsoft.com/windows/win32/com/clsid-key-hklm
 */
const classIds: Readonly<Record<string, string>> = {
  '72c24dd5-d70a-438b-8a42-98424b88afb8': 'wscript.shell',
  'f935dc22-1cf0-11d0-adb9-00c04fd58a0b': 'wscript.shell',
  '093ff999-1ea0-4079-9525-9614c3504b74': 'wscript.network',
  'f935dc26-1cf0-11d0-adb9-00c04fd58a0b': 'wscript.network',
  '13709620-c279-11ce-a49e-444553540000': 'shell.application',
  'c08afd90-f2a1-11d1-8455-00a0c91f3880': 'shellbrowserwindow',
  '9ba05972-f6a8-11cf-a442-00a0c90a8f39': 'shellwindows',
  '0d43fe01-f093-11cf-8940-00a0c9054228': 'scripting.filesystemobject',
  '00000566-0000-0010-8000-00aa006d2ea4': 'adodb.stream',
  '00000514-0000-0010-8000-00aa006d2ea4': 'adodb.connection',
  '00000535-0000-0010-8000-00aa006d2ea4': 'adodb.recordset',
  '0e59f1d5-1fbe-11d0-8ff2-00a0d10038bc': 'scriptcontrol',
  'ed8c108e-4349-11d2-91a4-00c04f7969e8': 'microsoft.xmlhttp',
  'f6d90f16-9c73-11d3-b32e-00c04f990bb4': 'msxml2.xmlhttp',
  'afba6b42-5692-48ea-8141-dc517dcf0ef1': 'msxml2.serverxmlhttp',
  '2087c2f4-2cef-4953-a8ab-66779b670495': 'winhttp.winhttprequest.5.1',
  '49b2791a-b1ae-4c90-9b8e-e860ba07f889': 'mmc20.application',
  '76a64158-cb41-11d1-8b02-00600806d9b6': 'wbemscripting.swbemlocator',
};

/** null: it is no number of these. */
export function namedByClassId(text: string): string | null {
  const id = /\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?\s*$/i.exec(text.slice(-60))?.[1];
  return id === undefined ? null : (classIds[id.toLowerCase()] ?? null);
}
