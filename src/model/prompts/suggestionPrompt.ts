/** The prompt by which a chat model is asked for a suggestion: the file with a mark where the caret is. */

import type { PromptKind, PromptPart, UsageFault } from "./promptFile.ts";
import { allParts, type Template } from "./template.ts";

export const suggestionPrompt: PromptKind = {
  // One example with the rest of the line empty, one inside a line, one where only a bracket is missing: the model learns to stop.
  builtIn: `# system

You complete code in an editor. Each message shows a file in which {{hole}} marks one place. Answer with the text that replaces {{hole}}, so that the file is correct and goes on in its own style. Answer with that text only: no explanation, no code fence, nothing that already stands before or after the mark. Keep the indentation of the file. Stop where the statement or block is complete. If nothing is missing, answer with nothing.

# example

## user

src/queue.ts (typescript)

export class Queue<T> {
  readonly #items: T[] = [];

  /** Takes the oldest item. */
  take(): T | undefined {
    {{hole}}
  }

  get size(): number {
    return this.#items.length;
  }
}


## assistant

return this.#items.shift();

# example

## user

report.py (python)

def mean(values):
    return sum({{hole}}) / len(values)


## assistant

values

# example

## user

main.go (go)

func main() {
\tfor i := 0; i < 3; i++ {
\t\tfmt.Println("line", i{{hole}}
\t}
}


## assistant

)

# user

{{#context}}
From other files of the project, for reference:

{{context}}

The file to complete:

{{/context}}
{{#path}}{{path}} ({{language}}){{/path}}{{^path}}{{language}}{{/path}}

{{before}}{{hole}}{{after}}
`,
  placeholders: {
    system: ["hole", "path", "language"],
    exampleUser: ["hole"],
    assistant: [],
    user: ["hole", "path", "language", "before", "after", "context"],
  },
  check,
};

function check(part: PromptPart, template: Template): UsageFault | undefined {
  const all = allParts(template);
  // It may stand in the user's file, and the mark is then another one.
  if (all.some((each) => typeof each === "string" && MARK.test(each))) return "mark-written-out";
  const count = (name: string): number => all.filter((each) => nameOf(each) === name).length;
  if (part === "exampleUser") return count("hole") === 1 ? undefined : "example-hole-missing";
  if (part !== "user") return undefined;
  // Secrets are looked for across the mark, and the places of both texts in the prompt are told.
  const at = template.findIndex((each) => nameOf(each) === "before");
  const isRun = at !== -1 && nameOf(template[at + 1]) === "hole" && nameOf(template[at + 2]) === "after";
  const areSingle = ["before", "hole", "after"].every((name) => count(name) === 1);
  return isRun && areSingle ? undefined : "hole-missing";
}

function nameOf(part: Template[number] | undefined): string | undefined {
  return typeof part === "object" && "name" in part ? part.name : undefined;
}

const MARK = /<HOLE\d*>/;
