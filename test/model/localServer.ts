import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface LocalServer extends AsyncDisposable {
  readonly url: string;
  /** What was asked, in order. */
  readonly requests: readonly IncomingMessage[];
  /** Settles when a connection of a request in progress has been closed by the other side. */
  readonly droppedByClient: Promise<void>;
}

/** A real server on a free port of this machine. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void | Promise<void>,
): Promise<LocalServer> {
  const requests: IncomingMessage[] = [];
  const dropped = Promise.withResolvers<void>();
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    response.on("close", () => {
      if (!response.writableFinished && !closing) dropped.resolve();
    });
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      void answer(request, response, Buffer.concat(chunks).toString("utf8"));
    });
  };
  let closing = false;
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    droppedByClient: dropped.promise,
    async [Symbol.asyncDispose]() {
      closing = true;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Writes a body that has no end, for as long as somebody reads it. */
export function flood(response: ServerResponse, piece: string): void {
  const pieces = piece.repeat(Math.ceil(2 ** 16 / piece.length));
  const write = () => {
    while (!response.destroyed && response.write(pieces));
  };
  response.on("drain", write);
  write();
}

/** An address of this machine where nothing listens. */
export async function deadUrl(): Promise<string> {
  const server = await serve(() => {});
  const { url } = server;
  await server[Symbol.asyncDispose]();
  return url;
}
