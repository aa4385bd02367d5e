import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { useFile } from "../../src/extension/modelFiles.ts";
import { chooseModel } from "../../src/extension/modelPicker.ts";
import { forgetSettings } from "../../src/extension/settings.ts";
import type { FoundServer } from "../../src/model/discovery.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { type ModelServer, startModelServer } from "../support/modelServer.ts";
import { type ScriptedAsk, scriptedAsk } from "../support/scriptedAsk.ts";
import { closeAll, eventually, open, resetSettings, setUser } from "./editor.ts";

type Setting = Readonly<Record<string, string>> | string | undefined;

interface Outcome {
  readonly suggestions: Setting;
  readonly servers: Setting;
  /** By address. */
  readonly keys: ReadonlyMap<string, string>;
  readonly wasChosen: boolean;
}

function written(name: string): Setting {
  return vscode.workspace.getConfiguration("pairwise").inspect<Exclude<Setting, undefined>>(name)?.globalValue;
}

/** Runs the picker with a user who follows a script. */
async function choose(
  ask: ScriptedAsk,
  {
    found = [],
    stored = {},
    argument,
  }: { found?: readonly FoundServer[]; stored?: Readonly<Record<string, string>>; argument?: string } = {},
): Promise<Outcome> {
  const keys = new Map(Object.entries(stored));
  let wasChosen = false;
  forgetSettings();
  const listening = vscode.workspace.onDidChangeConfiguration(forgetSettings);
  const parts = {
    ask,
    keys: {
      get: async (address: string) => keys.get(address),
      store: async (address: string, key: string) => void keys.set(address, key),
      remove: async (address: string) => void keys.delete(address),
    },
    speeds: { look: async () => undefined, of: (name: string) => (name === "SmolLM2 135M" ? 44.6 : undefined) },
    downloads: { download: undefined, start: () => undefined, report: () => undefined, end: () => undefined },
    log: vscode.window.createOutputChannel("test", { log: true }),
    releaseModel: () => undefined,
    onFiles: () => undefined,
    onChosen: () => (wasChosen = true),
    discover: async () => found,
  };
  try {
    await chooseModel(parts, argument);
  } finally {
    listening.dispose();
    parts.log.dispose();
  }
  ask.assertDone();
  return { suggestions: written("model.suggestions"), servers: written("model.servers"), keys, wasChosen };
}

function pickerTest(name: string, run: (server: ModelServer) => Promise<void>): HostTest {
  return {
    name,
    async run() {
      const server = await startModelServer("a + b;");
      try {
        await resetSettings();
        await run(server);
      } finally {
        await closeAll();
        await resetSettings();
        await server.close();
      }
    },
  };
}

export const modelPickerTests: readonly HostTest[] = [
  pickerTest(
    "another server: the mended address, a name and a model of its list are written, no key is asked for",
    async (server) => {
      const typed = `127.0.0.1:${server.port}/ok/v1/chat/completions`;
      const url = server.baseUrl("ok");
      const ask = scriptedAsk(
        { pick: "Another server" },
        { type: typed },
        { pick: url },
        { type: "mine" },
        { pick: "small-coder" },
      );
      const { suggestions, servers, keys, wasChosen } = await choose(ask);
      assert.equal(suggestions, "mine/small-coder");
      assert.deepEqual(servers, { mine: url });
      assert.deepEqual([...keys], []);
      assert.ok(wasChosen);
      // The model for code stands before the other, and what makes vectors is not there.
      assert.deepEqual(
        ask.rows.map((row) => row.split(" | ")[0]),
        ["small-coder", "zephyr-1", "Type the name of a model …"],
      );
    },
  ),
  pickerTest("the format that was set for one model is not kept for another", async (server) => {
    await setUser("model.servers", { "own-server": server.baseUrl("ok") });
    await setUser("model.suggestions", "own-server/zephyr-1");
    await setUser("model.format", "starcoder2");
    await choose(scriptedAsk({ pick: "own-server" }, { pick: "zephyr-1" }));
    assert.equal(written("model.format"), "starcoder2");
    await choose(scriptedAsk({ pick: "own-server" }, { pick: "small-coder" }));
    assert.equal(written("model.format"), undefined);
  }),
  pickerTest(
    "a server that refuses without a key: the key is asked for, mended, tried, and stored at the end",
    async (server) => {
      const url = server.baseUrl("locked");
      const ask = scriptedAsk(
        { pick: "Another server" },
        { type: url },
        { type: "mine" },
        { pick: "Enter API key" },
        { type: " Bearer sk-te st\n" },
        { pick: "zephyr-1" },
      );
      const { suggestions, keys } = await choose(ask);
      assert.equal(suggestions, "mine/zephyr-1");
      assert.deepEqual([...keys], [[url, "sk-test"]]);
      assert.equal(server.listings.at(-1)?.headers.authorization, "Bearer sk-test");
    },
  ),
  pickerTest("Escape at the last question changes nothing: no setting, no key", async (server) => {
    const url = server.baseUrl("locked");
    await setUser("model.servers", { openai: url });
    const ask = scriptedAsk({ pick: "OpenAI" }, { pick: url.split("/")[2] ?? "" }, { type: "sk-test" }, "escape");
    const { suggestions, servers, keys, wasChosen } = await choose(ask);
    assert.deepEqual([suggestions, servers, [...keys], wasChosen], [undefined, { openai: url }, [], false]);
  }),
  pickerTest(
    "a service with a stored key goes on to its models at once, and each question can go back",
    async (server) => {
      const url = server.baseUrl("locked");
      await setUser("model.servers", { openai: url });
      const host = url.split("/")[2] ?? "";
      const ask = scriptedAsk(
        { pick: "OpenAI" },
        { pick: host },
        "back",
        "back",
        { pick: "OpenAI" },
        { pick: host },
        { pick: "Type the name" },
        "back",
        { pick: "Type the name" },
        { type: " gpt-x " },
      );
      const { suggestions, servers, keys } = await choose(ask, { stored: { [url]: "sk-old" } });
      assert.equal(suggestions, "openai/gpt-x");
      assert.deepEqual(servers, { openai: url });
      assert.equal(keys.get(url), "sk-old");
    },
  ),
  pickerTest("a server that was found on this machine is used at its own address", async (server) => {
    const found: FoundServer = { provider: undefined, baseUrl: server.baseUrl("ok"), models: ["m1", "m2", "m3", "m4"] };
    const ask = scriptedAsk({ pick: "speaks like OpenAI" }, { pick: "small-coder" });
    const { suggestions, servers } = await choose(ask, { found: [found] });
    const again = scriptedAsk("escape");
    await choose(again, { found: [found] });
    // It stands below the local models, out of sight.
    assert.equal(again.hint, "Further down, found on this machine: A server that speaks like OpenAI");
    // Its name is in the settings now; it is listed once all the same.
    assert.equal(again.rows.filter((row) => row.includes(`127.0.0.1:${server.port}`)).length, 1);
    assert.equal(suggestions, `local-${server.port}/small-coder`);
    assert.deepEqual(servers, { [`local-${server.port}`]: server.baseUrl("ok") });
  }),
  pickerTest(
    "a server that does not answer: the reason is said, and the name of a model can be typed",
    async (server) => {
      await setUser("model.servers", { broken: server.baseUrl("broken") });
      const ask = scriptedAsk({ pick: "broken" }, { pick: "Type the name" }, { type: "m" });
      const { suggestions } = await choose(ask);
      assert.equal(suggestions, "broken/m");
      assert.equal(server.listings[0]?.url, "/broken/v1/models");
    },
  ),
  pickerTest(
    "https for a server that speaks http: the picker says so, and the first way out mends it",
    async (server) => {
      const url = server.baseUrl("ok");
      const typed = url.replace("http:", "https:");
      await setUser("model.servers", { mine: typed });
      const looking = scriptedAsk({ pick: "mine" }, "escape");
      await choose(looking);
      assert.match(looking.rows[0] ?? "", /The address says https, and 127\.0\.0\.1.* speaks http\./);
      assert.deepEqual(
        looking.rows.slice(1).map((row) => row.split(" | ")[0]),
        [`Use ${url}`, "Change the address", "Type the name of a model …"],
      );
      const { suggestions, servers } = await choose(
        scriptedAsk({ pick: "mine" }, { pick: `Use ${url}` }, { pick: "small-coder" }),
      );
      assert.deepEqual([suggestions, servers], ["mine/small-coder", { mine: url }]);
    },
  ),
  pickerTest("an address where nothing answers can be changed, and stands there to be changed", async (server) => {
    const url = server.baseUrl("ok");
    await setUser("model.servers", { mine: "http://127.0.0.1:9/v1" });
    const ask = scriptedAsk({ pick: "mine" }, { pick: "Change the address" }, { type: url }, { pick: "small-coder" });
    const { suggestions, servers } = await choose(ask);
    assert.equal(ask.value, "http://127.0.0.1:9/v1");
    assert.deepEqual([suggestions, servers], ["mine/small-coder", { mine: url }]);
  }),
  pickerTest("the list says of each model what it needs, what was measured, and which is in use", async () => {
    const ask = scriptedAsk("escape");
    const { suggestions, wasChosen } = await choose(ask);
    assert.deepEqual([suggestions, wasChosen], [undefined, false]);
    const row = (label: string) => ask.rows.find((each) => each.startsWith(label)) ?? "";
    assert.match(
      row("SmolLM2 135M"),
      /in use · 98 MB · 45 tokens\/s measured here · Apache-2\.0 \| Needs 2 GB of memory/,
    );
    assert.match(row("Qwen2.5-Coder 7B"), /4\.5 GB · Apache-2\.0 \|.*Needs 16 GB of memory/);
    assert.match(row("OpenAI"), /api\.openai\.com · needs a key/);
    assert.ok(ask.rows.some((each) => each.includes("No Ollama")));
    assert.doesNotMatch(ask.hint, /found on this machine/);
  }),
  pickerTest("the small model by its name: it is in use at once where it is on this machine", async () => {
    await setUser("model.suggestions", "openai/gpt-4.1");
    const { suggestions, wasChosen } = await choose(scriptedAsk(), { argument: "embedded/smollm2-135m-instruct" });
    assert.deepEqual([suggestions, wasChosen], [undefined, true]);
  }),
  pickerTest(
    "a GGUF file of one's own is written with its path, and what only has the name of one is not",
    async () => {
      const folder = mkdtempSync(join(existsSync(homedir()) ? homedir() : tmpdir(), ".pairwise-test-"));
      try {
        forgetSettings();
        writeFileSync(join(folder, "mine.gguf"), "GGUF and more");
        writeFileSync(join(folder, "page.gguf"), "<html>");
        assert.equal(await useFile(join(folder, "page.gguf")), false);
        assert.equal(await useFile(join(folder, "absent.gguf")), false);
        assert.equal(written("model.suggestions"), undefined);
        assert.equal(await useFile(join(folder, "mine.gguf")), true);
        assert.equal(
          written("model.suggestions"),
          `embedded/~${folder.slice(homedir().length).replaceAll("\\", "/")}/mine.gguf`,
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  ),
  pickerTest("the sample opens with the caret in the gap, and a suggestion comes there", async () => {
    await open("║");
    await vscode.commands.executeCommand("pairwise.trySample");
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /^ {2}return $/);
    const text = await eventually("an accepted suggestion", async () => {
      await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
      const line = editor.document.lineAt(editor.selection.active.line).text;
      return line === "  return " ? undefined : line;
    });
    assert.match(text, /Math\.min/);
  }),
];
