/** The hole-filling conversation for models that only chat: a rule, examples, and the file with a marker at the caret. */

import type { Hole } from "./hole.ts";
import type { ChatMessage } from "./model.ts";

interface Example extends Hole {
  readonly middle: string;
}

/** One with the rest of the line empty, one inside a line, one where only a bracket is missing: the model learns to stop. */
const examples: readonly Example[] = [
  {
    path: "src/queue.ts",
    languageId: "typescript",
    prefix:
      "export class Queue<T> {\n  readonly #items: T[] = [];\n\n  /** Takes the oldest item. */\n  take(): T | undefined {\n    ",
    suffix: "\n  }\n\n  get size(): number {\n    return this.#items.length;\n  }\n}\n",
    middle: "return this.#items.shift();",
  },
  {
    path: "report.py",
    languageId: "python",
    prefix: "def mean(values):\n    return sum(",
    suffix: ") / len(values)\n",
    middle: "values",
  },
  {
    path: "main.go",
    languageId: "go",
    prefix: 'func main() {\n\tfor i := 0; i < 3; i++ {\n\t\tfmt.Println("line", i',
    suffix: "\n\t}\n}\n",
    middle: ")",
  },
];

/** Messages whose answer is the text that belongs between `prefix` and `suffix`, and nothing else. */
export function chatHole(hole: Hole): readonly ChatMessage[] {
  const marker = freeMarker(hole);
  return [
    {
      role: "system",
      content:
        `You complete code in an editor. Each message shows a file in which ${marker} marks one place. ` +
        `Answer with the text that replaces ${marker}, so that the file is correct and goes on in its own style. ` +
        "Answer with that text only: no explanation, no code fence, nothing that already stands before or after the mark. " +
        "Keep the indentation of the file. Stop where the statement or block is complete. " +
        "If nothing is missing, answer with nothing.",
    },
    ...examples.flatMap((example): ChatMessage[] => [
      { role: "user", content: question(example, marker) },
      { role: "assistant", content: example.middle },
    ]),
    { role: "user", content: elsewhere(hole) + question(hole, marker) },
  ];
}

function question(hole: Hole, marker: string): string {
  const file = hole.path === "" ? hole.languageId : `${hole.path} (${hole.languageId})`;
  return `${file}\n\n${hole.prefix}${marker}${hole.suffix}`;
}

/** What other files of the project say that may be of use. */
function elsewhere({ neighbours = [] }: Hole): string {
  if (neighbours.length === 0) return "";
  const files = neighbours.map(({ path, text }) => (path === "" ? text : `${path}\n${text}`));
  return `From other files of the project, for reference:\n\n${files.join("\n\n")}\n\nThe file to complete:\n\n`;
}

/** The mark must not occur in the file itself. */
function freeMarker(hole: Hole): string {
  for (let number = 1; ; number++) {
    const marker = `<HOLE${number === 1 ? "" : number}>`;
    const texts = [hole.prefix, hole.suffix, ...(hole.neighbours ?? []).map(({ text }) => text)];
    if (!texts.some((text) => text.includes(marker))) return marker;
  }
}
