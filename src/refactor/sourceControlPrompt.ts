/** What a model is asked about a diff: short, since small models read it, too. */

import type { ChatMessage } from "../model/model.ts";
import type { Stretch } from "../model/provenance.ts";
import { type MessageStyle, styleLines } from "./sourceControlStyle.ts";
import type { Count, DiffPart } from "./sourceControlParts.ts";
import { headOf } from "../text/offsets.ts";

export interface SourceControlPrompt {
  readonly messages: readonly ChatMessage[];
  readonly stretches: readonly Stretch[];
}

export interface CommitQuestion {
  readonly style: MessageStyle;
  readonly branch: string | undefined;
  /** What stood in the input box; may be empty. */
  readonly wish: string;
}

export interface PullRequestQuestion {
  readonly branch: string;
  readonly base: string;
  /** The messages of the commits, the first first. */
  readonly commits: readonly string[];
  readonly isChinese: boolean;
}

export interface ExplainQuestion {
  readonly message: string;
  /** For people: `en`, `zh-cn`, … */
  readonly language: string;
}

/** Asks with this text of the changes. */
export type Ask = (changes: string) => SourceControlPrompt;

export function commitPrompt({ style, branch, wish }: CommitQuestion): Ask {
  const rules = styleLines(style, branch);
  const wishes =
    wish.trim() === "" ? [] : [`What the author has written so far; follow it:\n${headOf(wish.trim(), MOST_WISH)}`];
  return asking(
    "You write the message of a git commit. Reply with the message alone: no quotes, no code fence, no introduction, no alternatives. Say what changes and why, as far as the changes show it, and invent nothing.",
    [...rules, ...wishes],
    "Write the commit message.",
  );
}

export function pullRequestPrompt({ branch, base, commits, isChinese }: PullRequestQuestion): Ask {
  const messages = commits.map((message) => `- ${headOf(message.trim(), MOST_COMMIT).replaceAll("\n", "\n  ")}`);
  const left = messages.length - MOST_COMMITS;
  const shown = [...messages.slice(0, MOST_COMMITS), ...(left > 0 ? [`and ${left} more commits`] : [])];
  return asking(
    "You write the title and the description of a pull request. The first line of the reply is the title, at most 72 characters, plain text. Then a blank line, then the description in Markdown: first what changes for its users and why, then a list of what was done. Invent nothing: no test that was not run, no issue that is not named. Reply with them alone.",
    [
      `The branch ${branch} is to go into ${base}. Its commits:\n${shown.join("\n")}`,
      isChinese ? "Write in Chinese (用中文写)." : "Write in the language of the commits.",
    ],
    "Write the title and the description.",
  );
}

export function explainPrompt({ message, language }: ExplainQuestion): Ask {
  return asking(
    "You explain a git commit to a programmer who reads it for the first time: in Markdown, first in one or two sentences what it does and why, then what is worth knowing of each part, then what could be risky. Tell what is seen from what is guessed. Name files in backticks.",
    [
      `The commit's message:\n${headOf(message.trim(), MOST_WISH)}`,
      language.startsWith("zh") ? "Write in Chinese (用中文写)." : `Write in the language with the code ${language}.`,
    ],
    "Explain the commit.",
  );
}

/** Asks what one part of a diff does, where all of it does not fit. */
export function summaryPrompt({ text }: DiffPart): SourceControlPrompt {
  return asking(
    "You summarise a part of a diff for someone who writes about the whole. Reply with at most three short sentences on what changes and why, as far as it shows. Name functions and settings. No introduction.",
    [],
    "Summarise it.",
  )(text);
}

/** What a question costs without its changes. */
export function baseTokens(ask: Ask, count: Count): number {
  return ask("").messages.reduce((sum, { content }) => sum + count(content) + PER_MESSAGE, 0);
}

function asking(system: string, rules: readonly string[], last: string): Ask {
  return (changes) => {
    const content = [...rules, `The changes:\n${changes}`, last].join("\n\n");
    return {
      messages: [
        { role: "system", content: system },
        { role: "user", content },
      ],
      stretches: [
        { source: "changes", text: changes, path: undefined, line: undefined, tokens: Math.ceil(changes.length / 4) },
      ],
    };
  };
}

const PER_MESSAGE = 8;
const MOST_WISH = 2_000;
const MOST_COMMIT = 400;
const MOST_COMMITS = 40;
