import * as vscode from "vscode";
import type { ActionId } from "../edit/catalogue.ts";

/** What an action of the catalogue is called, everywhere. */
export function actionTitle(id: ActionId): string {
  return actionWords(id)[0];
}

export function actionWords(id: ActionId): readonly [title: string, detail: string] {
  const { l10n } = vscode;
  switch (id) {
    case "explain":
      return [l10n.t("Explain"), l10n.t("What the code does, and what is surprising about it")];
    case "fix":
      return [l10n.t("Fix"), l10n.t("The problems that are marked, or the bug")];
    case "tests":
      return [l10n.t("Write tests"), l10n.t("In the project's own framework and style")];
    case "docs":
      return [l10n.t("Document"), l10n.t("Comments in the language's convention")];
    case "simplify":
      return [l10n.t("Simplify"), l10n.t("Easier to read, with the same behaviour")];
    case "optimize":
      return [l10n.t("Optimize"), l10n.t("Faster or smaller, with the same results")];
    case "extract":
      return [l10n.t("Extract"), l10n.t("A part into a function of its own")];
    case "rename":
      return [l10n.t("Rename to something better"), l10n.t("Better names for what says too little")];
    case "types":
      return [l10n.t("Add types"), l10n.t("As exact as the use of the code allows")];
    case "errors":
      return [l10n.t("Handle errors"), l10n.t("Let nothing fail silently")];
    case "implement":
      return [l10n.t("Write code from comments"), l10n.t("What the comments ask for")];
    case "translate":
      return [l10n.t("Translate code"), l10n.t("To the programming language that you name")];
    case "review":
      return [l10n.t("Review"), l10n.t("Bugs and risks, the worst first")];
    case "commit":
      return [l10n.t("Commit message"), l10n.t("For what is staged")];
  }
}
