/** Runs a TypeScript file of this repository on Node 24, after fetching what is missing for that. */
import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { ensureNode, ensurePackages, root, SetUpError } from "./toolchain.mjs";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

const stopEarly = () => process.exit(1);

export async function launch(script, args) {
  for (const signal of signals) process.on(signal, stopEarly);
  let node;
  try {
    if (Number.parseInt(process.versions.node, 10) < 20) {
      throw new SetUpError(`Node 20 or later is needed, and this is ${process.versions.node}.`);
    }
    node = await ensureNode();
    await ensurePackages(node);
  } catch (error) {
    console.error(error instanceof SetUpError ? error.message : error);
    process.exit(1);
  }
  // Not a copy of the environment: on Windows only the original knows that Path and PATH are one.
  process.env.PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`;
  // The channel tells the script when this process is gone, however it went.
  const child = spawn(node, [join(root, script), ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of signals) {
    process.off(signal, stopEarly);
    process.on(signal, () => forward(signal, child));
  }
  child.on("exit", (code) => process.exit(code ?? 1));
}

/** Tells the script to end, so that it can clean up. */
export function forward(signal, child, platform = process.platform) {
  // On Windows `kill` ends it at once, and the console gives Ctrl+C to it as well.
  if (platform !== "win32") child.kill(signal);
  else if (child.connected) child.disconnect();
}
