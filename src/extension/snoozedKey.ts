import * as vscode from "vscode";
import { contextKeys } from "./contributions.ts";

/** At first what VS Code was told before the extension host was started anew. */
let toldSnoozed: boolean | undefined;
/** For the palette, which offers to wake up what is snoozed. */
export function tellSnoozed(snoozed: boolean): void {
  if (snoozed === toldSnoozed) return;
  toldSnoozed = snoozed;
  void vscode.commands.executeCommand("setContext", contextKeys.snoozed, snoozed);
}
