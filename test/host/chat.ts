/** What is asked in the chat, from the page's message to the file. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import { fileAttachment } from "../../src/chat/attachments.ts";
import type { ChatTools } from "../../src/extension/chatPorts.ts";
import { ChatContext } from "../../src/extension/chatContext.ts";
import { openLink } from "../../src/extension/chatLinks.ts";
import { WorkspaceTools } from "../../src/extension/chatTools.ts";
import { type ChatScript, type ChatServer, startChatServer } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { type ChatFolder, inFolder } from "./chatFolder.ts";
import { type ChatRig, chatRig } from "./chatRig.ts";
import { eventually } from "./editor.ts";

const CART = "export function count(items: string[]): number {\n  return 0;\n}\n\nexport const two = 2;\n";
const SHOP = `export function sell(): number {
  const item = stock.pop();
  if (!item) throw new Error("Nothing is left.");
  cash.put(item.price);
  log(item);
  return item.price;
}
`;
const WORDS = ["It ", "counts ", "the ", "items."];
const BLOCK = "```ts\nexport function count(items: string[]): number {\n  return items.length;\n}\n```\n";

/** Tabs that show what a block makes of a file. */
const comparisons = (): readonly vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === "pairwise-change");

type Use = (rig: ChatRig, server: ChatServer, folder: ChatFolder) => Promise<void>;

function chatting(
  name: string,
  files: Readonly<Record<string, string>>,
  script: (text: string, count: number) => ChatScript,
  use: Use,
): HostTest {
  return inFolder(name, files, async (folder) => {
    await using server = await startChatServer(script);
    await using rig = await chatRig(folder, server);
    await use(rig, server, folder);
  });
}

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
      await session.attachMore([fileAttachment(folder.uri("hidden.ts").toString())]);
      await say({ type: "send", text: "What is hidden there?" });
      const { stateWords, pieces } = await answer();
      assert.deepEqual(pieces, []);
      assert.match(stateWords, /hidden\.ts is ignored or secret: nothing of it is sent\./);
      assert.doesNotMatch(JSON.stringify(server.asked), /hiddenThing/);
    },
  ),
  chatting(
    "a block is shown as a difference, is one step to undo when it is accepted, and is refused where the file has changed",
    { "cart.ts": CART },
    () => ({ pieces: [BLOCK] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Count them" });
      const { id } = await answer();
      const last = () => turns().at(-1);
      const wayNamed = (label: string) => last()?.ways.find((way) => way.label === label)?.id ?? -1;
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      assert.match(last()?.stateWords ?? "", /cart\.ts: parses · no symbol lost · lines removed: 1, added: 1$/);
      assert.equal(document.getText(), CART, "nothing is written before it is accepted");
      await say({ type: "way", turn: id, way: wayNamed("Accept") });
      assert.equal(document.getText(), CART.replace("return 0", "return items.length"));
      assert.match(last()?.stateWords ?? "", /^Applied to .*cart\.ts\.$/);
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), CART);
      assert.equal(readFileSync(folder.uri("cart.ts").fsPath, "utf8"), CART);

      await vscode.window.showTextDocument(document);
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "// mine\n");
      await vscode.workspace.applyEdit(edit);
      await say({ type: "way", turn: id, way: wayNamed("Accept") });
      assert.match(last()?.stateWords ?? "", /has changed since/);
      assert.equal(document.getText(), `// mine\n${CART}`);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  chatting(
    "a block that would lose code is refused with the reason",
    { "cart.ts": `${CART}export const three = 3;\n` },
    () => ({ pieces: ["```ts\nexport const two = 2;\n\nexport function other(): void {\n```\n"] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Change it" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      assert.match(turns().at(-1)?.stateWords ?? "", /^Not applied: /);
      assert.deepEqual(turns().at(-1)?.ways, []);
      assert.equal(document.getText(), `${CART}export const three = 3;\n`);
    },
  ),
  chatting(
    "a block that empties a function says how much would go, and is shown only when the user wants it",
    { "shop.ts": SHOP },
    () => ({ pieces: ["```ts\nexport function sell(): number {\n  return 0;\n}\n```\n"] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("shop.ts"));
      await say({ type: "send", text: "Tidy up" });
      const { id } = await answer();
      const last = () => turns().at(-1);
      const wayNamed = (label: string) => last()?.ways.find((way) => way.label === label)?.id ?? -1;
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      assert.match(last()?.stateWords ?? "", /^Not applied: .*shop\.ts would lose code.*: sell loses 5 of 5 lines/);
      assert.deepEqual(
        last()?.ways.map(({ label }) => label),
        ["Show the change anyway"],
      );
      await say({ type: "way", turn: id, way: wayNamed("Show the change anyway") });
      assert.match(
        last()?.stateWords ?? "",
        /shop\.ts: parses · sell loses 5 of 5 lines of code · lines removed: 5, added: 1$/,
      );
      assert.equal(document.getText(), SHOP);
      await say({ type: "way", turn: id, way: wayNamed("Reject") });
      assert.equal(document.getText(), SHOP);
    },
  ),
  chatting(
    "another change of a file withdraws the one that waits, and closes its comparison",
    { "cart.ts": CART, "shop.ts": SHOP },
    (_, count) => ({ pieces: [count === 0 ? BLOCK : BLOCK.replace("items.length", "items.length + 1")] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Count them" });
      const first = (await answer()).id;
      await say({ type: "block", turn: first, line: 0, action: "apply" });
      await say({ type: "send", text: "One more" });
      const second = (await answer()).id;
      await vscode.window.showTextDocument(document);
      await say({ type: "block", turn: second, line: 0, action: "apply" });
      const turn = (id: string) => turns().find((each) => each.id === id);
      await eventually("one comparison", () => comparisons().length === 1 || undefined);
      assert.match(turn(first)?.stateWords ?? "", /^Withdrawn: /);
      assert.deepEqual(turn(first)?.ways, []);
      await say({
        type: "way",
        turn: second,
        way: turn(second)?.ways.find(({ label }) => label === "Accept")?.id ?? -1,
      });
      assert.equal(document.getText(), CART.replace("return 0", "return items.length + 1"));
      await eventually("no comparison", () => comparisons().length === 0 || undefined);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },
  ),
  chatting(
    "a change whose comparison is closed can't be accepted any more, and stays while other files are opened",
    { "cart.ts": CART, "shop.ts": SHOP },
    () => ({ pieces: [BLOCK] }),
    async ({ say, answer, turns }, _, folder) => {
      const { document } = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Count them" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      await vscode.window.showTextDocument(folder.uri("shop.ts"));
      assert.equal(comparisons().length, 1);
      assert.equal(turns().at(-1)?.ways.length, 2);
      await vscode.window.tabGroups.close(comparisons());
      await eventually("the end of the change", () => turns().at(-1)?.ways.length === 0 || undefined);
      assert.match(turns().at(-1)?.stateWords ?? "", /^Not applied: the comparison was closed/);
      assert.equal(document.getText(), CART);
    },
  ),
  chatting(
    "a command is put into a terminal of the chat, never into the one that is in front, and another one where it still waits",
    {},
    () => ({ pieces: ["```sh\n: 1\n```\n"] }),
    async ({ say, answer, turns }) => {
      const mine = vscode.window.createTerminal({ name: "mine" });
      mine.show();
      await say({ type: "send", text: "How?" });
      const { id } = await answer();
      const own = () => vscode.window.terminals.filter(({ name }) => name === "Pairwise");
      await say({ type: "block", turn: id, line: 0, action: "run" });
      await eventually("a terminal of the chat", () => own().length === 1 || undefined);
      await eventually("it in front", () => vscode.window.activeTerminal === own()[0] || undefined);
      await say({ type: "block", turn: id, line: 0, action: "run" });
      await eventually("another one", () => own().length === 2 || undefined);
      assert.equal(turns().at(-1)?.stateWords, "");
      for (const terminal of [mine, ...own()]) terminal.dispose();
    },
  ),
  chatting(
    "a block that names no file goes into the one that was asked about, though another one is in front",
    { "cart.ts": CART, "shop.ts": SHOP },
    () => ({ pieces: [BLOCK] }),
    async ({ say, answer, turns }, _, folder) => {
      await vscode.window.showTextDocument(folder.uri("cart.ts"));
      await say({ type: "send", text: "Count them" });
      const { id } = await answer();
      await vscode.window.showTextDocument(folder.uri("shop.ts"));
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      assert.match(turns().at(-1)?.stateWords ?? "", /cart\.ts: parses · no symbol lost/);
    },
  ),
  chatting(
    "a block that names a file by its end goes into that of the workspace, not into packages; where many fit, they are counted",
    {
      "node_modules/it/deep/one.ts": CART,
      "src/deep/one.ts": CART,
      ...Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((name) => [`${name}/two.ts`, CART])),
    },
    (text) => ({ pieces: [BLOCK.replace("```ts", text.includes("one") ? "```ts deep/one.ts" : "```ts two.ts")] }),
    async ({ say, answer, turns }) => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await say({ type: "send", text: "one" });
      await say({ type: "block", turn: (await answer()).id, line: 0, action: "apply" });
      assert.match(turns().at(-1)?.stateWords ?? "", /src\/deep\/one\.ts: parses/);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await say({ type: "send", text: "two" });
      await say({ type: "block", turn: (await answer()).id, line: 0, action: "apply" });
      assert.match(turns().at(-1)?.stateWords ?? "", /^Not applied: there are more than 5 files that two\.ts can mean/);
    },
  ),
  chatting(
    "a change of a file that is gone meanwhile is not applied, and says so",
    { "basket.ts": CART },
    () => ({ pieces: [BLOCK.replace("```ts", "```ts basket.ts")] }),
    async ({ say, answer, turns }, _, folder) => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await say({ type: "send", text: "Count them" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "apply" });
      await vscode.workspace.fs.delete(folder.uri("basket.ts"));
      await say({
        type: "way",
        turn: id,
        way:
          turns()
            .at(-1)
            ?.ways.find(({ label }) => label === "Accept")?.id ?? -1,
      });
      assert.match(turns().at(-1)?.stateWords ?? "", /^Not applied: .*basket\.ts is not there any more/);
    },
  ),
  chatting(
    "a block is inserted at the caret as one step to undo, and opened as a new file in its language",
    { "cart.ts": CART },
    () => ({ pieces: ["```py\nprint('hi')\n```\n"] }),
    async ({ say, answer }, _, folder) => {
      const editor = await vscode.window.showTextDocument(folder.uri("cart.ts"));
      editor.selection = new vscode.Selection(3, 0, 3, 0);
      await say({ type: "send", text: "Greet" });
      const { id } = await answer();
      await say({ type: "block", turn: id, line: 0, action: "insert" });
      assert.equal(editor.document.lineAt(3).text, "print('hi')");
      await vscode.commands.executeCommand("undo");
      assert.equal(editor.document.getText(), CART);
      await say({ type: "block", turn: id, line: 0, action: "open" });
      const opened = vscode.window.activeTextEditor?.document;
      assert.deepEqual([opened?.languageId, opened?.isUntitled, opened?.getText()], ["python", true, "print('hi')\n"]);
      await say({ type: "block", turn: id, line: 5, action: "insert" });
      assert.equal(opened?.getText(), "print('hi')\n", "a line that has no block does nothing");
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
        [0, { type: "draft", text: "/comit" }],
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
        assert.deepEqual([tools.needsPermission("read_file"), tools.needsPermission("mcp_mail_send")], [false, true]);
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
      assert.deepEqual([runs, waiting.title], [0, 'weather {"city":"Oslo"}']);
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
      await first.session.attachMore([fileAttachment(folder.uri("cart.ts").toString())]);
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
