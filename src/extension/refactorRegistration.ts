import * as vscode from "vscode";
import { commands } from "./contributions.ts";
import type { EditDeed } from "./editPreviews.ts";
import { closeLeftPreviews } from "./editTabs.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import type { Lazy } from "./lazy.ts";
import { registerRefactorActions } from "./refactorActionsRegistration.ts";
import type { Refactorings } from "./refactorParts.ts";
import { registerSourceControl } from "./sourceControlRegistration.ts";
import { registerReviews } from "./reviewRegistration.ts";

/** Registers commands and what else the editor asks for; nothing else is loaded before one of them is used. */
export function registerRefactorings(refactorings: Lazy<Refactorings>, ignored: IgnoredFiles): vscode.Disposable[] {
  void closeLeftPreviews();
  const onPreview = (deed: EditDeed) => async (uri: unknown, id: unknown) => {
    await (await refactorings.get()).previews.act(deed, uri, id);
  };
  return [
    refactorings,
    vscode.commands.registerCommand(commands.edit, async (given: unknown) => {
      const { editor, previews } = await refactorings.get();
      if (previews.isInFront) return previews.act("refine", undefined, undefined);
      const { editWithInstruction } = await import("./editInstruction.ts");
      await editWithInstruction(editor, given);
    }),
    vscode.commands.registerCommand(commands.acceptEdit, onPreview("acceptAll")),
    vscode.commands.registerCommand(commands.rejectEdit, onPreview("rejectAll")),
    vscode.commands.registerCommand(commands.acceptHunk, onPreview("acceptHunk")),
    vscode.commands.registerCommand(commands.rejectHunk, onPreview("rejectHunk")),
    vscode.commands.registerCommand(commands.nextHunk, onPreview("next")),
    vscode.commands.registerCommand(commands.previousHunk, onPreview("previous")),
    vscode.commands.registerCommand(commands.refineEdit, onPreview("refine")),
    vscode.commands.registerCommand(commands.undoHunk, onPreview("undo")),
    ...registerSourceControl(refactorings),
    ...registerReviews(refactorings),
    ...registerRefactorActions(refactorings, ignored),
  ];
}
