/** Commands that a model suggests, outputs that it explains, and failing tests that it mends. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { RequestLog } from "../../src/model/requestLog.ts";
import { explainOutput, explainSelectedOutput } from "../../src/extension/explainOutput.ts";
import { fixFailure } from "../../src/extension/fixFailure.ts";
import type { CommandsRun } from "../../src/extension/outputToRead.ts";
import { RefactorModel } from "../../src/extension/refactorModel.ts";
import { SecretGate } from "../../src/extension/secretGate.ts";
import { suggestCommand } from "../../src/extension/suggestCommand.ts";
import type { ChatServer } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { chatting, scriptedModels } from "./chatRig.ts";
import { noPreview, previewWith, refactoring, type RefactorRig } from "./refactorRig.ts";

interface Row extends vscode.QuickPickItem {
  readonly [key: string]: unknown;
}

interface Answers {
  /** For inputs, one after the other. */
  readonly inputs?: readonly string[];
  /** The row of a pick is the first that has these words. */
  readonly picks?: readonly RegExp[];
  /** What is pressed on messages, where it is there. */
  readonly button?: string;
}

interface Heard {
  readonly picks: (readonly Row[])[];
  readonly titles: (string | undefined)[];
  readonly told: string[];
}

/** While this runs, inputs, picks and messages are answered and heard. */
async function answering(
  { inputs = [], picks = [], button }: Answers,
  use: (heard: Heard) => Promise<void>,
): Promise<void> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showInputBox, showQuickPick, showWarningMessage, showInformationMessage } = window;
  const heard: Heard = { picks: [], titles: [], told: [] };
  const [inputsLeft, picksLeft] = [[...inputs], [...picks]];
  const message = async (words: string, ...buttons: readonly string[]) => {
    heard.told.push(words);
    return buttons.find((each) => each === button);
  };
  window["showInputBox"] = async () => inputsLeft.shift();
  window["showQuickPick"] = async (rows: readonly Row[], options?: vscode.QuickPickOptions) => {
    heard.picks.push(rows);
    heard.titles.push(options?.title);
    const wanted = picksLeft.shift();
    return wanted && rows.find(({ label, detail = "" }) => wanted.test(`${label} ${detail}`));
  };
  window["showWarningMessage"] = message;
  window["showInformationMessage"] = message;
  try {
    await use(heard);
  } finally {
    Object.assign(window, { showInputBox, showQuickPick, showWarningMessage, showInformationMessage });
  }
}

const ran = (command: string, raw: string): CommandsRun => ({
  settled: async () => undefined,
  commands: [
    {
      terminal: vscode.window.activeTerminal as vscode.Terminal,
      command,
      raw,
      isCut: false,
      exitCode: 1,
      isRunning: false,
      isRead: true,
    },
  ],
});
const nothingRan: CommandsRun = { settled: async () => undefined, commands: [] };

/** What is put into the terminal while the answers are given. */
async function suggesting(server: ChatServer, answers: Answers): Promise<{ put: string[]; heard: Heard }> {
  const gate = new SecretGate();
  const put: string[] = [];
  let all: Heard | undefined;
  try {
    const model = new RefactorModel(scriptedModels(server, new RequestLog(Date.now), gate, {}));
    const terminal = { name: "Pairwise" as const, put: async (lines: readonly string[]) => void put.push(...lines) };
    await answering(answers, async (heard) => {
      all = heard;
      await suggestCommand({ model, terminal });
    });
  } finally {
    gate.dispose();
  }
  assert.ok(all);
  return { put, heard: all };
}

const labels = (rows: readonly Row[] | undefined): readonly string[] =>
  (rows ?? []).map(({ label, description = "", detail = "" }) =>
    [label, description, detail].filter(Boolean).join(" | "),
  );

const CART =
  "export function count(items: string[]): number {\n  return items.length + 1;\n}\n\nexport const two = 2;\n";
const TEST =
  'import { count } from "./cart";\n\ntest("counts the items", () => {\n  expect(count(["a"])).toBe(1);\n});\n';
const FIXED = "```ts\nexport function count(items: string[]): number {\n  return items.length;\n}\n```\n";
const fixed = () => ({ pieces: [FIXED] });

async function accepted({ previews, folder }: RefactorRig): Promise<string> {
  await previewWith("return items.length;");
  await previews.act("acceptAll", undefined, undefined);
  await noPreview();
  return (await vscode.workspace.openTextDocument(folder.uri("cart.ts"))).getText();
}

function explaining(rig: Parameters<Parameters<typeof chatting>[3]>[0], terminals: CommandsRun) {
  return { terminals, openChat: async () => ({ focus: async () => undefined, session: rig.session }) };
}

export const terminalHelpTests: readonly HostTest[] = [
  refactoring(
    "a suggested command is shown with what it does and what is dangerous, and put into the terminal without a line's end",
    {},
    () => ({
      pieces: [
        "```bash\nls -S | head\n```\nLists the largest.\n\n```bash\nsudo rm -rf $(date)\n```\nDeletes.\n\n",
        "```bash\nls\u200b\n```\nHidden.\n\n```bash\ncd a && ls <folder>\n```\nGoes there.\n",
      ],
    }),
    async ({ server }) => {
      const { put, heard } = await suggesting(server, { inputs: ["largest files"], picks: [/head/] });
      assert.deepEqual(put, ["ls -S | head"]);
      assert.deepEqual(labels(heard.picks[0]), [
        "$(terminal) ls -S | head | Lists the largest.",
        "$(warning) sudo rm -rf \\$(date) | $(warning) Runs as administrator · Deletes files. Deletes.",
        "$(circle-slash) ls\\u{200b} | Not put into the terminal: it has characters that can't be seen.",
        "$(terminal) cd a && ls <folder> | 2 commands, one after the other · fill in <folder> | Goes there.",
        "",
        "$(edit) Ask for Something Else",
      ]);
      const asked = JSON.stringify(server.asked[0]?.messages);
      assert.match(asked, /Platform: \w+\\nShell: \w*\\nFolder: /);
      assert.match(asked, /Wanted: largest files/);
    },
  ),
  refactoring(
    "a command with hidden characters is not put into the terminal, and a closed pick puts nothing there",
    {},
    () => ({ pieces: ["```\nls\u202E\n```\nLists.\n"] }),
    async ({ server }) => {
      const refused = await suggesting(server, { inputs: ["list"], picks: [/ls/] });
      assert.deepEqual(refused.put, []);
      assert.deepEqual(refused.heard.told, ["Not put into the terminal: it has characters that can't be seen."]);
      const closed = await suggesting(server, { inputs: ["list"] });
      assert.deepEqual(closed.put, []);
      assert.equal(server.asked.length, 2);
      const unsaid = await suggesting(server, { inputs: [" "] });
      assert.deepEqual([unsaid.put, server.asked.length], [[], 2]);
    },
  ),
  refactoring(
    "where the model suggests nothing its words are told; one may ask for something else",
    {},
    (_, count) => ({ pieces: [count === 0 ? "Which files do you mean?" : "```\nls\n```\nLists.\n"] }),
    async ({ server }) => {
      const { put, heard } = await suggesting(server, {
        inputs: ["do it", "list all"],
        picks: [/ls/],
        button: "Ask for Something Else",
      });
      assert.deepEqual(heard.told, ["The model suggested no command. It says: Which files do you mean?"]);
      assert.deepEqual(put, ["ls"]);
    },
  ),
  refactoring(
    "where the server fails it is told, and nothing is put into the terminal",
    {},
    () => ({ pieces: [], refusal: { status: 401, message: "no such key" } }),
    async ({ server }) => {
      const { put, heard } = await suggesting(server, { inputs: ["list"] });
      assert.deepEqual(put, []);
      assert.equal(heard.told.length, 1);
    },
  ),
  chatting(
    "the last command's output is explained in the chat, with its text attached and no colours or secrets in it",
    {},
    () => ({ pieces: ["It is missing."] }),
    async (rig, server) => {
      const key = `ghp_${"a1B2".repeat(9)}`;
      const raw = `\u001b[31mError: no token\u001b[0m ${key}\r\n${"step\r\n".repeat(9_000)}Error: last\r\n`;
      await explainOutput(explaining(rig, ran("npm test", raw)));
      const answer = await rig.answer();
      assert.equal(answer.text, "It is missing.");
      const asked = JSON.stringify(server.asked[0]?.messages);
      assert.match(asked, /Explain this output/);
      assert.match(asked, /\$ npm test/);
      assert.match(asked, /Error: no token/);
      assert.match(asked, /Error: last/);
      assert.match(asked, /\[… \d+ lines\]/);
      assert.doesNotMatch(asked, /\\u001b/);
      assert.ok(!asked.includes(key), "the secret is replaced");
      assert.equal(rig.turns()[0]?.role, "question");
    },
  ),
  chatting(
    "the clipboard is not taken where no output is known, but where the user says so",
    {},
    () => ({ pieces: ["It is."] }),
    async (rig, server) => {
      const before = await vscode.env.clipboard.readText();
      try {
        await vscode.env.clipboard.writeText("\u001b[1mpanic: pasted\u001b[0m");
        await answering({}, async ({ told }) => {
          await explainOutput(explaining(rig, nothingRan));
          assert.match(told.join(), /^What the last command in this terminal wrote is not known: .*paste it here\.$/);
          assert.equal(server.asked.length, 0);
        });
        await answering({ button: "Paste from the Clipboard" }, () => explainOutput(explaining(rig, nothingRan)));
        await rig.answer();
        assert.match(JSON.stringify(server.asked[0]?.messages), /panic: pasted/);
        await vscode.env.clipboard.writeText("copied elsewhere");
        await answering({}, async ({ told }) => {
          await explainSelectedOutput(explaining(rig, nothingRan));
          assert.deepEqual(told, ["There is no text in the clipboard."]);
        });
        assert.equal(await vscode.env.clipboard.readText(), "copied elsewhere");
        assert.equal(server.asked.length, 1);
      } finally {
        await vscode.env.clipboard.writeText(before);
      }
    },
  ),
  refactoring(
    "a test that failed in the test explorer is mended in the code that it imports, not in the test",
    { "cart.ts": CART, "cart.test.ts": TEST },
    fixed,
    async (rig) => {
      const { editor, folder, server } = rig;
      const controller = vscode.tests.createTestController("pairwise-host-tests", "Host tests");
      try {
        const uri = folder.uri("cart.test.ts");
        const item = controller.createTestItem("counts", "counts the items", uri);
        item.range = new vscode.Range(2, 0, 4, 3);
        controller.items.add(item);
        const message = vscode.TestMessage.diff("expected 2 to be 1", "1", "2");
        message.location = new vscode.Location(uri, new vscode.Position(3, 22));
        const run = controller.createTestRun(new vscode.TestRunRequest([item]));
        run.failed(item, message);
        run.end();
        await answering({ picks: [/cart\.ts/] }, async ({ picks, titles }) => {
          await fixFailure({ editor, terminals: nothingRan, ignored: folder.ignored }, { test: item, message });
          assert.deepEqual(titles, ["What is to be changed, so that “counts the items” passes?"]);
          const shown = labels(picks[0]).map((label) => label.replace(/ \S*\/(?=cart)/, " "));
          assert.deepEqual(shown, [
            "$(file-code) cart.ts | imported by the test, or named like it",
            "$(beaker) cart.test.ts | the test itself",
          ]);
        });
        const text = await accepted(rig);
        assert.equal(text, CART.replace(" + 1", ""));
        const asked = String(server.asked[0]?.messages.at(-1)?.content);
        assert.match(asked, /Failing test: counts the items/);
        assert.match(asked, /expected 2 to be 1\nExpected: 1\nActual: 2/);
        assert.match(asked, /The test, .*cart\.test\.ts from line 1:/);
        assert.match(asked, /expect\(count\(\["a"\]\)\)\.toBe\(1\)/);
        assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), TEST);
      } finally {
        controller.dispose();
      }
    },
  ),
  refactoring(
    "of several failing tests in a terminal the user chooses one, and the code is changed around the line where it failed",
    { "cart.ts": CART, "cart.test.ts": TEST, "other.test.ts": "" },
    fixed,
    async (rig) => {
      const { editor, folder, server } = rig;
      const raw = `  ● first\r\n\r\n    Error: one\r\n\r\n      at f (${folder.uri("other.test.ts").fsPath}:1:1)\r\n\r\n  ● second\r\n\r\n    Error: two\r\n\r\n      at count (${folder.uri("cart.ts").fsPath}:2:10)\r\n      at Object.t (${folder.uri("cart.test.ts").fsPath}:4:10)\r\n`;
      await answering({ picks: [/second/, /cart\.ts/] }, async ({ picks }) => {
        await fixFailure({ editor, terminals: ran("npx jest", raw), ignored: folder.ignored });
        assert.deepEqual(labels(picks[0]), ["first | Error: one", "second | Error: two"]);
        assert.match(labels(picks[1])[0] ?? "", /cart\.ts \| line 2, in count$/);
      });
      assert.equal(await accepted(rig), CART.replace(" + 1", ""));
      const asked = String(server.asked[0]?.messages.at(-1)?.content);
      assert.match(asked, /The code to change, lines 1 to [23]:/);
      assert.match(asked, /In this file it goes through line 2\./);
      assert.doesNotMatch(asked, /Error: one/);
    },
  ),
  refactoring(
    "the test itself is changed where the user chooses it",
    { "cart.ts": CART, "cart.test.ts": TEST },
    () => ({ pieces: [`\`\`\`ts\n${TEST.replace("toBe(1)", "toBe(2)")}\`\`\`\n`] }),
    async ({ editor, folder, server }) => {
      const raw = `TypeError: x\n    at Object.t (${folder.uri("cart.test.ts").fsPath}:4:10)\n`;
      await answering({ picks: [/cart\.test\.ts/] }, () =>
        fixFailure({ editor, terminals: ran("npx jest", raw), ignored: folder.ignored }),
      );
      await previewWith("toBe(2)");
      assert.match(String(server.asked[0]?.messages.at(-1)?.content), /it is the test that is wrong/);
    },
  ),
  refactoring(
    "files that are ignored, outside of the folder or of a package are not read, and that is said; nothing is sent",
    { ".gitignore": "hidden.ts\n", "hidden.ts": CART, "node_modules/a/index.js": "x\n" },
    fixed,
    async ({ editor, folder, server }) => {
      const needs = { editor, ignored: folder.ignored };
      const at = (path: string): string => `Error: x\n    at f (${path}:1:1)\n`;
      await answering({}, async ({ told }) => {
        await fixFailure({ ...needs, terminals: ran("t", at(folder.uri("hidden.ts").fsPath)) });
        assert.match(told[0] ?? "", /is ignored or secret: nothing of it is read or sent/);
        await fixFailure({ ...needs, terminals: ran("t", at("/etc/profile.js")) });
        await fixFailure({ ...needs, terminals: ran("t", at("../../../etc/passwd.js")) });
        await fixFailure({ ...needs, terminals: ran("t", at(folder.uri("node_modules/a/index.js").fsPath)) });
        for (const words of told.slice(1)) assert.match(words, /^Which code the test is about can't be told/);
        assert.equal(told.length, 4);
      });
      assert.equal(server.asked.length, 0);
    },
  ),
  refactoring(
    "where an output tells of no failing test the user is asked to paste one, and told where that tells of none either",
    {},
    fixed,
    async ({ editor, folder, server }) => {
      const before = await vscode.env.clipboard.readText();
      try {
        await vscode.env.clipboard.writeText("all is well");
        await answering({ button: "Paste from the Clipboard" }, async ({ told }) => {
          await fixFailure({ editor, terminals: ran("ls", "a b\r\n"), ignored: folder.ignored });
          assert.match(told[0] ?? "", /^The last command in this terminal \(\$ ls\) tells of no failing test\. Copy/);
          assert.match(told[1] ?? "", /^No failing test and no place in code can be told/);
        });
        assert.equal(server.asked.length, 0);
      } finally {
        await vscode.env.clipboard.writeText(before);
      }
    },
  ),
];
