import * as vscode from "vscode";
import type { ActionId } from "../edit/catalogue.ts";
import { commands, contextKeys } from "./contributions.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import type { Lazy } from "./lazy.ts";
import { RefactorCodeActions } from "./refactorCodeActions.ts";
import type { Refactorings } from "./refactorParts.ts";
import { obstacleTo } from "./refactorPlaces.ts";

/** Registers what the catalogue has for code: commands, and what the light bulb offers. */
export function registerRefactorActions(refactorings: Lazy<Refactorings>, ignored: IgnoredFiles): vscode.Disposable[] {
  const run =
    (id: ActionId) =>
    async (...given: readonly unknown[]): Promise<void> =>
      (await refactorings.get()).actions.run(id, given);
  return [
    vscode.commands.registerCommand(commands.explain, run("explain")),
    vscode.commands.registerCommand(commands.fix, run("fix")),
    vscode.commands.registerCommand(commands.writeTests, run("tests")),
    vscode.commands.registerCommand(commands.document, run("docs")),
    vscode.commands.registerCommand(commands.simplify, run("simplify")),
    vscode.commands.registerCommand(commands.optimize, run("optimize")),
    vscode.commands.registerCommand(commands.extract, run("extract")),
    vscode.commands.registerCommand(commands.addTypes, run("types")),
    vscode.commands.registerCommand(commands.handleErrors, run("errors")),
    vscode.commands.registerCommand(commands.implement, run("implement")),
    vscode.commands.registerCommand(commands.translate, run("translate")),
    vscode.languages.registerCodeActionsProvider(
      [{ scheme: "untitled" }, { pattern: "**" }],
      new RefactorCodeActions(ignored),
      RefactorCodeActions.metadata,
    ),
    tellChangeable(ignored),
  ];
}

/** For the palette and the menus, which offer nothing where nothing can be done. */
function tellChangeable(ignored: IgnoredFiles): vscode.Disposable {
  let told: boolean | undefined;
  let looks = 0;
  const look = async (): Promise<void> => {
    const look = (looks += 1);
    const document = vscode.window.activeTextEditor?.document;
    const changeable = document !== undefined && (await obstacleTo(document, ignored)) === undefined;
    if (look !== looks || changeable === told) return;
    told = changeable;
    await vscode.commands.executeCommand("setContext", contextKeys.changeable, changeable);
  };
  // Not while the extension starts.
  const first = setImmediate(() => void look());
  return vscode.Disposable.from(
    { dispose: () => clearImmediate(first) },
    vscode.window.onDidChangeActiveTextEditor(() => void look()),
    ignored.onDidChangeRules(() => void look()),
    vscode.workspace.onDidOpenTextDocument((document) => {
      // Its language has become another one.
      if (document === vscode.window.activeTextEditor?.document) void look();
    }),
  );
}
