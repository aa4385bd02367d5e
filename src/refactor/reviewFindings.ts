/** Reads a model's review: what it found, how bad that is, and at which lines, whatever form it was written in. */

import { withoutHidden } from "../text/hiddenCharacters.ts";
import { type FoundLine, placeOf, type ReviewedFile } from "./reviewPlaces.ts";

export type Severity = "high" | "medium" | "low";

export interface Finding {
  readonly severity: Severity;
  /** Index in the files that were reviewed. */
  readonly file: number;
  /** From 0; `undefined` where nothing tells which line is meant. */
  readonly line: number | undefined;
  /** Markdown of the model's: nothing of it can be trusted. */
  readonly text: string;
}

export interface Review {
  readonly findings: readonly Finding[];
  /** It says that there is nothing. Else, with no findings, it can't be told what it says. */
  readonly isClean: boolean;
  /** Items that stand in a row with findings and say not how bad they are: they belong to no finding, and are none. */
  readonly unread: readonly string[];
}

interface Draft {
  readonly severity: Severity;
  readonly lines: string[];
}

/** @param files At least one. */
export function reviewOf(reply: string, files: readonly ReviewedFile[]): Review {
  const findings = new Map<string, Finding>();
  const { drafts, unread } = draftsOf(withoutHidden(reply.replace(/\r\n?/g, "\n")));
  for (const { severity, lines } of drafts) {
    const place = placeOf(lines[0] ?? "", files);
    const text = shownText(lines, place);
    const finding: Finding = { severity, file: place.file, line: place.line, text };
    if (text !== "" && findings.size < MOST_FINDINGS) findings.set(`${place.file}:${place.line}:${text}`, finding);
  }
  const all = Array.from(findings.values());
  return { findings: all, isClean: all.length === 0 && NOTHING.test(headOf(reply)), unread };
}

/** Where each finding begins, and all lines up to the next one. */
function draftsOf(reply: string): { readonly drafts: readonly Draft[]; readonly unread: readonly string[] } {
  const drafts: Draft[] = [];
  const unread: string[] = [];
  /** Of the last finding. */
  let item: string | undefined;
  let heading: Severity | undefined;
  let fence = "";
  for (const line of reply.split("\n")) {
    const current = drafts.at(-1);
    if (fence !== "") {
      if (line.trim().startsWith(fence)) fence = "";
      current?.lines.push(line);
      continue;
    }
    fence = /^\s*(`{3,}|~{3,})[^`]*$/.exec(line)?.[1] ?? "";
    const start = fence === "" ? startOf(line.slice(0, LONGEST_LINE), heading) : undefined;
    if (start === undefined) {
      // Prose after an empty line that is not indented is about all of it.
      const isAside = /^\S/.test(line) && fence === "" && current?.lines.at(-1)?.trim() === "";
      const sibling = fence === "" ? itemOf(line) : undefined;
      if (sibling !== undefined && sibling === item) {
        unread.push(line.trim().slice(0, LONGEST_UNREAD));
        drafts.push({ severity: "low", lines: [] });
      } else if (isAside && drafts.length > 0) drafts.push({ severity: "low", lines: [] });
      else if (current && (current.lines.length > 0 || fence !== "")) current.lines.push(line);
    } else if (start.text === "") heading = start.severity;
    else {
      drafts.push({ severity: start.severity, lines: [start.text] });
      item = itemOf(line);
    }
  }
  const found = drafts.filter(({ lines }) => lines.length > 0 && lines[0] !== undefined && !isFence(lines[0]));
  return { drafts: found, unread };
}

/** What items of the same list begin with: indentation and sign, whatever the number. `undefined` for no item. */
function itemOf(line: string): string | undefined {
  const [, indentation, sign] = /^(\s*)([-*+•‣]|\d{1,3}[.)、])\s/.exec(line.slice(0, LONGEST_LINE)) ?? [];
  return sign === undefined ? undefined : `${indentation}${sign.replace(/\d+/, "1")}`;
}

/** Without text: a heading for those below it. */
function startOf(
  line: string,
  heading: Severity | undefined,
): { readonly severity: Severity; readonly text: string } | undefined {
  const [prefix = ""] = PREFIX.exec(line) ?? [];
  const body = line.slice(prefix.length);
  const isItem = /[-*+•\d|]/.test(prefix) && !/^\s{2,}/.test(line);
  const isHeading = prefix.includes("#");
  const [whole = "", open = "", word = "", close = "", behind = ""] = LEADING.exec(body) ?? [];
  if (whole !== "") {
    const text = body
      .slice(whole.length)
      .replace(/\|\s*$/, "")
      .trim();
    const isTitle = text === "" || /^(?:severity|priority|risk|issues?|findings?|bugs?)\b[\s*:_]*$/i.test(text);
    const isMarked = (open.trim() !== "" && close.trim() !== "") || /[:：—–|-]/.test(close + behind);
    const severity = severityOf(word);
    if (severity && isTitle && (isHeading || isMarked || /^\S+$/.test(body))) return { severity, text: "" };
    if (severity && (isItem || isHeading || isMarked)) return { severity, text };
  }
  if (!isItem) return undefined;
  const [marked = "", inside = ""] = INSIDE.exec(body) ?? [];
  const severity = severityOf(inside) ?? heading;
  const text = marked === "" ? body : body.replace(marked, " ");
  return severity && text.trim() !== "" ? { severity, text: text.trim() } : undefined;
}

function severityOf(word: string): Severity | undefined {
  const plain = word.toLowerCase();
  for (const [severity, words] of Object.entries(SEVERITIES)) if (words.includes(plain)) return severity as Severity;
  return undefined;
}

/** Without the place, which the comment has by where it stands; with it where it has none. */
function shownText(lines: readonly string[], { line, rest }: FoundLine): string {
  const [first = "", ...others] = lines;
  const shown = line === undefined || rest.trim() === "" ? first : rest;
  const text = [shown, ...others].join("\n").trim();
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function isFence(line: string): boolean {
  return /^\s*(?:`{3}|~{3})/.test(line);
}

function headOf(reply: string): string {
  return reply.trim().slice(0, LONGEST_NOTHING);
}

const SEVERITIES: Readonly<Record<Severity, readonly string[]>> = {
  high: ["high", "critical", "severe", "blocker", "major", "error", "高", "高危", "严重", "致命", "嚴重"],
  medium: ["medium", "med", "moderate", "warning", "中", "中等", "中危"],
  low: ["low", "minor", "info", "nit", "trivial", "低", "低危", "轻微", "輕微"],
};
const WORDS = Object.values(SEVERITIES)
  .flat()
  .toSorted((one, other) => other.length - one.length)
  .join("|");
/** Signs of lists, quotations, headings and tables, and pictures. */
const PREFIX =
  /^\s*(?:(?:[-*+•‣>|]|\d{1,3}[.)、]|#{1,6})\s+|\d{1,3}[.)、](?=\*)|\p{Extended_Pictographic}\uFE0F?\s*)*/u;
const LEADING = new RegExp(
  `^((?:severity\\s*[:：]\\s*|严重程度\\s*[:：]\\s*)?[*_\`"(\\[（【]{0,4})(${WORDS})(?:[- ](?:severity|priority|risk))?((?:\\s*[*_\`")\\]）】:：|—–-])*)([\\s:：,，|—–-]+|$)`,
  "i",
);
const INSIDE = new RegExp(`(?:severity\\s*[:：]\\s*|[*_(\\[（【]+)(${WORDS})(?![\\w-])[*_)\\]）】:：]*`, "i");
const NOTHING =
  /\b(?:no|not|none|nothing|without|don't|didn't|couldn't|isn't|aren't)\b[^.\n]{0,60}\b(?:issues?|problems?|bugs?|findings?|found|find|wrong|defects?|concerns?|report)\b|^(?:none|nothing|no issues|lgtm|looks good|n\/a)\b|(?:没有|未|无|沒有|無)[^。\n]{0,12}(?:问题|发现|缺陷|错误|問題|發現|異常|漏洞)|未发现|未發現/i;
const MOST_FINDINGS = 100;
const LONGEST_TEXT = 4_000;
const LONGEST_LINE = 2_000;
const LONGEST_UNREAD = 80;
/** A longer answer says more than that there is nothing. */
const LONGEST_NOTHING = 400;
