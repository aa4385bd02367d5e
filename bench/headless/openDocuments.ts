/** The documents that are open, as an editor keeps them. */

import { readFileSync } from "node:fs";
import { basename, isAbsolute, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { EditorDocument, type TextChange } from "./editorDocument.ts";
import { InvalidMessage } from "./fields.ts";
import { languageOf } from "./languages.ts";
import type { Message } from "./messages.ts";

type Of<Name extends Message["do"]> = Extract<Message, { readonly do: Name }>;

/** Hears of a change just before it is made. */
type Heed = (document: EditorDocument, change: TextChange) => void;

interface Place {
  readonly uri: string;
  /** Absent for what is in no folder. */
  readonly file: string | undefined;
  /** See `CursorSnapshot.path`. */
  readonly shownPath: string;
}

/** All methods throw `InvalidMessage` for what can't be done. */
export class OpenDocuments {
  folder: string | undefined;
  readonly #documents = new Map<string, EditorDocument>();
  #active: EditorDocument | undefined;

  /** By its path; without one the active document, which is the one that was opened or had its caret moved last. */
  get(path?: string): EditorDocument {
    const document = path === undefined ? this.#active : this.#documents.get(this.#place(path).uri);
    if (document !== undefined) return document;
    throw new InvalidMessage(path === undefined ? "no document is open" : `${path} is not open`);
  }

  get all(): Iterable<EditorDocument> {
    return this.#documents.values();
  }

  versionOf(uri: string): number | undefined {
    return this.#documents.get(uri)?.version;
  }

  open({ path, text, languageId, version = 1, indentUnit }: Of<"open">): EditorDocument {
    const { uri, file, shownPath } = this.#place(path);
    if (this.#documents.has(uri)) throw new InvalidMessage(`${path} is open already`);
    const document = new EditorDocument({
      uri,
      path: shownPath,
      languageId: languageId ?? languageOf(path),
      version,
      text: text ?? readText(file, path),
      indentUnit,
    });
    this.#documents.set(uri, document);
    this.#active = document;
    return document;
  }

  close(path: string): void {
    const document = this.get(path);
    this.#documents.delete(document.uri);
    if (this.#active === document) this.#active = undefined;
  }

  /** Nothing is changed where one of the changes can't be made. */
  change({ path, version, changes, caret }: Of<"change">, heed?: Heed): EditorDocument {
    const document = this.get(path);
    if (version !== undefined && version <= document.version) {
      throw new InvalidMessage(`message.version must be greater than ${document.version}`);
    }
    let { length } = document;
    for (const change of changes) {
      if (change.offset + change.length > length) {
        throw new InvalidMessage("a change reaches behind the end of the document");
      }
      length += change.text.length - change.length;
    }
    if (caret !== undefined && caret > length) {
      throw new InvalidMessage("message.caret is behind the end of the document");
    }
    document.change(changes, version, heed && ((change) => heed(document, change)));
    if (caret !== undefined) document.caret = caret;
    return document;
  }

  moveCaret({ path, offset }: Of<"caret">): void {
    const document = this.get(path);
    if (offset > document.length) throw new InvalidMessage("message.offset is behind the end of the document");
    document.caret = offset;
    this.#active = document;
  }

  #place(path: string): Place {
    if (!isAbsolute(path) && this.folder === undefined) {
      return { uri: `untitled:${path}`, file: undefined, shownPath: basename(path) };
    }
    const file = isAbsolute(path) ? path : join(this.folder ?? "", path);
    const inFolder = this.folder === undefined ? ".." : relative(this.folder, file);
    const isInside = !isAbsolute(inFolder) && inFolder.split(sep)[0] !== "..";
    return {
      uri: pathToFileURL(file).href,
      file,
      shownPath: isInside ? inFolder.split(sep).join("/") : basename(file),
    };
  }
}

function readText(file: string | undefined, path: string): string {
  if (file === undefined) throw new InvalidMessage(`${path} is in no folder: message.text must have its text`);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InvalidMessage(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
