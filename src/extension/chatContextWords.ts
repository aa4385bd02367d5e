import * as vscode from "vscode";
import type { NotRead, NotReadReason, ReadAttachment } from "./chatContextReading.ts";

/** What was not read of an attachment, a sentence for each reason; none where all was read. */
export function notReadWords({ attachment, notRead }: ReadAttachment): readonly string[] {
  return notRead.map((each) => sentence(each, each.path ?? attachment.label));
}

function sentence({ reason, count }: NotRead, name: string): string {
  return count === undefined
    ? oneWords(reason, name)
    : manyWords(reason, name, count.toLocaleString(vscode.env.language));
}

function manyWords(reason: NotReadReason, name: string, count: string): string {
  const { l10n } = vscode;
  switch (reason) {
    case "ignored":
      return l10n.t("{0}: {1} ignored or secret left out.", name, count);
    case "cut":
      return l10n.t("{0}: {1} more did not fit.", name, count);
    case "too-large":
      return l10n.t("{0}: {1} too large for the room there is, named only.", name, count);
    default:
      return oneWords(reason, name);
  }
}

function oneWords(reason: NotReadReason, name: string): string {
  const { l10n } = vscode;
  switch (reason) {
    case "ignored":
      return l10n.t("{0} is ignored or secret: nothing of it is sent.", name);
    case "too-large":
      return l10n.t("{0} is too large to be read. Select the part that matters.", name);
    case "binary":
      return l10n.t("{0} is a binary file: there is no text to send.", name);
    case "not-text":
      return l10n.t("{0} can't be read as text.", name);
    case "gone":
      return l10n.t("{0} is not there any more.", name);
    case "empty":
      return l10n.t("{0} is empty.", name);
    case "cut":
      return l10n.t("{0} was cut: not all of it fitted.", name);
    case "time":
      return l10n.t("{0} took too long: what was read until then is used.", name);
    case "no-git":
      return l10n.t("{0}: VS Code's Git extension is missing or off.", name);
    case "no-repository":
      return l10n.t("{0}: no Git repository is open.", name);
    case "no-changes":
      return l10n.t("{0}: nothing has changed since the last commit.", name);
    case "no-problems":
      return l10n.t("{0}: there are no errors and no warnings.", name);
    case "no-shell-integration":
      return l10n.t("{0}: the terminal's shell integration is off. Paste its output instead.", name);
    case "no-commands":
      return l10n.t("{0}: no command was run since the chat was opened. Run it again, or paste its output.", name);
    case "unheard":
      return l10n.t("{0}: VS Code did not pass on what a command wrote. Run it again, or paste its output.", name);
    case "no-index":
      return l10n.t("{0}: the index is off, or there is no folder.", name);
    case "indexing":
      return l10n.t("{0}: the index is still being made; it may have missed something.", name);
    case "nothing-found":
      return l10n.t("{0}: nothing was found for this question.", name);
    case "failed":
      return l10n.t("{0} could not be read.", name);
  }
}
