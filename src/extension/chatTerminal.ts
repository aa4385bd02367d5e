/**
 * The chat's own terminal. Whichever one is in front may be no shell at all: a program that reads lines, a session on
 * another machine.
 */

import * as vscode from "vscode";

export class ChatTerminal implements vscode.Disposable {
  readonly name = "Pairwise";
  #terminal: vscode.Terminal | undefined;
  /** What was put into it last, as long as the last line of it may still stand at the prompt. */
  #waiting: readonly string[] = [];
  /** What its shell runs, whoever has begun it. */
  #running: vscode.TerminalShellExecution | undefined;
  readonly #registrations: readonly vscode.Disposable[];

  constructor() {
    this.#registrations = [
      vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        if (terminal === this.#terminal) this.#started(execution);
      }),
      vscode.window.onDidEndTerminalShellExecution(({ terminal, execution }) => {
        if (terminal === this.#terminal && execution === this.#running) this.#running = undefined;
      }),
    ];
  }

  /** All lines but the last are run. Another terminal is opened where the line before may still stand there, or something runs. */
  async put(lines: readonly string[]): Promise<void> {
    const isFree = this.#terminal?.exitStatus === undefined && this.#waiting.length === 0 && !this.#running;
    const terminal = (isFree ? this.#terminal : undefined) ?? vscode.window.createTerminal({ name: this.name });
    const isNew = terminal !== this.#terminal;
    if (isNew) this.#running = undefined;
    this.#terminal = terminal;
    this.#waiting = lines.map((line) => line.trim());
    terminal.show();
    // What comes before its prompt would stand there twice.
    if (isNew) await prompting(terminal);
    terminal.sendText(lines.join("\n"), false);
  }

  /** The terminals stay: they are the user's. */
  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
  }

  /** The lines before the last one run by themselves; anything else is the last line, as it is or as the user has changed it. */
  #started(execution: vscode.TerminalShellExecution): void {
    this.#running = execution;
    const command = execution.commandLine.value.trim();
    const isLast =
      command.endsWith(this.#waiting.at(-1) ?? "") || !this.#waiting.some((line) => command.endsWith(line));
    if (isLast) this.#waiting = [];
  }
}

/** Resolves when the shell tells of itself, or after a while where it does not. */
function prompting(terminal: vscode.Terminal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (terminal.shellIntegration) resolve();
  const timer = setTimeout(resolve, PROMPT_MS);
  const listener = vscode.window.onDidChangeTerminalShellIntegration((told) => {
    if (told.terminal === terminal) resolve();
  });
  return promise.finally(() => {
    clearTimeout(timer);
    listener.dispose();
  });
}

const PROMPT_MS = 3_000;
