import * as vscode from "vscode";
import { readKey } from "../model/keyText.ts";
import type { Ask, Remark } from "./quickInputs.ts";
import { BACK, type Back } from "./steps.ts";

/** The key itself, without what was pasted around it. */
export async function askForKey(
  ask: Ask,
  host: string,
  keyPage: string | undefined,
  canGoBack = true,
): Promise<string | Back | undefined> {
  const { l10n } = vscode;
  const typed = await ask.text({
    title: l10n.t("API key for {0}", host),
    prompt: l10n.t("It is kept in the editor's secret storage and sent to this server only."),
    password: true,
    canGoBack,
    check: remarkOn,
    ...(keyPage !== undefined && { page: { title: l10n.t("Open the page where one gets a key"), url: keyPage } }),
  });
  if (typed === undefined || typed === BACK) return typed;
  const read = readKey(typed);
  return read.kind === "key" ? read.key : undefined;
}

function remarkOn(text: string): Remark | undefined {
  const { l10n } = vscode;
  const read = readKey(text);
  switch (read.kind) {
    case "empty":
      return { message: l10n.t("There is no key in this."), severity: "error" };
    case "several":
      return { message: l10n.t("There are several keys in this. Paste one."), severity: "error" };
    case "other-signs":
      return { message: l10n.t("A key has letters, digits and signs of ASCII only."), severity: "error" };
    case "key":
      if (read.hadMore)
        return { message: l10n.t("Only the key in it is stored, without what stands around it."), severity: "info" };
      if (read.hadSpaces) return { message: l10n.t("Spaces and line breaks are left out."), severity: "info" };
      return undefined;
  }
}
