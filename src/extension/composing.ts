import * as vscode from "vscode";

/** As an input method writes: what `keys` make of themselves one after the other, and in the end `text`. */
export async function compose(keys: string, text: string): Promise<void> {
  await vscode.commands.executeCommand("compositionStart");
  let replaceCharCnt = 0;
  const steps = Array.from(keys, (_, at) => keys.slice(0, at + 1)).concat(text);
  for (const composed of steps) {
    await vscode.commands.executeCommand("replacePreviousChar", { text: composed, replaceCharCnt });
    replaceCharCnt = composed.length;
  }
  await vscode.commands.executeCommand("compositionEnd");
}
