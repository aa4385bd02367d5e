/**
 * What a chat model is told, as a file that people write: Markdown with the headings `# system` (may be left out), any
 * number of `# example` with `## user` and `## assistant` below it, and `# user`, which is what it is asked.
 *
 * A part's text goes from its heading to the next one, without one blank line at its start and one at its end. Other
 * headings are text, and so is one of these behind a backslash. Above all there may be a front matter for people, of
 * comments and a `description`; nothing of it is sent.
 */

import { lineBreaksIn, unixNewlines } from "../../text/lines.ts";
import type { ChatMessage } from "../model.ts";
import { parseTemplate, render, type Template, type TemplateFault } from "./template.ts";

export interface PromptTemplate {
  /** Of the front matter; empty where it has none. */
  readonly description: string;
  readonly system: Template | undefined;
  readonly examples: readonly { readonly user: Template; readonly assistant: Template }[];
  readonly user: Template;
}

export type PromptPart = "system" | "exampleUser" | "assistant" | "user";

/** What a prompt is for: the values that it can have, and what the code that asks with it relies on. */
export interface PromptKind {
  /** The file that comes with the product. */
  readonly builtIn: string;
  /** The placeholders that each part may have. */
  readonly placeholders: Readonly<Record<PromptPart, readonly string[]>>;
  /** What is wrong with a part for those who ask with it. */
  check(part: PromptPart, template: Template): UsageFault | undefined;
}

export type UsageFault = "hole-missing" | "example-hole-missing" | "question-missing" | "mark-written-out";

/** `line` counts from 0. */
export type PromptFault = { readonly line: number } & (
  | { readonly kind: "too-long" | "too-many-examples"; readonly most: number }
  | { readonly kind: "front-matter-unclosed" | "text-outside" | UsageFault }
  /** `name` is the line, or the heading. */
  | { readonly kind: "front-matter-unknown" | "heading-misplaced"; readonly name: string }
  | { readonly kind: "part-missing" | "part-twice" | "part-empty"; readonly name: string }
  | { readonly kind: Exclude<TemplateFault["kind"], "placeholder-unknown">; readonly name: string }
  | { readonly kind: "placeholder-unknown"; readonly name: string; readonly known: readonly string[] }
);

/** Without faults it has a prompt. */
export interface ParsedPrompt {
  readonly prompt: PromptTemplate | undefined;
  /** In the order of their lines. */
  readonly faults: readonly PromptFault[];
}

export const MOST_PROMPT_CHARS = 20_000;
const MOST_EXAMPLES = 20;

export function parsePromptFile(text: string, kind: PromptKind): ParsedPrompt {
  if (text.length > MOST_PROMPT_CHARS) {
    return { prompt: undefined, faults: [{ kind: "too-long", line: 0, most: MOST_PROMPT_CHARS }] };
  }
  const lines = unixNewlines(text.replace(/^\uFEFF/, "")).split("\n");
  // Behind the last line's own end.
  if (lines.at(-1) === "") lines.pop();
  const faults: PromptFault[] = [];
  const { description, end } = frontMatter(lines, faults);
  const blocks = blocksOf(lines, end, faults);
  const whole: Parts = new Map();
  const examples: { readonly line: number; readonly parts: Parts }[] = [];
  let inExample = false;
  for (const block of blocks) {
    const { heading, line } = block;
    if (heading === "# example") {
      inExample = true;
      examples.push({ line, parts: new Map() });
      refuseText(block.lines, line + 1, faults);
      continue;
    }
    if (heading.startsWith("# ")) inExample = false;
    const part = (inExample ? EXAMPLE_PARTS : WHOLE_PARTS).get(heading);
    const parts = (inExample ? examples.at(-1)?.parts : undefined) ?? whole;
    if (part === undefined) faults.push({ kind: "heading-misplaced", line, name: heading });
    else if (parts.has(heading)) faults.push({ kind: "part-twice", line, name: heading });
    else parts.set(heading, templateOf(block, part, kind, faults));
  }
  for (const { line, parts } of examples) {
    for (const name of EXAMPLE_PARTS.keys()) if (!parts.has(name)) faults.push({ kind: "part-missing", line, name });
  }
  const tooMany = examples[MOST_EXAMPLES];
  if (tooMany) faults.push({ kind: "too-many-examples", line: tooMany.line, most: MOST_EXAMPLES });
  const user = whole.get("# user");
  if (user === undefined) faults.push({ kind: "part-missing", line: Math.max(0, lines.length - 1), name: "# user" });
  if (user === undefined || faults.length > 0) {
    return { prompt: undefined, faults: faults.toSorted((one, other) => one.line - other.line) };
  }
  const prompt = {
    description,
    system: whole.get("# system"),
    examples: examples.map(({ parts }) => ({
      user: parts.get("## user") ?? [],
      assistant: parts.get("## assistant") ?? [],
    })),
    user,
  };
  return { prompt, faults };
}

export function messagesOf(
  { system, examples, user }: PromptTemplate,
  values: Readonly<Record<string, string>>,
): readonly ChatMessage[] {
  return [
    ...(system ? [{ role: "system", content: render(system, values) } as const] : []),
    ...examples.flatMap((example): ChatMessage[] => [
      { role: "user", content: render(example.user, values) },
      { role: "assistant", content: render(example.assistant, values) },
    ]),
    { role: "user", content: render(user, values) },
  ];
}

/** By their headings. */
type Parts = Map<string, Template>;

interface Block {
  /** As `# user`. */
  readonly heading: string;
  readonly line: number;
  /** Below the heading. */
  readonly lines: string[];
}

/** `end` is the first line behind it. */
function frontMatter(
  lines: readonly string[],
  faults: PromptFault[],
): { readonly description: string; readonly end: number } {
  if (lines[0]?.trimEnd() !== "---") return { description: "", end: 0 };
  const close = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
  if (close === -1) {
    faults.push({ kind: "front-matter-unclosed", line: 0 });
    return { description: "", end: lines.length };
  }
  let description = "";
  for (const [index, line] of lines.slice(0, close).entries()) {
    if (index === 0 || /^\s*(?:#|$)/.test(line)) continue;
    const told = /^description:(.*)$/.exec(line)?.[1];
    if (told === undefined) faults.push({ kind: "front-matter-unknown", line: index, name: line.trim() });
    else description = told.trim();
  }
  return { description, end: close + 1 };
}

function blocksOf(lines: readonly string[], start: number, faults: PromptFault[]): readonly Block[] {
  const blocks: Block[] = [];
  const above: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (index < start) continue;
    const [, escape, marks, word] = HEADING.exec(line) ?? [];
    if (escape === "" && marks !== undefined && word !== undefined) {
      blocks.push({ heading: `${marks} ${word.toLowerCase()}`, line: index, lines: [] });
    } else (blocks.at(-1)?.lines ?? above).push(escape ? line.slice(escape.length) : line);
  }
  refuseText(above, start, faults);
  return blocks;
}

function refuseText(lines: readonly string[], firstLine: number, faults: PromptFault[]): void {
  const index = lines.findIndex((line) => line.trim() !== "");
  if (index !== -1) faults.push({ kind: "text-outside", line: firstLine + index });
}

function templateOf({ heading, line, lines }: Block, part: PromptPart, kind: PromptKind, faults: PromptFault[]) {
  const first = lines[0]?.trim() === "" ? 1 : 0;
  const last = lines.length > first && lines.at(-1)?.trim() === "" ? lines.length - 1 : lines.length;
  const text = lines.slice(first, last).join("\n");
  if (text.trim() === "") faults.push({ kind: "part-empty", line, name: heading });
  const known = kind.placeholders[part];
  const { template, faults: found } = parseTemplate(text, known);
  for (const { at, ...fault } of found) {
    const where = line + 1 + first + lineBreaksIn(text.slice(0, at));
    const { name } = fault;
    if (fault.kind === "placeholder-unknown") faults.push({ kind: fault.kind, line: where, name, known });
    else faults.push({ kind: fault.kind, line: where, name });
  }
  const usage = text.trim() === "" ? undefined : kind.check(part, template);
  if (usage !== undefined && found.length === 0) faults.push({ kind: usage, line });
  return template;
}

const WHOLE_PARTS: ReadonlyMap<string, PromptPart> = new Map([
  ["# system", "system"],
  ["# user", "user"],
]);
const EXAMPLE_PARTS: ReadonlyMap<string, PromptPart> = new Map([
  ["## user", "exampleUser"],
  ["## assistant", "assistant"],
]);
const HEADING = /^(\\?)(##?) +(system|example|user|assistant)\s*$/i;
