/**
 * Entry of the process that holds the local model for all windows: `process <folder> <version> [lingerMs]`.
 * Ends with 0 when another process of this version serves already, some seconds after its last client has
 * gone, when no client ever comes, when it is told to, and when its folder vanishes; with 1 when something
 * failed that no request explains, with the reason in the log. While it computes, and where its main thread is held up,
 * it ends by a signal that nothing can keep from ending it.
 */

import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadBinding } from "./binding.ts";
import { claimEndpoint, endpointFile, logFile, makePrivateFolder, newEndpoint } from "./endpoint.ts";
import { readEndpoint, removeEndpoint } from "./endpoint.ts";
import { EngineLog } from "./engineLog.ts";
import { ModelHost } from "./modelHost.ts";
import { ModelServer } from "./server.ts";
import { startWatchdog } from "./watchdog.ts";

const LINGER_MS = 5000;
const FIRST_CLIENT_WITHIN_MS = 30_000;
const LOOK_ROUND_EVERY_MS = 3000;
const SAY_ENDING_WITHIN_MS = 500;
const HELD_UP = { aloneMs: 30_000, attendedMs: 120_000 };

const [folder, version, lingerText] = process.argv.slice(2);
if (folder === undefined || version === undefined) throw new Error("usage: process <folder> <version> [lingerMs]");
const lingerMs = lingerText === undefined ? LINGER_MS : Number(lingerText);

makePrivateFolder(folder);
const log = new EngineLog(logFile(folder, version));
const file = endpointFile(folder, version);
const endpoint = newEndpoint(folder);

let ending = false;
async function end(code: number, reason: string): Promise<void> {
  if (ending) return;
  ending = true;
  if (existsSync(folder ?? "")) log.write(`process ${process.pid} ends: ${reason}`);
  removeEndpoint(file, endpoint);
  // A window that is stopped reads nothing, and must not keep us.
  if (code === 0) await Promise.race([modelServer.sayEnding(), delay(SAY_ENDING_WITHIN_MS)]);
  // An exit in good order waits for what llama.cpp computes, for as long as that takes.
  if (!modelServer.idle) process.kill(process.pid, "SIGKILL");
  process.exit(code);
}
function fail(error: unknown): void {
  void end(1, error instanceof Error ? (error.stack ?? String(error)) : String(error));
}
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void end(0, signal));
// The window that started this process may close; the others still need it.
process.on("SIGHUP", () => undefined);

const host = new ModelHost({
  loadBinding: () => loadBinding(fileURLToPath(import.meta.url), (text) => log.write(text)),
  log,
  now: () => performance.now(),
  onStatus: (status) => modelServer.tell(status),
});
const tellWatchdog = startWatchdog(HELD_UP);
let endTimer = setTimeout(() => void end(0, "no client came"), FIRST_CLIENT_WITHIN_MS);
const modelServer = new ModelServer({
  host,
  secret: endpoint.secret,
  onPeers: (count) => {
    tellWatchdog(count);
    clearTimeout(endTimer);
    if (count === 0) endTimer = setTimeout(() => void end(0, "the last client has gone"), lingerMs);
  },
  onShutdown: () => void end(0, "told to"),
  onBroken: fail,
});

const server = createServer((socket) => modelServer.accept(socket));
server.on("error", fail);
server.listen(endpoint.socket, () => {
  claimEndpoint(file, endpoint)
    .then((claimed) => {
      if (!claimed) return end(0, "another process serves already");
      log.write(`process ${process.pid} serves`);
      setInterval(lookRound, LOOK_ROUND_EVERY_MS);
      return undefined;
    })
    .catch(fail);
});

function lookRound(): void {
  const found = readEndpoint(file);
  if (found === undefined && !existsSync(file)) void end(0, "its folder has vanished");
  else if (found?.secret !== endpoint.secret && modelServer.peers === 0) void end(0, "clients find another process");
}
