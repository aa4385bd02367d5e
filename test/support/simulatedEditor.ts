/** Documents, a caret, and what a writer does with them: the editor as far as an engine can tell. */

import type { Offered } from "../../src/completion/suggestion.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";

export interface DocumentText {
  readonly path: string;
  readonly languageId: string;
  readonly indentUnit: string;
  /** With the line breaks that it has on disk. */
  readonly text: string;
}

interface State {
  readonly text: string;
  readonly caret: number;
}

class SimulatedDocument {
  readonly source: DocumentText;
  state: State;
  version = 1;
  readonly undone: State[] = [];

  constructor(source: DocumentText) {
    this.source = source;
    this.state = { text: source.text, caret: source.text.length };
  }

  get lineBreak(): string {
    return this.source.text.includes("\r\n") ? "\r\n" : "\n";
  }
}

export class SimulatedEditor {
  readonly #documents: readonly SimulatedDocument[];
  #active: SimulatedDocument;

  constructor(sources: readonly [DocumentText, ...DocumentText[]]) {
    this.#documents = sources.map((source) => new SimulatedDocument(source));
    const [first] = this.#documents;
    if (first === undefined) throw new Error("There is no document.");
    this.#active = first;
  }

  get text(): string {
    return this.#active.state.text;
  }

  get caret(): number {
    return this.#active.state.caret;
  }

  snapshot(selectedCompletion?: CursorSnapshot["selectedCompletion"]): CursorSnapshot {
    const { source, version, state } = this.#active;
    return {
      uri: `file:///project/${source.path}`,
      path: source.path,
      languageId: source.languageId,
      version,
      offset: state.caret,
      prefix: state.text.slice(0, state.caret),
      suffix: state.text.slice(state.caret),
      indentUnit: source.indentUnit,
      selectedCompletion,
    };
  }

  isCurrent(cursor: CursorSnapshot): boolean {
    const now = this.snapshot();
    return cursor.uri === now.uri && cursor.version === now.version && cursor.offset === now.offset;
  }

  /** `\n` becomes the document's line break. */
  type(text: string): void {
    this.#replace(this.caret, this.caret, text);
  }

  /** As an editor types an opening bracket: the closing one comes with it. Typing a closing one over another moves on. */
  typeBracket(bracket: string): void {
    const closer = ({ "(": ")", "[": "]", "{": "}" } as const)[bracket];
    if (closer !== undefined) {
      this.#replace(this.caret, this.caret, bracket + closer);
      this.moveTo(this.caret - 1);
    } else if (this.text.charAt(this.caret) === bracket) this.moveTo(this.caret + 1);
    else this.type(bracket);
  }

  backspace(): void {
    if (this.caret > 0) this.#replace(this.#before(this.caret), this.caret, "");
  }

  deleteLine(): void {
    const start = this.text.lastIndexOf("\n", this.caret - 1) + 1;
    const end = this.text.indexOf("\n", this.caret);
    this.#replace(start, end === -1 ? this.text.length : end + 1, "");
  }

  undo(): void {
    const state = this.#active.undone.pop();
    if (state === undefined) return;
    this.#active.state = state;
    this.#active.version += 1;
  }

  moveTo(offset: number): void {
    const { text } = this.#active.state;
    const caret = Math.max(0, Math.min(offset, text.length));
    const within = /[\uD800-\uDBFF]$/.test(text.slice(0, caret)) || text.slice(0, caret).endsWith("\r");
    this.#active.state = { text, caret: within ? caret - 1 : caret };
  }

  switchTo(index: number): void {
    this.#active = this.#documents[index % this.#documents.length] ?? this.#active;
  }

  accept({ insertText, replaceBefore, replaceAfter }: Offered): void {
    this.#replace(this.caret - replaceBefore, this.caret + replaceAfter, insertText);
  }

  /** One undo step. */
  #replace(start: number, end: number, text: string): void {
    const { state, lineBreak, undone } = this.#active;
    const inserted = text.replaceAll("\n", lineBreak);
    undone.push(state);
    this.#active.version += 1;
    this.#active.state = {
      text: state.text.slice(0, start) + inserted + state.text.slice(end),
      caret: start + inserted.length,
    };
  }

  #before(caret: number): number {
    return /(\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(this.text.slice(0, caret)) ? caret - 2 : caret - 1;
  }
}
