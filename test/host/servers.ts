import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import * as vscode from "vscode";
import type { HostTest } from "../support/hostSuite.ts";
import { startModelServer, type Behaviour } from "../support/modelServer.ts";
import {
  closeAll,
  diagnostics,
  eventually,
  lastFailure,
  open,
  resetSettings,
  setUser,
  useServer,
  suggestAndAccept,
} from "./editor.ts";

const SUM = "function add(a: number, b: number): number {\n  return ║\n}\n";
const CLOSED_PORT = "http://127.0.0.1:4/v1";

/** Asks at `baseUrl` until the state says `kind`, then sees that a working server ends the state. */
function failureTest(name: string, behaviour: Behaviour | "nothing-there", kind: string): HostTest {
  return {
    name,
    async run() {
      const server = await startModelServer("a + b;");
      try {
        await setUser("suggestions.timeLimitSeconds", 2);
        await useServer(behaviour === "nothing-there" ? CLOSED_PORT : server.baseUrl(behaviour));
        const editor = await open(SUM);
        await vscode.commands.executeCommand("pairwise.suggest");
        await eventually(kind, async () => ((await lastFailure()) === kind ? true : undefined));
        await eventually("the state", async () => (/Status: failed/.test(await diagnostics()) ? true : undefined));
        await useServer(server.baseUrl("ok"));
        await suggestAndAccept(editor);
        await eventually("an end of the state", async () =>
          /Status: idle/.test(await diagnostics()) ? true : undefined,
        );
      } finally {
        await closeAll();
        await resetSettings();
        await server.close();
      }
    },
  };
}

export const serverTests: readonly HostTest[] = [
  failureTest("nothing listens at the address: unreachable", "nothing-there", "unreachable"),
  failureTest("401 without a key: a key is missing", "unauthorized", "key-missing"),
  failureTest("429 with a long Retry-After: the rate is limited", "rate-limited", "rate-limited"),
  failureTest("500: the server failed", "broken", "server-error"),
  failureTest("a web page instead of a stream: not a server of this kind", "garbage", "bad-response"),
  failureTest("half a stream and silence: given up within the time limit", "half", "timed-out"),
  failureTest("no answer at all: given up within the time limit", "silent", "timed-out"),
  {
    name: "while the chosen model fails, the next one helps where the user has named one, and the state says so",
    async run() {
      const server = await startModelServer("a + b;");
      const helper = await startModelServer("a - b;");
      try {
        await setUser("model.servers", { first: server.baseUrl("broken"), second: helper.baseUrl("ok") });
        await setUser("model.suggestions", "first/large");
        const editor = await open(SUM);
        await vscode.commands.executeCommand("pairwise.suggest");
        await eventually("a failure", async () => ((await lastFailure()) === "server-error" ? true : undefined));
        assert.equal(helper.requests.length, 0, "nobody has named it");
        await setUser("model.servers", { first: CLOSED_PORT, second: helper.baseUrl("ok") });
        await setUser("model.fallbacks", ["second/small"]);
        assert.match(await suggestAndAccept(editor), /return a - b;/);
        await eventually("the state", async () => (/Status: fallen-back/.test(await diagnostics()) ? true : undefined));
        assert.doesNotMatch(await diagnostics(), /first\/large|second\/small|127\.0\.0\.1/);
      } finally {
        await closeAll();
        await resetSettings();
        await helper.close();
        await server.close();
      }
    },
  },
  {
    name: "a model of no known family on llama.cpp's server fills the hole by the server's own template, once it is loaded",
    async run() {
      const server = await startModelServer("a + b;");
      try {
        await setUser("model.servers", { "llama.cpp": server.baseUrl("llama") });
        await setUser("model.suggestions", "llama.cpp/some-model");
        const editor = await open(SUM);
        await vscode.commands.executeCommand("pairwise.suggest");
        await eventually("loading", async () => ((await lastFailure()) === "model-loading" ? true : undefined));
        await suggestAndAccept(editor);
        const filled = server.requests.find(({ body }) => body.includes('"stream":true'));
        assert.equal(filled?.url, "/llama/infill");
        const { input_prefix, input_suffix } = JSON.parse(filled.body) as Readonly<Record<string, string>>;
        assert.match(input_prefix ?? "", /return $/);
        assert.match(input_suffix ?? "", /^\n\}/);
      } finally {
        await closeAll();
        await resetSettings();
        await server.close();
      }
    },
  },
  {
    name: "requests go through the proxy that VS Code is set to",
    async run() {
      const server = await startModelServer("a + b;");
      const proxy = await startProxyTo(server.port);
      const http = vscode.workspace.getConfiguration("http");
      try {
        await http.update("proxy", `http://127.0.0.1:${proxy.port}`, vscode.ConfigurationTarget.Global);
        await useServer("http://model.invalid/ok/v1");
        await suggestAndAccept(await open(SUM));
        assert.deepEqual([...new Set(proxy.asked)], ["model.invalid:80"]);
      } finally {
        await http.update("proxy", undefined, vscode.ConfigurationTarget.Global);
        await closeAll();
        await resetSettings();
        proxy.close();
        await server.close();
      }
    },
  },
];

/** A proxy that leads every tunnel to one local port, whatever host was asked for. */
async function startProxyTo(target: number): Promise<{ port: number; asked: string[]; close(): void }> {
  const asked: string[] = [];
  const sockets = new Set<Duplex>();
  const proxy = createServer();
  proxy.on("connect", (request, socket) => {
    asked.push(request.url ?? "");
    sockets.add(socket);
    const upstream = connect(target, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.pipe(socket);
      socket.pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on("error", () => {});
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    port: (proxy.address() as AddressInfo).port,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}
