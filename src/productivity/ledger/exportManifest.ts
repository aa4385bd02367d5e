/** What stands beside the files of one export, so that whoever reads them knows whether all of them are there, once and unchanged. */
export interface ExportManifest {
  /** The version of this form. */
  readonly manifest: 1;
  /** Of the ledger's tables. */
  readonly schema: number;
  /** In hexadecimal digits, of each file's bytes, by its name. */
  readonly sha256: Readonly<Record<string, string>>;
  /** Since the epoch: of what was before there are only sums of days. Not there where nothing was removed, or in an older export. */
  readonly keptSinceMs?: number;
}

/** Sorts among the others, so that whoever names all files by a pattern names it, too. */
export const MANIFEST_FILE = "pairwise-ledger-manifest.jsonl";

/** Undefined where the text is none. */
export function exportManifestFrom(text: string): ExportManifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { manifest, schema, sha256, keptSinceMs } = value as Readonly<Record<string, unknown>>;
  const isOne =
    manifest === 1 &&
    Number.isSafeInteger(schema) &&
    typeof sha256 === "object" &&
    sha256 !== null &&
    (keptSinceMs === undefined || Number.isSafeInteger(keptSinceMs));
  return isOne ? (value as ExportManifest) : undefined;
}
