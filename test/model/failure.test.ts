import assert from "node:assert/strict";
import { test } from "node:test";
import { type ModelFailure, withoutSentence } from "../../src/model/failure.ts";

test("a log has what failed and where, and no sentence in which the user's code may be repeated", () => {
  const host = "llm.firm.example";
  const detail = "refused: def transfer(account):";
  const failures: readonly ModelFailure[] = [
    { kind: "request-refused", host, detail },
    { kind: "access-refused", host, detail },
    { kind: "interrupted", host, detail },
    { kind: "editor-model-failed", model: "their-own", detail },
  ];
  for (const failure of failures) {
    assert.deepEqual(withoutSentence(failure), { ...failure, detail: "" });
  }
  const file: ModelFailure = { kind: "model-file-unusable", path: "/home/me/m.gguf", detail: "no such tensor" };
  assert.deepEqual(withoutSentence(file), file);
});
