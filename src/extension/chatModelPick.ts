/** Lets the user choose what a thread asks. */

import * as vscode from "vscode";
import { catalogue } from "../model/catalogue.ts";
import { EDITOR, EMBEDDED } from "../model/modelReference.ts";
import { localModel, modelName, modelNamed } from "./chosenModel.ts";
import { describeFailure } from "./notices.ts";
import { isFile } from "./modelSource.ts";
import { ModelError } from "../model/model.ts";
import { suggestionReferences } from "./settings.ts";

interface Row extends vscode.QuickPickItem {
  /** `undefined`: it is written. */
  readonly reference?: string;
}

/** `undefined` where nothing was chosen. */
export async function pickChatModel(
  context: vscode.ExtensionContext,
  current: string,
  standard: string,
): Promise<string | undefined> {
  const { l10n } = vscode;
  const another: Row = {
    label: l10n.t("Another model…"),
    description: l10n.t("provider/model, such as openai/gpt-4.1"),
  };
  const references = new Set([
    current,
    standard,
    ...suggestionReferences(),
    ...(await onDisk(context)),
    ...(await editors()),
  ]);
  const rows = Array.from(references, (reference): Row => {
    const marks = [
      reference === current ? l10n.t("in use") : "",
      reference === standard ? l10n.t("as the settings say") : "",
    ];
    return { label: nameOf(reference), description: reference, detail: marks.filter(Boolean).join(" · "), reference };
  });
  const picked = await vscode.window.showQuickPick([...rows, another], {
    title: l10n.t("The model that answers in this thread"),
    matchOnDescription: true,
  });
  return picked === another ? written(current) : picked?.reference;
}

async function written(current: string): Promise<string | undefined> {
  const reference = await vscode.window.showInputBox({
    title: vscode.l10n.t("The model that answers in this thread"),
    prompt: vscode.l10n.t("provider/model, such as openai/gpt-4.1"),
    value: current,
    validateInput: (value) => {
      try {
        modelNamed(value.trim());
        return undefined;
      } catch (error) {
        return error instanceof ModelError ? describeFailure(error.failure).text : String(error);
      }
    },
  });
  return reference?.trim();
}

function nameOf(reference: string): string {
  try {
    return modelName(modelNamed(reference));
  } catch {
    return reference;
  }
}

async function onDisk(context: vscode.ExtensionContext): Promise<readonly string[]> {
  const found = await Promise.all(
    catalogue.map(async (entry) => {
      const { path } = localModel(context, { kind: "catalogue", entry });
      return (await isFile(path)) ? [`${EMBEDDED}/${entry.id}`] : [];
    }),
  );
  return found.flat();
}

/** Those that VS Code has from other extensions. */
async function editors(): Promise<readonly string[]> {
  const models = await vscode.lm.selectChatModels();
  return models.filter(({ vendor }) => vendor !== "pairwise").map(({ vendor, id }) => `${EDITOR}/${vendor}/${id}`);
}
