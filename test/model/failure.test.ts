import assert from "node:assert/strict";
import { test } from "node:test";
import { type ModelFailure, withoutNames } from "../../src/model/failure.ts";

test("of a failure a log and a report have its kind and figures, and nothing that somebody has said or named", () => {
  const host = "llm.firm.example";
  const detail = "def transfer(account):";
  const failures: readonly (readonly [ModelFailure, string])[] = [
    [{ kind: "request-refused", host, detail }, "request-refused"],
    [{ kind: "access-refused", host, detail }, "access-refused"],
    [{ kind: "editor-model-failed", model: "their-own", detail }, "editor-model-failed"],
    [{ kind: "model-file-unusable", path: "/home/me/m.gguf", detail }, "model-file-unusable"],
    [{ kind: "redirected", host, target: "https://login.firm.example" }, "redirected"],
    [{ kind: "unreachable", host, code: "ECONNREFUSED" }, "unreachable code=ECONNREFUSED"],
    [{ kind: "prompt-too-long", tokens: 5, limit: 4 }, "prompt-too-long tokens=5 limit=4"],
  ];
  for (const [failure, words] of failures) assert.equal(withoutNames(failure), words);
});
