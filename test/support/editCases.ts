/**
 * Answers and what has to become of them, from `test/fixtures/edit`: a file, then cases, each with a block of an answer and
 * what it has to change in the file, or the reason why it is refused (`*`: any).
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface EditCase {
  readonly name: string;
  readonly path: string;
  readonly languageId: string;
  readonly file: string;
  readonly block: { readonly language: string; readonly text: string };
  /** Rows, from 1, the last one included. */
  readonly selected: { readonly from: number; readonly to: number } | undefined;
  readonly expected: { readonly text: string } | { readonly refused: string };
}

export function editCases(language: string): readonly EditCase[] {
  const text = readFileSync(join(import.meta.dirname, "../fixtures/edit", `${language}.txt`), "utf8");
  const cases: EditCase[] = [];
  let file = { path: "", languageId: "", text: "" };
  for (const part of text.split(/^#=== /m).slice(1)) {
    const [head = "", ...rest] = part.split("\n");
    const body = rest.join("\n");
    if (head.startsWith("file ")) {
      const [, path = "", languageId = ""] = head.split(" ");
      file = { path, languageId, text: body };
    } else cases.push(caseOf(head.replace(/^case /, ""), body, file));
  }
  return cases;
}

function caseOf(name: string, body: string, file: { path: string; languageId: string; text: string }): EditCase {
  let block = { language: "", text: "" };
  let selected: EditCase["selected"];
  let text = file.text;
  let old: { text: string; place: number } | undefined;
  let expected: EditCase["expected"] | undefined;
  for (const part of body.split(/^#--- /m).slice(1)) {
    const [head = "", ...rest] = part.split("\n");
    const [word, ...values] = head.split(" ");
    const content = rest.join("\n");
    if (word === "block") block = { language: values[0] ?? "", text: content };
    else if (word === "selected") selected = { from: Number(values[0]), to: Number(values[1]) };
    else if (word === "change") old = { text: content, place: Number(values[0] ?? 0) };
    else if (word === "to" && old) text = replaced(text, old, content, name);
    else if (word === "whole") text = content;
    else if (word === "refused") expected = { refused: values[0] ?? "*" };
  }
  return { name, ...file, file: file.text, block, selected, expected: expected ?? { text } };
}

function replaced(
  text: string,
  { text: old, place }: { text: string; place: number },
  young: string,
  name: string,
): string {
  const parts = `\n${text}`.split(`\n${old}`);
  const at = place === 0 ? 1 : place;
  assert(place === 0 ? parts.length === 2 : parts.length > at, `${name}: stands ${parts.length - 1} times`);
  return `${parts.slice(0, at).join(`\n${old}`)}\n${young}${parts.slice(at).join(`\n${old}`)}`.slice(1);
}
