import * as vscode from "vscode";
import type { Danger } from "../refactor/knownDangers.ts";
import type { Refusal } from "../refactor/terminalCommand.ts";

/** What a command may do, as a sentence. */
export function dangerWords(danger: Danger): string {
  const { l10n } = vscode;
  switch (danger) {
    case "deletes":
      return l10n.t("Deletes files");
    case "erases-disk":
      return l10n.t("Overwrites a disk");
    case "runs-download":
      return l10n.t("Runs what it downloads, unseen");
    case "rewrites-history":
      return l10n.t("Rewrites history that others may have");
    case "discards-changes":
      return l10n.t("Discards changes that are not committed");
    case "opens-permissions":
      return l10n.t("Changes who may do what");
    case "drops-data":
      return l10n.t("Deletes data of a database");
    case "as-administrator":
      return l10n.t("Runs as administrator");
    case "stops-machine":
      return l10n.t("Stops programs or the machine");
    case "overwrites-system":
      return l10n.t("Changes files of the system or of your shell");
    case "sends-files":
      return l10n.t("Sends data to another machine");
    case "destroys-cloud":
      return l10n.t("Removes containers or resources");
    case "publishes":
      return l10n.t("Publishes, or takes back what is published");
    case "runs-code":
      return l10n.t("Runs code that Pairwise does not look into");
    case "disguised":
      return l10n.t("What it runs can't be told by reading it");
  }
}

/** A sentence: why it is not put into a terminal. */
export function commandRefusal(refusal: Refusal): string {
  const { l10n } = vscode;
  switch (refusal) {
    case "hidden":
      return l10n.t("Not put into the terminal: it has characters that can't be seen.");
    case "look-alike":
      return l10n.t("Not put into the terminal: it has letters that look like others.");
    case "several":
      return l10n.t("Not put into the terminal: it is several lines, and all but the last would run at once.");
    case "tabs":
      return l10n.t("Not put into the terminal: the terminal would take its tabs for keys.");
    case "long":
      return l10n.t("Not put into the terminal: it is too long to be looked through here.");
  }
}
