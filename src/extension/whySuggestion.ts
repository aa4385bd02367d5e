import * as vscode from "vscode";
import { partsBehind } from "../completion/promptParts.ts";
import { commands } from "./contributions.ts";
import type { InlineCompletions } from "./inlineCompletions.ts";
import type { Seen, SeenSuggestions } from "./seenSuggestions.ts";
import type { WhyView } from "./whyView.ts";

interface Candidate extends Seen {
  readonly wasAccepted: boolean;
}

/** Shows why a suggestion was made: one of those that are shown, or else, also for somebody who can choose, the accepted one. */
export async function whySuggestion(
  seen: SeenSuggestions,
  view: WhyView,
  inlineCompletions: InlineCompletions,
  which: unknown,
): Promise<void> {
  const { l10n } = vscode;
  const shown = seen.shown.map((each): Candidate => ({ ...each, wasAccepted: false }));
  const accepted = seen.accepted === undefined ? [] : [{ ...seen.accepted, wasAccepted: true }];
  const candidates = which === SHOWN && shown.length > 0 ? shown : [...shown, ...accepted];
  const chosen = candidates.length > 1 ? await pick(candidates) : candidates[0];
  if (candidates.length === 0) {
    const suggest = l10n.t("Suggest now");
    const words = l10n.t("There is nothing to explain: no suggestion is shown, and none was just accepted.");
    const answer = await vscode.window.showInformationMessage(words, suggest);
    if (answer === suggest) await vscode.commands.executeCommand(commands.suggest);
    return;
  }
  if (chosen === undefined) return;
  const { asked, cursor, offered } = chosen;
  const parts = asked && partsBehind(asked, cursor, offered);
  if (asked === undefined || parts === undefined) {
    const words = l10n.t(
      "What this suggestion was made from is not known: only the last requests are remembered, and none while recording is paused.",
    );
    void vscode.window.showInformationMessage(words);
    return;
  }
  view.show({ ...chosen, asked, parts });
  // A palette or a menu takes the focus for a moment, and with it the grey text.
  if (which !== SHOWN && !chosen.wasAccepted && shown.length === 1) await inlineCompletions.showAgain();
}

/** VS Code does not tell which of several suggestions is seen. */
async function pick(candidates: readonly Candidate[]): Promise<Candidate | undefined> {
  const { l10n } = vscode;
  const items = candidates.map((candidate) => ({
    label: candidate.offered.insertText.trim().replaceAll(/\s*\n\s*/g, " ⏎ "),
    description: candidate.wasAccepted ? l10n.t("accepted") : l10n.t("shown"),
    candidate,
  }));
  const placeHolder = l10n.t("Which suggestion?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.candidate;
}

/** The argument of a key that works while a suggestion is shown: it asks of nothing else. */
const SHOWN = "shown";
