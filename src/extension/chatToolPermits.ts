/** Which tools of other extensions a model may use without the user being asked each time, in this workspace. */

import * as vscode from "vscode";

/** Where it is kept what need not be asked any more. */
export interface AllowedTools {
  get(): readonly string[];
  set(names: readonly string[]): void;
}

export function allowedTools(state: vscode.Memento): AllowedTools {
  return {
    get: () => state.get<readonly string[]>(ALLOWED, []),
    set: (names) => void state.update(ALLOWED, names.length === 0 ? undefined : names),
  };
}

/** Those that stay marked need not be asked any more; the others ask again. */
export async function reviewAllowedTools(allowed: AllowedTools): Promise<void> {
  const { l10n } = vscode;
  const names = allowed.get();
  if (names.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t(
        "No tool is allowed in this workspace without being asked: each call of another extension's tool asks first.",
      ),
    );
    return;
  }
  const items = names.map((label) => ({ label, picked: true }));
  const kept = await vscode.window.showQuickPick(items, {
    title: l10n.t("Tools that the chat may use without asking"),
    placeHolder: l10n.t("Those that are not marked ask again"),
    canPickMany: true,
  });
  if (kept) allowed.set(kept.map(({ label }) => label));
}

const ALLOWED = "chat.allowedTools";
