import * as vscode from "vscode";
import { textAttachment } from "../chat/attachments.ts";
import { shortened } from "../refactor/longOutput.ts";
import type { ChatView } from "./chatView.ts";
import {
  type CommandsRun,
  copiedOutput,
  lastOutput,
  notKnown,
  type OutputToRead,
  pastedOutput,
} from "./outputToRead.ts";

export interface ExplainingNeeds {
  readonly terminals: CommandsRun;
  readonly openChat: () => Promise<{ focus(): Promise<void>; readonly session: Pick<ChatView["session"], "ask"> }>;
}

/** Asks in the chat about what the last command has written. */
export async function explainOutput(needs: ExplainingNeeds): Promise<void> {
  const output = (await lastOutput(needs.terminals)) ?? (await pastedOutput(notKnown()));
  if (output) await ask(needs, output);
}

/** No extension may read what is selected in a terminal; so it is copied as the user copies it. */
export async function explainSelectedOutput(needs: ExplainingNeeds): Promise<void> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  // Where nothing is selected nothing is copied, and what was copied before is not meant.
  await clipboard.writeText("");
  await vscode.commands.executeCommand("workbench.action.terminal.copySelection");
  const output = await copiedOutput();
  if (output) await ask(needs, output);
  else await clipboard.writeText(before);
}

async function ask({ openChat }: ExplainingNeeds, { label, text }: OutputToRead): Promise<void> {
  const chat = await openChat();
  await chat.focus();
  const question = vscode.l10n.t("Explain this output. If something went wrong, say what, why, and how to mend it.");
  await chat.session.ask(question, [textAttachment(shortened(text, MOST_CHARS), label)]);
}

/** A model with little room gets less of it, as of all that is attached. */
const MOST_CHARS = 12_000;
