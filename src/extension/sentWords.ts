import * as vscode from "vscode";
import type { SentPicture } from "../model/pictures.ts";
import type { StretchReason } from "../model/provenance.ts";
import type { EndPoint, LogBounds, SentRequest, SentState } from "../model/requestLog.ts";
import { describeAnswerFailure } from "./chatFailures.ts";
import { describeFailure } from "./notices.ts";
import { secretWords } from "./secretWords.ts";
import type { ShownSource, Strings } from "./sentProtocol.ts";

/** The words of the page that are the same for all requests. */
export function sentStrings(bounds: LogBounds): Strings {
  const { l10n } = vscode;
  return {
    title: l10n.t("What was sent"),
    list: l10n.t("Requests to models, the newest first"),
    note: l10n.t("The last {0} requests, in memory only", bounds.requests),
    purge: l10n.t("Purge"),
    purgeHint: l10n.t("Forget all requests now"),
    pause: l10n.t("Pause recording"),
    resume: l10n.t("Resume recording"),
    emptyTitle: l10n.t("Nothing was sent to a model yet"),
    emptyText: l10n.t(
      "When Pairwise asks a model, the exact prompt appears here: what it is made of, where it went, and what came back. The last {0} requests are kept in memory until the window closes. They are never written to disk, unless you save one.",
      bounds.requests,
    ),
    suggest: l10n.t("Suggest now"),
    purgedTitle: l10n.t("All requests are forgotten"),
    purgedText: l10n.t("The next one appears here."),
    pausedTitle: l10n.t("Recording is paused"),
    pausedText: l10n.t("Requests go out as ever, and none is kept."),
    composition: l10n.t("What the prompt is made of"),
    redactions: l10n.t("Secrets that were replaced"),
    prompt: l10n.t("The prompt as it was sent"),
    answer: l10n.t("The answer as it came"),
    copy: l10n.t("Copy prompt"),
    save: l10n.t("Save as…"),
    copied: l10n.t("Copied"),
    saved: l10n.t("Saved"),
    caret: l10n.t("Caret"),
    parameters: l10n.t("Parameters"),
    showInPrompt: l10n.t("Show in the prompt"),
    openFile: l10n.t("Open the file there"),
  };
}

export function purposeWords(purpose: SentRequest["purpose"]): string {
  const { l10n } = vscode;
  switch (purpose) {
    case "suggestion":
      return l10n.t("Suggestion");
    case "continuation":
      return l10n.t("Second try");
    case "chat":
      return l10n.t("Chat");
    case "warm-up":
      return l10n.t("Read ahead");
    case "scoring":
      return l10n.t("Scoring");
    case "embedding":
      return l10n.t("Search");
    case "check":
      return l10n.t("Check");
    case "trial":
      return l10n.t("Trial of a prompt");
    case "edit":
      return l10n.t("Edit");
    case "tests":
      return l10n.t("New tests");
    case "translation":
      return l10n.t("Translation");
    case "review":
      return l10n.t("Review");
    case "names":
      return l10n.t("Better names");
    case "commit-message":
      return l10n.t("Commit message");
    case "pull-request":
      return l10n.t("Pull request");
    case "commit-explanation":
      return l10n.t("Explanation of a commit");
    case "command":
      return l10n.t("Command");
  }
}

export function endPointWords(endPoint: EndPoint, model: string): string {
  switch (endPoint.kind) {
    case "embedded":
      return vscode.l10n.t("On this machine: {0}", model);
    case "editor":
      return vscode.l10n.t("VS Code's model of {0}: {1}", endPoint.vendor, endPoint.name);
    case "server":
      return `${endPoint.url}: ${model}`;
  }
}

/** One or two words, for a row. */
export function stateWord(state: SentState): string {
  const { l10n } = vscode;
  switch (state.kind) {
    case "running":
      return l10n.t("Running");
    case "answered":
      return l10n.t("Answered");
    case "aborted":
      return l10n.t("Given up");
    case "failed":
      return l10n.t("Failed");
  }
}

export function stateSentence(state: SentState, purpose: SentRequest["purpose"]): string {
  const { l10n } = vscode;
  switch (state.kind) {
    case "running":
      return l10n.t("Waiting for the model.");
    case "answered":
      if (purpose === "warm-up") return l10n.t("The model has read it, so that the next answer comes sooner.");
      if (purpose === "scoring") return l10n.t("The model has told how likely the suggestion is after this prompt.");
      return state.leftEarly
        ? l10n.t("Answered. Pairwise ended the request when it had what it needed.")
        : l10n.t("Answered to the end.");
    case "aborted":
      return l10n.t("Given up before the answer was complete, because nobody waited for it any more.");
    case "failed":
      return state.failure
        ? (isOfChat(purpose) ? describeAnswerFailure : describeFailure)(state.failure).text
        : l10n.t("Pairwise made a mistake of its own. The log has the details.");
  }
}

/** Asked as the chat asks, of its model. */
function isOfChat(purpose: SentRequest["purpose"]): boolean {
  switch (purpose) {
    case "suggestion":
    case "continuation":
    case "warm-up":
    case "scoring":
    case "embedding":
    case "check":
    case "trial":
      return false;
    default:
      return true;
  }
}

export function noAnswerWords(state: SentState, purpose: SentRequest["purpose"]): string {
  const { l10n } = vscode;
  if (purpose === "warm-up") return l10n.t("No answer was asked for.");
  if (purpose === "scoring") return l10n.t("No text was asked for, only how likely the suggestion is.");
  return state.kind === "running" ? l10n.t("No text yet.") : l10n.t("No text came.");
}

export function sourceWords(source: ShownSource): string {
  const { l10n } = vscode;
  switch (source) {
    case "before":
      return l10n.t("Before the caret");
    case "after":
      return l10n.t("After the caret");
    case "outline":
      return l10n.t("Outline of the file");
    case "definitions":
      return l10n.t("Definitions");
    case "imports":
      return l10n.t("Imported modules");
    case "map":
      return l10n.t("Repository map");
    case "recent-edits":
      return l10n.t("Recent edits");
    case "similar":
      return l10n.t("Similar code");
    case "diagnostics":
      return l10n.t("Problems");
    case "clipboard":
      return l10n.t("Clipboard");
    case "scored":
      return l10n.t("The suggestion");
    case "prompt-file":
      return l10n.t("Prompt file");
    case "format":
      return l10n.t("Format of the prompt");
    case "other":
      return l10n.t("Other");
  }
}

/** Of what a question in the chat was sent with; `undefined` for another source. */
export function attachedWords(source: string): string | undefined {
  const { l10n } = vscode;
  switch (source) {
    case "selection":
      return l10n.t("Selection");
    case "file":
      return l10n.t("File");
    case "folder":
      return l10n.t("Folder");
    case "symbol":
      return l10n.t("Symbol");
    case "problems":
      return l10n.t("Problems");
    case "changes":
      return l10n.t("Changes");
    case "terminal":
      return l10n.t("Terminal");
    case "codebase":
      return l10n.t("Codebase");
    case "text":
      return l10n.t("Pasted text");
    case "tool":
      return l10n.t("Tool");
    default:
      return undefined;
  }
}

/** Empty where nothing had to be chosen. */
export function reasonWords(reason: StretchReason | undefined): string {
  const { l10n } = vscode;
  const { kind, name = "", specifier = "", similarity = 0 } = reason ?? { kind: "none" };
  switch (kind) {
    case "used":
      return l10n.t("{0} is used near the caret", name);
    case "type":
      return l10n.t("something near the caret is of the type {0}", name);
    case "imported":
      return l10n.t("imported from {0}", specifier);
    case "sibling":
      return l10n.t("stands beside this file");
    case "related":
      return l10n.t("near in the graph of symbols");
    case "same-file":
      return l10n.t("elsewhere in the same file");
    case "edited":
      return l10n.t("edited a short time ago");
    case "similar":
      return l10n.t("resembles the code near the caret by {0}", percent(similarity));
    case "diagnostic":
      return l10n.t("a problem near the caret");
    case "copied":
      return l10n.t("copied to the clipboard");
    case "prompt-user":
      return l10n.t("your own, in place of the built-in prompt");
    case "prompt-repository":
      return l10n.t("the repository's, in place of the built-in prompt");
    default:
      return "";
  }
}

export function redactionWords({ placeholder, rule, count }: SentRequest["redactions"][number]): string {
  const secret = secretWords(rule);
  return count === 1
    ? vscode.l10n.t("1 secret replaced: {0} ({1})", secret, placeholder)
    : vscode.l10n.t("1 secret replaced in {2} places: {0} ({1})", secret, placeholder, number(count));
}

export function tokenWords(count: number): string {
  return count === 1 ? vscode.l10n.t("1 token") : vscode.l10n.t("{0} tokens", number(count));
}

export function aboutTokens(count: number): string {
  return count === 1 ? vscode.l10n.t("about 1 token") : vscode.l10n.t("about {0} tokens", number(count));
}

/** Milliseconds up to one second, then seconds. */
export function durationWords(ms: number): string {
  return ms < 1000
    ? vscode.l10n.t("{0} ms", number(Math.round(ms)))
    : vscode.l10n.t("{0} s", number(Math.round(ms / 100) / 10));
}

export function percent(share: number): string {
  return new Intl.NumberFormat(vscode.env.language, { style: "percent" }).format(share);
}

/** What stands in a record in a picture's place. */
export function pictureWords({ mediaType, bytes }: SentPicture): string {
  return vscode.l10n.t("picture, {0}, {1} kB", mediaType, number(Math.max(1, Math.round(bytes / 1000))));
}

export function number(value: number): string {
  return new Intl.NumberFormat(vscode.env.language).format(value);
}
