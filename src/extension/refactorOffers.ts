/** What of the catalogue the editor offers, and under which command. */

import * as vscode from "vscode";
import type { ActionId } from "../edit/catalogue.ts";
import { commands } from "./contributions.ts";

/** Those that are offered at a piece of code, in the order of the menus; the chat's slash commands are all of the catalogue. */
export const offeredIds = [
  "explain",
  "review",
  "fix",
  "simplify",
  "optimize",
  "extract",
  "rename",
  "types",
  "errors",
  "docs",
  "implement",
  "tests",
  "translate",
] as const satisfies readonly ActionId[];

export type OfferedId = (typeof offeredIds)[number];

export const commandOf: Readonly<Record<OfferedId, string>> = {
  explain: commands.explain,
  review: commands.review,
  rename: commands.suggestNames,
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

/** As VS Code sorts them into its menus: below what it has no word for stands "More Actions". */
export function kindOf(id: OfferedId): vscode.CodeActionKind {
  const { Empty, QuickFix, RefactorExtract, RefactorRewrite } = vscode.CodeActionKind;
  switch (id) {
    case "fix":
      return QuickFix;
    case "extract":
      return RefactorExtract.append("pairwise");
    case "simplify":
    case "optimize":
    case "rename":
    case "types":
    case "errors":
    case "docs":
    case "implement":
      return RefactorRewrite.append(`pairwise.${id}`);
    case "explain":
    case "review":
    case "tests":
    case "translate":
      // Not a "source" action: those are about all of a file, and no light bulb shows them.
      return Empty.append(`pairwise.${id}`);
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
