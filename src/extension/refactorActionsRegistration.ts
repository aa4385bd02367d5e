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
    tellUnchangeable(ignored),
  ];
}

/** For the palette and the menus, which offer nothing where it is known that nothing can be done. */
function tellUnchangeable(ignored: IgnoredFiles): vscode.Disposable {
  let told = false;
  let looks = 0;
  const tell = async (isUnchangeable: boolean): Promise<void> => {
    if (isUnchangeable === told) return;
    told = isUnchangeable;
    await vscode.commands.executeCommand("setContext", contextKeys.unchangeable, isUnchangeable);
  };
  const look = async (): Promise<void> => {
    const look = (looks += 1);
    const document = vscode.window.activeTextEditor?.document;
    if (!document) return tell(true);
    // A look may take a while, and who opens a file may ask for something at once: the commands themselves say why not.
    void tell(false);
    const obstacle = await obstacleTo(document, ignored);
    if (look === looks) await tell(obstacle !== undefined);
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
