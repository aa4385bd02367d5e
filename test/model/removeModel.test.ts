import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { removeModel } from "../../src/model/removeModel.ts";

test("a removed model leaves nothing behind, and others stay", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-remove-"));
  try {
    for (const name of ["a.gguf", "a.gguf.verified", "a.gguf.part", "a.gguf.part.json", "b.gguf", "b.gguf.verified"])
      writeFileSync(join(folder, name), "x");
    await removeModel({ file: "a.gguf" }, folder);
    assert.deepEqual(readdirSync(folder).toSorted(), ["b.gguf", "b.gguf.verified"]);
    await removeModel({ file: "a.gguf" }, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
