/** Where metrics may be sent. */

export type EndPointFlaw =
  | "no-address"
  /** Not `http:` or `https:`. */
  | "no-http"
  /** Without encryption only to this machine. */
  | "unencrypted"
  /** A name or password in the address would be in logs; they belong in a header. */
  | "credentials";

/** Of an address without a path: where OTLP over HTTP has metrics (opentelemetry.io, "OTLP Exporter Configuration"). */
const METRICS_PATH = "/v1/metrics";

/** Headers, and with them keys, go along: to another machine nothing is sent without encryption. */
export function endPointOf(text: string): URL | EndPointFlaw {
  const url = URL.parse(text.trim());
  if (!url || url.hostname === "") return url && !isHttp(url) ? "no-http" : "no-address";
  if (!isHttp(url)) return "no-http";
  if (url.username !== "" || url.password !== "") return "credentials";
  if (url.protocol === "http:" && !isLoopback(url.hostname)) return "unencrypted";
  if (url.pathname === "/") url.pathname = METRICS_PATH;
  url.hash = "";
  return url;
}

const isHttp = ({ protocol }: URL): boolean => protocol === "http:" || protocol === "https:";

/** As a parsed address has it: numbers are written out by then (`127.1` is `127.0.0.1`). */
function isLoopback(hostname: string): boolean {
  return /^(localhost|(.+\.)localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
