/** llama.cpp's own server, started for a test on a free port of this machine. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface LlamaServer extends AsyncDisposable {
  /** Without `/v1`. */
  readonly url: string;
  /** Settles when its model is loaded. */
  ready(): Promise<void>;
}

/** It is running, and loads its model. `PAIRWISE_LLAMA_SERVER` names the program. */
export async function startLlamaServer(model: string, args: readonly string[] = []): Promise<LlamaServer> {
  const program = process.env["PAIRWISE_LLAMA_SERVER"];
  if (program === undefined || program === "") throw new Error("PAIRWISE_LLAMA_SERVER must name llama.cpp's server");
  const port = await freePort();
  const where = ["--host", "127.0.0.1", "--port", String(port)];
  const child = spawn(program, ["--model", model, ...where, "--threads", "2", "--no-webui", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-4_000)));
  }
  // Also when the test's process ends in another way than by disposing of it: a file that takes too long is told to.
  const kill = (): void => void child.kill("SIGKILL");
  const endEarly = (): void => process.exit(1);
  process.once("exit", kill);
  for (const signal of SIGNALS) process.once(signal, endEarly);
  const ended = once(child, "close");
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    ready: () => untilLoaded(url, child, () => output),
    async [Symbol.asyncDispose]() {
      process.off("exit", kill);
      for (const signal of SIGNALS) process.off(signal, endEarly);
      kill();
      await ended;
    },
  };
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A test that waits for ever is ended with its file. */
async function untilLoaded(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`llama.cpp's server has ended:\n${output()}`);
    const isLoaded = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isLoaded) return;
    await sleep(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
