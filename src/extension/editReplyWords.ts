import * as vscode from "vscode";
import { listed } from "../text/listed.ts";
import type { Reply } from "../edit/reply.ts";
import { headOf } from "../text/offsets.ts";

/** A sentence: why a reply changes nothing. */
export function replyRefusal(reply: Exclude<Reply, { readonly kind: "block" }>, text: string, file: string): string {
  const { l10n } = vscode;
  switch (reply.kind) {
    case "none": {
      const said = text.trim().replace(/\s+/g, " ");
      if (said === "") return l10n.t("The model answered nothing. {0} is as it was.", file);
      const short = said.length > MOST_CHARS ? `${headOf(said, MOST_CHARS - 1)}…` : said;
      return l10n.t("The model wrote no code, and {0} is as it was. It says: {1}", file, short);
    }
    case "several":
      return l10n.t("The answer has several blocks of code, and it can't be told which is meant for {0}.", file);
    case "cut":
      return l10n.t(
        "The answer ends in the middle of its code, and {0} is as it was. Select less, and ask again.",
        file,
      );
    case "wrong-language":
      return l10n.t("Not applied: the block is {0}, and {1} is not.", reply.language, file);
  }
}

/** What of a reply is not in the preview of this file; empty where that is nothing. */
export function otherFilesWords(others: readonly string[], file: string): string {
  if (others.length === 0) return "";
  return vscode.l10n.t(
    "the reply also has code for {0}, and this changes {1} alone: ask the chat for both",
    listed(others, MOST_NAMES),
    file,
  );
}

const MOST_NAMES = 3;
const MOST_CHARS = 300;
