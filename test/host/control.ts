import assert from "node:assert/strict";
import * as vscode from "vscode";
import { internalCommands } from "../../src/extension/contributions.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { startModelServer, type ModelServer } from "../support/modelServer.ts";
import { closeAll, diagnostics, eventually, open, resetSettings, setUser, useServer } from "./editor.ts";

const SUM = "function add(a: number, b: number): number {\n  return║\n}\n";
const BLOCK = "function double(a: number): number {\n ║\n}\n";
const run = (command: string, argument?: unknown) => vscode.commands.executeCommand(command, argument);
const type = (text: string) => run("type", { text });

/** The test gets a server that answers `answer`, and the settings point at it. */
function withServer(name: string, answer: string, body: (server: ModelServer) => Promise<void>): HostTest {
  return {
    name,
    async run() {
      const server = await startModelServer(answer);
      try {
        await setUser("context.maxTokens", 0);
        await useServer(server.baseUrl("ok"));
        await body(server);
      } finally {
        await run("pairwise.wake");
        await closeAll();
        await resetSettings();
        await server.close();
      }
    },
  };
}

/** What the diagnostics say; the caret is in the editor again. */
async function report(): Promise<string> {
  const text = await diagnostics();
  // The clipboard of a browser takes the focus away.
  await run("workbench.action.focusActiveEditorGroup");
  return text;
}

async function status(kind: string): Promise<void> {
  await eventually(kind, async () => ((await report()).includes(`Status: ${kind}.`) ? true : undefined));
}

async function requests(server: ModelServer, count: number): Promise<void> {
  await eventually(`request ${count}`, () => (server.requests.length >= count ? true : undefined));
}

/** Takes parts as the key does, the first one as soon as a suggestion is there. */
async function take(editor: vscode.TextEditor, command: string): Promise<string> {
  const before = editor.document.getText();
  return eventually("a part taken", async () => {
    await run(command);
    return editor.document.getText() === before ? undefined : textOfCaretLine(editor);
  });
}

function textOfCaretLine({ document, selection }: vscode.TextEditor): string {
  return document.lineAt(selection.active.line).text.slice(0, selection.active.character);
}

/** What an input method does, by the commands that VS Code runs for one. */
async function compose(steps: readonly string[], each: () => Promise<void>): Promise<void> {
  await run("compositionStart");
  let replacePrevCharCnt = 0;
  for (const text of steps) {
    await run("replacePreviousChar", { text, replaceCharCnt: replacePrevCharCnt });
    replacePrevCharCnt = text.length;
    await each();
  }
  await run("compositionEnd");
}

/** Within it a request is made, unless something keeps it from being made. */
const LONGER_THAN_A_PAUSE_MS = 800;
const wait = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));

export const controlTests: readonly HostTest[] = [
  withServer(
    "snoozed for minutes, typing sends nothing and asking does; awake again, typing does",
    "a + b;",
    async (server) => {
      await open(SUM);
      await run("pairwise.snooze", 15);
      await status("snoozed");
      await type(" ");
      await wait(LONGER_THAN_A_PAUSE_MS);
      assert.equal(server.requests.length, 0);
      await run("pairwise.suggest");
      await requests(server, 1);
      await run("pairwise.wake");
      await status("idle");
      const before = server.requests.length;
      await type("b");
      await requests(server, before + 1);
    },
  ),
  withServer("a file that is snoozed stays so, another one does not", "a + b;", async (server) => {
    const { document } = await open(SUM);
    await run("pairwise.snooze", "file");
    await status("snoozed");
    await type(" ");
    await wait(LONGER_THAN_A_PAUSE_MS);
    await open(SUM.replaceAll("add", "plus"));
    await status("idle");
    await type(" ");
    await requests(server, 1);
    assert.ok(server.requests.every(({ body }) => !body.includes("add(")));
    await vscode.window.showTextDocument(document);
    await status("snoozed");
    await run("pairwise.wake");
    await status("idle");
  }),
  withServer("in quiet mode a suggestion comes after a second", "a + b;", async (server) => {
    await open(SUM);
    await run("pairwise.toggleQuiet");
    assert.equal(vscode.workspace.getConfiguration("pairwise").get("suggestions.quiet"), true);
    const typedAt = performance.now();
    await type(" ");
    await requests(server, 1);
    // A timer may be some milliseconds early.
    assert.ok(performance.now() - typedAt > 900);
    await run("pairwise.toggleQuiet");
    assert.equal(vscode.workspace.getConfiguration("pairwise").get("suggestions.quiet"), false);
  }),
  withServer(
    "words are taken one by one with no further request, and undo takes them back one by one",
    "a + b;",
    async (server) => {
      const editor = await open(SUM);
      await type(" ");
      await requests(server, 1);
      const steps = ["  return a", "  return a +", "  return a + b"];
      for (const step of steps) assert.equal(await take(editor, "pairwise.acceptWord"), step);
      assert.equal(server.requests.length, 1);
      for (const step of [...steps.slice(0, -1).toReversed(), "  return "]) {
        await run("undo");
        assert.equal(textOfCaretLine(editor), step);
      }
      assert.equal(server.requests.length, 1);
    },
  ),
  withServer("words pressed faster than the editor answers are all taken, each once", "a + b;", async (server) => {
    const editor = await open(SUM);
    await type(" ");
    await requests(server, 1);
    assert.equal(await take(editor, "pairwise.acceptWord"), "  return a");
    await Promise.all([run("pairwise.acceptWord"), run("pairwise.acceptWord")]);
    assert.equal(textOfCaretLine(editor), "  return a + b");
  }),
  withServer(
    "a line is taken, and then the next one, without a request",
    "const b = a;\n  return a + b;",
    async (server) => {
      const editor = await open(BLOCK);
      await type(" ");
      await requests(server, 1);
      assert.equal(await take(editor, "pairwise.acceptLine"), "  const b = a;");
      assert.equal(server.requests.length, 1);
      assert.equal(await take(editor, "pairwise.acceptLine"), "  return a + b;");
      await run("undo");
      assert.equal(textOfCaretLine(editor), "  const b = a;");
      await run("undo");
      assert.equal(textOfCaretLine(editor), "  ");
    },
  ),
  withServer("taken to its end by words, a suggestion counts as accepted", "alpha + beta", async (server) => {
    const accepted = async () => Number(/(\d+) accepted/.exec(await report())?.[1]);
    const editor = await open(SUM);
    const before = await accepted();
    await type(" ");
    await requests(server, 1);
    for (const step of ["alpha", "alpha +", "alpha + beta"])
      assert.equal(await take(editor, "pairwise.acceptWord"), `  return ${step}`);
    await eventually("one more accepted", async () => ((await accepted()) === before + 1 ? true : undefined));
  }),
  withServer(
    "after an accepted suggestion a server is asked ahead only where that is allowed",
    "a + b;",
    async (server) => {
      // At an address on this machine, which counts as local unless the name says that it is passed on.
      for (const [speculate, model, asked] of [
        ["never", "small", 0],
        ["local", "large-cloud", 0],
        ["local", "small", 1],
        ["always", "large-cloud", 1],
      ] as const) {
        await setUser("suggestions.speculate", speculate);
        await setUser("model.suggestions", `openai/${model}`);
        await setUser("model.format", "chat-hole");
        await open(SUM);
        const before = server.requests.length;
        // What runs after an accept, without the change of text that makes VS Code ask.
        await run(internalCommands.accepted, "s0");
        await wait(LONGER_THAN_A_PAUSE_MS);
        assert.equal(server.requests.length - before, asked, `${speculate}, ${model}`);
        await closeAll();
      }
    },
  ),
  {
    name: "the local model is loaded when a file is opened, unless that is switched off",
    async run() {
      const engine = async () => /Engine: (\w+)/.exec(await diagnostics())?.[1];
      try {
        // What another test has loaded goes with its settings.
        await setUser("model.suggestions", "openai/gpt-4.1");
        await setUser("model.warmUp", false);
        await setUser("model.suggestions", undefined);
        await open(BLOCK);
        await wait(1_000);
        assert.equal(await engine(), "idle");
        await setUser("model.warmUp", undefined);
        await open(BLOCK);
        await eventually("a model that is ready", async () => ((await engine()) === "ready" ? true : undefined));
      } finally {
        await closeAll();
        await resetSettings();
        await setUser("model.warmUp", undefined);
      }
    },
  },
  withServer(
    "while an input method composes nothing is asked, and after it something is",
    "计算总价",
    async (server) => {
      const editor = await open("// 购物车║\n");
      await type(" ");
      await requests(server, 1);
      // The very first letter looks like any other one.
      await compose(["z", "zo", "zong", "总"], () => wait(60));
      const before = server.requests.length;
      const composed: string[] = [];
      await compose(["j", "ji", "jia"], async () => {
        await wait(LONGER_THAN_A_PAUSE_MS);
        composed.push(textOfCaretLine(editor));
      });
      assert.deepEqual(composed, ["// 购物车 总j", "// 购物车 总ji", "// 购物车 总jia"]);
      assert.equal(server.requests.length, before);
      await run("compositionStart");
      await run("replacePreviousChar", { text: "价", replaceCharCnt: 3 });
      await run("compositionEnd");
      await requests(server, before + 1);
      assert.ok(server.requests.at(-1)?.body.includes("总价"));
      assert.match(await diagnostics(), /composing/);
    },
  ),
  withServer(
    "in a comment and in a string nothing is asked where that is off, except by hand",
    "a + b;",
    async (server) => {
      await setUser("suggestions.inComments", false);
      await setUser("suggestions.inStrings", false);
      for (const [text, reason] of [
        ["// Adds║\nexport {};\n", "in-comment"],
        ['const text = "Adds║";\n', "in-string"],
      ] as const) {
        const times = async () => Number(new RegExp(`${reason}: (\\d+)`).exec(await report())?.[1] ?? 0);
        await open(text);
        const before = await times();
        await type(" ");
        await wait(LONGER_THAN_A_PAUSE_MS);
        await eventually(reason, async () => ((await times()) > before ? true : undefined));
        assert.equal(server.requests.length, 0, reason);
      }
      // A request from code comes.
      await open(SUM);
      await type(" ");
      await requests(server, 1);
      assert.ok(server.requests.every(({ body }) => !body.includes("Adds")));
      await open("// Adds║\nexport {};\n");
      await run("pairwise.suggest");
      await eventually("a request by hand", () =>
        server.requests.some(({ body }) => body.includes("Adds")) ? true : undefined,
      );
    },
  ),
];
