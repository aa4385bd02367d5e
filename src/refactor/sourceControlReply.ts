/** Makes a message for a commit out of what a model replies. */

import { fencesIn } from "../edit/fences.ts";
import { withoutHidden } from "../text/hiddenCharacters.ts";
import { CONVENTIONAL, MOST_SUBJECT } from "./sourceControlStyle.ts";
import { wrapped } from "./sourceControlWrap.ts";

export type CommitMessage = { readonly message: string } | { readonly refusal: "empty" | "no-message" };

/** What may be shown of a reply that is still being written; `undefined` where that may be no part of the message yet. */
export function partialMessageOf(reply: string, asked: ReadonlySet<string>): string | undefined {
  const found = messageOf(reply, asked);
  if (!("message" in found)) return undefined;
  const last = reply.slice(reply.lastIndexOf("\n") + 1);
  return MAY_INTRODUCE.test(last.trim()) ? undefined : found.message;
}

/** @param asked of `askedLines`: what a small model repeats of its question is no message */
export function messageOf(reply: string, asked: ReadonlySet<string>): CommitMessage {
  const text = contentOf(reply);
  const lines = text.split("\n").map((line) => line.trimEnd());
  while (lines.length > 0 && (isBlank(lines[0]) || isIntroduction(lines[0] ?? ""))) lines.shift();
  const first = lines.shift();
  if (first === undefined) return { refusal: "empty" };
  if (REFUSALS.test(first.replaceAll("’", "'"))) return { refusal: "no-message" };
  const subject = bareSubject(first);
  if (subject === "") return { refusal: "empty" };
  if (NO_SUBJECT.test(subject) || asked.has(first.trim()) || asked.has(subject)) return { refusal: "no-message" };
  const { kept, rest } = shortened(subject);
  // Where the subject was one of a numbered list, what follows is the others.
  const body = NUMBERED.test(first) ? "" : bodyOf(untilRepeated(lines, asked), subject);
  const whole = rest ? [subject, body].filter(Boolean).join("\n\n") : body;
  return { message: whole === "" ? kept : `${kept}\n\n${wrapped(whole)}` };
}

/** The lines of a question that nobody writes by chance. */
export function askedLines(question: string): ReadonlySet<string> {
  return new Set(
    question
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line.length >= LEAST_REPEATED),
  );
}

function untilRepeated(lines: readonly string[], asked: ReadonlySet<string>): readonly string[] {
  const end = lines.findIndex((line) => asked.has(line.trim()));
  return end === -1 ? lines : lines.slice(0, end);
}

/** What a pull request is called, and what it says, in Markdown; `undefined` where the reply is none. */
export function pullRequestOf(reply: string): { readonly title: string; readonly body: string } | undefined {
  const text = withoutThoughts(withoutHidden(reply)).replace(/^\s*```(?:markdown|md)?\n([\s\S]*?)\n?```\s*$/, "$1");
  const lines = text.split("\n");
  while (lines.length > 0 && (isBlank(lines[0]) || isIntroduction(lines[0] ?? ""))) lines.shift();
  if (TITLE_LABEL.test(lines[0] ?? ""))
    lines.splice(
      0,
      lines.findIndex((line, index) => index > 0 && !isBlank(line)),
    );
  const first = lines.shift() ?? "";
  const title = bareSubject(
    first.replace(/^#+\s*/, "").replace(/^(?:\*\*)?(?:(?:PR )?title|标题)(?:\*\*)?[:：](?:\*\*)?\s*/i, ""),
  );
  if (title === "" || REFUSALS.test(first.replaceAll("’", "'"))) return undefined;
  const body = lines
    .join("\n")
    .trim()
    .replace(/^(?:#+\s*|\*\*)?(?:description|描述|说明)[:：]?(?:\*\*)?[:：]?\s*\n+/i, "")
    .replace(/\n+(?:Let me know|Feel free|I hope)\b[^\n]*$/i, "");
  return { title, body };
}

/** The same of a reply that is still being written; `undefined` until the line of its title is whole. */
export function partialPullRequestOf(reply: string): ReturnType<typeof pullRequestOf> {
  return pullRequestOf(reply.slice(0, reply.lastIndexOf("\n") + 1)) && pullRequestOf(reply);
}

/** What an explanation says; empty where that is nothing, or no more than what the model thought before. */
export function explanationOf(reply: string): string {
  const text = withoutThoughts(withoutHidden(reply)).trim();
  return /^<\w*$/.test(text) ? "" : text;
}

/** What stands in a fence, where there is one; without what the model thought before. */
function contentOf(reply: string): string {
  const text = withoutThoughts(withoutHidden(reply));
  const fence = fencesIn(text, "plaintext").find((fence) => fence.text.trim() !== "");
  // A fence in the body of a message is a part of it.
  const before = fence ? text.slice(0, text.indexOf(fence.text)).split("\n").slice(0, -2) : [];
  return fence && before.every((line) => isBlank(line) || isIntroduction(line)) ? fence.text : text;
}

export function withoutThoughts(reply: string): string {
  return reply.replace(/^\s*<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/, "");
}

function bareSubject(line: string): string {
  let subject = line.trim();
  for (let before = ""; before !== subject;) {
    before = subject;
    subject = subject
      .replace(/^#+\s+/, "")
      .replace(/^(?:\*\*|__)(.+?)(?:\*\*|__)/, "$1")
      .replace(/^(?:[-*•]|\d+[.)])\s+/, "")
      .replace(/^(?:(?:git )?commit message|subject(?: line)?|message|提交信息|提交说明|标题)\s*[:：]\s*/i, "")
      .replace(/^git commit -m\s+/, "")
      .replace(/^(["'`“‘「])(.*)["'`”’」]$/, (all, open: string, inner: string) => (inner.includes(open) ? all : inner))
      .trim();
  }
  return subject.replace(/^["“](?=[^"”]*$)/, "").replace(/(?<![.。])[.。]$/, "");
}

/** Without other messages to choose from, and without what is said about the message. */
function bodyOf(lines: readonly string[], subject: string): string {
  const end = lines.findIndex(
    (line, index) =>
      ALTERNATIVE.test(line) ||
      /^(?:-{3,}|\*{3,}|`{3,})$/.test(line.trim()) ||
      (isBlank(lines[index - 1] ?? "") && (REMARK.test(line) || isSubjectAgain(line))),
  );
  const kept = (end === -1 ? lines : lines.slice(0, end)).map((line) =>
    line.replace(/^(?:\*\*)?(?:body|description|正文)(?:\*\*)?\s*[:：](?:\*\*)?\s*/i, ""),
  );
  const body = kept
    .join("\n")
    .trim()
    .replace(/["”]$/, (quote) => (kept.join("\n").includes("“") ? quote : ""));
  return body === subject ? "" : body;
}

function isSubjectAgain(line: string): boolean {
  return CONVENTIONAL.test(bareSubject(line));
}

function isIntroduction(line: string): boolean {
  const words = line.trim().replaceAll("’", "'");
  return INTRODUCTION.test(words) || LABEL.test(words) || FENCE.test(words);
}

/** In characters. A subject that is too long ends at the end of a clause or else of a word. */
function shortened(subject: string): { readonly kept: string; readonly rest: boolean } {
  const chars = Array.from(subject);
  if (chars.length <= MOST_SUBJECT) return { kept: subject, rest: false };
  const head = chars.slice(0, MOST_SUBJECT + 1).join("");
  const clause = Math.max(...CLAUSES.map((mark) => head.lastIndexOf(mark)));
  const end = clause >= MOST_SUBJECT / 3 ? clause : head.lastIndexOf(" ");
  const kept = end > 0 ? head.slice(0, end) : chars.slice(0, MOST_SUBJECT).join("");
  return { kept: kept.replace(/[\s,;:—–-]+$/, "").replace(/\s(?:and|or|to|the|a|of|in|with|for)$/, ""), rest: true };
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === "";
}

const CLAUSES = [", ", "; ", " — ", " so that ", " because ", " and ", "，", "；", "、"];
const INTRODUCTION =
  /^(?:(?:sure|certainly|of course|okay|ok|absolutely|great)\b[^:]{0,20}[,!.]?\s*)?(?:(?:here(?:'s| is| are)|this is|below is|based on|given|the following)\b.*|(?:好的|当然|以下|下面|根据).*)[:：]$|^(?:sure|certainly|of course|okay|absolutely|好的|当然)[!.,。！]*$|^(?:(?:sure|certainly|of course|okay)[,!.]\s+)?here(?:'s| is) (?:a|the|your) [^:]*(?:message|title|description)[^:]*[:.]$/i;
const TITLE_LABEL = /^(?:#+\s*|\*\*)(?:(?:PR |pull request )?title|标题)(?:\*\*)?[:：]?(?:\*\*)?\s*$/i;
const FENCE = /^(?:`{3,}|~{3,})\w*$/;
/** An introduction, a label, a fence or a refusal until it is whole. */
const MAY_INTRODUCE =
  /^(?:here|sure|certainly|of course|ok|absolutely|great|this|below|based|given|the following|commit|git|subject|message|option|alternative|note|let me|i\b|i'|as an|sorry|unfortunately|could|please|[`~"'“*#<]|好的|当然|以下|下面|根据|提交|标题|抱歉|请)[^\n]*$|^[a-z]{0,5}$/i;
const LABEL =
  /^(?:#+\s*|\*\*)?(?:(?:the |suggested |proposed |git )?commit message|subject(?: line)?|message|option (?:1|one|a)|提交信息|提交说明)\s*[:：]?(?:\*\*)?[:：]?$/i;
const ALTERNATIVE =
  /^(?:\W*)(?:alternativel?y?\b|another option|or,? (?:alternatively|if you prefer|a shorter|more concisely)|or:?$|option (?:2|two|b)\b|other options|或者|另一种|备选)/i;
const REMARK =
  /^\W*(?:this (?:commit )?message\b|let me know|feel free|note:|explanation\b|i(?:'ve| have| hope)\b|you can\b|if you\b|would you like|(?:这|该)(?:条|个)?提交信息|如果(?:你|您)|希望)/i;
const REFUSALS =
  /^(?:i(?:'m| am) (?:sorry|unable|not able)|sorry[,.!]|i (?:can(?:'t|not)|could not|couldn't|don't (?:see|have)|do not (?:see|have)|need (?:more|the))|as an ai\b|unfortunately\b|(?:could|can) you (?:please )?(?:provide|share|tell)|please (?:provide|share|paste)|there (?:is|are) no (?:changes|diff)|(?:no|the) (?:diff|changes) (?:was|were) (?:not )?provided|抱歉|对不起|很抱歉|我无法|我不能|无法|作为(?:一个)?(?:ai|人工智能)|请(?:提供|给出))/i;
/** Code, or the diff itself. */
const NO_SUBJECT =
  /^(?:[+]\S|The changes:|diff --git |@@ |\+\+\+ |--- |index [0-9a-f]{7}|[{}<[\]();]|import .* from|function |const )/;
const LEAST_REPEATED = 12;
const NUMBERED = /^\s*1[.)]\s/;
