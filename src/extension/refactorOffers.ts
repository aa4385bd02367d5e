/** What of the catalogue the editor offers, and under which command. */

import * as vscode from "vscode";
import type { ActionId } from "../edit/catalogue.ts";
import { commands } from "./contributions.ts";

/** Those that have a command at a piece of code; the chat's slash commands are all of the catalogue. */
export const offeredIds = [
  "explain",
  "fix",
  "tests",
  "docs",
  "simplify",
  "optimize",
  "extract",
  "types",
  "errors",
  "implement",
  "translate",
] as const satisfies readonly ActionId[];

export type OfferedId = (typeof offeredIds)[number];

export const commandOf: Readonly<Record<OfferedId, string>> = {
  explain: commands.explain,
  fix: commands.fix,
  tests: commands.writeTests,
  docs: commands.document,
  simplify: commands.simplify,
  optimize: commands.optimize,
  extract: commands.extract,
  types: commands.addTypes,
  errors: commands.handleErrors,
  implement: commands.implement,
  translate: commands.translate,
};

/** As VS Code sorts them into its menus. What changes the code where it stands is a refactoring. */
export function kindOf(id: OfferedId): vscode.CodeActionKind {
  const { QuickFix, RefactorExtract, RefactorRewrite, Source } = vscode.CodeActionKind;
  switch (id) {
    case "fix":
      return QuickFix;
    case "extract":
      return RefactorExtract.append("pairwise");
    case "simplify":
    case "optimize":
    case "types":
    case "errors":
    case "implement":
      return RefactorRewrite.append(`pairwise.${id}`);
    case "explain":
    case "tests":
    case "docs":
    case "translate":
      return Source.append(`pairwise.${id}`);
  }
}

/** Whether it is of any use for this code, as far as that can be told at a glance. */
export function suits(id: OfferedId, languageId: string, code: string): boolean {
  if (id === "extract") return code.trim() !== "";
  if (id === "types") return OPTIONAL_TYPES.test(languageId);
  if (id === "implement") return COMMENT.test(code);
  return true;
}

/** Languages in which types may be left out. */
const OPTIONAL_TYPES = /^(?:(?:type|java)script(?:react)?|python|php)$/;
/** The start of one in any of the usual languages. */
const COMMENT = /(?:^|\s)(?:\/\/|\/\*|#|--|<!--|;;|%)|"""/m;
