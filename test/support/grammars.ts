/** The grammars as they are installed. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

export function readWasm(file: string): Promise<Uint8Array> {
  const folder =
    file === "web-tree-sitter.wasm"
      ? dirname(require.resolve("web-tree-sitter"))
      : dirname(require.resolve("@vscode/tree-sitter-wasm"));
  return readFile(join(folder, file));
}
