/** Servers in front of which people stand when they set something up. */

import { once } from "node:events";
import { createServer } from "node:https";
import { createServer as createSocketServer, type AddressInfo } from "node:net";
import type { Certificate } from "./certificate.ts";

/** Encrypted, with whatever certificate. As a proxy it connects nobody, and keeps their log-ins. */
export async function secureServer(made: Certificate) {
  const logins: string[] = [];
  const server = createServer({ key: made.key, cert: made.cert }, (_, response) => response.end("{}"));
  server.on("connect", ({ headers }, socket) => {
    logins.push(headers["proxy-authorization"] ?? "");
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    logins,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Takes what it gets, says `answer` to the first of it, and keeps it. Not encrypted. */
export async function listener(answer = "") {
  const heard: Buffer[] = [];
  const server = createSocketServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(answer));
    socket.on("data", (chunk) => void heard.push(chunk));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: () => Buffer.concat(heard).toString("latin1"),
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}

/** Answers whatever it is asked with 407. */
export async function refusingProxy() {
  const server = createSocketServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () =>
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="firm"\r\nContent-Length: 0\r\n\r\n',
      ),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}
