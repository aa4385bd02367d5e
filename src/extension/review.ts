/** Reviews by a model: of code or of changes, told as comments on lines. */

import * as vscode from "vscode";
import { changesAttachment, stagedAttachment } from "../chat/attachments.ts";
import { actionNamed, answerLanguage, instructionOf } from "../edit/catalogue.ts";
import { type Finding, reviewOf } from "../refactor/reviewFindings.ts";
import type { ReviewedFile } from "../refactor/reviewPlaces.ts";
import { changesPrompt, codePrompt, type LineRange, partsOf } from "../refactor/reviewPrompt.ts";
import { readChanges } from "./chatContextChanges.ts";
import { textOf } from "./chatContextFiles.ts";
import { type ReadAttachment, Reading } from "./chatContextReading.ts";
import { documentSymbols, flattened } from "./chatContextSymbol.ts";
import { notReadWords } from "./chatContextWords.ts";
import { pathOf } from "./convert.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { fileOf } from "./notebookCells.ts";
import { type RefactorModel, type RefactorReply, withProgress } from "./refactorModel.ts";
import type { Editor } from "./refactorPorts.ts";
import { isWorse, type ReviewComments } from "./reviewComments.ts";
import { ReviewOutcome } from "./reviewOutcome.ts";

export interface ReviewNeeds {
  readonly model: Pick<RefactorModel, "ask" | "facts">;
  readonly editor: Editor;
  readonly ignored: Pick<IgnoredFiles, "look">;
  readonly comments: ReviewComments;
}

/** Of the selection, else of the file in hand. Never rejects. */
export async function reviewCode(needs: ReviewNeeds): Promise<void> {
  const { l10n, window } = vscode;
  const active = window.activeTextEditor;
  if (!active || active.document.getText().trim() === "")
    return void window.showInformationMessage(l10n.t("Open the file that is to be reviewed, or select a part of it."));
  const { document, selection } = active;
  const name = pathOf(document.uri);
  if (await needs.ignored.look({ uri: fileOf(document) }))
    return void window.showInformationMessage(l10n.t("{0} is ignored or secret: nothing of it is sent.", name));
  const asked = selection.isEmpty ? { from: 0, to: document.lineCount } : linesOf(selection);
  const outcome = new ReviewOutcome(name);
  await withProgress(l10n.t("Reviewing {0}", name), (signal) => reviewLines(needs, document, asked, outcome, signal));
  outcome.tell();
}

/** Of the working tree, or of what is staged where the user wants that. Never rejects. */
export async function reviewChanges(needs: ReviewNeeds, stagedOnly: boolean): Promise<void> {
  const { l10n } = vscode;
  const outcome = new ReviewOutcome(stagedOnly ? l10n.t("the staged changes") : l10n.t("the changes"));
  await withProgress(l10n.t("Reviewing {0}", outcome.name), async (signal) => {
    const attachment = stagedOnly ? stagedAttachment : changesAttachment;
    const { contextTokens, answerTokens, count } = needs.model.facts();
    const room = contextTokens - answerTokens - PER_PROMPT_TOKENS;
    const reading = new Reading(attachment, Math.max(0, Math.floor(room * CHARS_PER_TOKEN)), signal);
    await readChanges(reading, needs.ignored);
    signal.throwIfAborted();
    const read = reading.close();
    outcome.left(notReadWords(read));
    let changed = changedFiles(read);
    const build = () => changesPrompt(changed, instruction());
    // What a number before each line costs is not known before.
    while (changed.length > 0 && tokensOf(build().messages, count) > contextTokens - answerTokens) {
      outcome.left([l10n.t("{0} is too long for the model.", changed.at(-1)?.path ?? "")]);
      changed = changed.slice(0, -1);
    }
    if (changed.length === 0) return;
    const reply = await needs.model.ask(build(), signal);
    const files: ReviewedFile[] = [];
    const documents: vscode.TextDocument[] = [];
    for (const { uri, path } of changed) {
      // What is deleted has no lines to comment on.
      if ("reason" in (await textOf(uri, needs.ignored))) continue;
      const document = await vscode.workspace.openTextDocument(uri);
      const lines = document.getText().split(/\r?\n/);
      documents.push(document);
      files.push({ path, lines, from: 0, to: lines.length });
    }
    if (files.length > 0) await show(needs, reply, files, documents, outcome, true);
  });
  outcome.tell();
}

async function reviewLines(
  needs: ReviewNeeds,
  document: vscode.TextDocument,
  asked: LineRange,
  outcome: ReviewOutcome,
  signal: AbortSignal,
): Promise<void> {
  const lines = document.getText().split(/\r?\n/);
  const { contextTokens, answerTokens, count } = needs.model.facts();
  const path = pathOf(fileOf(document));
  const question = { path, languageId: document.languageId, lines, instruction: instruction() };
  const whole = { from: 0, to: lines.length };
  const fits = (shown: LineRange): boolean =>
    tokensOf(codePrompt({ ...question, shown, asked }).messages, count) <= contextTokens - answerTokens;
  const empty = tokensOf(codePrompt({ ...question, shown: { from: 0, to: 0 }, asked }).messages, count);
  const parts = fits(whole)
    ? [asked]
    : partsOf(lines, asked, await definitionStarts(document.uri), contextTokens - answerTokens - empty, count);
  const isWhole = fits(whole);
  for (const [index, part] of parts.slice(0, MOST_PARTS).entries()) {
    const prompt = codePrompt({ ...question, shown: isWhole ? whole : part, asked: part });
    const reply = await needs.model.ask(prompt, signal);
    // It may have been written in meanwhile: lines are found in what is there now.
    const now = document.getText().split(/\r?\n/);
    const file = { path, lines: now, from: part.from, to: part.to };
    await show(needs, reply, [file], [document], outcome, index === 0);
  }
  const last = parts.at(MOST_PARTS - 1);
  if (parts.length > MOST_PARTS && last)
    outcome.left([vscode.l10n.t("{0} is long: what follows line {1} was not reviewed.", path, last.to)]);
}

/** @param isFirst What earlier reviews found in these files goes. */
async function show(
  { comments }: ReviewNeeds,
  reply: RefactorReply,
  files: readonly ReviewedFile[],
  documents: readonly vscode.TextDocument[],
  outcome: ReviewOutcome,
  isFirst: boolean,
): Promise<void> {
  const review = reviewOf(reply.text, files);
  outcome.add(review, reply);
  let worst: { readonly finding: Finding; readonly document: vscode.TextDocument } | undefined;
  for (const [index, document] of documents.entries()) {
    if (isFirst) comments.clear(document.uri);
    const findings = review.findings.filter(({ file }) => file === index);
    comments.show(document, findings);
    for (const finding of findings) if (isWorse(finding, worst?.finding)) worst = { finding, document };
  }
  if (!worst || !isFirst) return;
  const { finding, document } = worst;
  const line = Math.min(finding.line ?? 0, document.lineCount - 1);
  const editor = await vscode.window.showTextDocument(document, { preserveFocus: true, preview: true });
  editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Has the place of a finding changed by the model; what becomes of it is shown first. */
export async function fixFinding({ comments, editor }: ReviewNeeds, thread: unknown): Promise<void> {
  const finding = comments.findingOf(thread);
  const { uri, range } = thread as vscode.CommentThread;
  const action = actionNamed("fix");
  if (!finding || !range || !action) return;
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  const place = document.validateRange(
    finding.line === undefined ? new vscode.Range(0, 0, document.lineCount, 0) : range,
  );
  await editor.edit({ document, range: place, action, wish: finding.text.slice(0, LONGEST_WISH) });
}

function changedFiles({ pieces }: ReadAttachment) {
  return pieces.flatMap(({ uri, path = "", text }) => {
    // The first line names it.
    const diff = text.slice(text.indexOf("\n") + 1);
    return uri === undefined ? [] : [{ uri: vscode.Uri.parse(uri, true), path, diff }];
  });
}

/** From the language's service; none where there is no such, or it is slow. */
async function definitionStarts(uri: vscode.Uri): Promise<readonly number[]> {
  const late = new Promise<[]>((resolve) => setTimeout(resolve, SYMBOLS_MS, []));
  const symbols = flattened(await Promise.race([documentSymbols(uri), late]));
  return symbols.map((symbol) => ("range" in symbol ? symbol.range : symbol.location.range).start.line);
}

function instruction(): string {
  const action = actionNamed("review");
  return action ? instructionOf(action, "", answerLanguage("", vscode.env.language)) : "";
}

function tokensOf(messages: readonly { readonly content: string }[], count: (text: string) => number): number {
  return messages.reduce((sum, { content }) => sum + count(content) + PER_MESSAGE, 0);
}

/** A selection that ends before the first character of a line has none of it. */
function linesOf({ start, end }: vscode.Selection): LineRange {
  return { from: start.line, to: end.character === 0 && end.line > start.line ? end.line : end.line + 1 };
}

/** Of one review; each is a request. */
const MOST_PARTS = 8;
const PER_MESSAGE = 8;
const PER_PROMPT_TOKENS = 400;
/** Few, since each line gets a number. */
const CHARS_PER_TOKEN = 2.5;
const LONGEST_WISH = 1_000;
const SYMBOLS_MS = 1_500;
