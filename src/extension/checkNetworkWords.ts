/** The sentences on what is between this machine and a server. See `checkWords.ts`. */

import * as vscode from "vscode";
import { listed, sentences } from "./punctuation.ts";
import type { Family, NetworkFinding, ProxyFinding, TlsFinding } from "../model/doctor/findings.ts";

export function proxyWords(finding: ProxyFinding): string {
  const { l10n } = vscode;
  switch (finding.kind) {
    case "proxy-none":
      return l10n.t("None is set for this server.");
    case "proxy":
      return l10n.t("Requests go through {0}.", finding.host);
    case "proxy-login":
      return finding.host === ""
        ? l10n.t("The proxy wants a user name and a password. Add them to its address in http.proxy.")
        : l10n.t(
            "The proxy {0} wants a user name and a password. Add them to its address in http.proxy.",
            finding.host,
          );
    case "proxy-unreachable":
      return l10n.t(
        "The proxy {0} can't be reached ({1}). Check http.proxy, or name the server in http.noProxy.",
        finding.host,
        finding.code,
      );
    case "proxy-refused":
      return l10n.t(
        "The proxy {0} does not connect to this server (status {1}). Name the server in http.noProxy, or ask who runs the proxy.",
        finding.host,
        finding.status,
      );
  }
}

export function networkWords(finding: NetworkFinding): string {
  const { l10n } = vscode;
  switch (finding.kind) {
    case "by-proxy":
      return l10n.t("Left to the proxy.");
    case "name-number":
      return l10n.t("The address needs no name to be looked up.");
    case "name-found":
      return l10n.t("{0} was found ({1}).", finding.host, listed(finding.families.map(familyName)));
    case "name-unknown":
      return l10n.t(
        "No host is called {0} ({1}). Check its spelling, the network, or whether a VPN is needed.",
        finding.host,
        finding.code,
      );
    case "name-late":
      return l10n.t(
        "Looking up {0} took longer than {1} s. Check the network, or whether a VPN is needed.",
        finding.host,
        Math.round(finding.limitMs / 1000),
      );
    case "connected":
      return l10n.t("Something listens at {0}.", finding.host);
    case "connected-partly":
      return l10n.t(
        "{0} is reached by {1}; by {2} nothing listens there.",
        finding.host,
        familyName(finding.open),
        familyName(finding.closed),
      );
    case "refused": {
      const { host, others } = finding;
      const found = others.map(({ name, address, isEmpty }) =>
        isEmpty ? l10n.t("{0} ({1}), which has no model yet", name, address) : `${name} (${address})`,
      );
      return sentences(
        others.length === 0
          ? l10n.t("Nothing listens at {0}. The server is not running, or has another port.", host)
          : l10n.t("Nothing listens at {0}. Found instead: {1}.", host, listed(found)),
        machineWords(finding),
      );
    }
    case "connection-timeout":
      return sentences(
        l10n.t(
          "{0} does not answer. It may be switched off, or a firewall or a missing VPN is in between.",
          finding.host,
        ),
        machineWords(finding),
      );
    case "connection-failed":
      return l10n.t("{0} can't be reached ({1}).", finding.host, finding.code);
  }
}

/** In a remote window this machine is another one than the user sits at. */
function machineWords({ host, isThisMachine }: { readonly host: string; readonly isThisMachine: boolean }): string {
  const remote = vscode.env.remoteName;
  if (!isThisMachine || remote === undefined) return "";
  const kind = REMOTES.get(remote) ?? vscode.l10n.t("the remote machine");
  return vscode.l10n.t("“{0}” is {1} here, where the files are, and not the machine that you sit at.", host, kind);
}

const REMOTES: ReadonlyMap<string, string> = new Map([
  ["wsl", "WSL"],
  ["ssh-remote", "SSH"],
  ["dev-container", "Dev Container"],
  ["attached-container", "Container"],
  ["codespaces", "Codespaces"],
]);

function familyName(family: Family): string {
  return `IPv${family}`;
}

export function tlsWords(finding: TlsFinding): string {
  const { l10n } = vscode;
  switch (finding.kind) {
    case "tls":
      return l10n.t("The connection is encrypted, and the certificate of {0} is trusted.", finding.host);
    case "tls-none":
      return finding.isThisMachine
        ? l10n.t("None, and none is needed on one machine.")
        : l10n.t("None: who sits between you and the server can read your code and your key.");
    case "tls-not-spoken":
      return l10n.t("The address says https, and {0} speaks http. Change the address to http://.", finding.host);
    case "tls-expected":
      return l10n.t("The address says http, and {0} speaks https alone. Change the address to https://.", finding.host);
    case "tls-self-signed":
      return l10n.t(
        "The certificate of {0} is self-signed. Add it to the system's trusted certificates (http.systemCertificates uses them), or start the editor with NODE_EXTRA_CA_CERTS naming its file.",
        finding.host,
      );
    case "tls-unknown-authority":
      return l10n.t(
        "The certificate of {0} is signed by {1}, which this machine does not know. Add that authority to the system's trusted certificates (http.systemCertificates uses them), or start the editor with NODE_EXTRA_CA_CERTS naming its file.",
        finding.host,
        finding.issuer || "?",
      );
    case "tls-expired":
      return l10n.t(
        "The certificate of {0} expired on {1}. Who runs the server has to renew it; check this machine's clock, too.",
        finding.host,
        date(finding.at),
      );
    case "tls-not-yet":
      return l10n.t(
        "The certificate of {0} is valid only from {1} on. Check this machine's clock.",
        finding.host,
        date(finding.at),
      );
    case "tls-name":
      return l10n.t(
        "The certificate is not for {0} but for {1}. Use one of these names in the address.",
        finding.host,
        listed(finding.names) || "?",
      );
    case "tls-failed":
      return l10n.t("No encrypted connection to {0} comes about ({1}).", finding.host, finding.code);
  }
}

function date(time: number | undefined): string {
  return time === undefined ? "?" : new Date(time).toLocaleDateString(vscode.env.language);
}
