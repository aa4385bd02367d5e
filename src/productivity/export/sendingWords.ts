import { joined, numberWords, type Speaker } from "../report/words/speaker.ts";
import type { EndPointFlaw } from "./endPoint.ts";
import type { Sent } from "./sending.ts";

/** For people: without what may be a key in its query. */
const addressWords = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

export function isTaken(sent: Sent): boolean {
  return sent.kind === "taken" && sent.rejected === 0;
}

/** What became of it. What the other side says of it comes last, as it said it. */
export function sentWords(speaker: Speaker, sent: Sent, to: URL, points: number): string {
  const said = !("message" in sent) || sent.message === "" ? "" : speaker.t("It says: {0}", sent.message);
  return joined(speaker, [becameOf(speaker, sent, addressWords(to), points), said]);
}

function becameOf(speaker: Speaker, sent: Sent, to: string, points: number): string {
  const { t } = speaker;
  const number = (value: number): string => numberWords(speaker, value);
  switch (sent.kind) {
    case "taken":
      return sent.rejected === 0
        ? t("Sent to {0}, figures: {1}.", to, number(points))
        : t(
            "{0} took the figures but for some of them, and these are lost there: {1} of {2}.",
            to,
            number(sent.rejected),
            number(points),
          );
    case "unlike":
      return t(
        "{0} has answered ({1}), but not as a collector of OpenTelemetry does. Whether the figures have arrived is not known.",
        to,
        String(sent.status),
      );
    case "refused":
      return refusal(speaker, sent.status, to);
    case "no-answer":
      if (sent.timedOut) return t("{0} did not answer in time. Whether the figures have arrived is not known.", to);
      return neverReached.has(sent.detail)
        ? t("{0} can't be reached ({1}). Nothing was sent.", to, sent.detail)
        : t("The connection to {0} has failed ({1}). Whether the figures have arrived is not known.", to, sent.detail);
  }
}

const neverReached: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  // Before anything is sent: of a port that browsers close, and of a certificate that is not accepted.
  "bad port",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function refusal({ t }: Speaker, status: number, to: string): string {
  const code = String(status);
  if (status === 401 || status === 403)
    return t("{0} wants another key, or has no right to give ({1}). It took nothing.", to, code);
  if (status === 404 || status === 405)
    return t("There is nothing at {0} that takes metrics ({1}). The path is usually /v1/metrics.", to, code);
  if (status >= 300 && status < 400) return t("{0} leads to another address ({1}), where nothing was sent.", to, code);
  if (status === 429 || status === 503)
    return t("{0} has too much to do ({1}). It took nothing; try again later.", to, code);
  return t("{0} did not take the figures ({1}).", to, code);
}

export function endPointFlawWords({ t }: Speaker, flaw: EndPointFlaw): string {
  switch (flaw) {
    case "no-address":
      return t("That is no address. One looks like https://collector.example.com/v1/metrics.");
    case "no-http":
      return t("An address for OpenTelemetry begins with https: here, or with http: for this machine.");
    case "unencrypted":
      return t(
        "Without encryption figures are sent to this machine only: an address of another one begins with https:.",
      );
    case "credentials":
      return t("A name or a password does not belong in an address: put it into a header.");
  }
}
