import type { AttributedChange, Instant } from "../editorEvents.ts";
import type { Fact } from "../records.ts";

/** An error that is gone sooner came and went with the typing. */
const SETTLED_AFTER_MS = 5_000;
/** Language servers take their errors away while they look again. One that is back within this time was never gone. */
const GONE_AFTER_MS = 60_000;
/** A language server needs it to look at a file that was opened, or at all files after a pull or a checkout. */
const FOREIGN_FOR_MS = 30_000;
const MOST_FILES = 64;
/** VS Code itself shows no more for a file. */
const MOST_ERRORS = 1_000;

interface Errors {
  /** How many there are now. */
  present: number;
  /** How many of them are not new any more. */
  known: number;
  /** When there were first more than are known, as long as there are. */
  moreSinceMs: Instant | undefined;
  /** When there were first fewer than are known, as long as there are. */
  fewerSinceMs: Instant | undefined;
}

interface File {
  readonly language: string;
  readonly errors: Map<string, Errors>;
  readonly firstMs: Instant;
}

/**
 * Counts errors that were not there before and that stay. An error is known by a fingerprint, any text that is the same for the same
 * complaint, such as an HMAC of its source, code and message. Where the fingerprint holds nothing of its place, editing the line of an
 * old error makes no new one; the same complaint at another place is one more.
 *
 * What a file holds when it is opened or read anew is nobody's new error, and language servers say it late. So nothing counts for half
 * a minute after the first look at a file, or after any file was read anew from the disk, and after that not before something is
 * edited. An error that is made in that half minute is missed; one that a server takes longer to find in an old file is one too many.
 */
export class NewErrors {
  readonly #record: (fact: Fact) => void;
  /** In the order in which they were last looked at. */
  readonly #files = new Map<string, File>();
  #readAnewMs: Instant = Number.NEGATIVE_INFINITY;
  #editedMs: Instant = Number.NEGATIVE_INFINITY;
  /** Nothing is due before. */
  #dueMs: Instant = Number.POSITIVE_INFINITY;

  constructor(options: { readonly record: (fact: Fact) => void }) {
    this.#record = options.record;
  }

  get nextDueMs(): Instant | undefined {
    return this.#dueMs === Number.POSITIVE_INFINITY ? undefined : this.#dueMs;
  }

  /** Every change of a document, of whatever origin. */
  heed({ change, origin }: AttributedChange): void {
    if (origin.kind === "disk") this.#readAnewMs = change.atMs;
    else this.#editedMs = change.atMs;
  }

  /** All errors that a file has now, each as often as it is there. The first look at a file makes none of them new. */
  look(uri: string, language: string, fingerprints: readonly string[], atMs: Instant): void {
    this.tick(atMs);
    const counts = new Map<string, number>();
    for (const print of fingerprints.slice(0, MOST_ERRORS)) counts.set(print, (counts.get(print) ?? 0) + 1);
    const file = this.#files.get(uri) ?? { language, errors: new Map<string, Errors>(), firstMs: atMs };
    this.#files.delete(uri);
    this.#files.set(uri, file);
    if (this.#files.size > MOST_FILES) this.#files.delete(this.#files.keys().next().value!);
    const foreignSinceMs = Math.max(file.firstMs, this.#readAnewMs);
    const isForeign = this.#editedMs <= foreignSinceMs || atMs < foreignSinceMs + FOREIGN_FOR_MS;
    for (const print of new Set([...file.errors.keys(), ...counts.keys()])) {
      const errors = file.errors.get(print) ?? {
        present: 0,
        known: 0,
        moreSinceMs: undefined,
        fewerSinceMs: undefined,
      };
      errors.present = counts.get(print) ?? 0;
      if (isForeign) errors.known = Math.max(errors.known, errors.present);
      errors.moreSinceMs = errors.present > errors.known ? (errors.moreSinceMs ?? atMs) : undefined;
      errors.fewerSinceMs = errors.present < errors.known ? (errors.fewerSinceMs ?? atMs) : undefined;
      this.#await(errors);
      if (errors.present === 0 && errors.known === 0) file.errors.delete(print);
      else if (file.errors.has(print) || file.errors.size < 2 * MOST_ERRORS) file.errors.set(print, errors);
    }
  }

  /** When it is opened again the next look is a first one. */
  closed(uri: string): void {
    this.#files.delete(uri);
  }

  tick(nowMs: Instant): void {
    if (nowMs < this.#dueMs) return;
    this.#dueMs = Number.POSITIVE_INFINITY;
    for (const [uri, { language, errors }] of this.#files) {
      let newErrors = 0;
      for (const [print, each] of errors) {
        if (each.moreSinceMs !== undefined && each.moreSinceMs + SETTLED_AFTER_MS <= nowMs) {
          newErrors += each.present - each.known;
          each.known = each.present;
          each.moreSinceMs = undefined;
        }
        if (each.fewerSinceMs !== undefined && each.fewerSinceMs + GONE_AFTER_MS <= nowMs) {
          each.known = each.present;
          each.fewerSinceMs = undefined;
        }
        this.#await(each);
        if (each.known === 0 && each.present === 0) errors.delete(print);
      }
      if (newErrors > 0) this.#record({ kind: "guard", atMs: nowMs, uri, language, newErrors });
    }
  }

  #await({ moreSinceMs, fewerSinceMs }: Errors): void {
    if (moreSinceMs !== undefined) this.#dueMs = Math.min(this.#dueMs, moreSinceMs + SETTLED_AFTER_MS);
    if (fewerSinceMs !== undefined) this.#dueMs = Math.min(this.#dueMs, fewerSinceMs + GONE_AFTER_MS);
  }
}
