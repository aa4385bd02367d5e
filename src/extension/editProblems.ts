/** What a change does to the errors that the language's own tools report. */

import * as vscode from "vscode";
import { headOf } from "../text/offsets.ts";

/** `undefined` where nothing has been reported of a file yet, not even that it has none. */
export type KnownProblems = readonly vscode.Diagnostic[] | undefined;

export function problemsOf(uri: vscode.Uri): KnownProblems {
  const all = vscode.languages.getDiagnostics(uri);
  // Those that were told to have none are in the list of all files, too.
  if (all.length === 0 && !vscode.languages.getDiagnostics().some(([each]) => each.toString() === uri.toString()))
    return undefined;
  return all.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
}

/** For a model. Lines count from 1, as in what it is shown. */
export function problemLine({ range, severity, message }: vscode.Diagnostic): string {
  const kind = severity === vscode.DiagnosticSeverity.Error ? "error" : "warning";
  return `line ${range.start.line + 1}: ${kind}: ${headOf(message.replace(/\s+/g, " "), MOST_MESSAGE_CHARS)}`;
}

/** Waits until they have come to rest, and says in the status bar how many went and came. */
export async function tellProblems({ uri }: vscode.TextDocument, title: string, before: KnownProblems): Promise<void> {
  const { l10n, window } = vscode;
  const { count, fixed, fresh, unsure } = await changedProblems([{ uri, problems: before }]);
  const words =
    count === 0
      ? l10n.t("{0}: accepted · no errors reported", title)
      : unsure === 0
        ? l10n.t("{0}: accepted · errors fixed: {1}, new: {2}", title, fixed, fresh)
        : l10n.t("{0}: accepted · errors: {1}; whether they are new is not known", title, unsure);
  window.setStatusBarMessage(words, TOLD_MS);
}

export interface FileProblems {
  readonly uri: vscode.Uri;
  readonly problems: KnownProblems;
}

/**
 * Waits until they have come to rest in all of these files.
 * @param before what was reported of each
 * @returns how many went and came; `unsure` are those of files of which nothing was reported before, and which may be older.
 * `count` is of all, before and after
 */
export async function changedProblems(before: readonly FileProblems[]) {
  await rest(before.map(({ uri }) => uri.toString()));
  const all = { count: 0, fixed: 0, fresh: 0, unsure: 0 };
  for (const { uri, problems } of before) {
    const after = problemsOf(uri) ?? [];
    all.count += (problems?.length ?? 0) + after.length;
    if (problems === undefined) all.unsure += after.length;
    else {
      all.fixed += without(problems, after);
      all.fresh += without(after, problems);
    }
  }
  return all;
}

/** How many of `some` are not among `others`; their lines may have moved. */
function without(some: readonly vscode.Diagnostic[], others: readonly vscode.Diagnostic[]): number {
  const left = others.map(keyOf);
  return some.filter((each) => {
    const at = left.indexOf(keyOf(each));
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  }).length;
}

function keyOf({ source, code, message }: vscode.Diagnostic): string {
  return JSON.stringify([source, typeof code === "object" ? code.value : code, message]);
}

/** They are looked at again after every change, some of them more than once. */
function rest(addresses: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    let quiet = setTimeout(done, FIRST_MS);
    const limit = setTimeout(done, LIMIT_MS);
    const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some((each) => addresses.includes(each.toString()))) return;
      clearTimeout(quiet);
      quiet = setTimeout(done, QUIET_MS);
    });
    function done(): void {
      clearTimeout(quiet);
      clearTimeout(limit);
      listener.dispose();
      resolve();
    }
  });
}

/** For the first report: language servers wait a moment themselves. */
const FIRST_MS = 2_500;
const QUIET_MS = 700;
const LIMIT_MS = 5_000;
const TOLD_MS = 15_000;
const MOST_MESSAGE_CHARS = 500;
