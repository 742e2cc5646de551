/**
 * Rows of the file table as MFTECmd prints them: the folder without its drive, the times twice. `0x10` are those that programs read and may
 * set, `0x30` those that the file system keeps for itself, printed where they differ: these are believed.
 * @see https://github.com/EricZimmerman/MFTECmd
 */

/** Columns in lower case → names for {@link finishMft}, which takes them away again. */
export const mftNames: Readonly<Record<string, string>> = {
  parentpath: 'MftParent',
  filename: 'MftName',
  filesize: 'Bytes',
  isdirectory: 'MftFolder',
  inuse: 'MftInUse',
  siflags: 'Attributes',
  created0x10: 'MftCreated',
  created0x30: 'MftCreatedOwn',
  lastmodified0x10: 'MftModified',
  lastmodified0x30: 'MftModifiedOwn',
};

/** Of a table that holds every file of a volume only what could be run, or be read as a page, is of use. */
const told =
  /\.(?:as[pmhc]x|ashx|asax|asp|asa|cer|cshtml|vbhtml|master|svc|soap|config|compiled|dll|exe|ps1|bat|cmd|vbs|js|php\d?|jspx?|dmp|zip|7z|rar|cab|pst)$/i;

/** false: a folder, a file that is gone, or one of no interest. The table does not say which drive it is of: that of Windows is taken. */
export function finishMft(fields: Map<string, string>): boolean {
  const take = (name: string): string | undefined => {
    const value = fields.get(name);
    fields.delete(name);
    return value;
  };
  const parent = take('MftParent') ?? '';
  const name = take('MftName') ?? '';
  const created = take('MftCreated');
  const createdOwn = take('MftCreatedOwn');
  const modified = take('MftModified');
  const modifiedOwn = take('MftModifiedOwn');
  const isFolder = take('MftFolder')?.toLowerCase() === 'true';
  const inUse = take('MftInUse')?.toLowerCase() !== 'false';
  if (isFolder || !inUse || !told.test(name)) return false;
  const folder = parent.replaceAll('/', '\\').replace(/^\.\\?/, '');
  fields.set('Path', `${/^[A-Za-z]:/.test(folder) ? '' : 'C:\\'}${folder === '' ? '' : `${folder}\\`}${name}`);
  fields.set('Name', name);
  const attributes = fields.get('Attributes');
  if (attributes !== undefined) fields.set('Attributes', attributes.replaceAll('|', ', '));
  const put = (field: string, value: string | undefined): void => {
    if (value !== undefined) fields.set(field, value);
  };
  put('CreatedUtc', createdOwn ?? created);
  put('ModifiedUtc', modifiedOwn ?? modified);
  return true;
}
