/**
 * Preloaded into VS Code's server. Its standard input is a pipe from the process that started it; when that
 * process is gone, however it went, the pipe ends, and so does the server with everything that it started.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename } from "node:path";

// Only in the server: the processes that it forks inherit the options of Node.
if (process.argv[1]?.endsWith("server-main.js")) {
  process.stdin.on("close", () => {
    if (basename(tmpdir()).startsWith("pairwise-vscode-")) rmSync(tmpdir(), { recursive: true, force: true });
    if (process.platform === "win32") spawnSync("taskkill", ["/PID", String(process.pid), "/T", "/F"]);
    else process.kill(-process.pid, "SIGKILL");
  });
  process.stdin.resume();
}
