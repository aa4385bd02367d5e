/** Text that comes when it comes, for one reader. */
export class Pieces {
  #pieces: string[] = [];
  #end: { readonly error: unknown } | "good" | undefined;
  #wake: (() => void) | undefined;

  push(text: string): void {
    this.#pieces.push(text);
    this.#wake?.();
  }

  end(): void {
    this.#end ??= "good";
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  /** `undefined` at the end. Throws what `fail` was given, after all pieces. */
  async next(): Promise<string | undefined> {
    while (this.#pieces.length === 0) {
      if (this.#end === "good") return undefined;
      if (this.#end !== undefined) throw this.#end.error;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#pieces.shift();
  }
}
