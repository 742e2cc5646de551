/** A whole grammar of PowerShell: whether a command parses, what it calls, and whether anything in it is more than a constant. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import v8 from 'node:v8';
import { Language, type Node, Parser } from '@vscode/tree-sitter-wasm';

/** Compiled at once and not better in the background: a test parses a few kilobytes. */
v8.setFlagsFromString('--no-wasm-tier-up');

const require = createRequire(import.meta.url);

export interface ParsedCommand {
  readonly calls: readonly string[];
  /** What is neither a call of a name, nor a constant, nor one of our variables; empty: nothing. */
  readonly strange: readonly string[];
}

/** Everything that a command of a plan is made of. What runs text, makes types, expands strings or calls methods is not among it. */
const plainNodes: ReadonlySet<string> = new Set(
  `program statement_list pipeline pipeline_chain assignment_expression left_assignment_expression assignement_operator logical_expression
  bitwise_expression comparison_expression comparison_operator additive_expression multiplicative_expression format_expression
  range_expression array_literal_expression unary_expression variable braced_variable member_access member_name simple_name element_access
  integer_literal decimal_integer_literal string_literal verbatim_string_characters command command_name command_elements
  command_argument_sep command_parameter generic_token parenthesized_expression if_statement statement_block foreach_statement
  path_command_name path_command_name_token`.split(/\s+/),
);
const variables: ReadonlySet<string> = new Set([
  '$value',
  '$box',
  '$null',
  '$true',
  '$false',
  '$env:ExchangeInstallPath',
  '$env:SystemDrive',
  '$env:COMPUTERNAME',
]);

export async function powershell(): Promise<(text: string) => ParsedCommand | null> {
  await Parser.init();
  const file = require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm');
  const language = await Language.load(new Uint8Array(fs.readFileSync(file)));
  const parser = new Parser();
  parser.setLanguage(language);
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null || tree.rootNode.hasError) return null;
    const calls: string[] = [];
    const strange: string[] = [];
    const walk = (node: Node): void => {
      if (node.isNamed && !plainNodes.has(node.type)) strange.push(`${node.type}: ${node.text}`);
      if (node.type === 'command_name') calls.push(node.text);
      if (node.type === 'variable' && !variables.has(node.text)) strange.push(`variable: ${node.text}`);
      for (const child of node.children) if (child !== null) walk(child);
    };
    walk(tree.rootNode);
    tree.delete();
    return { calls, strange };
  };
}
