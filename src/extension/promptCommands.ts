/** Writes prompt files, and takes them away. */

import * as vscode from "vscode";
import { promptKinds, type PromptName } from "../model/prompts/promptKinds.ts";
import type { PromptFiles } from "./promptFiles.ts";
import { allPromptPlaces, type PromptPlace } from "./promptPlaces.ts";
import { ownerWords, promptHelp, promptWords } from "./promptWords.ts";

/** Opens a prompt's file, made of the built-in text where there is none. A key binding may say whose: "user" or "repository", and of the chat "chat user" or "chat repository". */
export async function editPrompt(files: PromptFiles, argument: unknown): Promise<void> {
  const places = await withState(allPromptPlaces(files.storage));
  const place = await chosenPlace(places, argument, vscode.l10n.t("Edit a prompt"));
  if (!place) return;
  const isNew = !place.isThere;
  if (isNew) {
    await vscode.workspace.fs.writeFile(place.uri, new TextEncoder().encode(newFile(place.name)));
    await files.reload();
  }
  const document = await vscode.workspace.openTextDocument(place.uri);
  // Beside the code that it can be tried on.
  const viewColumn = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  const isStale = isNew && document.getText() !== newFile(place.name);
  await vscode.window.showTextDocument(document, { viewColumn, preview: false });
  // VS Code may have the text of a file that was there before.
  if (isStale) await vscode.commands.executeCommand("workbench.action.files.revert");
}

/** Moves a prompt's file to the trash. A key binding may say whose, as above. */
export async function resetPrompt(files: PromptFiles, argument: unknown): Promise<void> {
  const { l10n } = vscode;
  const places = (await withState(allPromptPlaces(files.storage))).filter(({ isThere }) => isThere);
  if (places.length === 0) {
    void vscode.window.showInformationMessage(l10n.t("There is no prompt file: the built-in prompts are used."));
    return;
  }
  const place = await chosenPlace(places, argument, l10n.t("Move a prompt file to the trash"));
  if (!place) return;
  const words = await takeAway(place);
  await closeEditorsOf(place.uri);
  await files.reload();
  void vscode.window.showInformationMessage(words);
}

async function takeAway({ name, uri, owner }: PromptPlace): Promise<string> {
  const { l10n } = vscode;
  const file = `${name}.md (${ownerWords(owner)})`;
  try {
    await vscode.workspace.fs.delete(uri, { useTrash: true });
    return l10n.t("The prompt file {0} is in the trash.", file);
  } catch {
    // Many file systems of other machines have none, and nobody's work is deleted here.
    const kept = uri.with({ path: `${uri.path}.old` });
    await vscode.workspace.fs.rename(uri, kept, { overwrite: true });
    return l10n.t(
      "There is no trash here: the prompt file {0} is kept as {1} beside its place.",
      file,
      `${name}.md.old`,
    );
  }
}

/** But for what was not saved. */
async function closeEditorsOf(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isOfIt = ({ input, isDirty }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString() && !isDirty;
  await vscode.window.tabGroups.close(tabs.filter(isOfIt));
}

interface PlaceState extends PromptPlace {
  readonly isThere: boolean;
}

async function withState(places: readonly PromptPlace[]): Promise<readonly PlaceState[]> {
  return Promise.all(places.map(async (place) => ({ ...place, isThere: await isThere(place.uri) })));
}

async function chosenPlace(
  places: readonly PlaceState[],
  argument: unknown,
  title: string,
): Promise<PlaceState | undefined> {
  const { l10n } = vscode;
  const told = places.filter(({ name, owner }) => {
    const whose = owner === "user" ? "user" : "repository";
    return argument === `${name} ${whose}` || (name === "suggestion" && argument === whose);
  });
  if (told.length === 1) return told[0];
  const rows = (told.length > 0 ? told : places).map((place) => {
    const { name, owner, isThere } = place;
    const isHeeded = owner === "user" || vscode.workspace.isTrusted;
    const state = isThere ? l10n.t("has a file") : l10n.t("no file yet: made of the built-in text");
    const trust = isHeeded ? [] : [l10n.t("not used until you trust this workspace")];
    return {
      label: promptWords(name),
      description: ownerWords(owner),
      detail: [state, ...trust].join(" · "),
      place,
    };
  });
  const row = await vscode.window.showQuickPick(rows, { title, matchOnDescription: true });
  return row?.place;
}

function newFile(name: PromptName): string {
  const help = promptHelp(name).map((line) => `# ${line}`);
  return ["---", ...help, "---", "", promptKinds[name].builtIn].join("\n");
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
