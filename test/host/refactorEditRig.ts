/** What the tests of edits share: code, answers that change it, and asking. */

import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import type { RefactorRig } from "./refactorRig.ts";

export const CART = "export function count(items: string[]): number {\n  return 0;\n}\n\nexport const two = 2;\n";
export const REPLY = "```ts\nexport function count(items: string[]): number {\n  return items.length;\n}\n```\n";
export const DONE = CART.replace("return 0", "return items.length");

export const names = ["first", "second", "third"];
export const fn = (name: string, value: string): string =>
  `export function ${name}(): string {\n  return ${value};\n}\n`;
export const THREE = names.map((name) => fn(name, `"${name}"`)).join("\n");
export const THREE_NEW = names.map((name) => fn(name, `"${name}".trim()`)).join("\n");
export const THREE_REPLY = `\`\`\`ts\n${THREE_NEW}\`\`\`\nThey are trimmed now.\n`;

export const whole = (document: vscode.TextDocument) => document.validateRange(new vscode.Range(0, 0, 9_999, 0));

export async function asked(
  { editor, folder }: RefactorRig,
  file: string,
  wish = "Do it",
): Promise<vscode.TextDocument> {
  const { document } = await vscode.window.showTextDocument(folder.uri(file));
  await editor.edit({ document, range: whole(document), wish });
  return document;
}

export async function typeAt(document: vscode.TextDocument, line: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(line, 0), text);
  await vscode.workspace.applyEdit(edit);
}

export const onDisk = ({ folder }: RefactorRig, file: string): string => readFileSync(folder.uri(file).fsPath, "utf8");
