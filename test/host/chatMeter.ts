/** How much the next question is said to send, before it is sent. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { chatting, type ChatRig } from "./chatRig.ts";
import { eventually } from "./editor.ts";

/** Some 3,000 tokens. */
const LONG = "export const total = items.reduce((sum, item) => sum + item.price, 0);\n".repeat(150);

/** What the meter says of a draft, in tokens, and the sentences behind it. */
async function metered({ say, messages }: ChatRig, draft: string): Promise<{ tokens: number; title: string }> {
  const before = messages.length;
  await say({ type: "draft", text: draft });
  return eventually("a meter", () => {
    const composer = messages.slice(before).findLast((message) => message.type === "composer")?.composer;
    if (!composer?.meter) return undefined;
    return { tokens: Number(composer.meter.replace(/\D/g, "")), title: composer.meterTitle };
  });
}

export const chatMeterTests: readonly HostTest[] = [
  chatting(
    "the meter counts what a draft names, and what its command brings and leaves out",
    { "long.ts": LONG },
    () => ({ pieces: ["Well."] }),
    async (rig, _, folder) => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      const path = vscode.workspace.asRelativePath(folder.uri("long.ts"), false);
      const bare = await metered(rig, "Why?");
      const named = await metered(rig, `Why? @${path}`);
      assert.ok(named.tokens > bare.tokens + 1_500, `${bare.tokens} and ${named.tokens}`);
      assert.match(
        (await metered(rig, "Why? @codebase")).title,
        /What @codebase finds for the question comes on top\.$/,
      );
      assert.doesNotMatch(bare.title, /@codebase/);

      await vscode.window.showTextDocument(folder.uri("long.ts"));
      await rig.session.attachSelection();
      const open = await metered(rig, "Why not?");
      assert.ok(open.tokens > bare.tokens + 1_500, `${bare.tokens} and ${open.tokens}`);
      const commit = await metered(rig, "/commit in German");
      assert.ok(commit.tokens < open.tokens - 1_500, `${open.tokens} and ${commit.tokens}`);
    },
  ),
];
