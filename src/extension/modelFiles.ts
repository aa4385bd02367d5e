import { open } from "node:fs/promises";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { EMBEDDED } from "../model/modelReference.ts";
import { knownForSuggestions } from "./chosenModel.ts";
import { ggufReference } from "./ggufReference.ts";
import { changeModel } from "./settings.ts";

/** Lets the user choose a GGUF file, and has suggestions come from it. Gives false where none was chosen. */
export async function chooseFile(): Promise<boolean> {
  const { l10n } = vscode;
  const chosen = knownForSuggestions();
  const [file] =
    (await vscode.window.showOpenDialog({
      title: l10n.t("A GGUF file …"),
      openLabel: l10n.t("Use this model"),
      filters: { GGUF: ["gguf"] },
      ...(chosen?.kind === "file" && { defaultUri: vscode.Uri.file(chosen.path.replace(/^~/, homedir())) }),
    })) ?? [];
  return file !== undefined && useFile(file.fsPath);
}

/** Has suggestions come from the GGUF file at `path`. Gives false, and says why, where it is none. */
export async function useFile(path: string): Promise<boolean> {
  if (!(await isGguf(path))) {
    void vscode.window.showWarningMessage(vscode.l10n.t("{0} is no GGUF file, the kind that llama.cpp loads.", path));
    return false;
  }
  await changeModel(`${EMBEDDED}/${ggufReference(path, homedir())}`);
  return true;
}

/** By its first bytes, and by its name, which is what the settings go by. */
async function isGguf(path: string): Promise<boolean> {
  if (!/\.gguf$/i.test(path)) return false;
  const file = await open(path).catch(() => undefined);
  try {
    const { buffer } = (await file?.read(Buffer.alloc(4), 0, 4, 0)) ?? {};
    return buffer?.toString("latin1") === "GGUF";
  } finally {
    await file?.close();
  }
}
