/** A thread as a document that can be read anywhere. */

import { contained } from "./containedMarkdown.ts";
import { type Answer, type Attachment, branchOf, type Question, type Thread, type UsedPiece } from "./conversation.ts";

/** The words of the document, in the user's language. */
export interface ExportWords {
  /** Of a thread without a title. */
  readonly untitled: string;
  readonly question: string;
  readonly answer: string;
  readonly attached: string;
  readonly used: string;
  readonly tools: string;
  /** How an answer ended; empty where that need not be said. */
  state(answer: Answer): string;
  time(at: number): string;
  /** Where a link leads, for instance a path from where the document will be; `undefined` for none. */
  link(place: Attachment | UsedPiece): string | undefined;
}

/** The branch that is shown. Texts of pieces are not in it: they are the files' own. */
export function markdownOf(thread: Thread, words: ExportWords): string {
  const blocks = branchOf(thread).flatMap((turn) =>
    turn.role === "question" ? questionBlocks(turn, words) : answerBlocks(turn, words),
  );
  const title = plain(thread.title) || plain(words.untitled);
  return `${[`# ${title}`, ...blocks.filter((block) => block !== "")].join("\n\n")}\n`;
}

function questionBlocks({ text, command, at, attachments, pieces }: Question, words: ExportWords): readonly string[] {
  const said = contained(text);
  return [
    `## ${plain(words.question)}`,
    `*${plain(words.time(at))}*`,
    command === undefined ? said : `**/${plain(command)}**${said === "" ? "" : ` ${said}`}`,
    listed(words.attached, attachments, words),
    listed(words.used, pieces, words),
  ];
}

function answerBlocks(answer: Answer, words: ExportWords): readonly string[] {
  const { text, model, at, pieces, tools } = answer;
  const state = plain(words.state(answer));
  return [
    `## ${plain(words.answer)}`,
    `*${[plain(words.time(at)), plain(model), state].filter((part) => part !== "").join(" · ")}*`,
    contained(text),
    tools.length === 0
      ? ""
      : [`${plain(words.tools)}:`, "", ...tools.map((tool) => `- ${code(`${tool.name} ${tool.arguments}`)}`)].join(
          "\n",
        ),
    listed(words.used, pieces, words),
  ];
}

function listed(title: string, places: readonly (Attachment | UsedPiece)[], words: ExportWords): string {
  if (places.length === 0) return "";
  const links = new Set(places.map((place) => `- ${linked(place.label, words.link(place))}`));
  return [`${plain(title)}:`, "", ...links].join("\n");
}

function linked(label: string, target: string | undefined): string {
  return target === undefined ? plain(label) : `[${plain(label)}](<${encoded(target)}>)`;
}

/** The target of a link to a file: what a name may have, and means something else in an address. */
export function linkTo(path: string): string {
  return path.replace(/[%#?&:]/g, encodeURIComponent);
}

/** What would end a link's target, or the line. */
function encoded(target: string): string {
  return target.replace(/[<>\\\s\p{Cc}]/gu, (character) => encodeURIComponent(character));
}

/** Text that means nothing to Markdown, on one line. */
function plain(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .replace(/[\\`*_[\]<>#|~&]/g, "\\$&");
}

function code(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  const fence = "`".repeat(longestRun(line, "`") + 1);
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

function longestRun(text: string, character: string): number {
  let [longest, run] = [0, 0];
  for (const each of text) longest = Math.max(longest, (run = each === character ? run + 1 : 0));
  return longest;
}
