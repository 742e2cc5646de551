/** Files asked in groups match what each of them matches alone: over rules of every shape that YARA has, and files made of their pieces. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { yaraX } from '../../src/host/yara-x.ts';
import { checkSource, type Engine, GroupScan, type TestedFile } from '../../src/run/index.ts';
import { assemblyOf } from '../../src/pages/assembly.fixture.ts';
import { soak } from '../support/soak.ts';

/** One file for each way in which glueing files together, or weakening a condition, could go wrong. */
const rules: Readonly<Record<string, string>> = {
  'words.yar': `
rule whole { strings: $a = "alpha" fullword condition: $a }
rule whole_wide { strings: $a = "beta" wide fullword condition: $a }
rule begins { strings: $a = /^alpha[0-9]/ condition: $a }
rule ends { strings: $a = /beta$/ condition: $a }
rule bordered { strings: $a = /\\bgamma\\b/ nocase condition: $a }
rule either { strings: $a = "alpha" nocase $b = "beta" xor fullword condition: any of them }
rule encoded { strings: $a = "delta delta" base64 condition: $a }
rule classes { strings: $a = /[^$^]gamma[\\]$^]/ condition: $a }`,
  'counts.yar': `
rule twice { strings: $a = "alpha" condition: #a == 2 }
rule few { strings: $a = "alpha" $b = "beta" condition: #a > #b }
rule sum { strings: $a = "alpha" $b = "beta" $c = "gamma" condition: (#a + #b) > #c }
rule never { strings: $a = "alpha" condition: #a < 1 }
rule first { strings: $a = "alpha" condition: @a < 4 }
rule second { strings: $a = "alpha" condition: @a[2] > 10 }
rule long { strings: $a = /gam+a/ condition: !a[1] > 5 }
rule zero { strings: $a = "gamma" condition: #a == 0 }`,
  'places.yar': `
rule at_start { strings: $a = "alpha" condition: $a at 0 }
rule near_start { strings: $a = "beta" condition: $a in (0..12) }
rule at_end { strings: $a = "gamma" condition: $a at filesize - 5 }
rule some_at { strings: $a = "alpha" $b = "beta" condition: any of them at 0 }
rule loops { strings: $a = "alpha" $b = "beta" condition: for any of them : ( $ at 0 ) }
rule loop_counts { strings: $a = "alpha" condition: for all i in (1..#a) : ( @a[i] < 100 ) }
rule with_magic { condition: uint16(0) == 0x5a4d and filesize < 100 }
rule big_end { condition: uint32be(0) == 0x616c7068 or uint8(3) == 0x61 }
rule pointer { condition: uint16(uint8(0) & 7) ^ 0x1111 == 0x7170 or uint16(filesize - 2) == 0x616d }`,
  'sets.yar': `
rule two { strings: $a = "alpha" $b = "beta" $c = "gamma" condition: 2 of them }
rule half { strings: $a = "alpha" $b = "beta" $c = "gamma" $d = "delta" condition: 50% of ($a, $b, $c, $d) }
rule unnamed { strings: $ = "alpha" $ = "gamma" condition: all of them }
rule unnamed_two { strings: $ = "alpha" $ = "gamma" $x = "beta" condition: 2 of them }
rule prefix { strings: $x1 = "alpha" $x2 = "beta" $y = "gamma" condition: all of ($x*) and not $y }
rule none_there { strings: $a = "alpha" $b = "beta" condition: none of them and filesize > 3 }
rule not_this { strings: $a = "alpha" $b = "beta" condition: $a and not $b }
rule nested { strings: $a = "alpha" $b = "beta" $c = "gamma" condition: ($a or ($b and not ($c or filesize > 50))) and (filesize < 90 or $c) }`,
  'names.yar': `
rule by_extension { strings: $a = "alpha" condition: extension == ".aspx" and $a }
rule by_path { condition: filepath icontains "OWA" and filesize > 10 }
rule by_name { condition: filename matches /^shell[0-9]\\.aspx$/i }
rule by_other { condition: not filename endswith ".aspx" and filetype == "" and uint8(0) == 0x62 }`,
  'others.yar': `
import "pe"
import "math"
import "hash"
private rule hidden { strings: $a = "alpha" condition: $a }
rule refers { strings: $b = "beta" condition: hidden and $b }
rule refers_not { strings: $b = "beta" condition: not hidden and $b }
rule either_way { strings: $a = "gamma" condition: $a or pe.number_of_sections > 3 }
rule only_pe { condition: pe.number_of_sections == 0 or pe.number_of_signatures == 0 }
rule no_pe { condition: not pe.is_pe and filesize < 40 }
rule loop_pe { condition: for any i in (0..pe.number_of_sections) : ( pe.sections[i].name == "x" ) }
rule entropy { condition: math.entropy(0, filesize) > 3.5 }
rule hashed { condition: hash.md5(0, filesize) == "2c1743a391305fbf367df8e4f069f9f9" }
rule loaded { strings: $a = { 61 6c ( 70 | 71 ) ?? 61 [2-8] 62 } condition: $a }`,
  'libraries.yar': `
import "pe"
rule known_imports { condition: pe.imphash() == "dae02f32a21e03ce65412f6e56942daa" or pe.imphash() == "d41d8cd98f00b204e9800998ecf8427e" }
${Array.from({ length: 9 }, (_, at) => `rule other_imports_${at} { strings: $a = "alpha" condition: pe.imphash() == "${String(at).repeat(32)}" or ($a and pe.is_pe) }`).join('\n')}
${Array.from({ length: 9 }, (_, at) => `rule gives_out_${at} { strings: $a = "beta" condition: pe.exports("Out${at}") or ($a and pe.number_of_sections == 1) }`).join('\n')}
rule takes_in { condition: pe.imports("mscoree.dll", "_CorDllMain") or pe.imports("x.dll") == 0 }
rule sections { condition: for any one in pe.sections : (one.name contains "t") or pe.rich_signature.version(3) == 0 }
rule signed { condition: for any i in (0..pe.number_of_signatures) : (pe.signatures[i].issuer contains "x") or pe.number_of_signatures == 0 }
rule refused_term { condition: pe.section_index(".text") >= 0 and not pe.is_dll() }`,
  'global.yar': `
global rule small { condition: filesize < 60 }
rule under { strings: $a = "beta" condition: $a }`,
};

const piece = fc.constantFrom(
  'alpha',
  'beta',
  'gamma',
  'gammma',
  'delta delta',
  'ALPHA',
  'b\0e\0t\0a\0',
  'ZGVsdGEgZGVsdGE',
  'cdub',
  'x',
  '7',
  '_',
  '\0',
  ' ',
  '\n',
  '$',
  'MZ',
  'aaaabbbb',
);
/** A library, whole or cut off, and what only begins like one. */
const library = Buffer.from(assemblyOf({ types: ['A.B'], calls: ['System.String.Concat'] })).toString('latin1');
const heads = fc.constantFrom('', '', '', library, library.slice(0, 200), `MZ${'x'.repeat(70)}`);
const name = fc.constantFrom('shell1.aspx', 'a.txt', 'web.config', 'b.aspx');
const fileOf = fc
  .tuple(heads, fc.array(piece, { maxLength: 14 }), name, fc.boolean())
  .map(([head, pieces, filename, owa]): TestedFile => {
    const dot = filename.lastIndexOf('.');
    return {
      bytes: new Uint8Array(Buffer.from(head + pieces.join(''), 'latin1')),
      names: {
        filename,
        filepath: `C:\\${owa ? 'owa' : 'www'}\\${filename}`,
        extension: filename.slice(dot),
        filetype: '',
        owner: '',
      },
    };
  });

describe('files in groups', () => {
  let engine: Engine;
  let scan: GroupScan;
  beforeAll(async () => {
    engine = await yaraX();
    const checked = Object.entries(rules).map(([file, text]) => checkSource(engine, { file, text }));
    expect(checked.flatMap(({ unrun }) => unrun)).toEqual([]);
    scan = new GroupScan(
      engine,
      checked.map(({ source }) => source!),
    );
  });

  test('match what each matches alone', () => {
    const matched = new Set<string>();
    fc.assert(
      fc.property(fc.array(fileOf, { minLength: 1, maxLength: 7 }), (files) => {
        const alone = files.map((file) => scan.scanAlone(file));
        for (const found of alone) for (const { about } of found) matched.add(about.rule);
        expect(scan.scan(files)).toEqual(alone);
      }),
      { numRuns: soak ? 1500 : 20, seed: 20261125 },
    );
    // What nothing matches would prove nothing.
    expect(matched.size).toBeGreaterThan(35);
    expect(matched.has('hidden')).toBe(false);
  }, 300_000);

  test.each(['^[\\]webt]{3}\\.c', '^[^]shel]eb\\.c', '^[[:lower:]]eb\\.c', '^([)\\]x]|w)eb\\.c', '(?x) ^ web [.] config'])(
    'a name that %s finds is not passed over',
    (expression) => {
      // By itself: of a source all rules are asked where one of them may hold.
      const { source } = checkSource(engine, { file: 'x.yar', text: `rule x { condition: filename matches /${expression}/ }` });
      const file: TestedFile = {
        bytes: Uint8Array.of(65, 66),
        names: { filename: 'web.config', filepath: 'C:\\www\\web.config', extension: '.config', filetype: '', owner: '' },
      };
      const own = new GroupScan(engine, [source!]);
      expect(own.scanAlone(file)).toHaveLength(1);
      expect(own.scan([file])).toEqual([own.scanAlone(file)]);
      own.free();
    },
  );
});
