import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SyntaxTrees } from "../../src/context/syntax/syntaxTrees.ts";
import { productFolder } from "./productFolder.ts";

/** With the grammars that are built, or else installed. */
export function makeSyntax(): SyntaxTrees {
  const packages = ["web-tree-sitter", "@vscode/tree-sitter-wasm/wasm"].map((name) => `node_modules/${name}`);
  const folders = ["dist/grammars", ...packages].map((name) => join(productFolder(), name));
  return new SyntaxTrees((file) => {
    const paths = folders.map((folder) => join(folder, file));
    return readFile(paths.find((path) => existsSync(path)) ?? file);
  });
}
