/** Encryption: whether it is spoken where it is expected, and whether the certificate is trusted. */

import { isThisMachine } from "../hosts.ts";
import { shownAddress } from "../addresses.ts";
import { bad, good, type StepResult, type Way, warning, OPEN_SERVERS } from "./findings.ts";
import type { Handshake, Network } from "./network.ts";
import type { Reached } from "./reach.ts";

export async function checkTls(
  network: Network,
  url: URL,
  reached: Reached,
  limitMs: number,
  signal: AbortSignal,
): Promise<StepResult> {
  const { host } = url;
  const isSecure = url.protocol === "https:";
  if (isSecure && reached.kind === "answered") return good("tls", { kind: "tls", host });
  const isHere = isThisMachine(url.hostname);
  const isPlain = reached.kind === "answered" && !(reached.status === 400 && SAYS_HTTPS.test(reached.text));
  if (!isSecure && isPlain) {
    const finding = { kind: "tls-none", isThisMachine: isHere } as const;
    if (isHere) return good("tls", finding);
    return warning("tls", finding, (await speaksTls(network, url, signal)) ? [setScheme(url, "https:")] : []);
  }
  const port = Number(url.port || (isSecure ? 443 : 80));
  const late = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const handshake = await network.handshake(url.hostname.replaceAll(/[[\]]/g, ""), port, late);
  signal.throwIfAborted();
  if (!isSecure) {
    return handshake.kind === "done"
      ? bad("tls", { kind: "tls-expected", host }, [setScheme(url, "https:"), OPEN_SERVERS])
      : good("tls", { kind: "tls-none", isThisMachine: isHere });
  }
  if (handshake.kind === "failed") {
    return isNoTls(handshake.code) || (await speaksPlainly(network, url, signal))
      ? bad("tls", { kind: "tls-not-spoken", host }, [setScheme(url, "http:"), OPEN_SERVERS])
      : bad("tls", { kind: "tls-failed", host, code: handshake.code }, [OPEN_SERVERS]);
  }
  return ofCertificate(host, handshake, reached);
}

function ofCertificate(
  host: string,
  { problem, issuer, names, validFrom, validTo }: Extract<Handshake, { readonly kind: "done" }>,
  reached: Reached,
): StepResult {
  // The host's fetch may trust fewer authorities than Node's own sockets, or more: its word counts.
  const told = reached.kind === "failed" ? `${reached.code ?? ""} ${reached.words}` : "";
  const all = `${problem ?? ""} ${told}`;
  if (/EXPIRED/.test(all) || (/CERT_DATE/.test(all) && !isAhead(validFrom)))
    return bad("tls", { kind: "tls-expired", host, at: validTo });
  if (/NOT_YET_VALID|CERT_DATE/.test(all)) return bad("tls", { kind: "tls-not-yet", host, at: validFrom });
  if (/SELF_SIGNED/.test(all)) return bad("tls", { kind: "tls-self-signed", host }, TRUST);
  if (/ISSUER_CERT|VERIFY_LEAF|CERT_AUTHORITY|CERT_UNTRUSTED|INVALID_CA/.test(all))
    return bad("tls", { kind: "tls-unknown-authority", host, issuer }, TRUST);
  if (/ALTNAME|COMMON_NAME/.test(all)) return bad("tls", { kind: "tls-name", host, names }, [OPEN_SERVERS]);
  return problem === undefined && !/CERT|SSL|TLS/.test(told)
    ? good("tls", { kind: "tls", host })
    : bad("tls", { kind: "tls-failed", host, code: problem ?? (reached.kind === "failed" ? reached.code : "") ?? "" });
}

/** Whether https at the same address has a certificate that is trusted. */
async function speaksTls(network: Network, { hostname, port }: URL, signal: AbortSignal): Promise<boolean> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(PLAIN_MS)]);
  const handshake = await network.handshake(hostname.replaceAll(/[[\]]/g, ""), Number(port || 443), late);
  signal.throwIfAborted();
  return handshake.kind === "done" && handshake.problem === undefined;
}

/** Some servers wait for the end of what they take for the first line of a request, and say nothing. */
async function speaksPlainly(network: Network, url: URL, signal: AbortSignal): Promise<boolean> {
  const plain = new URL(url);
  plain.protocol = "http:";
  const late = AbortSignal.any([signal, AbortSignal.timeout(PLAIN_MS)]);
  try {
    const response = await network.fetch(plain.origin, { redirect: "manual", signal: late });
    await response.body?.cancel();
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

function isAhead(time: number | undefined): boolean {
  return time !== undefined && time > Date.now();
}

/** What OpenSSL says when the other side speaks something else. */
function isNoTls(code: string): boolean {
  return /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL|EPROTO/.test(code);
}

function setScheme(url: URL, protocol: "http:" | "https:"): Way {
  const other = new URL(url);
  other.protocol = protocol;
  return { kind: "set-address", address: shownAddress(other) };
}

/** "Client sent an HTTP request to an HTTPS server", "The plain HTTP request was sent to HTTPS port". */
const SAYS_HTTPS = /https/i;
const PLAIN_MS = 3_000;
const TRUST = [
  { kind: "open-settings", query: "http.systemCertificates" },
  { kind: "copy", text: "NODE_EXTRA_CA_CERTS" },
] as const satisfies readonly Way[];
