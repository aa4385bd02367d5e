import * as vscode from "vscode";
import { tailOfLines } from "../chat/cutting.ts";
import type { Reading } from "./chatContextReading.ts";
import { commandText, isUnheard, type TerminalOutput } from "./terminalOutput.ts";

/** The last commands of the terminal in front, or of all where none of that one is known. The last one is sure of its room. */
export async function readTerminal(
  reading: Reading,
  output: Pick<TerminalOutput, "settled" | "commands">,
): Promise<void> {
  await output.settled();
  const { commands } = output;
  const active = vscode.window.activeTerminal;
  const ofActive = commands.filter(({ terminal }) => terminal === active);
  const chosen = (ofActive.length > 0 ? ofActive : commands).slice(0, MOST_COMMANDS);
  if (chosen.length === 0) return reading.leave(isIntegrated() ? "no-commands" : "no-shell-integration");
  const texts: { readonly label: string; readonly text: string; readonly cut: boolean }[] = [];
  let room = reading.room;
  for (const ran of chosen) {
    const { text, isCut } = tailOfLines(commandText(ran), room);
    if (isCut && texts.length > 0) break;
    room -= text.length;
    texts.push({ label: `$ ${ran.command.trim().split("\n")[0] ?? ""}`, text, cut: isCut || ran.isCut });
  }
  // As they were run.
  for (const piece of texts.toReversed()) reading.add(piece);
  if (chosen.slice(0, texts.length).some(isUnheard)) reading.leave("unheard");
  if (texts.length < chosen.length || texts.some(({ cut }) => cut)) reading.leave("cut");
}

/** Without a terminal nothing is off, and nothing was run. */
function isIntegrated(): boolean {
  const { terminals } = vscode.window;
  return terminals.length === 0 || terminals.some(({ shellIntegration }) => shellIntegration !== undefined);
}

const MOST_COMMANDS = 5;
