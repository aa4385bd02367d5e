import assert from "node:assert/strict";
import { test } from "node:test";
import { statusOf, type StatusInputs } from "../../src/extension/status.ts";

const ready: StatusInputs = {
  enabled: true,
  editorEnabled: true,
  automatic: true,
  quiet: false,
  snoozed: undefined,
  document: { languageId: "go", enabled: true, obstacle: undefined },
  withheld: undefined,
  download: undefined,
  loading: undefined,
  thinking: false,
  failure: undefined,
  fault: false,
  trouble: undefined,
  fallenBack: undefined,
};
const noon = new Date(2026, 4, 3, 12);
const failure = { kind: "interrupted", host: "h" } as const;

const cases: readonly [string, Partial<StatusInputs>, object][] = [
  ["nothing to report: idle", {}, { kind: "idle", quiet: false }],
  [
    "which model helps instead of the chosen one, and why",
    { fallenBack: { to: "embedded/small", failure } },
    { kind: "fallen-back", to: "embedded/small", failure },
  ],
  [
    "that another model helps is told also where no file is open",
    { document: undefined, fallenBack: { to: "embedded/small", failure } },
    { kind: "fallen-back", to: "embedded/small", failure },
  ],
  ["what keeps the model from being asked at all", { trouble: failure }, { kind: "failed", failure }],
  ["that also where no file is open", { document: undefined, trouble: failure }, { kind: "failed", failure }],
  [
    "but first why nothing would be asked in this file",
    { document: { languageId: "go", enabled: true, obstacle: "read-only" }, trouble: failure },
    { kind: "read-only" },
  ],
  ["quiet mode is told", { quiet: true }, { kind: "idle", quiet: true }],
  ["until when suggestions are snoozed", { snoozed: { until: noon } }, { kind: "snoozed", until: noon }],
  [
    "in a file that is snoozed, nothing that asks for attention",
    { snoozed: { until: undefined }, failure, fault: true },
    { kind: "snoozed", until: undefined },
  ],
  ["a request by hand shows while snoozed", { snoozed: { until: noon }, thinking: true }, { kind: "thinking" }],
  ["switched off is told before snoozed", { snoozed: { until: noon }, enabled: false }, { kind: "off" }],
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
    { document: { languageId: "go", enabled: false, obstacle: undefined } },
    { kind: "language-off", languageId: "go" },
  ],
  [
    "a file that can't be written",
    { document: { languageId: "go", enabled: true, obstacle: "read-only" } },
    { kind: "read-only" },
  ],
  [
    "an input that VS Code asks for no suggestions in",
    { document: { languageId: "go", enabled: true, obstacle: "unasked" } },
    { kind: "unasked" },
  ],
  [
    "a file that extensions do not get to see is named",
    { document: undefined, withheld: { name: "big.csv", reason: "too-large" } },
    { kind: "withheld", name: "big.csv", reason: "too-large" },
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
