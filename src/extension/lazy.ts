import type * as vscode from "vscode";

/** A part that is loaded and made when it is first wanted, so that no start waits for it, and disposed where it was. */
export class Lazy<Part extends object> implements vscode.Disposable {
  readonly #make: () => Promise<Part>;
  #making: Promise<Part> | undefined;
  #made: Part | undefined;
  #disposed = false;

  constructor(make: () => Promise<Part>) {
    this.#make = make;
  }

  /** `undefined` where nobody has wanted it yet. */
  get made(): Part | undefined {
    return this.#made;
  }

  /** Rejects where it can't be made; the next call tries again. */
  get(): Promise<Part> {
    if (this.#making) return this.#making;
    const making = this.#makeIt();
    this.#making = making;
    making.catch(() => {
      if (this.#making === making) this.#making = undefined;
    });
    return making;
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#made) disposeOf(this.#made);
  }

  async #makeIt(): Promise<Part> {
    const part = await this.#make();
    this.#made = part;
    if (this.#disposed) disposeOf(part);
    return part;
  }
}

function disposeOf(part: object): void {
  if ("dispose" in part && typeof part.dispose === "function") part.dispose();
}
