/** The light bulb and its menus. Nothing is asked of a model before something is chosen. */

import * as vscode from "vscode";
import { actionTitle } from "./actionWords.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { commandOf, kindOf, type OfferedId, offeredIds, suits } from "./refactorOffers.ts";
import { obstacleTo } from "./refactorPlaces.ts";

export class RefactorCodeActions implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: offeredIds.map((id) => kindOf(id)),
  };
  readonly #ignored: Pick<IgnoredFiles, "look">;

  constructor(ignored: Pick<IgnoredFiles, "look">) {
    this.#ignored = ignored;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range | vscode.Selection,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const isAsked = context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
    // That is VS Code on saving, which would run what it gets.
    if (!isAsked && context.only) return [];
    const problems = context.diagnostics.filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint);
    const code = range.isEmpty ? "" : document.getText(range);
    // A light bulb at every caret would say nothing.
    const ids = offeredIds.filter((id) =>
      id === "fix" ? problems.length > 0 : (isAsked || code.trim() !== "") && suits(id, document.languageId, code),
    );
    const wanted = ids.filter((id) => !context.only || context.only.contains(kindOf(id)));
    if (wanted.length === 0 || (await obstacleTo(document, this.#ignored)) || token.isCancellationRequested) return [];
    return wanted.map((id) => codeAction(id, document, range, id === "fix" ? problems : []));
  }
}

function codeAction(
  id: OfferedId,
  { uri }: vscode.TextDocument,
  range: vscode.Range,
  problems: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  const title = vscode.l10n.t("{0} with Pairwise", actionTitle(id));
  const action = new vscode.CodeAction(title, kindOf(id));
  const plain = new vscode.Range(range.start, range.end);
  action.command = { title, command: commandOf[id], arguments: [uri, plain, problems] };
  if (problems.length > 0) action.diagnostics = [...problems];
  return action;
}
