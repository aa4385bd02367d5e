import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as assertAll, constantFrom, nat, property, record } from "fast-check";
import type { TextEdit } from "../../../src/productivity/editorEvents.ts";
import { SurvivingText } from "../../support/survivingText.ts";

/** A character, and whose it is: the number of an accept, or nobody's. Undo brings back the same ones. */
interface Character {
  readonly text: string;
  readonly accept: number | undefined;
}

/** A document as its characters, with undo as VS Code has it: several edits in a row are one step. */
class Characters {
  now: readonly Character[];
  #done: (readonly Character[])[] = [];
  #undone: (readonly Character[])[] = [];

  constructor(text: string) {
    this.now = Array.from(text, (each) => ({ text: each, accept: undefined }));
  }

  edit({ offset, length, text }: TextEdit, accept: number | undefined, isOwnStep: boolean): void {
    if (isOwnStep || this.#done.length === 0) this.#done.push(this.now);
    this.#undone = [];
    this.now = this.now.toSpliced(offset, length, ...Array.from(text, (each) => ({ text: each, accept })));
  }

  /** The edit that does it; `undefined` where there is nothing. */
  back(reason: "undo" | "redo"): TextEdit | undefined {
    const [from, to] = reason === "undo" ? [this.#done, this.#undone] : [this.#undone, this.#done];
    const then = from.pop();
    if (!then) return undefined;
    to.push(this.now);
    const { now } = this;
    this.now = then;
    let start = 0;
    while (start < Math.min(now.length, then.length) && now[start] === then[start]) start += 1;
    let end = 0;
    while (end < Math.min(now.length, then.length) - start && now.at(-1 - end) === then.at(-1 - end)) end += 1;
    const text = then
      .slice(start, then.length - end)
      .map((each) => each.text)
      .join("");
    return { offset: start, length: now.length - end - start, text };
  }
}

test("through typing, deleting, undo and redo in any order what is left of each accept is what is left of its characters", () => {
  const action = record({
    kind: constantFrom("accept", "type", "type", "delete", "delete", "undo", "undo", "redo"),
    at: nat(60),
    length: nat(12),
    isOwnStep: constantFrom(true, true, false),
  });
  assertAll(
    property(array(action, { maxLength: 40 }), (actions) => {
      const it = new SurvivingText("0123456789012345678901234567890123456789");
      const characters = new Characters(it.text);
      const inserted: number[] = [];
      for (const { kind, at, length, isOwnStep } of actions) {
        const offset = Math.min(at, characters.now.length);
        if (kind === "undo" || kind === "redo") {
          const edit = characters.back(kind);
          if (edit && (edit.length > 0 || edit.text !== "")) it.change([edit], kind);
          continue;
        }
        const isDeletion = kind === "delete";
        const count = isDeletion ? Math.min(length, characters.now.length - offset) : length + 1;
        if (count === 0) continue;
        const edit = isDeletion
          ? { offset, length: count, text: "" }
          : { offset, length: 0, text: "abcdefghijklmnop".slice(0, count) };
        characters.edit(edit, kind === "accept" ? inserted.length : undefined, isOwnStep || kind === "accept");
        if (kind === "accept") {
          inserted.push(count);
          it.accept(edit.text, offset);
        } else it.change([edit], isDeletion ? "deleted" : "typed");
      }
      assert.equal(it.text, characters.now.map(({ text }) => text).join(""));
      it.wait(31_000);
      assert.deepEqual(
        it.checks.map(({ insertedChars, survivingChars }) => [insertedChars, survivingChars]),
        inserted.map((count, accept) => [count, characters.now.filter((each) => each.accept === accept).length]),
      );
    }),
    { numRuns: 500 },
  );
});
