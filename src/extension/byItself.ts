import type * as vscode from "vscode";
import type { InHand } from "./inHand.ts";
import { refusalFor } from "./inlineCompletions.ts";
import { editorSuggests, setting } from "./settings.ts";
import type { Snooze } from "./snooze.ts";

/** Whether suggestions come by themselves in the document in hand; where they do not, no model is asked ahead either. */
export function comesByItself(document: vscode.TextDocument, inHand: InHand, snooze: Snooze): boolean {
  return (
    document === inHand.document &&
    editorSuggests(document) &&
    setting("suggestions.automatic", document) &&
    !refusalFor(document) &&
    !inHand.obstacleIn(document) &&
    !snooze.at(document)
  );
}
