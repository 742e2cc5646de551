/**
 * Scripts for the browser in a page that hand on what is typed into it: a request of their own, in a script that speaks of the password. The
 * sign-in page of Exchange sends its form and has no such script; pages that owners changed have some (a captcha), which do not touch the password.
 * @see https://thenimblenerd.com/article/alert-keylogger-malware-hijacks-microsoft-exchange-servers-african-and-middle-eastern-entities-under-cyber-siege/ sign-in pages of Exchange whose `clkLgn` sent the password on
 */
const longestRead = 2 << 20;

/** How a script reaches another address; in lower case. */
const ways: readonly (readonly [name: string, text: string])[] = [
  ['XMLHttpRequest', 'xmlhttp'],
  ['fetch', 'fetch('],
  ['sendBeacon', 'sendbeacon('],
  ['WebSocket', 'new websocket'],
  ['Image', 'new image'],
  ['ajax', '.ajax('],
  ['post', '$.post('],
  ['get', '$.get('],
];
const password = /passw|pwd/;

/** `flogon.js`, which the sign-in page takes into itself: as shipped it sends nothing but the form. */
export const isSignInScript = (path: string): boolean =>
  /[\\/]owa[\\/](?:auth|prem)[\\/](?:[^\\/]{1,60}[\\/]){0,6}flogon\.js$/i.test(path);

/** Names of the ways, in order of the table. @param whole a script by itself, and no page with scripts in it */
export function browserSends(bytes: Uint8Array, whole = false): string[] {
  const text = whole ? `<script${lowerText(bytes)}` : lowerText(bytes);
  const found = new Set<string>();
  for (let at = text.indexOf('<script'); at !== -1;) {
    const close = text.indexOf('</script', at);
    const script = text.slice(at, close === -1 ? undefined : close);
    if (password.test(script)) for (const [name, way] of ways) if (script.includes(way)) found.add(name);
    at = close === -1 ? -1 : text.indexOf('<script', close);
  }
  return ways.map(([name]) => name).filter((name) => found.has(name));
}

/** Letters of one byte; of two where every other one is empty. */
function lowerText(bytes: Uint8Array): string {
  const read = bytes.subarray(0, longestRead);
  let text = '';
  for (let at = 0; at < read.length; at += 4096)
    text += String.fromCharCode.apply(null, read.subarray(at, at + 4096) as unknown as number[]);
  return text.replaceAll('\0', '').toLowerCase();
}
