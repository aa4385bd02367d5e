/** Asks a model about changes, in as many requests as they need. */

import * as vscode from "vscode";
import type { AskedFor } from "../model/provenance.ts";
import type { ShownFiles } from "../refactor/sourceControlFiles.ts";
import { planOf, reducedText } from "../refactor/sourceControlParts.ts";
import { type Ask, baseTokens, summaryPrompt } from "../refactor/sourceControlPrompt.ts";
import { withoutThoughts } from "../refactor/sourceControlReply.ts";
import type { RefactorModel, RefactorReply } from "./refactorModel.ts";
import type { SeenChanges } from "./sourceControlChanges.ts";

export interface Asking {
  readonly askedFor: AskedFor;
  readonly signal: AbortSignal;
  /** Shows which request is under way, where there are several. */
  readonly report: (message: string) => void;
  readonly onText?: (text: string) => void;
}

export interface ChangesReply extends RefactorReply {
  /** Files that there were too many of to be read, or to be read to their end. */
  readonly unread: number;
}

/** Rejects as the model does. */
export async function askAbout(
  files: ShownFiles,
  ask: Ask,
  model: RefactorModel,
  { askedFor, signal, report, onText }: Asking,
): Promise<ChangesReply> {
  const { contextTokens, answerTokens, count } = model.facts();
  const base = Math.max(
    baseTokens(ask, count),
    baseTokens((text) => summaryPrompt({ paths: [], text }), count),
  );
  const room = Math.max(LEAST_TOKENS, Math.floor((contextTokens - answerTokens) * KEPT_FREE) - base);
  const plan = planOf(files, room, count);
  const last = (changes: string) => model.ask({ ...ask(changes), askedFor, ...(onText ? { onText } : {}) }, signal);
  if (plan.kind === "whole") return { ...(await last(plan.text)), unread: 0 };
  const summaries: string[] = [];
  for (const part of plan.parts) {
    report(vscode.l10n.t("reading part {0} of {1}", summaries.length + 1, plan.parts.length));
    summaries.push(withoutThoughts((await model.ask({ ...summaryPrompt(part), askedFor }, signal)).text));
  }
  report(vscode.l10n.t("all parts are read; writing"));
  return { ...(await last(reducedText(plan, summaries, files, room, count))), unread: plan.unread.length };
}

/** For people: what the model was not shown; `undefined` where it was shown all. */
export function leftWords({ files, hidden }: SeenChanges, { unread }: ChangesReply): string | undefined {
  const { l10n } = vscode;
  const names = files.left.map(({ file }) => file.path);
  const more = names.length - MOST_NAMES;
  const words = [
    ...names.slice(0, MOST_NAMES),
    ...(more > 0 ? [l10n.t("files more: {0}", more)] : []),
    ...(unread > 0 ? [l10n.t("files that there was no room for, or not for all of them: {0}", unread)] : []),
    ...(hidden > 0 ? [l10n.t("ignored or secret files: {0}", hidden)] : []),
  ];
  return words.length === 0 ? undefined : l10n.t("Not shown to the model: {0}", words.join(", "));
}

/** Of a prompt: tokens are estimated. */
const KEPT_FREE = 0.95;
const LEAST_TOKENS = 200;
const MOST_NAMES = 5;
