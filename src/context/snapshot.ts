/** What the editor knows about a caret, as data. Pure code gets this and never the editor. */
export interface CursorSnapshot {
  /** The document's address, as a string that is the same for the same document. */
  readonly uri: string;
  /** The path relative to its workspace folder, with `/`; the bare file name outside of one. */
  readonly path: string;
  /** Tells its workspace folder from others, where it is in one. */
  readonly folder?: string | undefined;
  readonly languageId: string;
  /** Counts the document's changes; a suggestion for another version is stale. */
  readonly version: number;
  /** The caret's offset in UTF-16 code units. */
  readonly offset: number;
  /** Text that ends at the caret; starts at the start of the document or at the start of a line near it. Bounded by the caller. */
  readonly prefix: string;
  /** Text that starts at the caret. Bounded by the caller. */
  readonly suffix: string;
  /** One level of indentation as the editor has it for this document: a tab, or n spaces. */
  readonly indentUnit: string;
  /**
   * The item selected in the suggest widget, if it is open. A suggestion must then start with
   * `text`, and replaces the `replaces` characters before the caret.
   */
  readonly selectedCompletion: { readonly text: string; readonly replaces: number } | undefined;
}
