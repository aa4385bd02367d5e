/** The words of the chat. */

import * as vscode from "vscode";
import type { Answer, ToolUse } from "../chat/conversation.ts";
import type { PromptMeter } from "../chat/prompt.ts";
import { MOST_CALLS } from "../chat/tools.ts";
import type { ChatModelFacts } from "./chatPorts.ts";
import type { ChatStrings } from "./chatProtocol.ts";
import { describeAnswerFailure } from "./chatFailures.ts";
import { section, type SettingName } from "./contributions.ts";
import { sentences } from "./punctuation.ts";

export function chatStrings(): ChatStrings {
  const { l10n } = vscode;
  return {
    title: l10n.t("Chat"),
    newThread: l10n.t("New thread"),
    threads: l10n.t("Threads"),
    searchThreads: l10n.t("Search threads"),
    noThreadFound: l10n.t("No thread found"),
    more: l10n.t("More actions"),
    rename: l10n.t("Rename"),
    remove: l10n.t("Delete"),
    exportThread: l10n.t("Export as Markdown"),
    openInEditor: l10n.t("Open in editor"),
    you: l10n.t("You"),
    ask: l10n.t("Ask about the code …"),
    send: l10n.t("Send"),
    stop: l10n.t("Stop"),
    attach: l10n.t("Attach context"),
    attachPicture: l10n.t("Attach a picture"),
    removeAttachment: l10n.t("Remove"),
    model: l10n.t("Model"),
    emptyTitle: l10n.t("Ask about the code at hand"),
    emptyText: l10n.t("The selection or the visible file goes along, and stands below as what will be sent."),
    chooseModel: l10n.t("Choose a model"),
    copy: l10n.t("Copy"),
    copied: l10n.t("Copied"),
    code: l10n.t("Code"),
    insert: l10n.t("Insert at cursor"),
    apply: l10n.t("Apply"),
    openAsFile: l10n.t("Open as a new file"),
    run: l10n.t("Put into the terminal"),
    wrapLines: l10n.t("Wrap lines"),
    regenerate: l10n.t("Answer again"),
    edit: l10n.t("Edit question"),
    cancel: l10n.t("Cancel"),
    previousBranch: l10n.t("Previous version"),
    nextBranch: l10n.t("Next version"),
    showSent: l10n.t("Show what was sent"),
    working: l10n.t("Working"),
    thinking: l10n.t("Thinking"),
    showAll: l10n.t("Show all"),
    newMessages: l10n.t("New messages"),
    allowOnce: l10n.t("Allow once"),
    allowAlways: l10n.t("Always allow"),
    refuse: l10n.t("Refuse"),
    arguments: l10n.t("Arguments"),
    result: l10n.t("Result"),
    loading: l10n.t("Loading the thread"),
    pictureTooLarge: l10n.t("{0} can't be read, or is too large to be sent.", "{0}"),
    noPicture: l10n.t(
      "{0} is no picture that can be sent: PNG, JPEG, WebP and GIF are. Attach a file of the workspace with @.",
      "{0}",
    ),
    tooLong: l10n.t("This is too long to be sent. Put it into a file, and attach that."),
    busy: l10n.t("An answer is still being written. Send when it has ended, or stop it with Escape."),
    dropHere: l10n.t("Drop to attach"),
    answered: l10n.t("Answered"),
  };
}

/** How an answer ended; empty where that need not be said. */
export function stateWords({ state, text, tools }: Pick<Answer, "state" | "text" | "tools">): string {
  const { l10n } = vscode;
  switch (state.kind) {
    case "running":
      return "";
    case "done":
      return sentences(
        text.trim() === "" ? l10n.t("The model has said nothing.") : "",
        tools.length < MOST_CALLS
          ? ""
          : l10n.t(
              "The limit of {0} tool calls was reached: from there on the model had to answer with what it knew.",
              MOST_CALLS,
            ),
      );
    case "cut":
      return l10n.t("The answer reached the limit of its length.");
    case "stopped":
      return l10n.t("Stopped.");
    case "failed":
      return state.failure
        ? describeAnswerFailure(state.failure).text
        : l10n.t("Pairwise made a mistake of its own. The log has the details.");
  }
}

export function toolWords({ state }: ToolUse): string {
  const { l10n } = vscode;
  switch (state) {
    case "waiting":
      return l10n.t("Waits for you");
    case "running":
      return l10n.t("Running");
    case "done":
      return l10n.t("Done");
    case "failed":
      return l10n.t("Failed");
    case "refused":
      return l10n.t("Refused");
  }
}

/** Below an answer, folded: "4 pieces used · 1,204 tokens". */
export function summaryWords(pieces: number, promptTokens: number | undefined, turnsLeftOut: number): string {
  const { l10n } = vscode;
  const parts = [
    pieces === 0 ? "" : pieces === 1 ? l10n.t("1 piece used") : l10n.t("{0} pieces used", number(pieces)),
    promptTokens === undefined ? "" : l10n.t("{0} tokens", number(promptTokens)),
    turnsLeftOut === 0 ? "" : l10n.t("{0} earlier messages left out", number(turnsLeftOut)),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

export function pieceWords(tokens: number, cut: boolean): string {
  const { l10n } = vscode;
  return cut ? l10n.t("{0} tokens, cut", number(tokens)) : l10n.t("{0} tokens", number(tokens));
}

export function meterWords({ wanted }: PromptMeter): string {
  return vscode.l10n.t("{0} tok", number(wanted));
}

/** How much fits, and what will be left out; each a sentence. */
export function meterSentences(
  { budget, left }: PromptMeter,
  { name, isSizeKnown }: Pick<ChatModelFacts, "name" | "isSizeKnown">,
): readonly string[] {
  const { l10n } = vscode;
  const pieces = new Set(left.pieces.map(({ piece }) => piece.label));
  return [
    isSizeKnown
      ? l10n.t("The model takes {0} tokens beside its answer.", number(budget))
      : l10n.t(
          "Nobody tells how much {0} takes: {1} tokens beside its answer are assumed. The setting {2} can say it.",
          name,
          number(budget),
          CAPABILITIES,
        ),
    ...(left.questionTokens > 0 ? [l10n.t("The question is too long and will be cut.")] : []),
    ...(pieces.size > 0
      ? [l10n.t("Not all of this will be sent: {0}.", Array.from(pieces).slice(0, 5).join(", "))]
      : []),
    ...(left.turns.length > 0 ? [l10n.t("{0} earlier messages will be left out.", number(left.turns.length))] : []),
  ];
}

export interface ToolNames {
  /** All that there are. */
  readonly offered: readonly string[];
  /** Those that the model has room for. */
  readonly fitting: readonly string[];
}

/** What the model may call, a line each; none as long as it is not known which tools there are. */
export function modelLines(
  { name, callsTools }: Pick<ChatModelFacts, "name" | "callsTools">,
  tools: ToolNames | undefined,
): readonly string[] {
  const { l10n } = vscode;
  if (callsTools === undefined)
    return [
      l10n.t(
        "Nobody tells whether {0} calls tools, so it is offered none. The setting {1} can say it.",
        name,
        CAPABILITIES,
      ),
    ];
  if (!callsTools) return [l10n.t("{0} calls no tools.", name)];
  if (!tools) return [];
  const { offered, fitting } = tools;
  const left = offered.filter((tool) => !fitting.includes(tool));
  return [
    l10n.t("{0} may call {1} tools.", name, number(fitting.length)),
    ...(left.length > 0
      ? [l10n.t("There is no room for {0} more: {1}.", number(left.length), left.slice(0, MOST_NAMED).join(", "))]
      : []),
  ];
}

const CAPABILITIES = `${section}.${"model.capabilities" satisfies SettingName}`;
const MOST_NAMED = 10;

/** "5m ago": beside a title in a narrow list. */
export function whenWords(at: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(vscode.env.language, { numeric: "auto", style: "narrow" });
  const seconds = Math.round((at - now) / 1000);
  for (const [unit, length] of units)
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  return format.format(0, "second");
}

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

function number(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
