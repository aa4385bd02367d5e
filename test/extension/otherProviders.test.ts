import assert from "node:assert/strict";
import { test } from "node:test";
import { activeProviders, needsGitHub, type ProviderInputs } from "../../src/extension/otherProviderRules.ts";

interface Editor {
  readonly appName?: string;
  readonly running?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly signedInToGitHub?: boolean;
}

function inputs({ appName, running = [], settings = {}, signedInToGitHub }: Editor): ProviderInputs {
  return {
    appName: appName ?? "Visual Studio Code",
    runs: (id) => running.includes(id),
    setting: (name) => settings[name],
    signedInToGitHub: signedInToGitHub ?? true,
  };
}

const named = (editor: Editor, languageId?: string) =>
  activeProviders(inputs(editor), languageId).map(({ name }) => name);

test("an editor with nobody else names nobody", () => {
  assert.deepEqual(named({}), []);
});

test("extensions that run are named, once for each product", () => {
  const running = ["Continue.continue", "GitHub.copilot", "GitHub.copilot-chat"];
  assert.deepEqual(named({ running }), ["GitHub Copilot", "Continue"]);
});

test("the Copilot that VS Code brings along is named only where somebody is signed in to GitHub", () => {
  const running = ["GitHub.copilot-chat"];
  assert.deepEqual(named({ running }), ["GitHub Copilot"]);
  assert.deepEqual(named({ running, signedInToGitHub: false }), []);
});

const off: readonly [string, string, unknown][] = [
  ["GitHub.copilot-chat", "chat.disableAIFeatures", true],
  ["GitHub.copilot-chat", "github.copilot.editor.enableAutoCompletions", false],
  ["GitHub.copilot", "github.copilot.enable", { "*": false }],
  ["Continue.continue", "continue.enableTabAutocomplete", false],
  ["TabbyML.vscode-tabby", "tabby.inlineCompletion.triggerMode", "manual"],
  ["sourcegraph.cody-ai", "cody.autocomplete.enabled", false],
  ["rjmacarthy.twinny", "twinny.autoSuggestEnabled", false],
  ["ggml-org.llama-vscode", "llama-vscode.auto", false],
  ["Codeium.codeium", "codeium.enableConfig", { "*": false }],
  ["Google.geminicodeassist", "geminicodeassist.inlineSuggestions.enableAuto", false],
  ["Augment.vscode-augment", "augment.completions.enableAutomaticCompletions", false],
];
for (const [id, name, value] of off)
  test(`${id} is not named when ${name} is ${JSON.stringify(value)}`, () => {
    assert.equal(named({ running: [id] }).length, 1);
    assert.deepEqual(named({ running: [id], settings: { [name]: value } }), []);
  });

test("a language's own switch decides for that language", () => {
  const settings = { "github.copilot.enable": { "*": false, python: true, markdown: false } };
  const editor = { running: ["GitHub.copilot"], settings };
  assert.deepEqual(named(editor, "python"), ["GitHub Copilot"]);
  assert.deepEqual(named(editor, "go"), []);
  assert.deepEqual(named(editor, "markdown"), []);
  assert.deepEqual(named(editor), ["GitHub Copilot"], "in some language");
});

test("a setting of another type, written by hand, switches nothing off", () => {
  assert.deepEqual(named({ running: ["Codeium.codeium"], settings: { "codeium.enableConfig": "off" } }, "go"), [
    "Windsurf (Codeium)",
  ]);
});

test("an editor with suggestions of its own is named, and once where an extension brings them", () => {
  assert.deepEqual(named({ appName: "Cursor" }), ["Cursor"]);
  assert.deepEqual(named({ appName: "Windsurf", running: ["Codeium.windsurf"] }), ["Windsurf (Codeium)"]);
});

test("who is signed in to GitHub matters only where Copilot runs", () => {
  const matters = (...running: string[]) => needsGitHub((id) => running.includes(id));
  assert.ok(matters("Continue.continue", "GitHub.copilot-chat"));
  assert.ok(!matters("Continue.continue"));
  assert.ok(!matters());
});
