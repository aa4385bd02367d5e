/** What is kept of the commands that were run in terminals. */

import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as vscode from "vscode";
import { TerminalOutput } from "../../src/extension/terminalOutput.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { eventually } from "./editor.ts";

type Started = Pick<vscode.TerminalShellExecutionStartEvent, "terminal" | "execution">;

/** While this runs commands are started, and terminals closed, by these functions. */
async function withTerminals(
  use: (start: (event: Started) => void, close: (terminal: vscode.Terminal) => void) => Promise<void>,
): Promise<void> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { onDidStartTerminalShellExecution, onDidCloseTerminal } = window;
  const started = new vscode.EventEmitter<Started>();
  const closed = new vscode.EventEmitter<vscode.Terminal>();
  Object.assign(window, { onDidStartTerminalShellExecution: started.event, onDidCloseTerminal: closed.event });
  try {
    await use(
      (event) => started.fire(event),
      (terminal) => closed.fire(terminal),
    );
  } finally {
    Object.assign(window, { onDidStartTerminalShellExecution, onDidCloseTerminal });
    started.dispose();
    closed.dispose();
  }
}

function execution(command: string): vscode.TerminalShellExecution {
  const read = async function* (): AsyncIterable<string> {
    yield `${command}\n`;
  };
  const commandLine = {
    value: command,
    isTrusted: true,
    confidence: vscode.TerminalShellExecutionCommandLineConfidence.High,
  };
  return { commandLine, cwd: undefined, read };
}

export const terminalOutputTests: readonly HostTest[] = [
  {
    name: "nothing is kept of commands whose terminals were closed while they ran, but for the last ones",
    async run() {
      setFlagsFromString("--expose-gc");
      const collect: unknown = runInNewContext("gc");
      assert.ok(typeof collect === "function");
      await withTerminals(async (start, close) => {
        const output = new TerminalOutput();
        const kept: WeakRef<vscode.TerminalShellExecution>[] = [];
        for (let count = 0; count < 30; count += 1) {
          const terminal = { name: `${count}` } as vscode.Terminal;
          const started = execution(`watch ${count}`);
          kept.push(new WeakRef(started));
          start({ terminal, execution: started });
          close(terminal);
        }
        await output.settled();
        assert.equal(output.commands.length, 20);
        assert.equal(output.commands[0]?.command, "watch 29");
        assert.ok(output.commands.every(({ isRunning }) => !isRunning));
        await eventually("they are gone, but for what VS Code itself keeps of the last event", () => {
          collect();
          return kept.filter((each) => each.deref() !== undefined).length <= 1 || undefined;
        });
        output.dispose();
      });
    },
  },
];
