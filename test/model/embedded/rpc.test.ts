import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { rpcOver } from "../../../src/model/embedded/rpc.ts";

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

test("a process that is killed in the middle of a message leaves no timer behind", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "pairwise-rpc-"));
  const address = process.platform === "win32" ? `\\\\.\\pipe\\${path.basename(folder)}` : path.join(folder, "socket");
  const server = createServer((socket) => socket.end('Content-Length: 100\r\n\r\n{"half":'));
  server.listen(address);
  await once(server, "listening");
  const before = timers();
  const socket = connect(address);
  const rpc = rpcOver(socket);
  rpc.listen();
  await once(socket, "close");
  rpc.dispose();
  assert.equal(timers(), before);
  server.close();
  rmSync(folder, { recursive: true });
});
