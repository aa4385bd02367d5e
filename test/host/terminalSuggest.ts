/** Asking for a command: a model suggests some, and one is put into the terminal. */

import assert from "node:assert/strict";
import { RequestLog } from "../../src/model/requestLog.ts";
import { RefactorModel } from "../../src/extension/refactorModel.ts";
import { SecretGate } from "../../src/extension/secretGate.ts";
import { suggestCommand } from "../../src/extension/suggestCommand.ts";
import type { ChatServer } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { scriptedModels } from "./chatRig.ts";
import { refactoring } from "./refactorRig.ts";
import { answering, type Answers, type Heard, labels } from "./terminalHelpRig.ts";

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

export const terminalSuggestTests: readonly HostTest[] = [
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
];
