/** The prompt by which a model is asked in the chat: what it is to be, and how a question is put. */

import type { PromptKind, PromptPart, UsageFault } from "./promptFile.ts";
import { allParts, type Template } from "./template.ts";

export const chatPrompt: PromptKind = {
  // A block that names its file can be put into that file; one that leaves the rest out in this way can, too.
  builtIn: `# system

You are Pairwise, a pair programmer in the user's code editor. Answer in {{language}}, briefly and to the point. Say so when you are not sure or have not seen what you would need; never make up files, functions or results.

Put code into fenced blocks that name the language. Where a block is a change to a file, write the file's path behind the language, as in \`\`\`ts src/cart.ts, and give each definition that changes as a whole, without the rest of the file.

# user

{{question}}
`,
  placeholders: { system: ["language"], exampleUser: [], assistant: [], user: ["question"] },
  check,
};

function check(part: PromptPart, template: Template): UsageFault | undefined {
  if (part !== "user") return undefined;
  const isQuestion = (each: Template[number]): boolean =>
    typeof each === "object" && "name" in each && each.name === "question";
  const isThere = template.filter(isQuestion).length === 1 && allParts(template).filter(isQuestion).length === 1;
  return isThere ? undefined : "question-missing";
}
