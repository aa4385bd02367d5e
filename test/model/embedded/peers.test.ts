import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, test } from "node:test";
import { EngineConnection } from "../../../src/model/embedded/connection.ts";
import { endpointFile, readEndpoint } from "../../../src/model/embedded/endpoint.ts";
import type { Status } from "../../../src/model/embedded/protocol.ts";
import { gone, hole, makeWindows, never } from "./support.ts";

let windows: Awaited<ReturnType<typeof makeWindows>>;
beforeEach(async () => {
  windows = await makeWindows();
  await windows.open().warm({ kind: "raw", parts: [] }, never);
});
afterEach(() => windows.end());

function endpoint() {
  const found = readEndpoint(endpointFile(windows.folder, "test"));
  assert.ok(found !== undefined);
  return found;
}

/** A peer without our client: what it is told to send it sends, and it reads nothing by itself. */
async function rawPeer() {
  const socket: Socket = connect(endpoint().socket);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  const send = (id: number, method: string, params: unknown) => {
    const message = JSON.stringify({ jsonrpc: "2.0", id, method, params });
    socket.write(`Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
  };
  return { socket, send };
}

async function client(onStatus: (status: Status) => void = () => undefined) {
  const found = endpoint();
  const connection = await EngineConnection.open(found, {
    folder: windows.folder,
    version: "test",
    processFile: "",
    execPath: "",
    onStatus,
    onClose: () => undefined,
  });
  assert.ok(connection !== undefined);
  return connection;
}

test("a request with settings that cannot be is refused by name, and the connection stays", async () => {
  const connection = await client();
  const spec = { path: windows.modelPath, adapterPath: undefined, contextTokens: 2048, threads: 1 };
  const ask = (threads: number, idleUnloadMs: number) => {
    const order = { spec: { ...spec, threads }, idleUnloadMs, warm: false };
    const request = hole("def add(a, b):\n    return ", "\n", { maxTokens: 1 });
    return connection.generate({ ...order, request }, () => undefined, never);
  };
  for (const threads of [2.5, 1000]) {
    assert.deepEqual(await ask(threads, 0), {
      kind: "failed",
      failure: { kind: "request-refused", host: "embedded", detail: "not valid: spec.threads" },
    });
  }
  assert.equal((await ask(1, 90_000.5))?.kind, "done");
  await connection.close();
});

test("a window that comes later hears what is loaded before it asks", { timeout: 20_000 }, async () => {
  const heard = Promise.withResolvers<Status>();
  const connection = await client(heard.resolve);
  assert.deepEqual(await heard.promise, { path: windows.modelPath, kind: "ready" });
  await connection.close();
});

test("a peer that asks before it has said hello is disconnected without an answer", { timeout: 20_000 }, async () => {
  const { socket, send } = await rawPeer();
  let answer = "";
  socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
  const closed = once(socket, "close");
  send(1, "generate", {});
  await closed;
  assert.equal(answer, "");
});

test("a window that is stopped does not keep the process from ending", { timeout: 60_000 }, async () => {
  const { pid, secret } = endpoint();
  const [stopped, reading] = [await rawPeer(), await rawPeer()];
  // The answers fill what the system holds for a reader, and more. The process takes from each peer by turns, so
  // when it has answered the one that reads, the other's answers are under way, too.
  const last = 20_000;
  for (let id = 1; id <= last; id++) for (const { send } of [stopped, reading]) send(id, "hello", { secret });
  let end = "";
  for await (const text of reading.socket.setEncoding("utf8")) {
    end = (end + String(text)).slice(-1000);
    if (end.includes(`"id":${last}`)) break;
  }
  process.kill(pid, "SIGTERM");
  await gone(pid);
  stopped.socket.destroy();
});
