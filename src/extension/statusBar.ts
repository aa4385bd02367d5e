import * as vscode from "vscode";
import type { DropReason } from "../completion/suggestion.ts";
import { commands } from "./contributions.ts";
import type { MeasuringNote } from "./countingWords.ts";
import type { ReadingNote } from "./indexWords.ts";
import { sentences } from "./punctuation.ts";
import type { Status } from "./status.ts";
import { itemText, lookOf } from "./statusWords.ts";

/** The item at the bottom right that always says what is going on. */
export class StatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  #shown = "";

  constructor() {
    this.#item = vscode.window.createStatusBarItem("pairwise.status", vscode.StatusBarAlignment.Right, 100);
    this.#item.name = "Pairwise";
    this.#item.command = commands.showMenu;
    this.#item.show();
  }

  /** @param measuring sentences; the trouble is empty where suggestions are counted, or are not meant to be */
  show(
    status: Status,
    lastDrop: DropReason | undefined,
    reading: ReadingNote | undefined,
    { trouble, note }: MeasuringNote,
  ): void {
    const { sentence, ...rest } = lookOf(status, lastDrop, reading);
    const look = { ...rest, text: itemText(rest, trouble !== ""), sentence: sentences(sentence, trouble, note) };
    const key = JSON.stringify(look);
    // Called at every keystroke; the editor is told only of what differs.
    if (key === this.#shown) return;
    this.#shown = key;
    this.#item.text = look.text;
    this.#item.tooltip = `Pairwise: ${look.sentence}`;
    this.#item.accessibilityInformation = { label: `Pairwise: ${look.sentence}`, role: "button" };
    this.#item.backgroundColor = look.needsUser ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  }

  dispose(): void {
    this.#item.dispose();
  }
}
