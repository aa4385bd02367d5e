/**
 * Which file an untitled document has become. When it is saved for the first time VS Code opens the new file empty, writes the
 * whole text into it, saves it, empties the untitled document and closes it.
 */

import type { EditorEvent } from "../productivity/editorEvents.ts";

interface Became {
  readonly from: string;
  readonly to: string;
}

export class SavedUntitled {
  readonly #textOf: (uri: string) => { readonly text: string } | undefined;
  /** From untitled documents to what they have become; the last ones. */
  readonly #files = new Map<string, string>();

  constructor(textOf: (uri: string) => { readonly text: string } | undefined) {
    this.#textOf = textOf;
  }

  /**
   * The untitled one of these that has become a file with this event. At a key it costs nothing.
   * @param documents addresses of those that are open
   */
  became(event: EditorEvent, documents: () => Iterable<string>): Became | undefined {
    // The file's editor is put in front when all is written; what somebody pastes is pasted into the one in front.
    if (event.kind !== "change" || event.isActive || event.isOwn || isUntitled(event.uri)) return undefined;
    const [edit, ...others] = event.edits;
    if (!edit || others.length > 0 || edit.offset > 0 || edit.length > 0 || edit.text === "") return undefined;
    const isSame = (uri: string): boolean => this.#textOf(uri)?.text === edit.text;
    const from = [...documents()].find((uri) => isUntitled(uri) && !this.#files.has(uri) && isSame(uri));
    if (from === undefined || !isSame(event.uri)) return undefined;
    this.#files.set(from, event.uri);
    if (this.#files.size > MOST_KEPT) this.#files.delete(this.#files.keys().next().value ?? "");
    return { from, to: event.uri };
  }

  fileOf(uri: string): string | undefined {
    return isUntitled(uri) ? this.#files.get(uri) : undefined;
  }

  /** VS Code gives the address to another document later. */
  opened(uri: string): void {
    this.#files.delete(uri);
  }
}

function isUntitled(uri: string): boolean {
  return uri.startsWith("untitled:");
}

const MOST_KEPT = 100;
