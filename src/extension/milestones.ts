import * as vscode from "vscode";
import { contextKeys } from "./contributions.ts";

/** What the walkthrough ticks off, told to VS Code once a window. */
export class Milestones {
  readonly #told = new Set<string>();

  /** The model can be used. */
  modelReady(): void {
    this.#tell(contextKeys.modelReady);
  }

  suggested(): void {
    this.modelReady();
    this.#tell(contextKeys.suggested);
  }

  #tell(key: string): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    void vscode.commands.executeCommand("setContext", key, true);
  }
}
