import * as vscode from "vscode";

/** Messages of one matter, of which the last one alone is to be seen: what the one before said is no longer so. */
export class Notices {
  #open = 0;

  /** As `showInformationMessage`. */
  async tell(words: string, ...buttons: readonly string[]): Promise<string | undefined> {
    return this.#alone(() => vscode.window.showInformationMessage(words, ...buttons));
  }

  async warn(words: string, ...buttons: readonly string[]): Promise<string | undefined> {
    return this.#alone(() => vscode.window.showWarningMessage(words, ...buttons));
  }

  /** No message can be taken back; those that stand there go to the others behind the bell. */
  async hide(): Promise<void> {
    if (this.#open > 0) await vscode.commands.executeCommand("notifications.hideToasts");
  }

  async #alone(show: () => Thenable<string | undefined>): Promise<string | undefined> {
    const hidden = this.hide();
    // At once: another one may come before those are hidden.
    this.#open += 1;
    try {
      await hidden;
      return await show();
    } finally {
      this.#open -= 1;
    }
  }
}

export const experimentNotices = new Notices();
