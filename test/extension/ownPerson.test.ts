import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { ownPerson } from "../../src/extension/ownPerson.ts";

function storage(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-person-"));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("somebody hands in under the same name whatever becomes of the ledger, and nobody else has it", async (context) => {
  const own = storage(context);
  const { person } = await ownPerson(own);
  assert.match(person ?? "", /^[0-9a-f]{16}$/);
  assert.deepEqual(await ownPerson(own), { person });
  assert.notEqual((await ownPerson(storage(context))).person, person);
});

test("where the secret can't be read the half-hours can be handed in all the same", async (context) => {
  const file = join(storage(context), "a file");
  writeFileSync(file, "");
  assert.deepEqual(await ownPerson(file), {});
});
