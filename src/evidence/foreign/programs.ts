/**
 * Programs that people keep beside their evidence: Microsoft's scripts, scanners, published exploits. Anything else that is a program may be what
 * intruders left, and is not judged here.
 */

const firstOfScript =
  /^\s*(?:#(?!\s*(?:Fields|Software|Version|Log-type|Date)\b)|<#|\[CmdletBinding|param\b|function\b|using\b|\$)/i;
const structure = /^[ \t]*(?:\[CmdletBinding\(|param\s*\(|function\s+[\w:-]{3,80}|begin\s*\{|process\s*\{|#requires\b)/gim;
const microsoft =
  /\b(Test-ProxyLogon|Test-ExchangeProxyLogon|EOMTv2|EOMT|ExchangeMitigations|BackendCookieMitigation|CompareExchangeHashes|HealthChecker|ExchangeLogCollector|http-vuln-cve2021-26855)\b/i;

/** A PowerShell script of Microsoft for Exchange; console output that names one has none of a script's structure. */
export function microsoftScript(text: string): string | null {
  if (!firstOfScript.test(text) || (text.match(structure)?.length ?? 0) < 2) return null;
  const name = microsoft.exec(text)?.[1];
  return name === undefined ? null : `the script ${name}`;
}

/** A published exploit in Python, or a script of nmap: code from the first line on. */
export function attackScript(text: string): string | null {
  const start = text.slice(0, 4096);
  const nmap = /^\s*(?:local \w+ = require|description = \[\[|--)/.test(start);
  if (
    nmap &&
    /^categories\s*=\s*\{/m.test(text) &&
    /^(?:action|portrule|hostrule|prerule|postrule)\s*=|^action\s*\(|^function action/m.test(text)
  )
    return 'a script of nmap';
  const python = beginsAsPython(text.slice(0, 16 << 10));
  if (
    python &&
    /\bimport requests\b|\bfrom requests\b/.test(text) &&
    /^[ \t]*def \w{1,80}\(/m.test(text) &&
    attackWords.test(text)
  )
    return 'an exploit script';
  return null;
}

/** Comments and texts in triple quotes may stand before the first import; nothing else. */
function beginsAsPython(text: string): boolean {
  let quote: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    const marks = trimmed.split(quote ?? (trimmed.startsWith("'''") ? "'''" : '"""')).length - 1;
    if (quote !== null) {
      if (marks % 2 === 1) quote = null;
    } else if (/^(?:import|from)[ \t]+\w/.test(trimmed)) return true;
    else if (/^(?:"""|''')/.test(trimmed)) {
      if (marks % 2 === 1) quote = trimmed.slice(0, 3);
    } else if (trimmed !== '' && !trimmed.startsWith('#')) return false;
  }
  return false;
}

const attackWords = /X-BEResource|X-AnonResource|ProxyLogon\.ecp|autodiscover\.json\?|proxyshell|\/ecp\/DDI\/DDIService\.svc/i;

const scanners =
  /^(?:msert|thor(?:64|-lite(?:64)?)?|loki(?:-upgrader)?|hayabusa.{0,40}|chainsaw.{0,40}|zircolite.{0,40}|velociraptor.{0,60}|cylr|kape|gkape|uac|chirp|autorunsc?(?:64)?|sigcheck(?:64)?|dfir-orc.{0,40}|winpmem.{0,40})\.(?:exe|bin|elf)$/i;

/** A scanner or collector by its name and its first bytes. */
export const isScanner = (name: string, bytes: Uint8Array): boolean =>
  scanners.test(name) &&
  ((bytes[0] === 0x4d && bytes[1] === 0x5a) || (bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c));
