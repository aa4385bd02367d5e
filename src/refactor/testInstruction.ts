/** What is said to a model that is to write tests. */

import { fenced } from "./fenced.ts";

interface Wanted {
  /** Of the tests, from the workspace folder, with `/`; `undefined` where nothing says where they belong. */
  readonly path: string | undefined;
  /** Of what they test. */
  readonly code: { readonly path: string; readonly languageId: string };
  readonly framework: string | undefined;
}

/** Goes behind the catalogue's instruction. */
export function newTestsInstruction({ path, code, framework }: Wanted): string {
  const isScript = /^(?:java|type)script/.test(code.languageId);
  return [
    framework === undefined ? undefined : `The project tests with ${framework}.`,
    path === undefined ? undefined : `The tests will be the new file ${path}.`,
    path !== undefined && isScript ? `From there the code is at "${relativePath(path, code.path)}".` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** Takes the place of the catalogue's instruction, where tests are added to a file. */
export function addTestsInstruction({ path, code, framework }: Wanted, text: string | undefined): string {
  const isSame = path === code.path;
  const of = isSame ? "the file" : code.path;
  const what =
    text === undefined ? "the code of this file." : `this code of ${of}:\n${fenced(text, code.languageId)}\n`;
  const where =
    isSame && code.languageId === "rust"
      ? "Put them into the module `tests` below `#[cfg(test)]` at the end of the file; make it if there is none."
      : "Put them behind the tests that are there, in their style, and repeat none of these.";
  const rest =
    "Test the usual case, the limits (empty, one, many, largest) and what must fail. Name each test after what it shows. Change nothing else; if imports are missing, put them first.";
  const sentences = [`Add tests for ${what}`, framework === undefined ? "" : `Use ${framework}.`, where, rest];
  return sentences.filter((part) => part !== "").join(" ");
}

/** As an import names it. */
export function relativePath(from: string, to: string): string {
  const [a, b] = [from.split("/").slice(0, -1), to.split("/")];
  let common = 0;
  while (common < a.length && common < b.length - 1 && a[common] === b[common]) common += 1;
  const up = "../".repeat(a.length - common);
  return `${up === "" ? "./" : up}${b.slice(common).join("/")}`;
}

/** The row, from 0, of a file of tests from which on a model is to write it anew to add to it: its last paragraph, or all where it is short. */
export function addingRow(lines: readonly string[]): number {
  if (lines.length <= SHORT_LINES) return 0;
  const last = lines.length - LEAST_LINES;
  const starts = (line: string, row: number): boolean => line.trim() !== "" && (lines[row - 1] ?? "").trim() === "";
  for (let row = last; row > lines.length - MOST_LINES; row -= 1)
    if (/^\S/.test(lines[row] ?? "") && starts(lines[row] ?? "", row)) return row;
  // All in one block.
  for (let row = last; row > lines.length - MOST_LINES; row -= 1) if (starts(lines[row] ?? "", row)) return row;
  return last;
}

const SHORT_LINES = 60;
const LEAST_LINES = 12;
const MOST_LINES = 100;
