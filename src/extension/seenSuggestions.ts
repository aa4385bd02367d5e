import * as vscode from "vscode";
import type { Asked, RequestMemory } from "../completion/requestMemory.ts";
import type { Offered } from "../completion/suggestion.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";

/** A suggestion as it was first seen. What was typed or taken of it since is still a part of it. */
export interface Seen {
  readonly offered: Offered;
  /** Where VS Code asked for it, and the line there, from 0. */
  readonly cursor: CursorSnapshot;
  readonly uri: vscode.Uri;
  readonly line: number;
  /** `undefined` where its request is forgotten. */
  readonly asked: Asked | undefined;
}

interface Shown {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
  /** All that there is to choose from: VS Code does not tell which one is seen. */
  readonly choices: readonly Seen[];
}

/** The suggestion that is shown and the one that was accepted last, for the person who asks why. In memory alone. */
export class SeenSuggestions {
  readonly #memory: RequestMemory;
  #shown: Shown | undefined;
  #accepted: Seen | undefined;

  constructor(memory: RequestMemory) {
    this.#memory = memory;
  }

  /** Still asked for while the editor has lost the focus, and with it the grey text. */
  get shown(): readonly Seen[] {
    const { document, selection } = vscode.window.activeTextEditor ?? {};
    if (this.#shown === undefined || document !== this.#shown.document) return [];
    const { version, position, choices } = this.#shown;
    return document.version === version && selection?.active.isEqual(position) ? choices : [];
  }

  get accepted(): Seen | undefined {
    return this.#accepted;
  }

  show(
    document: vscode.TextDocument,
    position: vscode.Position,
    cursor: CursorSnapshot,
    suggestions: readonly Offered[],
  ): void {
    const before = this.#shown?.document === document ? this.#shown.choices : [];
    const choices = suggestions.map((offered): Seen => {
      const first = before.find((seen) => seen.offered.id === offered.id);
      const { uri } = document;
      return first ?? { offered, cursor, uri, line: position.line, asked: this.#memory.find(offered.id) };
    });
    this.#shown = { document, version: document.version, position, choices };
  }

  accept(id: unknown): void {
    this.#accepted = this.#shown?.choices.find(({ offered }) => offered.id === id);
    this.#shown = undefined;
  }

  dismiss(): void {
    this.#shown = undefined;
  }

  clear(): void {
    this.#shown = undefined;
    this.#accepted = undefined;
  }
}
