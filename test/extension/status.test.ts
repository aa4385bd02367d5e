import assert from "node:assert/strict";
import { test } from "node:test";
import { statusOf, type StatusInputs } from "../../src/extension/status.ts";

const ready: StatusInputs = {
  enabled: true,
  editorEnabled: true,
  automatic: true,
  document: { languageId: "go", enabled: true, readOnly: false },
  download: undefined,
  loading: undefined,
  thinking: false,
  failure: undefined,
  fault: false,
};
const failure = { kind: "interrupted", host: "h" } as const;

const cases: readonly [string, Partial<StatusInputs>, object][] = [
  ["nothing to report: idle", {}, { kind: "idle" }],
  ["switched off says so before anything else", { enabled: false, failure, thinking: true }, { kind: "off" }],
  ["the editor's own switch is named", { editorEnabled: false, failure }, { kind: "editor-off" }],
  [
    "a model that loads is told before the wait for it",
    { loading: { share: 0.4 }, thinking: true },
    { kind: "loading", share: 0.4 },
  ],
  ["a new request hides the last failure until it has ended", { thinking: true, failure }, { kind: "thinking" }],
  ["a failure stays until a request succeeds", { failure }, { kind: "failed", failure }],
  [
    "a language that is off is named",
    { document: { languageId: "go", enabled: false, readOnly: false } },
    { kind: "language-off", languageId: "go" },
  ],
  [
    "a file that can't be written",
    { document: { languageId: "go", enabled: true, readOnly: true } },
    { kind: "read-only" },
  ],
  ["no editor is open", { document: undefined }, { kind: "no-editor" }],
  ["a fault of the program's own is not hidden", { fault: true }, { kind: "broken" }],
  ["suggestions on request only", { automatic: false }, { kind: "manual" }],
  [
    "a download is shown where nothing else can work yet",
    { download: { share: undefined }, failure },
    { kind: "downloading", share: undefined },
  ],
];

for (const [name, change, expected] of cases)
  test(name, () => assert.deepEqual(statusOf({ ...ready, ...change }), expected));
