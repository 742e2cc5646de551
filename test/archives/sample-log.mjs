// An ordinary IIS log of as many rows as are asked for; `seed` makes its bytes its own, so that no two logs count as copies.

/** What the reader of these logs is called. */
export const logKind = 'iis-w3c';

const header = [
  '#Software: Microsoft Internet Information Services 10.0',
  '#Version: 1.0',
  '#Date: 2021-03-03 08:00:00',
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
].join('\r\n');

const two = (value) => `${value}`.padStart(2, '0');

function row(index, seed) {
  const time = `${two(8 + (Math.floor(index / 3600) % 16))}:${two(Math.floor(index / 60) % 60)}:${two(index % 60)}`;
  return `2021-03-03 ${time} 10.20.0.11 GET /owa/ seed=${seed} 443 - 192.0.2.14 Mozilla/5.0 - 200 0 0 12`;
}

/** Text of a log. */
export function logText(rows, seed = 'a') {
  const lines = [header];
  for (let index = 0; index < rows; index++) lines.push(row(index, seed));
  return `${lines.join('\r\n')}\r\n`;
}

export const logOf = (rows, seed) => new Uint8Array(Buffer.from(logText(rows, seed), 'latin1'));
