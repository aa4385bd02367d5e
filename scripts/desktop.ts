/** Opens a window of a desktop VS Code, and sees whether it stays. */

import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { endTree, SetUpError } from "./toolchain.mjs";

export interface DesktopOptions {
  /** VS Code's own program, not its command line one. */
  readonly executable: string;
  /** Among them `--user-data-dir`, which VS Code wants when it runs as root. */
  readonly args: readonly string[];
  /** Gets what it writes to its standard error. A file, since a pipe would break when this process is gone. */
  readonly logFile: string;
  /** Ends the waiting, not the window. */
  readonly signal: AbortSignal;
  /** How long it has to live to count as open. */
  readonly trialMs?: number;
  readonly isRoot?: boolean;
}

export type Desktop =
  /** `ended` settles when the window is closed; `end` closes it. */
  | { readonly kind: "open"; readonly ended: Promise<unknown>; end(): void }
  /** It handed over to a VS Code that runs already, or to what it has started, and ended well. */
  | { readonly kind: "handed-over" }
  /** `lastWords` are the last lines that it wrote. */
  | { readonly kind: "failed"; readonly lastWords: string };

/**
 * On Linux once more without Chromium's sandbox if it ends badly with it: the sandbox needs rights that a downloaded
 * VS Code has not where user namespaces are restricted (Ubuntu from 23.10 on). As root it never works.
 */
export async function openDesktop(options: DesktopOptions): Promise<Desktop> {
  const { args, isRoot = process.getuid?.() === 0 } = options;
  if (process.platform !== "linux") return tryDesktop(options);
  const withoutSandbox = { ...options, args: ["--no-sandbox", ...args] };
  if (isRoot) return tryDesktop(withoutSandbox);
  const desktop = await tryDesktop(options);
  return desktop.kind === "failed" && !options.signal.aborted ? tryDesktop(withoutSandbox) : desktop;
}

async function tryDesktop({ executable, args, logFile, signal, trialMs = 5_000 }: DesktopOptions): Promise<Desktop> {
  const log = openLog(logFile);
  const child = spawn(executable, args, {
    stdio: ["ignore", "ignore", log],
    // A group of its own, which is ended as a whole.
    detached: process.platform !== "win32",
  });
  closeSync(log);
  const ended = new Promise<number | string>((settle) => {
    child.once("exit", (code, by) => settle(code ?? by ?? 1)).once("error", (error) => settle(error.message));
  });
  const { pid } = child;
  const end = (): void => {
    if (pid !== undefined) endTree(pid);
  };
  const trial = new AbortController();
  const lived = wait(trialMs, undefined, { signal: AbortSignal.any([signal, trial.signal]) }).catch(() => undefined);
  const result = await Promise.race([ended, lived]);
  trial.abort();
  if (result === undefined) return { kind: "open", ended, end };
  if (result === 0) return { kind: "handed-over" };
  end();
  return { kind: "failed", lastWords: lastWords(logFile) || `It ended with ${result}.` };
}

/** Runs `command`, VS Code's command line program, which ends when a window is open. Throws a `SetUpError` if it fails. */
export async function runCommand(command: string, args: readonly string[], logFile: string): Promise<void> {
  const shell = process.platform === "win32";
  const quote = (text: string): string => (shell ? `"${text}"` : text);
  const log = openLog(logFile);
  const child = spawn(quote(command), args.map(quote), { shell, stdio: ["ignore", "ignore", log] });
  closeSync(log);
  const result = await new Promise<number | string>((settle) => {
    child.once("exit", (code, by) => settle(code ?? by ?? 1)).once("error", (error) => settle(error.message));
  });
  if (result === 0) return;
  throw new SetUpError(
    [
      `VS Code (${command}) could not open a window and ended with ${result}.`,
      lastWords(logFile),
      "Put that right, or set PAIRWISE_EDITOR=browser to have VS Code in the browser, and run this again.",
    ]
      .filter((line) => line !== "")
      .join("\n"),
  );
}

function openLog(logFile: string): number {
  mkdirSync(dirname(logFile), { recursive: true });
  return openSync(logFile, "w");
}

function lastWords(logFile: string): string {
  return readFileSync(logFile, "utf8").trim().split("\n").slice(-10).join("\n");
}
