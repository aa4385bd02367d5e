/** A command for a terminal, asked of a model, and what its reply is good for. */

import { fencesIn } from "../edit/fences.ts";
import type { ChatMessage } from "../model/model.ts";
import { commandsIn } from "../text/commandLines.ts";
import { headOf } from "../text/offsets.ts";
import { unixNewlines } from "../text/lines.ts";
import { dangersOf } from "./dangers.ts";
import type { Danger } from "./knownDangers.ts";
import { hasLookAlikes } from "./lookAlikes.ts";
import { BLANK, stepsIn, syntaxOf } from "./shellWords.ts";

export interface CommandQuestion {
  /** In the user's words. */
  readonly wish: string;
  /** Such as `Linux`. */
  readonly platform: string;
  /** Such as `bash`. */
  readonly shell: string;
  /** Its name. */
  readonly folder: string;
  /** Of the folder's files, those that tell what is used there. */
  readonly files: readonly string[];
  /** The language to explain in, in English. */
  readonly language: string;
}

export interface SuggestedCommand {
  /** One line. What can't be seen is written as `\u{…}`: such a command is not for a terminal, and `refused` says so. */
  readonly command: string;
  readonly explanation: string;
  readonly dangers: readonly Danger[];
  /** How many are run one after the other. */
  readonly steps: number;
  /** What the user has to fill in, such as `<file>`. */
  readonly blanks: readonly string[];
  /** Why it is not put into a terminal. */
  readonly refused?: Refusal;
}

/** It has characters that can't be seen or look like others, is several commands, or more than one can look through. */
export type Refusal = "hidden" | "look-alike" | "several" | "tabs" | "long";

export function commandMessages({
  wish,
  platform,
  shell,
  folder,
  files,
  language,
}: CommandQuestion): readonly ChatMessage[] {
  const facts = [
    `Platform: ${platform}`,
    `Shell: ${shell}`,
    `Folder: ${folder}`,
    files.length > 0 && `In it: ${files.join(", ")}`,
    `Wanted: ${wish}`,
  ];
  return [
    { role: "system", content: `${SYSTEM} Explain in ${language}.` },
    { role: "user", content: facts.filter((fact) => typeof fact === "string").join("\n") },
  ];
}

/**
 * The best first, at most four; none where the reply has no command.
 * @param isCut The reply has reached the limit of its length: a command that is not ended may be another one.
 * @param shell that is to run them, by its name
 */
export function suggestedCommands(reply: string, isCut: boolean, shell: string): readonly SuggestedCommand[] {
  const found: SuggestedCommand[] = [];
  for (const { text, explanation } of blocksOf(unixNewlines(reply), isCut)) {
    if (text.trim() === "") continue;
    const suggested = suggestionOf(text, explanation, shell);
    if (suggested && !found.some(({ command }) => command === suggested.command)) found.push(suggested);
    if (found.length === MOST_COMMANDS) break;
  }
  return found;
}

interface Block {
  readonly text: string;
  readonly explanation: string;
}

function blocksOf(reply: string, isCut: boolean): readonly Block[] {
  const fenced = fencesIn(reply, "shellscript");
  const whole = fenced.filter(({ isClosed }) => isClosed || !isCut);
  if (fenced.length > 0) return explained(reply, whole);
  // Small models leave the fences out: the command in backticks, or the reply's only line.
  const [, quoted] = /(?:^|[^`])`([^`\n]+)`(?!`)/.exec(reply) ?? [];
  if (quoted !== undefined) return [{ text: quoted, explanation: sentence(reply) }];
  const lines = reply.split("\n").filter((line) => line.trim() !== "");
  const [first = ""] = lines;
  const isCommand = lines.length <= 2 && /^(?:\$ )?[\w./~-]+(?: |$)/.test(first) && !/[.!?:]$/.test(first.trim());
  return isCommand && !isCut ? [{ text: first, explanation: sentence(lines.slice(1).join(" ")) }] : [];
}

/** What stands behind a block, up to the next one, is about it; else what stands before it. */
function explained(reply: string, fenced: readonly { readonly text: string; readonly above: string }[]): Block[] {
  const prose = reply.split(/^ {0,3}(?:[-*]\s+|\d+\.\s+)?(?:`{3,}|~{3,}).*$/m);
  // Before the first, in it, between it and the next, and so on.
  return fenced.map(({ text, above }, index) => {
    const behind = prose[index * 2 + 2] ?? "";
    return { text, explanation: sentence(behind) || sentence(above) };
  });
}

function sentence(text: string): string {
  const plain = text
    .replace(/[^\P{C}\n]/gu, "")
    .replace(/^\s*(?:#+\s*)?(?:alternatives?(?: \d)?|explanation)\s*:?\s*$/gim, "")
    .replace(/^\s*(?:[-*]|\d+\.)\s+/gm, "")
    .replace(/\s+/g, " ")
    .replace(/\*\*|__/g, "")
    .trim();
  return plain.length > MOST_EXPLANATION ? `${headOf(plain, MOST_EXPLANATION - 1)}…` : plain;
}

function suggestionOf(written: string, given: string, shell: string): SuggestedCommand | undefined {
  const { comments, text } = withoutComments(written);
  const explanation = given || sentence(comments.join(" "));
  // Before anything is taken out: what is hidden is no part of what a user agrees to.
  const refused = (refusal: Refusal, shown: string): SuggestedCommand => refusedAs(refusal, shown, explanation, shell);
  if (HIDDEN.test(text)) return refused("hidden", text);
  const { lines, hasTabs } = commandsIn(continued(text));
  const [command] = lines;
  if (command === undefined) return undefined;
  const shown = lines.map((line) => line.trim()).join(" ⏎ ");
  if (lines.length > 1) return refused("several", shown);
  if (hasTabs) return refused("tabs", shown);
  if (hasLookAlikes(command, syntaxOf(shell))) return refused("look-alike", shown);
  if (command.length > MOST_CHARS || / {16}/.test(command.trim())) return refused("long", shown);
  const line = command.trim();
  return {
    command: line,
    explanation,
    dangers: dangersOf(line, shell),
    steps: stepsIn(line, syntaxOf(shell)),
    blanks: Array.from(new Set(line.match(BLANK) ?? [])),
  };
}

function refusedAs(refused: Refusal, text: string, explanation: string, shell: string): SuggestedCommand {
  const visible = text
    .replace(ALL_HIDDEN, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
    .trim()
    .replaceAll("\n", " ⏎ ")
    .replaceAll("\t", " ⇥ ");
  const command = visible.length > MOST_SHOWN ? `${headOf(visible, MOST_SHOWN - 1)}…` : visible;
  // Of all its lines.
  const dangers = Array.from(new Set(text.split(/\n| ⏎ /).flatMap((line) => dangersOf(line, shell))));
  return { command, explanation, dangers, steps: 1, blanks: [], refused };
}

/** Lines of a comment alone explain; they are not for the terminal. */
function withoutComments(written: string): { readonly comments: readonly string[]; readonly text: string } {
  const comments: string[] = [];
  const lines = written.split("\n").filter((line) => {
    const comment = /^\s*(?:#(?!!)|::|REM\s)\s*(.*)$/i.exec(line)?.[1];
    if (comment !== undefined) comments.push(comment);
    return comment === undefined && !line.startsWith("#!");
  });
  return { comments, text: lines.join("\n") };
}

/** One line, where a shell reads the lines as one: in quotes that is not so. */
function continued(text: string): string {
  const isQuoted = (before: string): boolean =>
    (before.match(/(?<!\\)'/g)?.length ?? 0) % 2 === 1 || (before.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
  return text.replace(/[ \t]*(?:\\|(?<=\s)[`^])\n[ \t]*/g, (mark, at: number) =>
    isQuoted(text.slice(0, at)) ? mark : " ",
  );
}

const SYSTEM =
  "You write commands for a terminal. Reply with one command, on one line, in a code block, and below it one short sentence that says what it does. Where there are other good ways, add up to three of them in the same form, the best one first. Use what the platform, the shell and the folder have. Do not chain commands unless it is needed, use no administrator rights unless it is needed, and mark what the user has to fill in as <name>.";

/** Control and format characters, and spaces that are none, but for line breaks, tabs and the no-break space. */
const HIDDEN = /[^\P{C}\n\t]|[\u2028\u2029]|\p{Default_Ignorable_Code_Point}/u;
const ALL_HIDDEN = new RegExp(HIDDEN.source, "gu");
const MOST_COMMANDS = 4;
const MOST_CHARS = 400;
const MOST_SHOWN = 200;
const MOST_EXPLANATION = 300;
