/** Which tools of other extensions a model may use without the user being asked each time, in this workspace. */

import * as vscode from "vscode";

/** A tool as it was when it was allowed: a server may come to bring another one by the same name. */
export interface AllowedTool {
  readonly name: string;
  /** A hash of its description and of what it takes. */
  readonly says: string;
}

/** Where it is kept what need not be asked any more. */
export interface AllowedTools {
  get(): readonly AllowedTool[];
  set(tools: readonly AllowedTool[]): void;
}

export function isSame(one: AllowedTool, other: AllowedTool): boolean {
  return one.name === other.name && one.says === other.says;
}

export function allowedTools(state: vscode.Memento): AllowedTools {
  return {
    get: () => state.get<readonly unknown[]>(ALLOWED, []).flatMap(allowedTool),
    set: (tools) => void state.update(ALLOWED, tools.length === 0 ? undefined : tools),
  };
}

/** Names alone, as they were kept once, allow nothing. */
function allowedTool(value: unknown): readonly AllowedTool[] {
  const { name, says } = (value ?? {}) as { readonly name?: unknown; readonly says?: unknown };
  return typeof name === "string" && typeof says === "string" ? [{ name, says }] : [];
}

/** Those that stay marked need not be asked any more; the others ask again. */
export async function reviewAllowedTools(allowed: AllowedTools): Promise<void> {
  const { l10n } = vscode;
  const tools = allowed.get();
  if (tools.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t(
        "No tool is allowed in this workspace without being asked: each call of another extension's tool asks first.",
      ),
    );
    return;
  }
  const items = tools.map((tool) => ({ label: tool.name, picked: true, tool }));
  const kept = await vscode.window.showQuickPick(items, {
    title: l10n.t("Tools that the chat may use without asking"),
    placeHolder: l10n.t("Those that are not marked ask again"),
    canPickMany: true,
  });
  if (kept) allowed.set(kept.map(({ tool }) => tool));
}

const ALLOWED = "chat.allowedTools";
