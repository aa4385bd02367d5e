/** How documentation comments are written, by language, as it is said to a model. */

import type { Action } from "./catalogue.ts";

/** `undefined` where a language has no custom of its own. */
export function docConvention(languageId: string): string | undefined {
  return conventions[languageId];
}

/** With how these languages document code, where that is what is asked for. */
export function withConventions(action: Action, languageIds: readonly string[]): Action {
  const said = action.id === "docs" ? Array.from(new Set(languageIds.flatMap((id) => docConvention(id) ?? []))) : [];
  return said.length === 0 ? action : { ...action, instruction: [action.instruction, ...said].join("\n") };
}

const jsdoc = "Use JSDoc: `/** … */` above the declaration, with `@param name`, `@returns` and `@throws`";
const tsdoc = `${jsdoc}; write no types in it, since the code has them.`;
const typedJsdoc = `${jsdoc}, each with its type in braces.`;
const doxygen = "Use Doxygen: `/** … */` above the declaration, with `@param`, `@return` and `@throws`.";
const xml =
  'Use XML comments: `/// <summary>` above the declaration, with `<param name="…">`, `<returns>` and `<exception cref="…">`.';

const conventions: Readonly<Record<string, string>> = {
  typescript: tsdoc,
  typescriptreact: tsdoc,
  javascript: typedJsdoc,
  javascriptreact: typedJsdoc,
  python:
    'Use docstrings by PEP 257: `"""` as the first statement of the body, a summary line in the imperative that ends with a full stop. Describe parameters as the docstrings of the file do; if it has none, in sections `Args:`, `Returns:` and `Raises:`.',
  go: "Use doc comments of Go: `//` lines directly above the declaration, in whole sentences that begin with the declared name. No tags.",
  rust: "Use rustdoc: `///` lines above the item, below which its attributes stay, and `//!` for a module; Markdown, a summary line first, then `# Errors`, `# Panics` and `# Safety` only where they apply. No list of parameters.",
  java: "Use Javadoc: `/** … */` above the declaration and its annotations, a summary sentence first, then `@param`, `@return` and `@throws`.",
  kotlin:
    "Use KDoc: `/** … */` above the declaration, with `@param`, `@return` and `@throws`; name others as `[name]`.",
  scala: "Use Scaladoc: `/** … */` above the declaration, with `@param`, `@return` and `@throws`.",
  csharp: xml,
  fsharp: xml,
  vb: "Use XML comments: `''' <summary>` above the declaration, with `<param name=\"…\">` and `<returns>`.",
  c: doxygen,
  cpp: doxygen,
  "objective-c": doxygen,
  swift:
    "Use DocC: `///` lines above the declaration, a summary first, then `- Parameter name:`, `- Returns:` and `- Throws:`.",
  php: "Use PHPDoc: `/** … */` above the declaration, with `@param`, `@return` and `@throws`; name types only where the signature does not.",
  ruby: "Use YARD: `#` lines above the definition, with `@param name [Type]`, `@return [Type]` and `@raise [Error]`.",
  dart: "Use doc comments of Dart: `///` lines above the declaration, a summary sentence first, parameters named in prose as `[name]`.",
  elixir: 'Use `@moduledoc` and `@doc` with `"""`, Markdown, above the definition.',
  haskell: "Use Haddock: `-- |` above the declaration.",
  lua: "Use LuaDoc: `---` lines above the function, with `@param` and `@return`.",
  r: "Use roxygen2: `#'` lines above the function, with `@param` and `@return`.",
  julia: 'Use docstrings: `"""` directly above the definition, with its signature indented on the first line.',
  perl: "Use POD above the sub: `=head2 name`, a paragraph, `=cut`.",
  powershell:
    "Use comment-based help: `<# .SYNOPSIS … .PARAMETER name … .OUTPUTS … #>` as the first thing in the function.",
  shellscript: "Use `#` lines above the function: what it does, then `Arguments:`, `Outputs:` and `Returns:`.",
};
