/** A part of an object of JSON, put into the whole one key by key: what the part does not name stays as it is. */

import { indentationOf } from "../text/lines.ts";
import { type Units, indenter } from "./indentation.ts";
import { behindBlanks, type JsonEntry, type JsonNode, jsonTree } from "./jsonTree.ts";

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * `undefined` where one of them is no object. An array that the part has takes the place of the file's.
 * @param part line breaks of both have to be `\n`
 */
export function mergeJson(file: string, part: string, units: Units): string | undefined {
  const there = jsonTree(file);
  const own = jsonTree(part);
  if (!there?.entries || !own?.entries || own.entries.length === 0 || isWrapping(part)) return undefined;
  const edits: Edit[] = [];
  merge({ text: part, node: own }, { text: file, node: there }, units, edits);
  let text = "";
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    text += file.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return text + file.slice(at);
}

/** Of the file's values, those that are no objects, how many the part has as well: from 0 to 1. */
export function shareOfKeys(file: string, part: string): number {
  const there = jsonTree(file);
  const own = jsonTree(part);
  const all = there ? pathsOf(there) : [];
  const known = new Set(own ? pathsOf(own) : []);
  return all.length === 0 ? 1 : all.filter((path) => known.has(path)).length / all.length;
}

function pathsOf({ entries }: JsonNode, outer = ""): readonly string[] {
  return (entries ?? []).flatMap(({ key, value }) => {
    const inner = pathsOf(value, `${outer}${key}\n`);
    return inner.length > 0 ? inner : [outer + key];
  });
}

interface Part {
  readonly text: string;
  readonly node: JsonNode;
}

function merge(own: Part, there: Part, units: Units, edits: Edit[]): void {
  const known = there.node.entries ?? [];
  /** The file's entry behind which new ones stand; without one they stand at the end. */
  let above: JsonEntry | undefined;
  const added = new Map<JsonEntry | undefined, JsonEntry[]>();
  for (const entry of own.node.entries ?? []) {
    const same = known.find(({ key }) => key === entry.key);
    if (!same) {
      const behind = above ?? known.at(-1);
      added.set(behind, [...(added.get(behind) ?? []), entry]);
      continue;
    }
    above = same;
    const { from, to, plain, entries } = same.value;
    if (entry.value.entries && entries) {
      merge({ text: own.text, node: entry.value }, { text: there.text, node: same.value }, units, edits);
      continue;
    }
    if (entry.value.plain === plain) continue;
    const moved = indenter(rowIndentation(own.text, entry.from), rowIndentation(there.text, same.from), units);
    edits.push({ from, to, text: placed(own.text.slice(entry.value.from, entry.value.to), moved.indent) });
  }
  for (const [behind, entries] of added) add(entries, behind, own, there, units, edits);
}

function add(
  entries: readonly JsonEntry[],
  behind: JsonEntry | undefined,
  own: Part,
  there: Part,
  units: Units,
  edits: Edit[],
): void {
  const { text, node } = there;
  const isOneRow = behind !== undefined && !text.slice(node.from, node.to).includes("\n");
  const outer = rowIndentation(text, node.from);
  const inner = behind && !isOneRow ? rowIndentation(text, behind.from) : outer + units.file;
  const written = entries.map((entry) => {
    const to = isOneRow ? outer : inner;
    const { indent } = indenter(rowIndentation(own.text, entry.from), to, units);
    return placed(own.text.slice(entry.from, entry.value.to), indent);
  });
  if (!behind) {
    const rows = written.map((entry) => inner + entry).join(",\n");
    edits.push({ from: node.from + 1, to: node.to - 1, text: `\n${rows}\n${outer}` });
    return;
  }
  const end = behind.value.to;
  if (isOneRow) {
    edits.push({ from: end, to: end, text: written.map((entry) => `, ${entry}`).join("") });
    return;
  }
  const rows = written.map((entry) => inner + entry).join(",\n");
  const next = behindBlanks(text, end);
  const hasComma = text[next] === ",";
  const row = rowEnd(text, hasComma ? next + 1 : end);
  if (!hasComma) edits.push({ from: end, to: end, text: "," });
  edits.push({ from: row, to: row, text: `\n${rows}${hasComma ? "," : ""}${text[row] === "\n" ? "" : `\n${inner}`}` });
}

/** Behind what stands on the rest of the row, if that is a comment. */
function rowEnd(text: string, at: number): number {
  const rest = /^(?:[ \t]|\/\*[^\n]*?\*\/)*(?:\/\/[^\n]*)?/.exec(text.slice(at, at + LONGEST_COMMENT))?.[0] ?? "";
  return text[at + rest.length] === "\n" ? at + rest.length : at;
}

function rowIndentation(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return indentationOf(text.slice(start, at));
}

/** Its first row stands where it is put. */
function placed(text: string, indent: (line: string) => string): string {
  return text
    .split("\n")
    .map((line, row) => (row === 0 ? line : indent(line)))
    .join("\n");
}

const LONGEST_COMMENT = 1_000;

/** A whole file as a string in an object, as models answer that were taught to. */
function isWrapping(part: string): boolean {
  try {
    const values = Object.values(JSON.parse(part) as object);
    return values.some((value) => typeof value === "string" && /^\s*[{[][^]*\n/.test(value));
  } catch {
    return false;
  }
}
