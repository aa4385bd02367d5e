/** Finds where in a model's answer, written at a caret, the block or the statement is complete. */

import type { Node } from "web-tree-sitter";
import { isBlank, lineBefore } from "../../text/lines.ts";
import { type End, endOfBracket, endOfItem, endOfStatement, endOfSuite, type Place } from "./ends.ts";
import { continues, type Following, followingCode } from "./following.ts";
import type { OpenBracket } from "./scan.ts";
import { hasBodyAfter, isClosedAfter, lineOf } from "./surroundings.ts";
import { leafAt, statementOf } from "./tree.ts";

/** What has to be complete. */
type Goal =
  | { readonly kind: "nothing" }
  | { readonly kind: "bracket"; readonly bracket: OpenBracket; readonly closedAfter: boolean }
  | { readonly kind: "suite"; readonly colon: number }
  | { readonly kind: "statement"; readonly list: OpenBracket | undefined }
  | { readonly kind: "rest"; readonly last: number };

export interface ReadPlace extends Place {
  readonly shape: "line" | "block";
  /** Valid until the next call. */
  parse(text: string): Node | undefined;
}

export type CompletenessReader = (answer: string) => number | undefined;

/**
 * A reader for one growing answer. It looks at every line end once, in order, so that a longer answer gives what a
 * shorter one gave.
 */
export function completenessReader(place: ReadPlace): CompletenessReader {
  let goal: Goal | undefined;
  let read = "";
  let from = 0;
  let pending: { readonly end: End; readonly after: number } | undefined;
  let found: number | undefined;
  const start = (): void => {
    read = "";
    from = 0;
    pending = undefined;
    found = undefined;
  };
  return (answer) => {
    goal ??= goalAt(place);
    if (goal.kind === "nothing") return undefined;
    if (!answer.startsWith(read)) start();
    if (found !== undefined) return found;
    for (;;) {
      if (!pending) {
        const lineEnd = answer.indexOf("\n", from);
        if (lineEnd === -1) return undefined;
        const line = answer.slice(from, lineEnd);
        from = lineEnd + 1;
        read = answer.slice(0, from);
        const end = isBlank(line) ? undefined : endIn(answer.slice(0, lineEnd), goal, place);
        if (!end) continue;
        pending = { end, after: from };
      }
      const { end, after } = pending;
      const verdict = end.until === "now" ? "ends" : isEnd(end, followingCode(answer.slice(after)), place);
      if (verdict === "open") return undefined;
      pending = undefined;
      if (verdict === "ends") {
        // With the line that told it: another one may tell otherwise.
        read = answer;
        found = end.at - place.text.length;
        return found;
      }
    }
  };
}

function isEnd(
  { until, indentation }: End,
  following: Following | undefined,
  { language }: Place,
): "ends" | "goes-on" | "open" {
  if (!following) return "open";
  if (until === "next-token") return continues(following.token, language.blocks) ? "goes-on" : "ends";
  if (following.indentation > indentation) return "goes-on";
  const isElse = following.indentation === indentation && until === "dedent-without-else";
  return isElse && continues(following.token, "indentation") ? "goes-on" : "ends";
}

function goalAt(place: ReadPlace): Goal {
  const { cursor, scan, text, shape, language } = place;
  if (scan.scope !== "code" || language.blocks === undefined) return { kind: "nothing" };
  const bracket = scan.brackets.at(-1);
  const isEmptyLine = isBlank(lineBefore(text));
  if (bracket && bracket.at === scan.last) {
    const closedAfter = isClosedAfter(bracket, place);
    return closedAfter || !hasBodyAfter(cursor, lineOf(text, bracket.at))
      ? { kind: "bracket", bracket, closedAfter }
      : { kind: "statement", list: bracket };
  }
  if (language.blocks === "indentation" && shape === "block" && text[scan.last] === ":") {
    return hasBodyAfter(cursor, lineOf(text, scan.last))
      ? { kind: "statement", list: undefined }
      : { kind: "suite", colon: scan.last };
  }
  if (shape === "line" || !isEmptyLine) {
    return scan.last === -1 ? { kind: "nothing" } : { kind: "rest", last: scan.last };
  }
  if (bracket && bracket.character !== "{") {
    return { kind: "bracket", bracket, closedAfter: isClosedAfter(bracket, place) };
  }
  return { kind: "statement", list: bracket };
}

function endIn(answer: string, goal: Goal, place: ReadPlace): End | undefined {
  const code = place.text + answer.trimEnd();
  if (code.length === place.text.length) return undefined;
  const root = place.parse(`${code}\n`);
  if (!root) return undefined;
  switch (goal.kind) {
    case "bracket":
      return endOfBracket(root, code, goal.bracket, goal.closedAfter, place);
    case "suite":
      return endOfSuite(root, code, goal.colon);
    case "statement":
      return endOfItem(root, code, goal.list, place);
    case "rest": {
      const leaf = leafAt(root, goal.last);
      return leaf && endOfStatement(statementOf(leaf), code, place);
    }
    default:
      return undefined;
  }
}
