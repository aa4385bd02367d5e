/**
 * The chat's own terminal. Whichever one is in front may be no shell at all: a program that reads lines, a session on
 * another machine.
 */

import * as vscode from "vscode";

export class ChatTerminal implements vscode.Disposable {
  readonly name = "Pairwise";
  #terminal: vscode.Terminal | undefined;
  /** The last line that was put into it, until its shell tells that it has been run and has ended. */
  #waiting: string | undefined;
  readonly #registration: vscode.Disposable;

  constructor() {
    this.#registration = vscode.window.onDidEndTerminalShellExecution(({ terminal, execution }) => {
      const isLast = this.#waiting !== undefined && execution.commandLine.value.trim().endsWith(this.#waiting.trim());
      if (terminal === this.#terminal && isLast) this.#waiting = undefined;
    });
  }

  /** All lines but the last are run. Another terminal is opened where the line before may still stand there, or run. */
  put(lines: readonly string[]): void {
    const isFree = this.#terminal?.exitStatus === undefined && this.#waiting === undefined;
    const terminal = (isFree ? this.#terminal : undefined) ?? vscode.window.createTerminal({ name: this.name });
    this.#terminal = terminal;
    this.#waiting = lines.at(-1);
    terminal.show();
    terminal.sendText(lines.join("\n"), false);
  }

  /** The terminals stay: they are the user's. */
  dispose(): void {
    this.#registration.dispose();
  }
}
