import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { PublishedCode } from "./publishedCode.ts";

const root = vscode.extensions.getExtension("pairwise.pairwise")?.extensionPath ?? "";

/** By their places in the folder. */
export function textsOf({ files }: PublishedCode): Readonly<Record<string, string>> {
  const read = ([path, name]: readonly [string, string]): [string, string] => [
    path,
    readFileSync(join(root, "test/fixtures/refactor", name), "utf8"),
  ];
  return Object.fromEntries(Object.entries(files).map(read));
}

/** The file in which it stands, and all of that file's text. */
export function fileWith(code: PublishedCode, part: string): readonly [path: string, text: string] {
  const found = Object.entries(textsOf(code)).filter(([, text]) => text.includes(part));
  const [first] = found;
  assert.ok(first && found.length === 1 && first[1].split(part).length === 2, `it stands there once: ${part}`);
  return first;
}

/** As it is said around code. */
export function answer({ fence }: Pick<PublishedCode, "fence">, text: string): string {
  return `I kept the names, and \`what others use\`, as they are:\n\n\`\`\`${fence}\n${text}\`\`\`\n\nNothing else has changed.\n`;
}
