import assert from "node:assert/strict";
import { test } from "node:test";
import { chatHole } from "../../src/model/chatHole.ts";
import { parsePromptFile } from "../../src/model/prompts/promptFile.ts";
import { promptKinds } from "../../src/model/prompts/promptKinds.ts";

const hole = { path: "src/a.py", languageId: "python", prefix: "x = f(", suffix: ")\ny = 2\n" };
const neighbours = [
  { path: "b.py", text: "def g(n): ..." },
  { path: "", text: "copied\n" },
];
/** As it was sent before there were prompt files. */
const AS_EVER = [
  {
    role: "system",
    content:
      "You complete code in an editor. Each message shows a file in which <HOLE> marks one place. Answer with the text that replaces <HOLE>, so that the file is correct and goes on in its own style. Answer with that text only: no explanation, no code fence, nothing that already stands before or after the mark. Keep the indentation of the file. Stop where the statement or block is complete. If nothing is missing, answer with nothing.",
  },
  {
    role: "user",
    content:
      "src/queue.ts (typescript)\n\nexport class Queue<T> {\n  readonly #items: T[] = [];\n\n  /** Takes the oldest item. */\n  take(): T | undefined {\n    <HOLE>\n  }\n\n  get size(): number {\n    return this.#items.length;\n  }\n}\n",
  },
  {
    role: "assistant",
    content: "return this.#items.shift();",
  },
  {
    role: "user",
    content: "report.py (python)\n\ndef mean(values):\n    return sum(<HOLE>) / len(values)\n",
  },
  {
    role: "assistant",
    content: "values",
  },
  {
    role: "user",
    content: 'main.go (go)\n\nfunc main() {\n\tfor i := 0; i < 3; i++ {\n\t\tfmt.Println("line", i<HOLE>\n\t}\n}\n',
  },
  {
    role: "assistant",
    content: ")",
  },
  {
    role: "user",
    content:
      "From other files of the project, for reference:\n\nb.py\ndef g(n): ...\n\ncopied\n\n\nThe file to complete:\n\nsrc/a.py (python)\n\nx = f(<HOLE>)\ny = 2\n",
  },
];

test("without a prompt file a chat model is sent the very characters that it was always sent", () => {
  assert.deepEqual(chatHole({ ...hole, neighbours }), AS_EVER);
});

test("without other files or a path the question is the file alone, with its language", () => {
  assert.equal(chatHole({ ...hole, path: "" }).at(-1)?.content, "python\n\nx = f(<HOLE>)\ny = 2\n");
});

test("with a prompt file a chat model is asked in its words, the mark where the caret is", () => {
  const text = "# system\nFill {{hole}}.\n# user\n{{language}}\n{{context}}\n{{before}}{{hole}}{{after}}\n";
  const { prompt } = parsePromptFile(text, promptKinds.suggestion);
  assert.deepEqual(chatHole({ ...hole, prefix: "x = '<HOLE>' + (", neighbours }, prompt), [
    { role: "system", content: "Fill <HOLE2>." },
    { role: "user", content: "python\nb.py\ndef g(n): ...\n\ncopied\n\nx = '<HOLE>' + (<HOLE2>)\ny = 2\n" },
  ]);
});
