import * as vscode from "vscode";
import type { NameFault } from "../refactor/identifiers.ts";
import type { Rename, SuggestedRenames } from "../refactor/renames.ts";

/** `undefined` where the user wants none of them. */
export async function pickName(renames: readonly Rename[]): Promise<Rename | undefined> {
  const { l10n, window } = vscode;
  const isOne = new Set(renames.map(({ old }) => old)).size === 1;
  const items = renames.map((rename) => ({
    label: rename.name,
    description: isOne ? "" : l10n.t("for {0}", rename.old),
    detail: rename.reason,
    rename,
  }));
  const title = isOne ? l10n.t("A better name for {0}", renames[0]?.old ?? "") : l10n.t("Better names");
  const placeHolder = l10n.t("It is renamed wherever it is used");
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.rename;
}

/** That there is nothing to choose from, and why. */
export function noNamesWords(refused: SuggestedRenames["refused"]): string {
  const { l10n } = vscode;
  if (refused.length === 0) return l10n.t("The model suggests no other name.");
  const each = refused.slice(0, MOST_NAMED).map(({ name, fault }) => `${name} (${faultWords(fault)})`);
  return l10n.t("No suggested name can be used: {0}", each.join(", "));
}

function faultWords(fault: NameFault): string {
  const { l10n } = vscode;
  switch (fault) {
    case "invalid":
      return l10n.t("no valid name");
    case "keyword":
      return l10n.t("a word of the language");
    case "taken":
      return l10n.t("used already");
    case "misleading":
      return l10n.t("letters of several scripts");
    case "visibility":
      return l10n.t("changes who may use it");
    case "same":
      return l10n.t("the same");
  }
}

const MOST_NAMED = 4;
