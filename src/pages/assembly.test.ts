import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemblyOf } from './assembly.fixture.ts';
import { capabilitiesOf, readAssembly } from './assembly.ts';
import { readPage } from './read-page.ts';

const parts = {
  types: ['<Module>', 'ASP.owa_auth_q7x_aspx'],
  calls: [
    'System.Web.HttpRequest.get_Item',
    'System.Diagnostics.Process.Start',
    'System.Diagnostics.ProcessStartInfo..ctor',
    'System.String.Concat',
  ],
  texts: ['cmd.exe', 'a'.repeat(200)],
};

test('classes, calls and texts', () => {
  expect(readAssembly(assemblyOf(parts))).toEqual({ ...parts, cut: false });
});

test('what it calls, and that it asks the visitor', () => {
  const told = (calls: readonly string[]): unknown[] => {
    const { grade, capabilities, asks } = capabilitiesOf(readAssembly(assemblyOf({ calls }))!);
    return [grade, capabilities, asks];
  };
  expect(told(parts.calls)).toEqual(['back-door', ['executes-commands'], true]);
  expect(told(['System.Web.HttpRequest.get_Item', 'Microsoft.JScript.Eval.JScriptEvaluate'])).toEqual([
    'back-door',
    ['runs-code'],
    true,
  ]);
  expect(told(['System.Diagnostics.Process.Start'])).toEqual(['doubtful', ['executes-commands'], false]);
  // What a page of Exchange calls.
  expect(told(['System.Web.HttpRequest.get_QueryString', 'System.Web.UI.Page.ProcessRequest', 'System.String.Concat'])).toEqual([
    'none',
    [],
    true,
  ]);
});

test('in the folder of what was compiled it is read as the page that it was', () => {
  const name =
    'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\owa\\8e05b027\\e164d61b\\App_Web_k3j2.dll';
  expect(readPage(assemblyOf(parts), name)).toMatchObject({
    shape: 'compiled-assembly',
    grade: 'back-door',
    classes: ['ASP.owa_auth_q7x_aspx'],
    capabilities: ['executes-commands'],
    cut: false,
  });
  expect(readPage(new Uint8Array([0x4d, 0x5a, 0, 0]), name)).toMatchObject({ shape: 'compiled-assembly', grade: 'none' });
});

test('bytes that lie about themselves end in an answer', () => {
  const whole = assemblyOf(parts);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 }),
      fc.nat(whole.length),
      (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        const facts = readAssembly(bytes);
        return facts === null || facts.calls.length <= 10_000;
      },
    ),
    { numRuns: 300 },
  );
});
