import * as vscode from "vscode";
import { type AddressProblem, type Mend, nameForServer, readAddress } from "../model/addresses.ts";
import { sentenceGap } from "./punctuation.ts";
import type { Ask, Remark } from "./quickInputs.ts";
import { BACK, type Back } from "./steps.ts";

/** As it was typed; `offerMended` asks which form of it counts. */
export function askForAddress(
  ask: Ask,
  options: { readonly title: string; readonly example: string; readonly value?: string | undefined },
): Promise<string | Back | undefined> {
  return ask.text({
    title: options.title,
    prompt: vscode.l10n.t("The server's address, up to and including /v1."),
    placeHolder: options.example,
    value: options.value ?? "",
    check: remarkOnAddress,
  });
}

/** The mended address first, what was typed below it. Asks nothing where the two are the same. */
export async function offerMended(ask: Ask, typed: string): Promise<string | Back | undefined> {
  const { l10n } = vscode;
  const read = readAddress(typed);
  if (read.kind === "problem") return BACK;
  const { url, mends, asTyped } = read;
  if (mends.length === 0) return url;
  const picked = await ask.pick({
    title: l10n.t("Use this address?"),
    placeHolder: l10n.t("You typed {0}", typed.trim()),
    rows: [
      {
        label: url,
        iconPath: new vscode.ThemeIcon("check"),
        detail: mends.map(mendWords).join(sentenceGap()),
        value: url,
      },
      ...(asTyped === undefined
        ? []
        : [
            {
              label: asTyped,
              iconPath: new vscode.ThemeIcon("dash"),
              detail: l10n.t("As you typed it."),
              value: asTyped,
            },
          ]),
    ],
    canGoBack: true,
  });
  return typeof picked === "object" ? picked.value : picked;
}

/** The provider's part of a reference. */
export function askForName(
  ask: Ask,
  address: string,
  taken: { readonly servers: readonly string[]; readonly providers: readonly string[] },
): Promise<string | Back | undefined> {
  const { l10n } = vscode;
  return ask.text({
    title: l10n.t("A name for {0}", address),
    prompt: l10n.t("Its models are then called name/model in the settings."),
    value: nameForServer(address, [...taken.servers, ...taken.providers]),
    check: (text) => {
      const name = text.trim();
      if (!/^[\w.-]+$/.test(name))
        return { message: l10n.t("A name has letters, digits, dots and hyphens."), severity: "error" };
      if (taken.providers.includes(name))
        return {
          message: l10n.t("{0} is a provider that Pairwise knows. Take another name.", name),
          severity: "error",
        };
      if (taken.servers.includes(name))
        return { message: l10n.t("The address that {0} has now will be replaced.", name), severity: "warning" };
      return undefined;
    },
  });
}

function remarkOnAddress(text: string, isFinal: boolean): Remark | undefined {
  const read = readAddress(text);
  if (read.kind === "problem")
    // While it is typed it is no address for a long time.
    return isFinal ? { message: problemWords(read.problem), severity: "error" } : undefined;
  if (read.mends.length === 0) return undefined;
  return { message: vscode.l10n.t("Enter offers {0}", read.url), severity: "info" };
}

function problemWords(problem: AddressProblem): string {
  const { l10n } = vscode;
  switch (problem) {
    case "empty":
    case "no-address":
      return l10n.t("This is no address. One looks like https://llm.example.com/v1 or http://localhost:8080/v1.");
    case "other-scheme":
      return l10n.t("An address starts with https:// or http://.");
    case "user-name":
      return l10n.t("Leave the user name and password out of the address. A key is asked for apart.");
  }
}

function mendWords(mend: Mend): string {
  const { l10n } = vscode;
  switch (mend) {
    case "spaces":
      return l10n.t("Spaces and quotation marks left out.");
    case "around":
      return l10n.t("Only the address in it.");
    case "scheme":
      return l10n.t("The start of the address added.");
    case "secure":
      return l10n.t("https instead of http, so that nobody on the way can read the key and the code.");
    case "plain":
      return l10n.t("http instead of https, as servers on one's own machine have it.");
    case "end-point":
      return l10n.t("The end point left out: Pairwise adds it.");
    case "path":
      return l10n.t("The path added, as such servers have it.");
  }
}
