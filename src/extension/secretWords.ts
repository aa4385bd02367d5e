import * as vscode from "vscode";
import { kindOfSecret, type PlainKind } from "./secretKinds.ts";

/** What was replaced, by the name of the rule that found it; a rule that is not known keeps its name. */
export function secretWords(rule: string): string {
  const found = kindOfSecret(rule);
  if (!found) return rule;
  return found.kind === "service" ? vscode.l10n.t("{0} key or token", found.service) : plainWords(found.kind);
}

function plainWords(kind: PlainKind): string {
  const { l10n } = vscode;
  switch (kind) {
    case "aws-key":
      return l10n.t("AWS access key");
    case "private-key":
      return l10n.t("private key");
    case "jwt":
      return l10n.t("JSON Web Token");
    case "password-in-address":
      return l10n.t("password in an address");
    case "signed-address":
      return l10n.t("signature in an address");
    case "web-hook":
      return l10n.t("address of a web hook");
    case "authorization":
      return l10n.t("authorization header");
    case "password":
      return l10n.t("password");
    case "password-hash":
      return l10n.t("hash of a password");
    case "command-line":
      return l10n.t("password on a command line");
    case "assigned":
      return l10n.t("password or key, by the name that it is given to");
    case "env-file":
      return l10n.t("value from a .env file");
    case "kubernetes":
      return l10n.t("Kubernetes secret");
    case "cut":
      return l10n.t("start of a key or token");
    case "api-key":
      return l10n.t("API key");
  }
}
