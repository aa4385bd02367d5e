/** Servers' addresses as people type and paste them, and what they meant. */

import { isIP } from "node:net";
import { isNearby, isThisMachine, USUAL_PORTS } from "./hosts.ts";
import { type Provider, providers } from "./providers.ts";

/** What was done to an address, for telling it. */
export type Mend =
  /** Spaces, line breaks and quotation marks were left out. */
  | "spaces"
  /** What stood around it was left out, such as the rest of a `curl` command. */
  | "around"
  /** `http://` or `https://` was put in front. */
  | "scheme"
  /** `http` became `https`: a key would go over the network for all to read. */
  | "secure"
  /** `https` became `http`: the servers that listen at this port of one's own machine have no certificate. */
  | "plain"
  /** The end point that clients add by themselves was taken off, such as `/chat/completions`. */
  | "end-point"
  /** The path was missing: `/v1`, or what the service's documentation says. */
  | "path";

export type AddressProblem = "empty" | "no-address" | "other-scheme" | "user-name";

export type TypedAddress =
  | {
      readonly kind: "address";
      /** Mended, without a slash at its end. */
      readonly url: string;
      /** Empty where it was right. */
      readonly mends: readonly Mend[];
      /** The same without guesses; `undefined` where that is no address, or the same. */
      readonly asTyped: string | undefined;
    }
  | { readonly kind: "problem"; readonly problem: AddressProblem };

export function readAddress(typed: string): TypedAddress {
  const within = addressWithin(typed);
  const text = within ?? typed.replaceAll(/[\s"'`<>]/g, "");
  if (text === "") return problem("empty");
  const mends = new Set<Mend>(text === typed.trim() ? [] : [within === undefined ? "spaces" : "around"]);
  const url = URL.parse(withScheme(text, mends));
  if (!url || !isHostName(url.hostname)) return problem("no-address");
  // Words, which are a host's name only without their spaces.
  if (/\S\s+\S/.test(typed) && mends.has("scheme") && !/[.:[]/.test(url.host)) return problem("no-address");
  if (url.protocol !== "http:" && url.protocol !== "https:") return problem("other-scheme");
  if (url.username !== "" || url.password !== "") return problem("user-name");
  const asTyped = mends.has("scheme") ? undefined : textOf(url);
  if (url.protocol === "http:" && !isNearby(url.hostname)) {
    url.protocol = "https:";
    mends.add("secure");
  } else if (url.protocol === "https:" && isThisMachine(url.hostname) && USUAL_PORTS.includes(url.port)) {
    url.protocol = "http:";
    mends.add("plain");
  }
  const endPoint = endPointOf(url);
  if (endPoint !== "") mends.add("end-point");
  url.pathname = url.pathname.slice(0, url.pathname.length - endPoint.length);
  url.hash = "";
  if (/^\/*$/.test(url.pathname)) {
    url.pathname = usualPath(url);
    if (!/^\/*$/.test(url.pathname)) mends.add("path");
  }
  const mended = shownAddress(url);
  return { kind: "address", url: mended, mends: [...mends], asTyped: asTyped === mended ? undefined : asTyped };
}

/** The service or kind of server that documents this address as its own. */
export function providerAt(address: string, known: readonly Provider[] = providers): Provider | undefined {
  return known.find(({ baseUrl, alternatives = [] }) =>
    [baseUrl, ...alternatives].some((own) => own !== undefined && isSameServer(own, address)),
  );
}

/** Whether two addresses lead to one server: this machine has several names. */
export function isSameServer(one: string, other: string): boolean {
  const place = (address: string) => {
    const url = URL.parse(address);
    return url && `${isThisMachine(url.hostname) ? "this machine" : url.hostname} ${url.protocol}${url.port}`;
  };
  return place(one) !== null && place(one) === place(other);
}

/** A short name for a server of the user's own, as it stands in front of the slash of a reference. */
export function nameForServer(address: string, taken: readonly string[]): string {
  const { hostname = "", port = "" } = URL.parse(address) ?? {};
  const label = hostname.split(".").find((each) => !COMMON_LABELS.test(each)) ?? "server";
  const isNumber = isIP(hostname.replaceAll(/[[\]]/g, "")) !== 0;
  const name = isThisMachine(hostname) ? `local-${port || "server"}` : isNumber ? "my-server" : label;
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

function withScheme(text: string, mends: Set<Mend>): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return text;
  mends.add("scheme");
  // `//host`, and `http:/host`, which some programs make of an address that they shorten.
  const rest = text.replace(/^(https?:)?\/{0,2}/i, "");
  const { hostname = "" } = URL.parse(`http://${rest}`) ?? {};
  return `${isNearby(hostname) ? "http" : "https"}://${rest}`;
}

function usualPath(url: URL): string {
  if (AZURE.test(url.hostname)) return "/openai/v1";
  const provider = providerAt(url.href);
  // Below it Ollama speaks like OpenAI, too.
  return provider?.baseUrl === undefined || provider.protocol === "ollama" ? "/v1" : new URL(provider.baseUrl).pathname;
}

/** The path of one operation at the address's end, which clients add by themselves; empty where there is none. */
export function endPointOf({ pathname }: URL): string {
  return END_POINT.exec(pathname)?.[0] ?? "";
}

/** Without a name, a password, a query or a fragment, and without a slash at its end. */
export function shownAddress(url: URL): string {
  // Azure's classic interface has its version there; nobody else has anything that belongs to the address.
  const version = url.searchParams.get("api-version");
  const search = version === null ? "" : `?api-version=${encodeURIComponent(version)}`;
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}${search}`;
}

/** The address in what was pasted with more around it: a command, or a line of a configuration. */
function addressWithin(text: string): string | undefined {
  const [, address] =
    /^\s*(?!https?:)[^\s:/]+[\s=:].*?(https?:\/\/[^\s"'`<>\\,;]+)/i.exec(text.replaceAll(/\s/g, " ")) ?? [];
  return address;
}

function textOf(url: URL): string {
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${path}${url.search}`;
}

function isHostName(host: string): boolean {
  return /^\[[\da-f:.]+\]$|^[\p{L}\p{N}]([\p{L}\p{N}._-]*[\p{L}\p{N}])?$/iu.test(host);
}

function problem(problem: AddressProblem): TypedAddress {
  return { kind: "problem", problem };
}

const AZURE = /\.(openai|services\.ai|cognitiveservices)\.azure\.(com|us|cn)$/;
const COMMON_LABELS = /^(api|www|llm|ai|gateway|com|net|org|io|dev|cn|co|uk|de|fr|local|lan|internal)$/;
const END_POINT =
  /\/+(chat\/completions|fim\/completions|completions?|embeddings|models|responses|infill|health|props|api\/(tags|chat|generate|show|version))\/*$/;
