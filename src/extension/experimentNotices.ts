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

  async #alone(show: () => Thenable<string | undefined>): Promise<string | undefined> {
    // No message can be taken back; those that stand there go to the others behind the bell.
    if (this.#open > 0) await vscode.commands.executeCommand("notifications.hideToasts");
    this.#open += 1;
    try {
      return await show();
    } finally {
      this.#open -= 1;
    }
  }
}

export const experimentNotices = new Notices();
