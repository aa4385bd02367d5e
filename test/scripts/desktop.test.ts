import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, describe, test } from "node:test";
import { type Desktop, openDesktop, runCommand } from "../../scripts/desktop.ts";
import { SetUpError } from "../../scripts/toolchain.mjs";

const folder = mkdtempSync(join(tmpdir(), "pairwise-test-"));
const opened: Extract<Desktop, { readonly kind: "open" }>[] = [];
afterEach(() => opened.splice(0).forEach((desktop) => desktop.end()));
after(() => rmSync(folder, { recursive: true, force: true }));

/** An executable that notes its arguments, a line for each start, and then does what `script` says. */
function program(name: string, script: string) {
  const executable = join(folder, name);
  writeFileSync(executable, `#!/bin/sh\necho "$@" >> "$0.starts"\n${script}\n`, { mode: 0o755 });
  return {
    executable,
    logFile: join(folder, "logs", `${name}.log`),
    starts: () => readFileSync(`${executable}.starts`, "utf8").trim().split("\n"),
  };
}

const abortsInSandbox = `
case " $* " in
  *" --no-sandbox "*) exec sleep 600 ;;
  *) echo "The sandbox is not configured correctly." >&2; kill -TRAP $$ ;;
esac`;

async function open(
  { executable, logFile }: ReturnType<typeof program>,
  isRoot: boolean,
  signal = new AbortController().signal,
) {
  const desktop = await openDesktop({ executable, logFile, args: ["project"], signal, trialMs: 2_000, isRoot });
  // Also where an assertion fails before the test does it.
  if (desktop.kind === "open") opened.push(desktop);
  return desktop;
}

describe("a downloaded VS Code", { skip: process.platform !== "linux" }, () => {
  test("that aborts for want of a sandbox is started once more without one", async () => {
    const editor = program("sandboxed", abortsInSandbox);
    const desktop = await open(editor, false);
    assert.equal(desktop.kind, "open");
    assert.deepEqual(editor.starts(), ["project", "--no-sandbox project"]);
    desktop.end();
    assert.equal(await desktop.ended, "SIGKILL");
  });

  test("has no sandbox from the start as root", async () => {
    const editor = program("root", abortsInSandbox);
    const desktop = await open(editor, true);
    assert.equal(desktop.kind, "open");
    assert.deepEqual(editor.starts(), ["--no-sandbox project"]);
  });

  test("that starts in no way is not said to be open, and its last words are told", async () => {
    const editor = program("broken", 'echo "libgtk-3.so.0: cannot open shared object file" >&2; exit 127');
    assert.deepEqual(await open(editor, false), {
      kind: "failed",
      lastWords: "libgtk-3.so.0: cannot open shared object file",
    });
    assert.equal(editor.starts().length, 2);
  });

  test("that can't be run at all has failed, too", async () => {
    const editor = { ...program("there", ""), executable: join(folder, "not-there") };
    const desktop = await open(editor, false);
    assert.ok(desktop.kind === "failed" && desktop.lastWords.includes("ENOENT"));
  });

  test("that hands over to one that runs already has done its work", async () => {
    assert.deepEqual(await open(program("second", "exit 0"), false), { kind: "handed-over" });
  });

  test("is not waited for when npm start is told to end", async () => {
    const desktop = await open(program("stopped", "exec sleep 600"), false, AbortSignal.abort());
    assert.equal(desktop.kind, "open");
    desktop.end();
    assert.equal(await desktop.ended, "SIGKILL");
  });
});

describe("the user's own VS Code", { skip: process.platform === "win32" }, () => {
  test("that opens no window is an error with its words and a way out", async () => {
    const { executable, logFile } = program("code", 'echo "You are a super user." >&2; exit 1');
    await assert.rejects(
      runCommand(executable, ["project"], logFile),
      (error) =>
        error instanceof SetUpError &&
        error.message.includes("You are a super user.") &&
        error.message.includes("PAIRWISE_EDITOR=browser"),
    );
  });

  test("that opens one is none", async () => {
    const { executable, logFile, starts } = program("code-well", "exit 0");
    await runCommand(executable, ["project"], logFile);
    assert.deepEqual(starts(), ["project"]);
  });
});
