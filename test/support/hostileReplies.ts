/**
 * Replies that models give, and what has to become of each, from `test/fixtures/edits`: `files.txt` has the files, with
 * where they are from and their licences, and changes of them by name; the others, one for each kind, have the replies.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Entry {
  readonly name: string;
  readonly file: string;
  readonly reply: string;
  /** Rows, from 1, the last one included. */
  readonly selection: readonly [from: number, to: number];
  /** What the file, and so what is expected, differs in from how it is written down. */
  readonly as?: "crlf" | "bom" | "no-last";
  readonly isCut?: boolean;
  /** Kinds of refusals are separated by bars. */
  readonly expected:
    | { readonly edits: readonly string[] }
    | { readonly text: string }
    /** What the selected rows become. */
    | { readonly selected: string }
    | { readonly refused: string };
}

export interface HostileReply {
  readonly name: string;
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** Offsets. */
  readonly selection: { readonly from: number; readonly to: number };
  readonly reply: string;
  readonly isCut: boolean;
  readonly expected: { readonly text: string } | { readonly refused: readonly string[] };
}

interface OriginalFile {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly edits: ReadonlyMap<string, { readonly from: string; readonly to: string }>;
}

const folder = join(import.meta.dirname, "../fixtures/edits");

export function hostileReplies(): readonly HostileReply[] {
  const files = originalFiles();
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .flatMap((kind) => {
      const entries = JSON.parse(readFileSync(join(folder, kind), "utf8")) as readonly Entry[];
      return entries.map((entry) => replyOf(kind.replace(".json", ""), entry, files));
    });
}

function replyOf(kind: string, entry: Entry, files: ReadonlyMap<string, OriginalFile>): HostileReply {
  const { name, file, reply, selection, expected, isCut = false } = entry;
  const original = files.get(file);
  if (!original) throw new Error(`${kind}: no file ${file}`);
  const { path, languageId } = original;
  const asWanted = (text: string): string => variant(text, entry.as);
  const text = asWanted(original.text);
  return {
    name: `${kind}: ${name} (${languageId})`,
    path,
    languageId,
    text,
    selection: { from: offsetOf(text, selection[0] - 1), to: offsetOf(text, selection[1]) },
    reply,
    isCut,
    expected:
      "refused" in expected
        ? { refused: expected.refused.split("|") }
        : { text: asWanted(expectedText(original, selection, expected)) },
  };
}

function expectedText(
  original: OriginalFile,
  [from, to]: Entry["selection"],
  expected: Exclude<Entry["expected"], { readonly refused: string }>,
): string {
  if ("text" in expected) return expected.text;
  if ("edits" in expected) return edited(original, expected.edits);
  const { text } = original;
  return text.slice(0, offsetOf(text, from - 1)) + expected.selected + text.slice(offsetOf(text, to));
}

function edited({ text, edits }: OriginalFile, names: readonly string[]): string {
  return names.reduce((result, name) => {
    const edit = edits.get(name);
    if (!edit || !result.includes(edit.from)) throw new Error(`No edit ${name}`);
    return result.replace(edit.from, () => edit.to);
  }, text);
}

function variant(text: string, as: Entry["as"]): string {
  if (as === "crlf") return text.replaceAll("\n", "\r\n");
  if (as === "bom") return `\uFEFF${text}`;
  return as === "no-last" ? text.replace(/\n$/, "") : text;
}

function offsetOf(text: string, row: number): number {
  let offset = 0;
  for (let left = row; left > 0; left -= 1) offset = text.indexOf("\n", offset) + 1 || text.length;
  return offset;
}

function originalFiles(): ReadonlyMap<string, OriginalFile> {
  const all = readFileSync(join(folder, "files.txt"), "utf8");
  return new Map(
    all
      .split(/^#=== file /m)
      .slice(1)
      .map((part) => {
        const [head = "", ...changes] = part.split(/^#--- edit /m);
        const [first = "", , ...rows] = head.split("\n");
        const [key = "", path = "", languageId = ""] = first.split(" ");
        const edits = new Map(
          changes.map((change) => {
            const at = change.indexOf("\n");
            const [from = "", to = ""] = change.slice(at + 1).split("#--- to\n");
            return [change.slice(0, at), { from, to }];
          }),
        );
        return [key, { path, languageId, text: rows.join("\n"), edits }];
      }),
  );
}
