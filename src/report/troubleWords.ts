/** Why a ledger can't be read, as a sentence. */

import type { Speaker } from "../productivity/report/words/speaker.ts";
import type { LedgerTrouble } from "./ledgerFiles.ts";
import type { OwnFile } from "./ownFiles.ts";

export function troubleWords({ t }: Speaker, trouble: LedgerTrouble): string {
  const { file } = trouble;
  switch (trouble.kind) {
    case "missing":
      return t("There is no file {0}.", file);
    case "not-a-ledger":
      return t("{0} is no ledger of Pairwise, and no JSON Lines that one was exported as.", file);
    case "newer":
      return t("A newer version of Pairwise has made {0}: it takes that version's pairwise-report.", file);
    case "damaged":
      return t("{0} is damaged, so that nothing in it can be relied on.", file);
    case "one-at-a-time":
      return t("{0} is a ledger, which is read by itself: name no other file.", file);
    case "locked":
      return t("Another program holds {0} for itself: try again once it has let go.", file);
    case "unreadable":
      return t("{0} can't be read ({1}).", file, trouble.detail);
    case "no-manifest":
      return t(
        "{0} of the same export is missing: it says which files belong together, and without it nobody knows whether one is left out.",
        file,
      );
    case "left-out":
      return t("Left out of the export: {0}. Its files say something together alone: name all of them.", file);
    case "twice":
      return t("{0} has the same in it as another of the files, and would count twice.", file);
    case "not-of-export":
      return t("{0} is not of the same export as the others, or was changed since.", file);
    case "another-export":
      return t("{0} is of another export: name the files of one alone.", file);
    case "unfit-line":
      return t("{0}, line {1}: that is no record of a ledger.", file, String(trouble.line));
  }
}

/** Why nothing is written there. */
export function ownFileWords({ t }: Speaker, own: OwnFile, path: string): string {
  return own === "read"
    ? t("{0} is what is read, and is not written over.", path)
    : t("{0} is or would be a file of the ledger that is read, and is not written over.", path);
}
