/** Images of disks by their first bytes: what they hold can be seen only when they are mounted. */

const text = (bytes: Uint8Array, at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));

const magics: readonly (readonly [number, string, string])[] = [
  [0, 'KDMV', 'a disk of VMware (VMDK)'],
  [0, 'COWD', 'a disk of VMware (VMDK)'],
  [0, '# Disk DescriptorFile', 'a disk of VMware (VMDK)'],
  [0, 'conectix', 'a disk of Hyper-V (VHD)'],
  [0, 'vhdxfile', 'a disk of Hyper-V (VHDX)'],
  [0, 'EVF\t\r\n\u00ff\u0000', 'an image of EnCase (E01)'],
  [0, 'EVF2\r\n\u0081', 'an image of EnCase (Ex01)'],
  [0, 'LVF\t\r\n\u00ff\u0000', 'an image of EnCase (L01)'],
  [0, 'AFF10\r\n', 'an image (AFF)'],
  [0, 'QFI\u00fb', 'a disk of QEMU (qcow2)'],
  [0, 'MSWIM\u0000\u0000\u0000', 'a Windows image (WIM)'],
  [3, 'NTFS    ', 'an image of an NTFS volume'],
  [3, '-FVE-FS-', 'an image of a BitLocker volume'],
  [512, 'EFI PART', 'an image of a disk'],
  [0x8001, 'CD001', 'an image of a disc (ISO)'],
];

export function diskImage(path: string, bytes: Uint8Array): string | null {
  for (const [at, magic, what] of magics) if (text(bytes, at, magic.length) === magic) return what;
  if (/\.aff4$/i.test(path) && text(bytes, 0, 2) === 'PK') return 'an image (AFF4)';
  return hasPartitions(bytes) ? 'an image of a disk' : null;
}

/** A boot record: its mark, and four entries of which each is empty or has a state, a kind and a length. */
function hasPartitions(bytes: Uint8Array): boolean {
  if (bytes.length < 512 || bytes[510] !== 0x55 || bytes[511] !== 0xaa) return false;
  let used = 0;
  for (let at = 446; at < 510; at += 16) {
    const entry = bytes.subarray(at, at + 16);
    if (entry.every((byte) => byte === 0)) continue;
    const length = entry[12]! + entry[13]! + entry[14]! + entry[15]!;
    if ((entry[0] !== 0 && entry[0] !== 0x80) || entry[4] === 0 || length === 0) return false;
    used++;
  }
  return used > 0;
}
