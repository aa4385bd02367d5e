/** Imports at the top of a block, put where the file has its own. Nothing that the file imports is taken away. */

import type { Unit } from "../context/syntax/outline.ts";
import { CannotApply, type Draft } from "./draft.ts";

export function mergeImports(own: readonly Unit[], units: readonly Unit[], draft: Draft): void {
  const there = units.filter(({ kind }) => kind === "import");
  const known = new Set(there.flatMap((unit) => piecesOf(rowsOf(unit, draft.index.lines))).map(normal));
  const missing: string[] = [];
  for (const unit of own) {
    const rows = rowsOf(unit, draft.block.lines);
    const pieces = piecesOf(rows).filter((piece) => !known.has(normal(piece)));
    if (pieces.length === 0 || joined(unit, rows, there, draft)) continue;
    missing.push(...(isGroup(rows) ? pieces : rows));
    for (const piece of pieces) draft.notes.push({ kind: "import", text: piece.trim() });
  }
  if (missing.length > 0) insert(missing, there, units, draft);
}

/** Go's imports in brackets, and Python's of several modules, are one for each line; any other is one by itself. */
function piecesOf(rows: readonly string[]): readonly string[] {
  if (!isGroup(rows)) return [rows.join("\n")];
  return rows
    .slice(1, -1)
    .filter((row) => row.trim() !== "")
    .map((row) => `import ${row.trim()}`);
}

function isGroup(rows: readonly string[]): boolean {
  return /^import\s*\($/.test((rows[0] ?? "").trim()) && rows.at(-1)?.trim() === ")";
}

/** More names of a module that the file imports from already. */
function joined(unit: Unit, rows: readonly string[], there: readonly Unit[], draft: Draft): boolean {
  const own = namesOf(rows.join("\n"));
  if (!own) return false;
  for (const other of there) {
    const rowsThere = rowsOf(other, draft.index.lines);
    const names = namesOf(rowsThere.join("\n"));
    if (!names || names.head !== own.head || names.tail !== own.tail) continue;
    const added = own.names.filter((name) => !names.names.includes(name));
    if (added.length === 0) return true;
    draft.replace(other.code, other.last + 1, withNames(rowsThere, added));
    for (const name of added) draft.notes.push({ kind: "import", text: name });
    return true;
  }
  // `use a::{b, c}` beside `use a::b`: one name twice.
  if (
    draft.languageId === "rust" &&
    there.some((other) => sharesLeaf(rowsOf(other, draft.index.lines).join(" "), own.names))
  )
    throw new CannotApply({ reason: "no-place", text: rows[0]?.trim() ?? unit.name });
  // `import x, { y } from "a"` beside `import { z } from "a"`: what stays of which can't be told from the text.
  const module = /["']([^"']+)["'];?$/.exec(rows.join(" ").trim())?.[1];
  const names = new Set(rows.join(" ").match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
  if (module !== undefined && there.some((other) => sharesName(rowsOf(other, draft.index.lines).join(" "), names)))
    throw new CannotApply({ reason: "no-place", text: rows[0]?.trim() ?? unit.name });
  return false;
}

interface Names {
  readonly head: string;
  readonly names: readonly string[];
  readonly tail: string;
}

/** Of `import { a, b } from "c"`, of `from c import a, b`, of `use c::{a, b};`. */
function namesOf(text: string): Names | undefined {
  const braces = /^\s*((?:import|export)\s+(?:type\s+)?|use\s+[\w:]+::)\{([^{}]*)\}([^{}]*)$/.exec(text);
  const python = /^\s*(from\s+[\w.]+\s+import\s+)\(?([\w\s,.]*?)\)?\s*$/.exec(text);
  const found = braces ?? python;
  if (!found || found[2]?.includes("//")) return undefined;
  return {
    head: normal(found[1] ?? ""),
    names: (found[2] ?? "")
      .split(",")
      .map((name) => name.replace(/\s+/g, " ").trim())
      .filter(Boolean),
    tail: normal(found[3] ?? "")
      .replace(/;$/, "")
      .replaceAll("'", '"'),
  };
}

/** Behind the last name: on its line, or, where each has a line, on one more. */
function withNames(rows: readonly string[], added: readonly string[]): readonly string[] {
  const text = rows.join("\n");
  const isBraced = /[{(]/.test(text);
  const end = isBraced ? Math.max(text.lastIndexOf("}"), text.lastIndexOf(")")) : text.length;
  const before = text.slice(0, end).trimEnd();
  const gap = text.slice(before.length, end);
  const after = text.slice(end);
  const hasComma = before.endsWith(",");
  if (!gap.includes("\n"))
    return [before + (hasComma ? " " : ", ") + added.join(", ") + gap + after].join("").split("\n");
  const indentation = /\n([ \t]*)[^\n]*$/.exec(before)?.[1] ?? "";
  const lines = added.map((name) => `\n${indentation}${name}`).join(",");
  return (before + (hasComma ? "" : ",") + lines + (hasComma ? "," : "") + gap + after).split("\n");
}

function sharesLeaf(text: string, names: readonly string[]): boolean {
  const leaves: readonly string[] = text.match(/\w+(?=\s*[,;}])/g) ?? [];
  return names.some((name) => leaves.includes(name));
}

/** Another import that binds the same name, from the same module or another. */
function sharesName(text: string, names: ReadonlySet<string>): boolean {
  const words = text.replace(/["'][^"']*["']/g, "").match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
  return words.some((word) => names.has(word) && !/^(?:import|from|type|as|const|let|var|require|export)$/.test(word));
}

function insert(rows: readonly string[], there: readonly Unit[], units: readonly Unit[], draft: Draft): void {
  const last = there.at(-1);
  if (last) {
    const lastRows = rowsOf(last, draft.index.lines);
    if (isGroup(lastRows)) {
      const indentation = /^[ \t]*/.exec(lastRows.at(-2) ?? "")?.[0] ?? "\t";
      const specs = rows.map((row) => indentation + row.trim().replace(/^import\s+/, ""));
      draft.replace(last.last, last.last, specs);
    } else draft.replace(last.last + 1, last.last + 1, rows);
    return;
  }
  // Behind the package, a docstring, and what is said of the whole file.
  const header = units.findLast(({ kind }) => kind === "header");
  const first = units.find(({ kind }) => kind !== "header");
  const isNote =
    first?.kind === "comment" ||
    (draft.languageId === "python" && first?.type === "expression_statement" && first.name === "");
  const above = isNote && (!header || first.first > header.last) ? first : header;
  const next = units.find((unit) => unit.first > (above?.last ?? -1));
  if (above) draft.replace(above.last + 1, above.last + 1, ["", ...rows]);
  else draft.replace(0, 0, next ? [...rows, ""] : rows);
}

function rowsOf(unit: Unit, lines: readonly string[]): readonly string[] {
  return lines.slice(unit.code, unit.last + 1);
}

function normal(text: string): string {
  return text.replace(/\s+/g, " ").replace(/;$/, "").replaceAll("'", '"').trim();
}
