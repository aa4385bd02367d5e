import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "./support.ts";

const file = pathToFileURL(path.join(root, "src/model/embedded/watchdog.ts")).href;

/** How a process ends that does `work` under a watchdog which `tell`s it of windows. */
async function endOf(work: string): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  const start = `import { startWatchdog } from ${JSON.stringify(file)};
    const tell = startWatchdog({ aloneMs: 500, attendedMs: 600_000 });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", start + work], { stdio: "inherit" });
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  return { code, signal };
}

test(
  "a process with a busy main thread and no window ends, though it hears no signal",
  { timeout: 60_000 },
  async () => {
    const { signal } = await endOf("setTimeout(() => { for (;;); }, 300);");
    assert.equal(signal, "SIGKILL");
  },
);

test(
  "one that is busy for a window is left more time, and one that does nothing any time",
  { timeout: 60_000 },
  async () => {
    const busy = "tell(1); const end = Date.now() + 2_000; while (Date.now() < end);";
    const idle = "tell(0); setTimeout(() => process.exit(7), 2_000);";
    assert.deepEqual(await endOf(busy + idle), { code: 7, signal: null });
  },
);
