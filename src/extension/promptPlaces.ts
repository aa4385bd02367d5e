/** Where prompt files are. */

import * as vscode from "vscode";
import { type PromptName, promptNames, repositoryPromptPath } from "../model/prompts/promptKinds.ts";

/** Whose a prompt file is: the user's, for all workspaces, or a workspace folder's. */
export type PromptOwnerPlace = vscode.WorkspaceFolder | "user";

export interface PromptPlace {
  readonly name: PromptName;
  readonly owner: PromptOwnerPlace;
  readonly uri: vscode.Uri;
}

/** The user's first. */
export function promptOwners(): readonly PromptOwnerPlace[] {
  return ["user", ...(vscode.workspace.workspaceFolders ?? [])];
}

/** `storage` is the extension's global one. */
export function promptPlace(storage: vscode.Uri, name: PromptName, owner: PromptOwnerPlace): PromptPlace {
  const uri =
    owner === "user"
      ? vscode.Uri.joinPath(userPrompts(storage), `${name}.md`)
      : vscode.Uri.joinPath(owner.uri, repositoryPromptPath(name));
  return { name, owner, uri };
}

export function userPrompts(storage: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(storage, "prompts");
}

export function allPromptPlaces(storage: vscode.Uri): readonly PromptPlace[] {
  return promptNames.flatMap((name) => promptOwners().map((owner) => promptPlace(storage, name, owner)));
}

/** `undefined` where `uri` is no place of a prompt file. */
export function promptPlaceOf(storage: vscode.Uri, uri: vscode.Uri): PromptPlace | undefined {
  const wanted = uri.toString();
  return allPromptPlaces(storage).find((place) => place.uri.toString() === wanted);
}
