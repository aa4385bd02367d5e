/** What the user does while something else is on its way: in the thread, in another one, or in the other view of it. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ToChatPage } from "../../src/extension/chatProtocol.ts";
import type { BlockChanges } from "../../src/extension/chatApply.ts";
import { ChatView } from "../../src/extension/chatView.ts";
import { startChatServer } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { inFolder } from "./chatFolder.ts";
import { chatRig, chatting } from "./chatRig.ts";
import { eventually } from "./editor.ts";

const CART = "export const one = 1;\n";
const answering = () => ({ pieces: ["Yes."] });
const slowly = (text: string) =>
  text.includes("slowly") ? { pieces: Array.from({ length: 40 }, () => "word "), delayMs: 10 } : { pieces: ["Yes."] };

/** Another page of the session, and what it hears. */
async function secondPage({ session }: Awaited<ReturnType<typeof chatRig>>) {
  const heard: ToChatPage[] = [];
  const page = (message: ToChatPage): void => void heard.push(message);
  session.attach(page);
  await session.hear({ type: "ready" }, page);
  heard.length = 0;
  return { heard, page };
}

/** A view whose page says only that it is ready; and what is said to it. */
function scriptedView() {
  const posted: ToChatPage[] = [];
  const heard = new vscode.EventEmitter<unknown>();
  const view = {
    visible: true,
    onDidChangeVisibility: () => ({ dispose: () => undefined }),
    onDidDispose: () => ({ dispose: () => undefined }),
    webview: {
      cspSource: "https://chat.test",
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: heard.event,
      postMessage: async (message: ToChatPage) => posted.push(message),
    },
  };
  const focused = () => posted.filter(({ type }) => type === "focus").length;
  return { view: view as unknown as vscode.WebviewView, ready: () => heard.fire({ type: "ready" }), posted, focused };
}

export const chatRaceTests: readonly HostTest[] = [
  chatting(
    "an answer that is written in another version of the question leaves alone the one that is looked at",
    {},
    slowly,
    async ({ say, session, turns }) => {
      await say({ type: "send", text: "One" });
      await session.idle();
      await say({ type: "edit", turn: turns()[0]?.id ?? "", text: "Tell me slowly" });
      await eventually("the first word", () => (turns().at(-1)?.text === "" ? undefined : true));
      await say({ type: "branch", turn: turns()[0]?.id ?? "", step: -1 });
      const shown = () => turns().map(({ text }) => text);
      assert.deepEqual(shown(), ["One", "Yes."]);
      await session.idle();
      assert.deepEqual(shown(), ["One", "Yes."]);
      await say({ type: "branch", turn: turns()[0]?.id ?? "", step: 1 });
      assert.deepEqual(
        [shown()[0], turns()[1]?.text, turns()[1]?.state],
        ["Tell me slowly", "word ".repeat(40), "done"],
      );
    },
  ),
  inFolder("an answer stops at once, also where the model is still being opened", {}, async (folder) => {
    await using server = await startChatServer(answering);
    const { promise, resolve } = Promise.withResolvers<void>();
    await using rig = await chatRig(folder, server, { opening: promise });
    const { say, session, turns } = rig;
    await say({ type: "send", text: "One" });
    await say({ type: "stop" });
    const isIdle = await Promise.race([
      session.idle().then(() => true),
      new Promise((resolve) => setTimeout(resolve, 2_000, false)),
    ]);
    resolve();
    assert.equal(isIdle, true);
    assert.deepEqual([turns().at(-1)?.state, server.asked.length], ["stopped", 0]);
    await say({ type: "send", text: "Two" });
    await session.idle();
    assert.deepEqual(
      turns().map(({ text, state }) => [text, state]),
      [
        ["One", "done"],
        ["", "stopped"],
        ["Two", "done"],
        ["Yes.", "done"],
      ],
    );
  }),
  chatting(
    "what is written while the question before it is being sent stays the thread's draft",
    {},
    answering,
    async ({ say, session }) => {
      const asking = say({ type: "send", text: "One" });
      await say({ type: "draft", text: "And then" });
      await asking;
      await session.idle();
      assert.deepEqual([session.thread?.draft, session.thread?.turns.size], ["And then", 2]);
      await say({ type: "draft", text: "Three" });
      await say({ type: "send", text: "Three" });
      assert.equal(session.thread?.draft, "");
      await session.idle();
    },
  ),
  chatting(
    "a new thread in an empty one, and a thread that is gone, show the thread that stays",
    {},
    answering,
    async ({ say, session, messages }) => {
      const shown = () => messages.filter(({ type }) => type === "thread").length;
      const before = shown();
      await say({ type: "newThread" });
      assert.equal(shown(), before + 1);
      await say({ type: "openThread", thread: "gone" });
      assert.equal(shown(), before + 2);
      const last = messages.findLast((message) => message.type === "thread");
      assert.equal(last?.id, session.thread?.id);
    },
  ),
  chatting(
    "files that are dropped go to the thread on which they were dropped",
    { "cart.ts": CART },
    answering,
    async ({ say, session }, _, folder) => {
      await say({ type: "send", text: "One" });
      await session.idle();
      const first = session.thread?.id ?? "";
      const dropping = say({ type: "drop", uris: [folder.uri("cart.ts").toString()] });
      await say({ type: "newThread" });
      await dropping;
      assert.notEqual(session.thread?.id, first);
      assert.deepEqual(session.thread?.attachments, []);
      await say({ type: "openThread", thread: first });
      assert.deepEqual(
        session.thread?.attachments.map(({ label }) => label),
        ["cart.ts"],
      );
    },
  ),
  chatting(
    "a picture in a file is attached only as the page has made it, to the thread on which it was dropped",
    { "photo.jpg": "as the camera has made it" },
    answering,
    async ({ say, session, messages }, _, folder) => {
      await say({ type: "send", text: "One" });
      await session.idle();
      const thread = session.thread?.id ?? "";
      await say({ type: "drop", uris: [folder.uri("photo.jpg").toString()] });
      assert.equal(session.thread?.attachments.length, 0);
      const asked = messages.findLast((message) => message.type === "picture");
      assert.deepEqual([asked?.thread, asked?.name], [thread, "photo.jpg"]);
      await say({ type: "newThread" });
      const picture = { mediaType: "image/jpeg", base64: "AAAA" } as const;
      await say({ type: "picture", thread, name: "photo.jpg", picture });
      assert.equal(session.thread?.attachments.length, 0);
      await say({ type: "openThread", thread });
      assert.deepEqual(
        session.thread?.attachments.map((each) => [each.label, each.picture]),
        [["photo.jpg", picture]],
      );
    },
  ),
  inFolder("a model is chosen for the thread in which its choice was asked for", {}, async (folder) => {
    await using server = await startChatServer(answering);
    const { promise, resolve } = Promise.withResolvers<string>();
    await using rig = await chatRig(folder, server, { choosing: promise });
    const { say, session } = rig;
    await say({ type: "send", text: "One" });
    await session.idle();
    const first = session.thread?.id ?? "";
    const choosing = say({ type: "chooseModel" });
    await say({ type: "newThread" });
    resolve("openai/other");
    await choosing;
    assert.equal(session.thread?.model, undefined);
    await say({ type: "openThread", thread: first });
    assert.equal(session.thread?.model, "openai/other");
  }),
  inFolder("of two views only the one in which a thread was opened takes the focus", {}, async (folder) => {
    await using server = await startChatServer(answering);
    await using rig = await chatRig(folder, server);
    const { say, session, messages } = rig;
    const { heard } = await secondPage(rig);
    await say({ type: "send", text: "One" });
    await session.idle();
    await say({ type: "newThread" });
    const focused = (all: readonly ToChatPage[]) => all.some(({ type }) => type === "focus");
    assert.deepEqual([focused(messages), focused(heard)], [true, false]);
    assert.equal(
      heard.some(({ type }) => type === "thread"),
      true,
      "It is shown in both.",
    );
  }),
  inFolder("what is written in one view stands in the other one, until it is sent", {}, async (folder) => {
    await using server = await startChatServer(answering);
    await using rig = await chatRig(folder, server);
    const { say, session, messages } = rig;
    const { heard } = await secondPage(rig);
    const written = (all: readonly ToChatPage[]) =>
      all.flatMap((message) => (message.type === "written" ? [message.text] : []));
    await say({ type: "draft", text: "Half a" });
    assert.deepEqual([written(messages), written(heard)], [[], ["Half a"]]);
    await say({ type: "send", text: "Half a question" });
    await session.idle();
    assert.deepEqual([written(messages), written(heard)], [[], ["Half a", ""]]);
  }),
  chatting(
    "to answer again while another answer is being written is refused with a word",
    {},
    slowly,
    async ({ say, session, turns, messages }) => {
      await say({ type: "send", text: "One" });
      await session.idle();
      await say({ type: "send", text: "Tell me slowly" });
      await say({ type: "regenerate", turn: turns()[1]?.id ?? "" });
      const note = messages.findLast((message) => message.type === "note");
      assert.match(note?.note ?? "", /still being written/);
      await say({ type: "stop" });
      await session.idle();
      assert.equal(turns().length, 4);
    },
  ),
  chatting(
    "an answer that was cut goes on as the next turn, once, and what is being written stays",
    {},
    (_, count) => (count === 0 ? { pieces: ["One, two,"], isCut: true } : { pieces: [" three."], delayMs: 50 }),
    async ({ say, session, turns, messages }, server) => {
      await say({ type: "send", text: "Count" });
      await session.idle();
      const [, cut] = turns();
      assert.deepEqual([cut?.state, cut?.ways.map(({ label }) => label)], ["cut", ["Go on"]]);
      await say({ type: "draft", text: "And then" });
      const goOn = { type: "way", turn: cut?.id ?? "", way: cut?.ways[0]?.id ?? -1 } as const;
      await say(goOn);
      await say(goOn);
      assert.match(messages.findLast((message) => message.type === "note")?.note ?? "", /still being written/);
      await session.idle();
      assert.deepEqual(
        turns().map(({ text }) => text),
        ["Count", "One, two,", "Go on exactly where you stopped.", " three."],
      );
      assert.deepEqual(
        server.asked
          .at(-1)
          ?.messages.slice(-3)
          .map(({ role }) => role),
        ["user", "assistant", "user"],
      );
      assert.equal(session.thread?.draft, "And then");
    },
  ),
  chatting(
    "while a server that limits its rate is waited for, the answer says so and for how long",
    {},
    (_, count) =>
      count === 0
        ? { pieces: [], refusal: { status: 429, message: "slow down", headers: { "retry-after": "3" } } }
        : { pieces: ["Here."] },
    async ({ say, session, turns, messages }) => {
      await say({ type: "send", text: "Well?" });
      await session.idle();
      const shown = messages.flatMap((message) => (message.type === "turn" ? message.turn.stateWords : []));
      const waits = shown.filter((words) => /limits the rate of requests\. Trying again in [123] s$/.test(words));
      assert.ok(waits.length >= 2, String(shown));
      assert.deepEqual([turns()[1]?.text, turns()[1]?.stateWords], ["Here.", ""]);
    },
  ),
  chatting(
    "a model that says nothing at all is told of",
    {},
    () => ({ pieces: [] }),
    async ({ say, session, turns }) => {
      await say({ type: "send", text: "Well?" });
      await session.idle();
      const [, empty] = turns();
      assert.deepEqual(
        [empty?.state, empty?.stateWords, empty?.ways.map(({ label }) => label)],
        ["done", "The model has said nothing.", ["Try again"]],
      );
    },
  ),
  inFolder("the focus goes to the editor where the chat is in one, and not to the side bar", {}, async (folder) => {
    await using server = await startChatServer(answering);
    await using rig = await chatRig(folder, server);
    const extension = vscode.extensions.getExtension("pairwise.pairwise");
    assert.ok(extension);
    const changes = { dispose: () => undefined } as unknown as BlockChanges;
    const chat = new ChatView(extension.extensionUri, rig.session, changes, []);
    try {
      const { view, ready, posted, focused } = scriptedView();
      chat.resolve(view);
      await chat.focus();
      ready();
      await eventually("the focus", () => (focused() === 1 ? true : undefined));
      assert.equal(posted.at(-1)?.type, "focus", "when there is something to focus");
      ready();
      await eventually("the page", () =>
        posted.filter(({ type }) => type === "strings").length === 2 ? true : undefined,
      );
      chat.openInEditor();
      await chat.focus();
      const tabs = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
      await eventually("the editor", () => tabs().find(({ input }) => input instanceof vscode.TabInputWebview));
      assert.equal(focused(), 1);
    } finally {
      chat.dispose();
    }
  }),
];
