/** Whether files are all of one export, each of them once and as it was written. */

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { type ExportManifest, exportManifestFrom, MANIFEST_FILE } from "../productivity/ledger/exportManifest.ts";
import { schemaVersion } from "../productivity/ledger/schema.ts";

export type ExportTrouble =
  | { readonly kind: "newer"; readonly file: string }
  /** The one that says which files belong together is not among them. */
  | { readonly kind: "no-manifest"; readonly file: string }
  | { readonly kind: "left-out" | "twice" | "not-of-export" | "another-export"; readonly file: string };

/** A manifest is one short line. */
const MOST_MANIFEST_BYTES = 65_536;

export interface WholeExport {
  /** Those that have records, in the order in which they were given; names may have changed. */
  readonly files: readonly string[];
  readonly keptSinceMs: number | undefined;
}

export function wholeExport(files: readonly string[]): WholeExport | ExportTrouble {
  const manifests = files.flatMap((file) => {
    const manifest = manifestIn(file);
    return manifest ? [{ file, manifest }] : [];
  });
  const [first, second] = manifests;
  if (!first) return { kind: "no-manifest", file: MANIFEST_FILE };
  if (second) return { kind: "another-export", file: second.file };
  const { sha256, schema, keptSinceMs } = first.manifest;
  if (schema > schemaVersion) return { kind: "newer", file: first.file };
  const names = new Map(Object.entries(sha256).map(([name, digest]) => [digest, name]));
  const rest = files.filter((file) => file !== first.file);
  const found = new Set<string>();
  for (const file of rest) {
    const digest = createHash("sha256").update(readFileSync(file)).digest("hex");
    if (!names.has(digest)) return { kind: "not-of-export", file };
    if (found.has(digest)) return { kind: "twice", file };
    found.add(digest);
  }
  const leftOut = [...names].filter(([digest]) => !found.has(digest)).map(([, name]) => name);
  return leftOut.length > 0 ? { kind: "left-out", file: leftOut.join(", ") } : { files: rest, keptSinceMs };
}

function manifestIn(file: string): ExportManifest | undefined {
  const isSmall = statSync(file).size <= MOST_MANIFEST_BYTES;
  if (!isSmall && basename(file) !== MANIFEST_FILE) return undefined;
  return exportManifestFrom(readFileSync(file, "utf8"));
}
