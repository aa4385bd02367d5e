/** Somebody who writes at random in an editor in memory, and what truly happened to each suggestion: what a detector has to find out. */

import type { ChangeOrigins } from "../../src/productivity/activity/changeOrigin.ts";
import type { ChangeEvent } from "../../src/productivity/editorEvents.ts";
import { CountedEditor } from "./countedEditor.ts";

/** What is grey at the caret. */
interface Grey {
  readonly id: string;
  readonly rest: string;
  /** So many closing brackets behind the caret are replaced by it. */
  readonly behind: number;
  /** Typed along since it is seen, and can be deleted without ending it. */
  readonly typed: string;
}

interface Undoable {
  readonly offset: number;
  readonly removed: string;
  readonly inserted: string;
  /** Of the accept that it was. */
  readonly accept: number | undefined;
  readonly atMs: number;
}

const TEXTS = [
  "item.price * item.quantity;",
  "return values.map((value) => value * 2);",
  "const total = 0;\n  for (const item of items) total += item.price;\n  return total;",
  "call(first, second)",
  "(first, second)",
  "计算总价并返回",
  "()",
  "// 每天的 total, 以及 sum",
  "print(f'{name}')",
  "a.b",
  "if (ready) {\n    go(now);\n}",
] as const;

export const ACTS = [
  "suggest",
  "typeAlong",
  "typeAlong",
  "typeAll",
  "typeOther",
  "accept",
  "acceptLate",
  "takeWord",
  "takeRest",
  "editorsWord",
  "pasteNext",
  "pasteAll",
  "pair",
  "compose",
  "backspace",
  "backspace",
  "move",
  "undo",
  "elsewhere",
  "escape",
  "nothing",
  "cancelled",
  "withhold",
  "blur",
  "wait",
] as const;

export class TruthfulWriter {
  readonly editor: CountedEditor;
  /** As `CountedEditor.accepts`. */
  readonly accepts: string[] = [];
  readonly accepted = new Set<ChangeEvent>();
  /** By the suggestion's id. */
  readonly outcomes = new Map<string, "accepted" | "typed-through" | "rejected">();
  /** Suggestions that were given, and ended for good before they were given again. */
  readonly given: string[] = [];
  regrets = 0;
  #grey: Grey | undefined;
  #undo: Undoable[] = [];

  constructor(classifier?: ChangeOrigins) {
    this.editor = new CountedEditor("head();\n\nlet a = ║\n\ntail();\n", classifier);
  }

  act(kind: (typeof ACTS)[number], number: number): void {
    const { editor } = this;
    const grey = this.#grey;
    switch (kind) {
      case "suggest":
        return this.#suggest(number);
      case "wait":
        return editor.wait((number % 40) * 50);
      case "move":
        return this.#move();
      case "blur":
        editor.tell({ kind: "focus", isFocused: false });
        editor.wait(number % 3_000);
        editor.tell({ kind: "focus", isFocused: true });
        this.#grey = undefined;
        return;
      case "nothing":
        editor.suggestNothing();
        this.#grey = undefined;
        return;
      case "withhold":
        editor.withhold();
        this.#grey = undefined;
        return;
      case "cancelled":
        return editor.suggestNothing("cancelled");
      case "elsewhere":
        return this.#changeElsewhere(number);
      case "typeOther":
        this.#insert(grey?.rest.startsWith("@") ? "#" : "@");
        this.#grey = undefined;
        return;
      case "undo":
        return this.#undoLast();
      default:
        if (grey) this.#actOn(kind, grey, number);
    }
  }

  /** All that was held is decided. */
  end(): void {
    this.editor.end();
  }

  #actOn(kind: (typeof ACTS)[number], grey: Grey, number: number): void {
    const { editor } = this;
    const { id, rest, behind } = grey;
    switch (kind) {
      case "typeAlong":
        this.#typeAlong();
        return this.#answer(number);
      case "typeAll":
        while (this.#grey?.id === id) this.#typeAlong();
        return;
      case "accept":
        return this.#accept(grey, () => {});
      case "acceptLate":
        return this.#accept(grey, () => {
          editor.wait(number % 200);
          editor.suggest("@next", { id: `behind ${id}` });
          this.given.push(`behind ${id}`);
          editor.insert("@");
          editor.wait(number % 300);
        });
      case "takeWord": {
        const word = /^\s*[\p{L}\p{N}_]+|^\W/u.exec(rest)?.[0];
        if (!word || word.length >= rest.length || behind > 0) return;
        this.#expectAccept(`word ${word.length} wrapper`);
        editor.take("word", word, false, id);
        this.#changed("", word, this.accepts.length - 1);
        this.#grey = { id, behind, rest: rest.slice(word.length), typed: "" };
        return this.#answer(number);
      }
      case "takeRest":
        if (behind > 0) return;
        this.#expectAccept(`line ${rest.length} wrapper`);
        editor.take("line", rest, true, id);
        this.#changed("", rest, this.accepts.length - 1);
        return this.#end(id, "accepted");
      case "editorsWord": {
        const word = wordOf(rest);
        if (!word || behind > 0) return;
        this.#expectAccept(`word ${word.length} inferred`);
        editor.insert(word, { origin: "paste", cause: undefined });
        this.#changed("", word, this.accepts.length - 1);
        this.#grey = { id, behind, rest: rest.slice(word.length), typed: "" };
        return this.#answer(number);
      }
      case "pasteNext": {
        const word = wordOf(rest);
        if (!word || behind > 0) return;
        this.#insert(word, "paste");
        this.#grey = { id, behind, rest: rest.slice(word.length), typed: "" };
        return;
      }
      case "pasteAll":
        if (behind > 0 || rest.length < 3) return;
        this.#insert(rest, "paste");
        this.#grey = undefined;
        return;
      case "pair":
        if (!/^\([^()]*\)$/.test(rest) || behind > 0) return;
        editor.change([{ offset: editor.caret, length: 0, text: "()" }], editor.caret + 1);
        this.#undo = [];
        this.#grey = { id, rest: rest.slice(1), behind: 1, typed: "" };
        this.#isDone();
        return;
      case "compose":
        return this.#compose(grey);
      case "backspace": {
        const last = grey.typed.at(-1);
        if (last === undefined || last === "\n") return;
        editor.backspace();
        this.#undo = [];
        this.#grey = { ...grey, rest: last + rest, typed: grey.typed.slice(0, -1) };
        return;
      }
      case "escape":
        editor.tell({ kind: "dismissed", id });
        return this.#end(id, "rejected");
      default:
    }
  }

  #move(): void {
    const first = this.editor.text.indexOf("\n");
    const isThere = this.editor.caret === first;
    this.editor.moveTo(isThere ? this.editor.text.indexOf("\ntail") : first);
    this.#grey = undefined;
  }

  #suggest(number: number): void {
    const grey = this.#grey;
    if (grey) return this.#give(grey);
    const id = `s${this.given.length}`;
    this.given.push(id);
    this.#give({ id, rest: TEXTS[number % TEXTS.length] ?? "", behind: 0, typed: "" });
  }

  #give(grey: Grey): void {
    this.editor.suggest(grey.rest, { id: grey.id, behind: grey.behind });
    this.#grey = grey;
  }

  /** The editor asks behind each change, and mostly gets the rest of what is shown. */
  #answer(number: number): void {
    if (!this.#grey) return;
    const way = number % 4;
    if (way === 0) this.editor.suggestNothing("cancelled");
    else if (way < 3) this.#give(this.#grey);
  }

  #typeAlong(): void {
    const grey = this.#grey;
    const key = grey && String.fromCodePoint(grey.rest.codePointAt(0)!);
    if (!grey || key === undefined) return;
    this.#insert(key);
    this.#grey = { ...grey, rest: grey.rest.slice(key.length), typed: grey.typed + key };
    this.#isDone();
    this.editor.wait(20);
  }

  #isDone(): void {
    const grey = this.#grey;
    if (grey && grey.rest.length === grey.behind) this.#end(grey.id, "typed-through");
  }

  #accept({ id, rest, behind }: Grey, meanwhile: () => void): void {
    const { editor } = this;
    this.#expectAccept(`full ${rest.length - behind} command`);
    const removed = editor.text.slice(editor.caret, editor.caret + behind);
    editor.change([{ offset: editor.caret, length: behind, text: rest }], editor.caret + rest.length, {
      origin: "paste",
      cause: undefined,
    });
    this.#changed(removed, rest, this.accepts.length - 1);
    const before = editor.changes.length;
    meanwhile();
    if (editor.changes.length > before) this.#undo = [];
    editor.tell({ kind: "accepted", id });
    this.#end(id, "accepted");
  }

  #compose(grey: Grey): void {
    const { editor } = this;
    const [word] = /^\p{Script=Han}{2}/u.exec(grey.rest) ?? [];
    if (word === undefined) return;
    const offset = editor.caret;
    const steps = ["j", "ji", "ji s"];
    let length = 0;
    for (const text of steps) {
      editor.change([{ offset, length, text }], offset + text.length, { isComposing: true });
      editor.suggestNothing("dropped", "composing");
      editor.wait(30);
      ({ length } = text);
    }
    editor.change([{ offset, length, text: word }], offset + word.length);
    this.#undo = [];
    this.#grey = { ...grey, rest: grey.rest.slice(word.length), typed: "" };
    this.#isDone();
  }

  #changeElsewhere(number: number): void {
    const { editor } = this;
    const text = "x".repeat((number % 5) + 1);
    const isAbove = number % 2 === 0;
    const offset = isAbove ? 2 : editor.text.length - 3;
    editor.change([{ offset, length: 1, text }], editor.caret + (isAbove ? text.length - 1 : 0), {
      origin: "other",
      cause: undefined,
    });
    this.#undo = [];
  }

  #undoLast(): void {
    const last = this.#undo.pop();
    if (!last) return;
    const { offset, removed, inserted, accept, atMs } = last;
    const { editor } = this;
    const isRegretted = accept !== undefined && editor.nowMs - atMs <= 10_000;
    if (isRegretted) this.regrets += 1;
    editor.change([{ offset, length: inserted.length, text: removed }], offset, {
      reason: "undo",
      origin: "undo",
      cause: undefined,
    });
    // Whether the grey text stays is VS Code's matter: another one is asked for.
    editor.suggestNothing();
    this.#grey = undefined;
  }

  #insert(text: string, origin: "typed" | "paste" = "typed"): void {
    this.editor.insert(text, { origin });
    this.#changed("", text, undefined);
  }

  /** The last change, for undo. */
  #changed(removed: string, inserted: string, accept: number | undefined): void {
    const { caret, nowMs, changes } = this.editor;
    const offset = caret - inserted.length;
    this.#undo.push({ offset, removed, inserted, accept, atMs: nowMs });
    const last = changes.at(-1);
    if (accept !== undefined && last) this.accepted.add(last);
  }

  #expectAccept(accept: string): void {
    this.accepts.push(accept);
  }

  #end(id: string, outcome: "accepted" | "typed-through" | "rejected"): void {
    this.outcomes.set(id, outcome);
    this.#grey = undefined;
  }
}

/** As VS Code's own command takes it, where that can be told from typing. */
function wordOf(rest: string): string | undefined {
  const word = /^[\p{L}\p{N}_]{2,}/u.exec(rest)?.[0];
  return word !== undefined && word.length < rest.length ? word : undefined;
}
