import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { forward } from "../../scripts/bootstrap.mjs";

/** Cleans up when its starter is gone, as start.ts and test.ts do; then its exit code is 3. */
const script = `
  process.on("disconnect", () => process.exit(3));
  process.send("started");
`;

async function startScript() {
  const child = spawn(process.execPath, ["--eval", script], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await once(child, "message");
  return child;
}

test("Ctrl+C on Windows leaves the script the time to clean up", async () => {
  const child = await startScript();
  const ended = once(child, "exit");
  forward("SIGINT", child, "win32");
  // A second one, while it cleans up.
  forward("SIGINT", child, "win32");
  assert.deepEqual(await ended, [3, null]);
});

test("elsewhere the script gets the signal itself", { skip: process.platform === "win32" }, async () => {
  const child = await startScript();
  const ended = once(child, "exit");
  forward("SIGTERM", child);
  assert.deepEqual(await ended, [null, "SIGTERM"]);
});
