/** Having the output of a command explained in the chat. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { explainOutput, explainSelectedOutput } from "../../src/extension/explainOutput.ts";
import type { CommandsRun } from "../../src/extension/outputToRead.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { chatting } from "./chatRig.ts";
import { answering, nothingRan, ran } from "./terminalHelpRig.ts";

function explaining(rig: Parameters<Parameters<typeof chatting>[3]>[0], terminals: CommandsRun) {
  return { terminals, openChat: async () => ({ focus: async () => undefined, session: rig.session }) };
}

export const terminalExplainTests: readonly HostTest[] = [
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
];
