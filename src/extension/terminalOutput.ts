import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { terminalText } from "../text/terminalText.ts";
import { headOf, tailOf } from "../text/offsets.ts";

export interface RanCommand {
  readonly terminal: vscode.Terminal;
  readonly command: string;
  /** As it was written, its end. */
  raw: string;
  isCut: boolean;
  /** `undefined` while it runs, and where the shell does not say. */
  exitCode: number | undefined;
  isRunning: boolean;
  /** All that it wrote was read. */
  isRead: boolean;
}

/**
 * The last commands that were run in terminals, with what they wrote, from when it was made: bounded, in memory alone.
 * VS Code tells of those alone whose shell it is integrated with.
 */
export class TerminalOutput implements vscode.Disposable {
  readonly #ran: RanCommand[] = [];
  /** Of a terminal that is closed while a command runs no end is told. */
  readonly #running = new WeakMap<vscode.TerminalShellExecution, RanCommand>();
  readonly #listeners: readonly vscode.Disposable[];

  constructor() {
    this.#listeners = [
      vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        void this.#follow(terminal, execution);
      }),
      vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
        const ran = this.#running.get(execution);
        this.#running.delete(execution);
        if (!ran) return;
        ran.isRunning = false;
        ran.exitCode = exitCode;
      }),
      vscode.window.onDidCloseTerminal((terminal) => {
        for (const ran of this.#ran) if (ran.terminal === terminal) ran.isRunning = false;
      }),
    ];
  }

  /** That a command has ended may be heard before the last that it wrote; waits for that, for a moment. */
  async settled(): Promise<void> {
    const end = performance.now() + SETTLING_MS;
    const isPending = (): boolean => this.#ran.some(({ isRunning, isRead }) => !isRunning && !isRead);
    while (isPending() && performance.now() < end) await setTimeout(SETTLING_STEP_MS);
  }

  /** The last one first. */
  get commands(): readonly RanCommand[] {
    return this.#ran.toReversed();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#ran.length = 0;
  }

  async #follow(terminal: vscode.Terminal, execution: vscode.TerminalShellExecution): Promise<void> {
    const command = headOf(execution.commandLine.value, MOST_COMMAND_CHARS);
    const ran: RanCommand = {
      terminal,
      command,
      raw: "",
      isCut: false,
      exitCode: undefined,
      isRunning: true,
      isRead: false,
    };
    this.#running.set(execution, ran);
    this.#ran.push(ran);
    if (this.#ran.length > MOST_COMMANDS) this.#ran.shift();
    try {
      for await (const data of execution.read()) {
        ran.raw += data;
        if (ran.raw.length <= MOST_CHARS * SLACK) continue;
        ran.raw = tailOf(ran.raw, MOST_CHARS);
        ran.isCut = true;
      }
    } catch {
      // The terminal was closed meanwhile: what it wrote until then stays.
    } finally {
      ran.isRead = true;
    }
  }
}

/**
 * VS Code has lost what it wrote, as it does where that comes together with the command's end. Of a command that writes
 * nothing at least the shell's mark is read.
 */
export function isUnheard({ raw, isRunning, isRead }: RanCommand): boolean {
  return raw === "" && isRead && !isRunning;
}

/** As a person saw it: the prompt, the output, and how it ended. */
export function commandText(ran: RanCommand): string {
  const { command, raw, exitCode, isRunning, isCut } = ran;
  const output = isUnheard(ran) ? "[what it wrote is not known]" : terminalText(raw);
  const ending = isRunning
    ? "[still running]"
    : exitCode === undefined || exitCode === 0
      ? ""
      : `[exit code ${exitCode}]`;
  return [`$ ${command.trim()}`, isCut ? `[…]\n${output}` : output, ending].filter((part) => part !== "").join("\n");
}

const SETTLING_MS = 1_000;
const SETTLING_STEP_MS = 20;
const MOST_COMMANDS = 20;
const MOST_COMMAND_CHARS = 2_000;
/** Of each. An error stands at the end of what was written. */
const MOST_CHARS = 40_000;
/** It is cut once in a while, not with each piece that comes. */
const SLACK = 2;
