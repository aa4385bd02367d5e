/** What is asked in the chat, from the page's message to the file. */

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { fileAttachment } from "../../src/chat/attachments.ts";
import type { ChatTools } from "../../src/extension/chatPorts.ts";
import { ChatContext } from "../../src/extension/chatContext.ts";
import { openLink } from "../../src/extension/chatLinks.ts";
import { WorkspaceTools } from "../../src/extension/chatTools.ts";
import { type ChatScript, startChatServer } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { inFolder } from "./chatFolder.ts";
import { chatRig, chatting } from "./chatRig.ts";
import { eventually } from "./editor.ts";

const CART = "export function count(items: string[]): number {\n  return 0;\n}\n\nexport const two = 2;\n";
const WORDS = ["It ", "counts ", "the ", "items."];

const words = (): ChatScript => ({ pieces: WORDS });

export const chatTests: readonly HostTest[] = [
  chatting(
    "a question about the selection is answered, and the record says what it was sent with",
    { "cart.ts": CART },
    words,
    async ({ session, log, say, answer, messages }, _, folder) => {
      const editor = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      editor.selection = new vscode.Selection(0, 0, 2, 1);
      await say({ type: "send", text: "What does it do?" });
      const { text, state, summary, pieces } = await answer();
      assert.deepEqual([text, state], [WORDS.join(""), "done"]);
      assert.match(summary, /^1 piece used · \d+ tokens$/);
      assert.deepEqual(
        pieces.map(({ label, title, canOpen }) => [label, title.endsWith("cart.ts:1"), canOpen]),
        [["cart.ts:1-3", true, true]],
      );
      const [request, ...others] = log.requests;
      assert.deepEqual([request?.purpose, others], ["chat", []]);
      assert.deepEqual(
        request?.stretches.map(({ source, line, range }) => [source, line, range !== undefined]),
        [["selection", 0, true]],
      );
      assert.equal(session.thread?.title, "What does it do?");
      assert.ok(
        messages.some(({ type }) => type === "append"),
        "in pieces",
      );
    },
  ),
  chatting(
    "an answer that is stopped keeps what had arrived, and its request ends",
    {},
    () => ({ pieces: Array.from({ length: 500 }, () => "word "), delayMs: 20 }),
    async ({ say, turns, answer }, server) => {
      await say({ type: "send", text: "Go on and on" });
      await eventually("some words", () => turns().at(-1)?.text.includes("word word") || undefined);
      await say({ type: "stop" });
      const { state, text, stateWords, ways } = await answer();
      assert.deepEqual([state, stateWords, ways.map(({ label }) => label)], ["stopped", "Stopped.", ["Try again"]]);
      assert.ok(text.length < 2_000 && text.startsWith("word "), text);
      await eventually("the end of the request", () => server.aborted === 1 || undefined);
    },
  ),
  chatting(
    "a question that is changed begins another branch, and the first one can be looked at again",
    {},
    (text) => ({ pieces: [text.includes("second") ? "two" : "one"] }),
    async ({ say, turns, answer }) => {
      await say({ type: "send", text: "the first" });
      await answer();
      await say({ type: "edit", turn: turns()[0]?.id ?? "", text: "the second" });
      assert.equal((await answer()).text, "two");
      assert.deepEqual(
        turns().map(({ text, branch, branches }) => [text, branch, branches]),
        [
          ["the second", 2, 2],
          ["two", 1, 1],
        ],
      );
      await say({ type: "branch", turn: turns()[0]?.id ?? "", step: -1 });
      assert.deepEqual(
        turns().map(({ text }) => text),
        ["the first", "one"],
      );
    },
  ),
  chatting(
    "where an answer breaks off, what had arrived stays, and trying again gives another version beside it",
    {},
    (_, count) => (count === 0 ? { pieces: ["Half of "], delayMs: 50, breaks: true } : { pieces: ["All of it"] }),
    async ({ say, answer }) => {
      await say({ type: "send", text: "Tell me" });
      const failed = await answer();
      assert.deepEqual([failed.state, failed.text], ["failed", "Half of "]);
      assert.ok(failed.stateWords.length > 10);
      await say({ type: "way", turn: failed.id, way: failed.ways[0]?.id ?? -1 });
      const again = await answer();
      assert.deepEqual([again.text, again.branch, again.branches], ["All of it", 2, 2]);
      await say({ type: "branch", turn: again.id, step: -1 });
      assert.equal((await answer()).text, "Half of ");
    },
  ),
  chatting(
    "nothing of a file that is ignored is sent, and the answer says so",
    { ".gitignore": "hidden.ts\n", "hidden.ts": "export const hiddenThing = 1;\n" },
    words,
    async ({ say, session, answer }, server, folder) => {
      await session.attachTo(session.thread?.id ?? "", [fileAttachment(folder.uri("hidden.ts").toString())]);
      await say({ type: "send", text: "What is hidden there?" });
      const { stateWords, pieces } = await answer();
      assert.deepEqual(pieces, []);
      assert.match(stateWords, /hidden\.ts is ignored or secret: nothing of it is sent\./);
      assert.doesNotMatch(JSON.stringify(server.asked), /hiddenThing/);
    },
  ),
  inFolder("links of answers lead to files of the workspace, and nowhere else", { "cart.ts": CART }, async (folder) => {
    const path = vscode.workspace.asRelativePath(folder.uri("cart.ts"), false);
    assert.equal(await openLink(`./${path}:2:3`), true);
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 1);
    assert.equal(await openLink(`${encodeURIComponent(path)}#L5-L6`), true);
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 4);
    const refused = [
      "command:workbench.action.quit",
      "vscode://settings",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "data:text/html,x",
      "../../etc/passwd",
      "/etc/passwd",
      "..%2f..%2fetc%2fpasswd",
      "%",
      "gone.ts",
      "",
    ];
    for (const href of refused) assert.equal(await openLink(href), false, href);
  }),
  chatting(
    "what was asked in one thread stays there; a new one begins empty, and the first can be renamed and opened again",
    {},
    words,
    async ({ say, answer, session, turns, messages }) => {
      await say({ type: "send", text: "The first question" });
      await answer();
      const first = session.thread?.id ?? "";
      await say({ type: "newThread" });
      assert.deepEqual(turns(), []);
      await say({ type: "send", text: "Another thing" });
      await answer();
      await say({ type: "renameThread", thread: first, title: "Of old" });
      const list = messages.findLast((message) => message.type === "threads");
      assert.deepEqual(
        list?.type === "threads" && new Map(list.threads.map(({ title, isOpen }) => [title, isOpen])),
        new Map([
          ["Of old", false],
          ["Another thing", true],
        ]),
      );
      await say({ type: "openThread", thread: first });
      assert.deepEqual(
        turns().map(({ text }) => text),
        ["The first question", WORDS.join("")],
      );
      await say({ type: "exportThread", thread: first });
      const exported = vscode.window.activeTextEditor?.document;
      assert.equal(exported?.languageId, "markdown");
      assert.match(exported?.getText() ?? "", /^# Of old\n[^]*The first question[^]*It counts the items\./);
    },
  ),
  chatting(
    "/commit sends what is staged and not the open file; an unknown command sends nothing and stays in the input",
    { "cart.ts": CART },
    words,
    async ({ say, answer, session, messages, log }, _, folder) => {
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "/comit" });
      assert.deepEqual(
        [log.requests.length, messages.findLast(({ type }) => type === "draft")],
        [
          0,
          {
            type: "draft",
            thread: session.thread?.id,
            turn: undefined,
            text: "/comit",
            note: "There is no command /comit. Nothing was sent. Did you mean /commit?",
          },
        ],
      );
      await say({ type: "send", text: "/commit in German" });
      await answer();
      const asked = [...(session.thread?.turns.values() ?? [])][0];
      assert.ok(asked?.role === "question");
      assert.deepEqual(
        [asked.command, asked.text, asked.attachments.map(({ id }) => id)],
        ["commit", "in German", ["changes:staged"]],
      );
      assert.match(JSON.stringify(log.requests[0]?.prompt), /commit message/i);
    },
  ),
  inFolder(
    "a model may read, list and search the workspace, and nothing that is ignored or outside",
    { ".gitignore": "hidden.ts\n", "hidden.ts": "export const hiddenThing = 1;\n", "cart.ts": CART },
    async (folder) => {
      const context = new ChatContext(folder.ignored, folder.repositories);
      const tools = new WorkspaceTools({
        context,
        ignored: folder.ignored,
        repositories: folder.repositories,
        allowed: { get: () => [], set: () => undefined },
      });
      const { signal } = new AbortController();
      const inside = vscode.workspace.asRelativePath(folder.uri("cart.ts"), false).replace("cart.ts", "");
      const use = (name: string, given: object | string) =>
        tools.run({ id: "1", name, arguments: typeof given === "string" ? given : JSON.stringify(given) }, signal);
      try {
        const read = await use("read_file", { path: `${inside}cart.ts`, from: 2, to: 2 });
        assert.deepEqual([read.hasFailed, read.text], [false, `${inside}cart.ts:2\n  return 0;`]);
        assert.deepEqual(
          read.pieces.map(({ line }) => line),
          [1],
        );
        const listed = await use("list_folder", { path: inside });
        assert.match(listed.text, /cart\.ts/);
        assert.doesNotMatch(listed.text, /hidden/);
        for (const path of [`${inside}hidden.ts`, "../../etc/passwd", "/etc/passwd", "C:\\\\Windows", "gone.ts"]) {
          const { hasFailed, text } = await use("read_file", { path });
          assert.ok(hasFailed, path);
          assert.doesNotMatch(text, /hiddenThing|root:/);
        }
        for (const given of ["", "{", "[]", "null", '{"path":7}'])
          assert.ok((await use("read_file", given)).hasFailed, given);
        assert.ok((await use("rm_everything", {})).hasFailed);
        assert.ok((await tools.definitions()).length >= 5);
        assert.deepEqual([tools.needsPermission("read_file"), tools.needsPermission("mcp_mail_send")], [false, false]);
      } finally {
        context.dispose();
      }
    },
  ),
  ...(["once", "always", "no"] as const).map((permission) =>
    inFolder(`a tool that asks first is answered "${permission}"`, {}, async (folder) => {
      const call = { name: "weather", arguments: '{"city":"Oslo"}' };
      await using server = await startChatServer((_, count) =>
        count % 2 === 0 ? { pieces: ["Let me see."], call } : { pieces: ["Rain."] },
      );
      let runs = 0;
      const allowed = new Set<string>();
      const tools: ChatTools = {
        definitions: async () => [{ name: "weather", description: "The weather", parameters: { type: "object" } }],
        titleOf: (name, given) => `${name} ${given}`,
        aboutOf: (name) => `About ${name}`,
        needsPermission: (name) => !allowed.has(name),
        allow: (name) => allowed.add(name),
        run: async () => {
          runs += 1;
          return { text: "12 degrees", hasFailed: false, pieces: [] };
        },
      };
      await using rig = await chatRig(folder, server, { tools });
      const { say, turns, answer } = rig;
      await say({ type: "send", text: "How is the weather?" });
      const waiting = await eventually("a question", () =>
        turns()
          .at(-1)
          ?.tools.find(({ state }) => state === "waiting"),
      );
      assert.deepEqual([runs, waiting.title, waiting.about], [0, 'weather {"city":"Oslo"}', "About weather"]);
      await say({ type: "tool", turn: turns().at(-1)?.id ?? "", tool: waiting.id, answer: permission });
      const { text, tools: used } = await answer();
      assert.equal(text, "Let me see.\n\nRain.");
      assert.deepEqual([runs, used.map(({ state }) => state)], permission === "no" ? [0, ["refused"]] : [1, ["done"]]);
      const last = server.asked.at(-1)?.messages.at(-1);
      assert.deepEqual(
        [last?.role, last?.content],
        ["tool", permission === "no" ? "The user has refused this." : "12 degrees"],
      );
      assert.equal(allowed.has("weather"), permission === "always");
    }),
  ),
  inFolder(
    "another session finds the thread, its draft and what was attached to it",
    { "cart.ts": CART },
    async (folder) => {
      await using server = await startChatServer(words);
      const last = { id: undefined };
      const first = await chatRig(folder, server, { last });
      await first.say({ type: "send", text: "What does it do?" });
      await first.answer();
      await first.say({ type: "draft", text: "And why" });
      await first.session.attachTo(first.session.thread?.id ?? "", [fileAttachment(folder.uri("cart.ts").toString())]);
      await first[Symbol.asyncDispose]();
      await using second = await chatRig(folder, server, { last });
      const thread = second.messages.find((message) => message.type === "thread");
      assert.ok(thread?.type === "thread");
      assert.deepEqual(
        [thread.title, thread.draft, thread.turns.map(({ text }) => text)],
        ["What does it do?", "And why", ["What does it do?", WORDS.join("")]],
      );
      assert.deepEqual(
        second.session.thread?.attachments.map(({ label }) => label),
        ["cart.ts"],
      );
      await second.say({ type: "searchThreads", text: "counts items" });
      const found = second.messages.findLast((message) => message.type === "threads");
      assert.deepEqual(found?.type === "threads" && found.threads.map(({ title }) => title), ["What does it do?"]);
    },
  ),
];
