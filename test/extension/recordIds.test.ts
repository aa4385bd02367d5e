import assert from "node:assert/strict";
import { test } from "node:test";
import { recordIds } from "../../src/extension/recordIds.ts";

test("no id comes twice in a session", () => {
  const newId = recordIds("0123456789abcdef");
  assert.deepEqual(
    [newId("run"), newId("accept"), newId("edit"), newId("run")],
    ["0123456789abcdef:r1", "0123456789abcdef:a2", "0123456789abcdef:3", "0123456789abcdef:r4"],
  );
});
