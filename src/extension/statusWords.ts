import * as vscode from "vscode";
import type { DropReason } from "../completion/suggestion.ts";
import { type ReadingNote, readingSentence } from "./indexWords.ts";
import { describeFailure } from "./notices.ts";
import { sentences } from "./punctuation.ts";
import type { Status } from "./status.ts";

/** How a status looks in the status bar: an icon, at most one word, and a sentence that says what is going on. */
export interface StatusLook {
  readonly icon: string;
  readonly word: string;
  readonly sentence: string;
  readonly needsUser: boolean;
}

/** What Pairwise does for suggestions goes before what it reads for the index. */
export function lookOf(status: Status, lastDrop: DropReason | undefined, reading: ReadingNote | undefined): StatusLook {
  const look = statusLook(status, lastDrop);
  if (!reading) return look;
  const word = reading.isLong && look.icon === "sparkle" ? vscode.l10n.t("indexing") : look.word;
  return { ...look, word, sentence: sentences(look.sentence, readingSentence(reading)) };
}

/** That nothing is counted is seen beside what is going on, without a colour of its own: suggestions come as ever. */
export function itemText({ icon, word }: Pick<StatusLook, "icon" | "word">, isCountingStopped: boolean): string {
  const sign = isCountingStopped ? "$(graph)$(warning)" : "";
  return [`$(${icon})`, word, sign].filter(Boolean).join(" ");
}

function statusLook(status: Status, lastDrop: DropReason | undefined): StatusLook {
  const { l10n } = vscode;
  switch (status.kind) {
    case "off":
      return quiet("circle-slash", l10n.t("Suggestions are off."));
    case "editor-off":
      return quiet(
        "circle-slash",
        l10n.t("Inline suggestions are switched off in the editor itself (editor.inlineSuggest.enabled)."),
      );
    case "no-editor":
      return quiet("sparkle", l10n.t("Ready. Open a file and type."));
    case "language-off":
      return quiet("circle-slash", l10n.t("Suggestions are off for {0}.", status.languageId));
    case "read-only":
      return quiet("circle-slash", l10n.t("This file can't be changed, so there is nothing to suggest."));
    case "ignored":
      return quiet(
        "circle-slash",
        l10n.t(
          "This file is ignored, so nothing of it is shown to a model. A line with ! and its path in .pairwiseignore takes it back.",
        ),
      );
    case "unasked":
      return quiet("circle-slash", l10n.t("VS Code does not ask for suggestions here."));
    case "withheld":
      return quiet(
        "circle-slash",
        status.reason === "too-large"
          ? l10n.t("{0} is over 50 MB: VS Code does not show such files to extensions.", status.name)
          : l10n.t("VS Code does not show the text of {0} to extensions.", status.name),
      );
    case "downloading":
      return busy(status.share, l10n.t("Downloading the local model"));
    case "loading":
      return busy(status.share, l10n.t("Loading the local model"));
    case "thinking":
      return { icon: "loading~spin", word: "", sentence: l10n.t("Waiting for the model."), needsUser: false };
    case "snoozed":
      return quiet(
        "bell-slash",
        status.until
          ? l10n.t("Suggestions are snoozed until {0}.", timeOfDay(status.until))
          : l10n.t("Suggestions are snoozed in this file until the window closes."),
      );
    case "failed":
      return { icon: "warning", word: "", sentence: describeFailure(status.failure).text, needsUser: true };
    case "broken":
      return {
        icon: "warning",
        word: "",
        sentence: l10n.t("Pairwise made a mistake of its own. The log has the details."),
        needsUser: true,
      };
    case "fallen-back":
      return quiet(
        "sparkle",
        l10n.t("Suggestions come from {0} for now. {1}", status.to, describeFailure(status.failure).text),
      );
    case "manual":
      return quiet("sparkle", l10n.t("Ready. Suggestions come when you ask for one."));
    case "idle":
      return quiet("sparkle", status.quiet ? quietIdle(lastDrop) : idle(lastDrop));
  }
}

/** The usual answer at the end of a finished line is no failure, and is not worded like one. */
function idle(lastDrop: DropReason | undefined): string {
  const { l10n } = vscode;
  if (lastDrop === undefined) return l10n.t("Ready.");
  if (lastDrop === "empty") return l10n.t("Ready. The model had nothing to add here.");
  return l10n.t("Ready. The last suggestion was dropped: {0}.", dropWords(lastDrop));
}

function quietIdle(lastDrop: DropReason | undefined): string {
  const { l10n } = vscode;
  if (lastDrop === undefined) return l10n.t("Quiet mode: suggestions come after a longer pause.");
  if (lastDrop === "empty") return l10n.t("Quiet mode. The model had nothing to add here.");
  return l10n.t("Quiet mode. The last suggestion was dropped: {0}.", dropWords(lastDrop));
}

/** As the editor's language writes it. */
function timeOfDay(time: Date): string {
  return time.toLocaleTimeString(vscode.env.language, { hour: "numeric", minute: "2-digit" });
}

/** Completes a sentence like "The last suggestion was dropped: …". */
export function dropWords(reason: DropReason): string {
  const { l10n } = vscode;
  switch (reason) {
    case "empty-document":
      return l10n.t("there is nothing to go by yet");
    case "middle-of-word":
      return l10n.t("the caret is inside a word");
    case "middle-of-line":
      return l10n.t("there is code after the caret");
    case "in-comment":
      return l10n.t("suggestions are off in comments");
    case "in-string":
      return l10n.t("suggestions are off in strings");
    case "already-there":
      return l10n.t("the file has it already");
    case "unbalanced":
      return l10n.t("its brackets did not fit");
    case "composing":
      return l10n.t("an input method is at work");
    case "empty":
      return l10n.t("the model had nothing to add");
    case "too-short":
      return l10n.t("too short to be of use");
    case "prose":
      return l10n.t("the model talked instead of writing code");
    case "repetition":
      return l10n.t("the model repeated itself");
    case "repeats-prefix":
      return l10n.t("repeats the line above");
    case "repeats-suffix":
      return l10n.t("repeats the next line");
    case "wrong-indentation":
      return l10n.t("its indentation did not fit");
    case "does-not-fit-line":
      return l10n.t("it did not fit the rest of the line");
    case "model-not-ready":
      return l10n.t("the model was not ready");
    case "dismissed":
      return l10n.t("it was dismissed here before");
    case "stale":
      return l10n.t("the text had changed meanwhile");
  }
}

function quiet(icon: string, sentence: string): StatusLook {
  return { icon, word: "", sentence, needsUser: false };
}

function busy(share: number | undefined, doing: string): StatusLook {
  const percent = share === undefined ? "" : `${Math.floor(share * 100)}%`;
  return { icon: "loading~spin", word: percent, sentence: percent ? `${doing}: ${percent}` : doing, needsUser: false };
}
