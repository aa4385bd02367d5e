import assert from "node:assert/strict";
import { test } from "node:test";
import * as preset from "@secretlint/secretlint-rule-preset-recommend";
import { askAbout, reservedFor } from "../../src/completion/prompt.ts";
import { trialRequests } from "../../src/completion/trial.ts";
import { Redactor } from "../../src/context/gates/redactor.ts";
import { secretFinder } from "../../src/context/gates/secretRules.ts";
import type { Piece } from "../../src/context/pieces.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { guardedModel } from "../../src/model/guarded.ts";
import type { Model, ModelRequest, Prompt } from "../../src/model/model.ts";
import { unknownUsage } from "../../src/model/model.ts";
import { promptInUse, type PromptOverride } from "../../src/model/prompts/promptInUse.ts";
import { recordedModel } from "../../src/model/recorded.ts";
import { RequestLog } from "../../src/model/requestLog.ts";
import { promptBlocks } from "../../src/extension/sentPrompt.ts";
import { madeUp } from "../support/secrets.ts";

const prefix = "const a = 1;\nconst b = ";
const cursor: CursorSnapshot = {
  uri: "file:///w/b.ts",
  path: "b.ts",
  folder: "f",
  languageId: "typescript",
  version: 1,
  offset: prefix.length,
  prefix,
  suffix: ";\n",
  indentUnit: "  ",
  selectedCompletion: undefined,
};
const window = { uri: cursor.uri, start: 0, prefix, suffix: ";\n", suffixSeen: ";\n" };
const EXAMPLE = "# example\n## user\nf({{hole}}\n## assistant\n)\n";
const { signal } = new AbortController();

function overrideOf(owner: "user" | "repository", system: string): PromptOverride {
  const text = `# system\n${system}\n${EXAMPLE}# user\n{{#context}}See:\n{{context}}\n{{/context}}Go on: {{before}}{{hole}}{{after}}\n`;
  const { override } = promptInUse("suggestion", { [owner]: text }, true);
  assert.ok(override);
  return override;
}

function requestBy(override: PromptOverride | undefined): ModelRequest {
  const asking = { format: "chat-hole", shape: "line", heals: false, second: false, override } as const;
  return askAbout(cursor, window, [], asking).request;
}

/** The record of a request that has gone through the gate. */
async function recordOf(request: ModelRequest) {
  const log = new RequestLog(() => 0);
  const model: Model = {
    name: "m",
    stream: () => ({ usage: unknownUsage, async *[Symbol.asyncIterator]() {} }),
  };
  const gate = new Redactor(secretFinder(preset), "x1");
  const guarded = guardedModel(recordedModel(model, log, { kind: "embedded" }), async () => gate);
  for await (const _ of guarded.stream(request, signal));
  const [record] = log.requests;
  assert.ok(record);
  return record;
}

const textsOf = (prompt: Prompt): string =>
  prompt.kind === "chat" ? prompt.messages.map(({ content }) => content).join("|") : "";

test("what was sent shows how much of it is of the prompt file, and whose that is", async () => {
  for (const owner of ["user", "repository"] as const) {
    const record = await recordOf(requestBy(overrideOf(owner, "Fill {{hole}}.")));
    const [stretch] = record.stretches;
    assert.equal(stretch?.source, "prompt-file");
    assert.equal(stretch.reason?.kind, `prompt-${owner}`);
    assert.deepEqual(
      [stretch.path, stretch.folder],
      owner === "user" ? [undefined, undefined] : [".pairwise/prompts/suggestion.md", "f"],
    );
    const ofFile = promptBlocks(record, String).map(({ segments }) => segments.filter((each) => each.stretch === 0));
    assert.deepEqual(
      ofFile.map((segments) => segments.map(({ text }) => text).join("")),
      ["Fill <HOLE>.", "f(<HOLE>", ")", ""],
    );
  }
});

test("without a prompt file nothing of what was sent is said to be of one", () => {
  const { provenance } = requestBy(undefined);
  assert.deepEqual(
    provenance?.stretches.map(({ source }) => source),
    ["before", "after"],
  );
});

test("a secret in a prompt file is replaced like any other", async () => {
  const { secret = "", line = "" } = madeUp["GitHub token"] ?? {};
  const record = await recordOf(requestBy(overrideOf("user", line)));
  assert.notEqual(secret, "");
  assert.ok(!JSON.stringify(record).includes(secret));
  assert.match(textsOf(record.prompt), /PAIRWISE_|SECRET_/);
  assert.equal(record.redactions.length, 1);
});

test("a longer prompt leaves less of the model's context to the file", () => {
  const template = (override: PromptOverride | undefined) => reservedFor("chat-hole", cursor, override).template;
  const more = template(overrideOf("user", "word ".repeat(1_000))) - template(overrideOf("user", "word"));
  assert.ok(more > 900, String(more));
});

test("a trial asks by each prompt about the same lines and the same other files", async () => {
  const piece: Piece = {
    id: "1",
    source: "definitions",
    path: "lib.ts",
    line: 0,
    text: "export declare function answer(): number;",
    value: 0.9,
    reason: { kind: "used", name: "answer" },
  };
  const model: Model = { name: "m", stream: () => assert.fail("nothing is sent yet") };
  const override = overrideOf("user", "Mine.");
  const [before, after] = await trialRequests(
    cursor,
    { model, format: "chat-hole" },
    { pieces: async () => [piece] },
    { mostPieceTokens: 500 },
    [undefined, override],
    () => 0,
    signal,
  );
  assert.ok(before?.provenance?.askedFor === "trial" && after?.provenance?.askedFor === "trial");
  assert.match(textsOf(before.prompt), /^You complete code[^]*answer\(\): number;[^]*const b = <HOLE>;\n$/);
  assert.match(
    textsOf(after.prompt),
    /^Mine\.[^]*See:\nlib\.ts\nexport declare[^]*Go on: const a = 1;\nconst b = <HOLE>;\n$/,
  );
});
