/** The words for what became of a block that was to go into a file. */

import * as vscode from "vscode";
import { listed } from "../text/listed.ts";
import type { EditOutcome } from "../edit/editOf.ts";
import type { Shrunk } from "../edit/shrunkBodies.ts";
import type { Refusal } from "../edit/verdict.ts";

/** A sentence: why nothing was changed. */
export function refusalSentence(refusal: Refusal, file: string): string {
  const { l10n } = vscode;
  switch (refusal.reason) {
    case "ambiguous":
      if (refusal.candidates.length < 2)
        return l10n.t(
          "Not applied: this may be something that {0} has in another form. Select that and apply it again.",
          file,
        );
      return l10n.t(
        "Not applied: the code fits in {0} places of {1}. Select the one that is meant and apply it again.",
        refusal.candidates.length,
        file,
      );
    case "no-place":
      return l10n.t("Not applied: nothing in {0} says where this belongs ({1}).", file, short(refusal.text));
    case "unclear-elision":
      return l10n.t("Not applied: what “{0}” stands for in {1} can't be told.", short(refusal.text), file);
    case "malformed":
      return l10n.t("Not applied: the block is not whole ({0}).", short(refusal.text));
    case "unclear-end":
      return l10n.t("Not applied: it can't be told where {0} ends in {1}; the answer may be cut.", refusal.name, file);
    case "unclear-indentation":
      return l10n.t(
        "Not applied: a string of several lines would be changed by indenting it ({0}).",
        short(refusal.text),
      );
    case "unchanged":
      return l10n.t("{0} has this already: there is nothing to change.", file);
    case "too-large":
      return l10n.t("Not applied: {0} or the block is too large.", file);
    case "wrong-language":
      return l10n.t("Not applied: the block is {0}, and {1} is not.", refusal.language, file);
    case "does-not-parse":
      return l10n.t(
        "Not applied: {0} could not be parsed any more (syntax errors: {1} before, {2} after).",
        file,
        refusal.before,
        refusal.after,
      );
    case "symbols-lost":
      return l10n.t("Not applied: {0} would lose {1}.", file, names(refusal.names));
    case "bodies-lost":
      return l10n.t(
        "Not applied: {0} would lose code, and nothing takes its place: {1}.",
        file,
        losses(refusal.bodies),
      );
    case "symbols-doubled":
      return l10n.t("Not applied: {0} would have {1} twice.", file, names(refusal.names));
    case "marks-left":
      return l10n.t("Not applied: “{0}” would be written into {1}, and is no code.", short(refusal.text), file);
    case "size":
      if (refusal.after > refusal.before)
        return l10n.t(
          "Not applied: {0} would grow from {1} to {2} characters, more than anybody asks for.",
          file,
          refusal.before,
          refusal.after,
        );
      return l10n.t(
        "Not applied: most of {0} would be gone ({1} characters of {2}).",
        file,
        refusal.after,
        refusal.before,
      );
  }
}

/** What the user may want all the same: the answer leaves code out, and that may be what was asked for. */
export function losesCode(refusal: Refusal): boolean {
  const { reason } = refusal;
  return reason === "symbols-lost" || reason === "bodies-lost" || (reason === "size" && refusal.after < refusal.before);
}

/** For the chat and for edits alike: "parses · renames a → b · no symbol lost · lines removed: 2, added: 5". */
export function verdictLine({ verdict, applied }: Extract<EditOutcome, { readonly kind: "applied" }>): string {
  const { notes } = applied;
  const kept = notes.flatMap((note) => (note.kind === "kept" && note.what === "definition" ? [note.name] : []));
  const { errors, removed, added, renamed, shrunk, lines, hidden } = verdict;
  const { l10n } = vscode;
  const parts = [
    hidden.length > 0 ? l10n.t("hidden characters: {0}", names(hidden)) : "",
    errors === undefined
      ? l10n.t("not parsed: there is no grammar for this language")
      : errors.after === 0
        ? l10n.t("parses")
        : l10n.t("syntax errors: {0} before, {1} after", errors.before, errors.after),
    errors && errors.after === 0 && errors.before > 0 ? l10n.t("syntax errors fixed: {0}", errors.before) : "",
    added.length > 0 ? l10n.t("adds {0}", names(added)) : "",
    removed.length > 0 ? l10n.t("removes {0}", names(removed)) : "",
    renamed.length > 0 ? l10n.t("renames {0}", names(renamed.map(({ from, to }) => `${from} → ${to}`))) : "",
    kept.length > 0 ? l10n.t("keeps {0}, left out by the answer", names(kept)) : "",
    shrunk.length > 0 ? losses(shrunk) : "",
    removed.length + shrunk.length > 0 || errors === undefined ? "" : l10n.t("no symbol lost"),
    l10n.t("lines removed: {0}, added: {1}", lines.removed, lines.added),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function losses(all: readonly Shrunk[]): string {
  const each = all.map(({ name, lost, of }) =>
    vscode.l10n.t("{0} loses {1} of {2} lines of code", short(name), lost, of),
  );
  return names(each);
}

function names(all: readonly string[]): string {
  return listed(all, MOST_NAMES);
}

function short(text: string): string {
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS - 1)}…` : text;
}

const MOST_NAMES = 5;
const MOST_CHARS = 60;
