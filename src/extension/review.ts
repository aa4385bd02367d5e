/** Reviews of code by a model, told as comments on lines. */

import * as vscode from "vscode";
import { actionNamed } from "../edit/catalogue.ts";
import { codePrompt, type LineRange, partsOf } from "../refactor/reviewPrompt.ts";
import { documentSymbols, flattened } from "./chatContextSymbol.ts";
import { lastLineOf, nameOf, pathOf } from "./convert.ts";
import { fileOf } from "./notebookCells.ts";
import type { CodePlace } from "./refactorPlaces.ts";
import { withProgress } from "./refactorModel.ts";
import { ReviewOutcome } from "./reviewOutcome.ts";
import { FindingShower, reviewInstruction, type ReviewNeeds, tokensOf } from "./reviewShowing.ts";

/** Of the lines of the range, else of all of the document. Never rejects. */
export async function reviewCode(
  needs: ReviewNeeds,
  place: Pick<CodePlace, "document" | "range"> | undefined,
): Promise<void> {
  const { l10n, window } = vscode;
  if (!place || place.document.getText().trim() === "")
    return void window.showInformationMessage(l10n.t("Open the file that is to be reviewed, or select a part of it."));
  const { document, range } = place;
  const name = nameOf(document);
  if (await needs.ignored.look({ uri: fileOf(document) }))
    return void window.showInformationMessage(l10n.t("{0} is ignored or secret: nothing of it is sent.", name));
  const asked = range.isEmpty ? { from: 0, to: document.lineCount } : linesOf(range);
  const outcome = new ReviewOutcome(name);
  await withProgress(l10n.t("Reviewing {0}", name), (signal, report) =>
    reviewLines(needs, document, asked, outcome, { signal, report }),
  );
  outcome.tell();
}

async function reviewLines(
  needs: ReviewNeeds,
  document: vscode.TextDocument,
  asked: LineRange,
  outcome: ReviewOutcome,
  { signal, report }: { readonly signal: AbortSignal; readonly report: (message: string) => void },
): Promise<void> {
  const lines = document.getText().split(/\r?\n/);
  const { contextTokens, answerTokens, count } = needs.model.facts();
  const path = pathOf(fileOf(document));
  const question = { path, languageId: document.languageId, lines, instruction: reviewInstruction() };
  const whole = { from: 0, to: lines.length };
  const fits = (shown: LineRange): boolean =>
    tokensOf(codePrompt({ ...question, shown, asked }).messages, count) <= contextTokens - answerTokens;
  const empty = tokensOf(codePrompt({ ...question, shown: { from: 0, to: 0 }, asked }).messages, count);
  const parts = fits(whole)
    ? [asked]
    : partsOf(lines, asked, await definitionStarts(document.uri), contextTokens - answerTokens - empty, count);
  const isWhole = fits(whole);
  const shower = new FindingShower(needs, outcome);
  const most = Math.min(parts.length, MOST_PARTS);
  for (const [index, part] of parts.slice(0, most).entries()) {
    if (most > 1) report(vscode.l10n.t("reading part {0} of {1}", index + 1, most));
    const prompt = codePrompt({ ...question, shown: isWhole ? whole : part, asked: part });
    const reply = await needs.model.ask({ ...prompt, askedFor: "review" }, signal);
    const file = { path, lines, from: part.from, to: part.to };
    await shower.show(reply, [file], [document]);
  }
  const last = parts.at(MOST_PARTS - 1);
  if (parts.length > MOST_PARTS && last)
    outcome.left([vscode.l10n.t("{0} is long: what follows line {1} was not reviewed.", path, last.to)]);
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
  if (finding.line === undefined)
    return editor.edit({ document, range: place, action, wish: finding.text.slice(0, LONGEST_WISH) });
  // With its line, since it may speak of others as well. It is no wish: what a user names may be taken away.
  const { Error, Warning } = vscode.DiagnosticSeverity;
  const problem = new vscode.Diagnostic(place, finding.text, finding.severity === "high" ? Error : Warning);
  await editor.edit({ document, range: place, action, wish: "", problems: [problem] });
}

/** From the language's service; none where there is no such, or it is slow. */
async function definitionStarts(uri: vscode.Uri): Promise<readonly number[]> {
  const late = new Promise<[]>((resolve) => setTimeout(resolve, SYMBOLS_MS, []));
  const symbols = flattened(await Promise.race([documentSymbols(uri), late]));
  return symbols.map((symbol) => ("range" in symbol ? symbol.range : symbol.location.range).start.line);
}

function linesOf(range: vscode.Range): LineRange {
  return { from: range.start.line, to: lastLineOf(range) + 1 };
}

/** Of one review; each is a request. */
const MOST_PARTS = 8;
const LONGEST_WISH = 1_000;
const SYMBOLS_MS = 1_500;
