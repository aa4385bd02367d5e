import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  commands,
  contextKeys,
  defaults,
  limits,
  section,
  walkthrough as walkthroughId,
} from "../src/extension/contributions.ts";
import { formatNames } from "../src/model/templates.ts";

const root = join(import.meta.dirname, "..");
const readText = (path: string) => readFileSync(join(root, path), "utf8");
const readJson = (path: string) => JSON.parse(readText(path));
const manifest = readJson("package.json");
const properties: Readonly<Record<string, Property>> = manifest.contributes.configuration.properties;

interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Step {
  readonly description: string;
  readonly media: { readonly svg?: string; readonly markdown?: string };
  readonly completionEvents: readonly string[];
}

/** All of src/extension, for a look at what it names. */
const extensionSources = readdirSync(join(root, "src/extension"))
  .filter((name) => name !== "contributions.ts")
  .map((name) => readText(join("src/extension", name)))
  .join("\n");
const reportSources = ["src/productivity/report", "src/productivity/export", "src/report"]
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))))
  .filter((file) => file.endsWith(".ts"))
  .map(readText)
  .join("\n");

test("every setting is declared with the default that the code has", () => {
  const declared = Object.entries(properties).map(([id, { default: value }]) => [id, value]);
  const coded = Object.entries(defaults).map(([name, value]) => [`${section}.${name}`, value]);
  assert.deepEqual(Object.fromEntries(declared), Object.fromEntries(coded));
});

test("numbers have the bounds that the code enforces", () => {
  const declared = Object.entries(properties).filter(([, { type }]) => type === "number" || type === "integer");
  assert.deepEqual(
    Object.fromEntries(declared.map(([id, { type, minimum, maximum }]) => [id, { type, minimum, maximum }])),
    Object.fromEntries(Object.entries(limits).map(([name, limit]) => [`${section}.${name}`, limit])),
  );
});

test("a folder that is not trusted can change nothing", () => {
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, Object.keys(properties));
});

test("every setting is read by the code", () => {
  for (const name of Object.keys(defaults)) assert.ok(extensionSources.includes(`setting("${name}"`), name);
});

test("every command is declared, titled and registered", () => {
  const declared = manifest.contributes.commands.map((entry: { command: string }) => entry.command);
  assert.deepEqual(declared.toSorted(), Object.values(commands).toSorted());
  for (const name of Object.keys(commands))
    assert.match(extensionSources, new RegExp(`registerCommand\\(\\s*commands\\.${name}\\b`), name);
});

test("every key binding runs a declared command, or closes what is shown", () => {
  // Closing a preview is rejecting it. VS Code does that at once, before the next key.
  const known: readonly string[] = [...Object.values(commands), "workbench.action.closeActiveEditor"];
  for (const { command } of manifest.contributes.keybindings) assert.ok(known.includes(command), command);
});

test("a repository can't choose where code is sent or which file is loaded as a model", () => {
  for (const [id, { scope }] of Object.entries(properties))
    if (id.startsWith("pairwise.model.")) assert.equal(scope, "machine", id);
});

test("a repository can't have a server asked more often, or about more", () => {
  for (const name of ["suggestions.alternatives", "suggestions.speculate", "context.maxTokens"])
    assert.equal(properties[`pairwise.${name}`]?.scope, "machine", name);
});

test("a repository can't have it counted what somebody does, or not counted", () => {
  for (const name of ["ledger.enabled", "ledger.retentionDays"])
    assert.equal(properties[`pairwise.${name}`]?.scope, "application", name);
});

test("the settings offer the formats that there are", () => {
  assert.deepEqual(properties["pairwise.model.format"]?.enum, ["auto", ...formatNames]);
});

test("the types of the editor's API are those of the oldest version that it runs in", () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"]}`);
});

test("the manifest's words exist in English and Chinese, and none is left over", () => {
  const named = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map((match) => String(match[1]));
  const used = [...new Set(named)].toSorted();
  for (const file of ["package.nls.json", "package.nls.zh-cn.json"])
    assert.deepEqual(Object.keys(readJson(file)).toSorted(), used, file);
});

function sentencesIn(sources: string, call: RegExp): readonly string[] {
  return [...sources.matchAll(call)].map((found) => {
    assert.ok(found[1], `it takes a literal: ${sources.slice(found.index, found.index + 60)}`);
    return String(JSON.parse(found[1]));
  });
}

test("every sentence of the code has its Chinese one, with the same placeholders, and none is left over", () => {
  const bundle: Readonly<Record<string, string>> = readJson("l10n/bundle.l10n.zh-cn.json");
  const sentences = [
    ...sentencesIn(extensionSources, /l10n\.t\(\s*("(?:[^"\\]|\\.)*")?/g),
    // The report's words are given `t`: the editor's, or the command line's.
    ...sentencesIn(reportSources, /(?<!\w)t\(\s*("(?:[^"\\]|\\.)*")?/g),
  ];
  assert.deepEqual(Object.keys(bundle).toSorted(), [...new Set(sentences)].toSorted());
  const placeholders = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(String).toSorted();
  for (const [english, chinese] of Object.entries(bundle)) {
    assert.deepEqual(placeholders(chinese), placeholders(english), english);
    assert.match(chinese, /\p{Script=Han}/u, english);
  }
});

test("the table of settings in docs is the manifest's", () => {
  const rows = [...readText("docs/settings.md").matchAll(/^\| `(pairwise\.[^`]+)` \| ([^|]*) \|/gm)];
  assert.deepEqual(
    rows.map(([, id, value]) => [id, value?.trim()]),
    Object.entries(properties).map(([id, { default: value }]) => [id, `\`${JSON.stringify(value)}\``]),
  );
});

test("the walkthrough leads to commands that there are, in both languages, and ends steps by what the code tells", () => {
  const [walkthrough] = manifest.contributes.walkthroughs;
  assert.equal(`${manifest.publisher}.${manifest.name}#${walkthrough.id}`, walkthroughId);
  const known: readonly string[] = Object.values(commands);
  const steps: readonly Step[] = walkthrough.steps;
  for (const file of ["package.nls.json", "package.nls.zh-cn.json"]) {
    const words = steps.map(({ description }) => String(readJson(file)[description.slice(1, -1)])).join("\n");
    const links = [...words.matchAll(/command:(pairwise\.\w+)/g)].map(([, command]) => command);
    assert.ok(links.length >= steps.length, file);
    for (const command of links) assert.ok(known.includes(String(command)), command);
  }
  const keys: readonly string[] = Object.values(contextKeys);
  for (const event of steps.flatMap(({ completionEvents }) => completionEvents)) {
    const [kind, name = ""] = event.split(":");
    if (name.startsWith("pairwise.")) assert.ok((kind === "onCommand" ? known : keys).includes(name), event);
  }
});

test("what the manifest names is in the repository", () => {
  for (const path of [
    manifest.icon,
    manifest.contributes.grammars[0].path,
    ...manifest.contributes.walkthroughs.flatMap(({ steps }: { steps: Step[] }) =>
      steps.flatMap(({ media }) => [media.svg ?? [], media.markdown ?? []].flat()),
    ),
    "LICENSE",
    "CHANGELOG.md",
    "l10n/bundle.l10n.zh-cn.json",
  ])
    assert.ok(existsSync(join(root, path)), path);
});
