/** Several threads at once: what is written, asked, renamed and opened while another one comes to be shown. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { ThreadStore } from "../../src/chat/store.ts";
import { describeAnswerFailure } from "../../src/extension/chatFailures.ts";
import { clock } from "../../src/extension/clock.ts";
import { startChatServer } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { inFolder } from "./chatFolder.ts";
import { chatRig, chatting, storeFolder } from "./chatRig.ts";

/** Reads the thread that is named last only when it is let go. */
class SlowStore extends ThreadStore {
  readonly #slow = new Map<string, Promise<void>>();

  /** Gives what lets it go. */
  slow(id: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#slow.set(id, promise);
    return resolve;
  }

  override async open(id: string) {
    await this.#slow.get(id);
    return super.open(id);
  }
}

const CART = "export const one = 1;\n";
const answering = () => ({ pieces: ["Yes."] });

export const chatThreadTests: readonly HostTest[] = [
  chatting(
    "a question goes to the thread that it was written in, also where another one is shown by then",
    { "cart.ts": CART },
    answering,
    async ({ say, session, turns }, _, folder) => {
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      const first = session.thread?.id ?? "";
      await say({ type: "send", text: "One" });
      await session.idle();
      const asking = say({ type: "send", text: "Two" });
      await say({ type: "newThread" });
      await asking;
      assert.notEqual(session.thread?.id, first);
      assert.deepEqual([session.thread?.turns.size, turns()], [0, []]);
      await session.idle();
      await say({ type: "send", thread: first, text: "Three" });
      await session.idle();
      await say({ type: "openThread", thread: first });
      assert.deepEqual(
        turns().flatMap(({ role, text }) => (role === "question" ? [text] : [])),
        ["One", "Two", "Three"],
      );
      const last = turns().findLast(({ role }) => role === "question");
      assert.deepEqual(
        last?.chips.map(({ label }) => label),
        ["cart.ts"],
        "with what the editor shows",
      );
    },
  ),
  chatting(
    "the first question of a new thread is not lost where another one is opened at once",
    {},
    answering,
    async ({ say, session, turns }) => {
      await say({ type: "send", text: "One" });
      await session.idle();
      const first = session.thread?.id ?? "";
      await say({ type: "newThread" });
      const second = session.thread?.id ?? "";
      const asking = say({ type: "send", text: "Two" });
      await say({ type: "openThread", thread: first });
      await asking;
      await session.idle();
      assert.deepEqual([session.thread?.id, turns().map(({ text }) => text)], [first, ["One", "Yes."]]);
      await say({ type: "openThread", thread: second });
      assert.deepEqual(
        turns().map(({ text }) => text),
        ["Two", "Yes."],
      );
    },
  ),
  chatting(
    "what was written in one thread is its draft, also where it is told when another one is shown",
    {},
    answering,
    async ({ say, session }) => {
      await say({ type: "send", text: "One" });
      await session.idle();
      const first = session.thread?.id ?? "";
      await say({ type: "newThread" });
      await say({ type: "draft", thread: first, text: "half a quest" });
      assert.equal(session.thread?.draft, "");
      await say({ type: "openThread", thread: first });
      assert.equal(session.thread?.draft, "half a quest");
    },
  ),
  inFolder("of two threads that are opened one after the other the second one is shown", {}, async (folder) => {
    await using server = await startChatServer(answering);
    const store = new SlowStore(storeFolder(folder), clock);
    await using rig = await chatRig(folder, server, { store });
    const { say, session, turns } = rig;
    const ids: string[] = [];
    for (const text of ["One", "Two", "Three"]) {
      await say({ type: "newThread" });
      await say({ type: "send", text });
      await session.idle();
      ids.push(session.thread?.id ?? "");
    }
    const [first = "", second = "", third = ""] = ids;
    const go = store.slow(first);
    const opening = say({ type: "openThread", thread: first });
    await say({ type: "openThread", thread: second });
    go();
    await opening;
    assert.deepEqual([session.thread?.id, turns()[0]?.text], [second, "Two"]);

    const goOn = store.slow(first);
    const again = say({ type: "openThread", thread: first });
    await say({ type: "openThread", thread: second });
    goOn();
    await again;
    assert.equal(session.thread?.id, second, "what is shown already was chosen again");

    const last = store.slow(third);
    const slowly = say({ type: "openThread", thread: third });
    await say({ type: "newThread" });
    const fresh = session.thread?.id;
    last();
    await slowly;
    assert.deepEqual([session.thread?.id, turns()], [fresh, []]);
  }),
  inFolder("a thread that is opened while it is renamed goes on with its new name", {}, async (folder) => {
    await using server = await startChatServer(answering);
    const store = new SlowStore(storeFolder(folder), clock);
    await using rig = await chatRig(folder, server, { store });
    const { say, session, turns } = rig;
    await say({ type: "send", text: "One" });
    await session.idle();
    const first = session.thread?.id ?? "";
    await say({ type: "newThread" });
    const go = store.slow(first);
    const opening = say({ type: "openThread", thread: first });
    const renaming = say({ type: "renameThread", thread: first, title: "Of old" });
    go();
    await Promise.all([opening, renaming]);
    assert.deepEqual([session.thread?.id, session.thread?.title], [first, "Of old"]);
    await say({ type: "send", text: "Two" });
    await session.idle();
    assert.deepEqual(
      turns().map(({ text }) => text),
      ["One", "Yes.", "Two", "Yes."],
    );
  }),
  chatting(
    "a question that is changed attaches what it names, and one that can't be asked goes back to its place with the reason",
    { "cart.ts": CART },
    (text) => ({
      pieces: text.includes("on and on") ? Array.from({ length: 200 }, () => "word ") : ["Yes."],
      delayMs: 20,
    }),
    async ({ say, session, turns, messages, log }, _, folder) => {
      await say({ type: "send", text: "One" });
      await session.idle();
      const turn = turns()[0]?.id ?? "";
      const given = () => messages.findLast((message) => message.type === "draft");
      await say({ type: "edit", turn, text: "/comit it" });
      assert.deepEqual([given()?.turn, given()?.text, log.requests.length], [turn, "/comit it", 1]);
      assert.match(given()?.note ?? "", /no command \/comit\..*\/commit/);
      const path = vscode.workspace.asRelativePath(folder.uri("cart.ts"), false);
      await say({ type: "edit", turn, text: `What is in @${path}?` });
      await session.idle();
      assert.deepEqual(
        turns()[0]?.chips.map(({ label }) => label),
        ["cart.ts"],
      );
      assert.match(JSON.stringify(log.requests.at(-1)?.prompt), /export const one/);
      await say({ type: "edit", turn: turns()[0]?.id ?? "", text: "/tutor off" });
      await session.idle();
      assert.deepEqual([turns().at(-1)?.text, log.requests.length], ["The lesson is over.", 2]);
      await say({ type: "send", text: "Go on and on" });
      await say({ type: "edit", turn: turns()[0]?.id ?? "", text: "Changed" });
      assert.deepEqual([given()?.turn, given()?.text], [turns()[0]?.id, "Changed"]);
      assert.match(given()?.note ?? "", /still being written/);
      await say({ type: "stop" });
      await session.idle();
    },
  ),
  chatting(
    "only Try again asks again: a way that the answer does not have does nothing",
    {},
    (_, count) => (count === 0 ? { pieces: ["Half of "], breaks: true } : { pieces: ["All of it"] }),
    async ({ say, session, turns, log }) => {
      await say({ type: "send", text: "Tell me" });
      await session.idle();
      const failed = turns().at(-1)?.id ?? "";
      const sent = log.requests.length;
      for (const way of [2, 3, 4, 99]) await say({ type: "way", turn: failed, way });
      await session.idle();
      assert.deepEqual([log.requests.length, turns().length], [sent, 2]);
      await say({ type: "way", turn: failed, way: turns().at(-1)?.ways[0]?.id ?? -1 });
      await session.idle();
      const done = turns().at(-1);
      assert.equal(done?.text, "All of it");
      await say({ type: "way", turn: done?.id ?? "", way: 0 });
      await session.idle();
      assert.deepEqual([turns().at(-1)?.text, log.requests.length], ["All of it", sent + 1], "It did not fail.");
    },
  ),
  chatting(
    "a server that asks to wait is told of with its own sentence",
    {},
    () => ({
      pieces: [],
      refusal: { status: 429, message: "Slow down, <b>please</b>", headers: { "retry-after": "3600" } },
    }),
    async ({ say, session, turns }) => {
      await say({ type: "send", text: "Too fast?" });
      await session.idle();
      assert.match(turns().at(-1)?.stateWords ?? "", /limits the rate .* 3600 s\. It says: Slow down, <b>please<\/b>$/);
    },
  ),
  chatting(
    "a server that fails is told of with its own sentence, and what helps is about the chat",
    {},
    () => ({ pieces: [], refusal: { status: 500, message: "The GPU is *out of memory*" } }),
    async ({ say, session, turns }) => {
      await say({ type: "send", text: "Why?" });
      await session.idle();
      assert.match(
        turns().at(-1)?.stateWords ?? "",
        /could not answer \(status 500\)\. It says: The GPU is \*out of memory\*$/,
      );
      const failures = [
        { kind: "model-loading", host: "h" },
        { kind: "interrupted", host: "h", detail: "overloaded" },
        { kind: "engine-stopped", detail: "" },
        { kind: "model-unknown", host: "h", model: "m" },
        { kind: "quota-exhausted", host: "h" },
        { kind: "editor-model-failed", model: "m", detail: "It is tired." },
        { kind: "prompt-too-long", tokens: 9, limit: 8 },
        { kind: "timed-out", host: "h", limitMs: 120_000 },
        { kind: "model-file-missing", path: "/m.gguf" },
        { kind: "rate-limited", host: "h", retryAfterMs: undefined },
      ] as const;
      for (const failure of failures) {
        const { text, action } = describeAnswerFailure(failure);
        assert.doesNotMatch(
          `${text} ${JSON.stringify(action)}`,
          /suggestion|pairwise\.context|embeddingModel/,
          failure.kind,
        );
      }
    },
  ),
  chatting(
    "@file:name attaches the file that it means, and where that is none or several the input says so",
    {
      "zebra/stable.ts": CART,
      "horse/stable.ts": CART,
      "horse/only.ts": CART,
      ".gitignore": "own.ts\n",
      "own.ts": CART,
    },
    answering,
    async ({ say, session, turns, messages }) => {
      const ask = async (text: string) => {
        const before = messages.length;
        await say({ type: "send", text });
        await session.idle();
        const note = messages.slice(before).find((message) => message.type === "note");
        return [
          turns()
            .at(-2)
            ?.chips.map(({ label }) => label),
          note?.note,
        ];
      };
      assert.deepEqual(await ask("What is in @file:only.ts?"), [["only.ts"], undefined]);
      assert.deepEqual(await ask("And @file:zebra/stable.ts?"), [["stable.ts"], undefined]);
      const none = "Nothing was attached for @file:gone.ts: there is nothing of this name.";
      assert.deepEqual(await ask("And @file:gone.ts?"), [[], none]);
      for (const name of ["@file:stable.ts", "@stable.ts"]) {
        const several = `Nothing was attached for ${name}: several have this name. Write the path.`;
        assert.deepEqual(await ask(`And ${name}?`), [[], several]);
      }
      const hidden = "own.ts is ignored or secret: nothing of it is sent.";
      assert.deepEqual(await ask("And @file:own.ts?"), [[], hidden]);
    },
  ),
];
