/** Reviews of what has changed in repositories: in one request, or in several where the model has no room for all of it. */

import * as vscode from "vscode";
import { changesAttachment, stagedAttachment } from "../chat/attachments.ts";
import { changesParts, type ChangesPart, LONGEST_LINE } from "../refactor/reviewParts.ts";
import type { ReviewedFile } from "../refactor/reviewPlaces.ts";
import { type ChangedFile, changesPrompt } from "../refactor/reviewPrompt.ts";
import { minorKind } from "../text/minorFiles.ts";
import { readChanges } from "./chatContextChanges.ts";
import { textOf } from "./chatContextFiles.ts";
import { type NotReadReason, Reading } from "./chatContextReading.ts";
import { notReadWords } from "./chatContextWords.ts";
import { withProgress } from "./refactorModel.ts";
import { ReviewOutcome } from "./reviewOutcome.ts";
import { FindingShower, reviewInstruction, type ReviewNeeds, tokensOf } from "./reviewShowing.ts";

interface Changed extends ChangedFile {
  readonly uri: vscode.Uri;
}

/** Of the working tree, or of what is staged where the user wants that. Never rejects. */
export async function reviewChanges(needs: ReviewNeeds, stagedOnly: boolean): Promise<void> {
  const { l10n } = vscode;
  const outcome = new ReviewOutcome(stagedOnly ? l10n.t("the staged changes") : l10n.t("the changes"));
  await withProgress(l10n.t("Reviewing {0}", outcome.name), async (signal, report) => {
    const { contextTokens, answerTokens, count } = needs.model.facts();
    const instruction = reviewInstruction();
    const base = tokensOf(changesPrompt([], instruction).messages, count);
    const room = Math.floor((contextTokens - answerTokens) * KEPT_FREE) - base;
    const changed = await changedFiles(needs, stagedOnly, room, outcome, signal);
    const parts = changesParts(changed, room, count);
    const cut = parts.flatMap(({ files, piece }) => (piece?.at === 1 ? files : [])).map(({ index }) => changed[index]);
    const withLong = cut.filter((file) => file?.diff.split("\n").some(({ length }) => length > LONGEST_LINE));
    if (withLong.length > 0)
      outcome.left([l10n.t("Very long lines were cut: {0}.", listed(withLong.map((file) => file?.path ?? "")))]);
    await reviewParts(needs, changed, parts, { outcome, signal, report });
  });
  outcome.tell();
}

/** What is found is shown as it comes, and stays where a later part fails or is stopped. */
async function reviewParts(
  needs: ReviewNeeds,
  changed: readonly Changed[],
  parts: readonly ChangesPart[],
  {
    outcome,
    signal,
    report,
  }: { readonly outcome: ReviewOutcome; readonly signal: AbortSignal; readonly report: (message: string) => void },
): Promise<void> {
  const { l10n } = vscode;
  const shower = new FindingShower(needs, outcome);
  let done = 0;
  try {
    for (const { files, piece } of parts.slice(0, MOST_PARTS)) {
      const number = (files[0]?.index ?? 0) + 1;
      if (parts.length > 1)
        report(
          piece
            ? l10n.t("{0} of {1} files, part {2} of {3}", number, changed.length, piece.at, piece.of)
            : l10n.t("{0} of {1} files", number, changed.length),
        );
      const reply = await needs.model.ask({ ...changesPrompt(files, reviewInstruction()), askedFor: "review" }, signal);
      const reviewed: ReviewedFile[] = [];
      const documents: vscode.TextDocument[] = [];
      for (const { index, path, lines: range } of files) {
        const uri = changed[index]?.uri;
        // It may be gone meanwhile.
        const document = uri && (await Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined));
        if (!document) continue;
        const lines = document.getText().split(/\r?\n/);
        documents.push(document);
        reviewed.push({ path, lines, from: range?.from ?? 0, to: range?.to ?? lines.length });
      }
      if (reviewed.length > 0) await shower.show(reply, reviewed, documents);
      done += 1;
    }
  } finally {
    if (done > 0) outcome.left(missedWords(changed, parts.slice(done)));
  }
}

/** What is to be reviewed. What is not is told of. */
async function changedFiles(
  { ignored }: ReviewNeeds,
  stagedOnly: boolean,
  room: number,
  outcome: ReviewOutcome,
  signal: AbortSignal,
): Promise<readonly Changed[]> {
  const mostChars = Math.max(0, room * CHARS_PER_TOKEN * MOST_PARTS);
  const reading = new Reading(stagedOnly ? stagedAttachment : changesAttachment, mostChars, signal);
  await readChanges(reading, ignored, MOST_FILE_CHARS);
  signal.throwIfAborted();
  const read = reading.close();
  const changed: Changed[] = [];
  const minor: string[] = [];
  const unread: { readonly path: string; readonly reason: NotReadReason }[] = [];
  for (const { uri: address, path = "", text } of read.pieces) {
    if (address === undefined) continue;
    const uri = vscode.Uri.parse(address, true);
    // The first line names it.
    const diff = text.slice(text.indexOf("\n") + 1);
    if (minorKind(uri.path)) {
      minor.push(path);
      continue;
    }
    const found = await textOf(uri, ignored);
    if ("reason" in found) unread.push({ path, reason: found.reason });
    else changed.push({ uri, path, diff });
  }
  const { l10n } = vscode;
  outcome.left([
    ...notReadWords(read),
    ...(minor.length > 0 ? [l10n.t("Lock files and what is generated are not reviewed: {0}.", listed(minor))] : []),
    ...unreadWords(unread),
  ]);
  return changed;
}

/** Why there is nothing to comment on. */
function unreadWords(unread: readonly { readonly path: string; readonly reason: NotReadReason }[]): readonly string[] {
  const { l10n } = vscode;
  const byReason = Map.groupBy(unread, ({ reason }) => reason);
  return Array.from(byReason, ([reason, files]) => {
    const names = listed(files.map(({ path }) => path));
    switch (reason) {
      case "gone":
        return l10n.t("Deleted, so that there is nothing to comment on: {0}.", names);
      case "too-large":
        return l10n.t("Too large to be reviewed: {0}.", names);
      case "ignored":
        return l10n.t("Ignored or secret files, not reviewed: {0}.", files.length);
      default:
        return l10n.t("No text, so that there is nothing to comment on: {0}.", names);
    }
  });
}

/** That not all of them were reviewed; a file of which a piece was not is not counted as reviewed. */
function missedWords(changed: readonly Changed[], missed: readonly ChangesPart[]): readonly string[] {
  const indices = new Set(missed.flatMap(({ files }) => files.map(({ index }) => index)));
  if (indices.size === 0) return [];
  const paths = changed.filter((_, index) => indices.has(index)).map(({ path }) => path);
  return [
    vscode.l10n.t(
      "Reviewed: {0} of {1} files. Not, or not to their end: {2}.",
      changed.length - indices.size,
      changed.length,
      listed(paths),
    ),
  ];
}

function listed(paths: readonly string[]): string {
  const more = paths.length - MOST_NAMES;
  return [...paths.slice(0, MOST_NAMES), ...(more > 0 ? [vscode.l10n.t("files more: {0}", more)] : [])].join(", ");
}

/** Of one review; each is a request. */
const MOST_PARTS = 24;
/** Of a prompt: tokens are estimated. */
const KEPT_FREE = 0.95;
const CHARS_PER_TOKEN = 4;
const MOST_FILE_CHARS = 400_000;
const MOST_NAMES = 5;
