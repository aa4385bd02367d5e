/** What the check of a server does on the network besides asking it. Injected, so that tests can stand in for parts of it. */

import { lookup } from "node:dns/promises";
import { request } from "node:http";
import { connect, isIP } from "node:net";
import { connect as connectSecurely, type PeerCertificate, type TLSSocket } from "node:tls";
import { errorCode } from "../errorCode.ts";

export interface Network {
  /** In VS Code the host's own, which knows the user's proxy and certificates. */
  readonly fetch: typeof fetch;
  /** The addresses of a name. Rejects with an error that has a `code`. */
  lookup(host: string): Promise<readonly string[]>;
  /** `undefined` when something listens there, else the system's code. Never rejects. */
  connect(address: string, port: number, signal: AbortSignal): Promise<string | undefined>;
  handshake(host: string, port: number, signal: AbortSignal): Promise<Handshake>;
  /** The status with which a proxy answers when it is asked to connect to `target` (`host:port`). Rejects as a connection does. */
  tunnel(proxy: URL, target: string, signal: AbortSignal): Promise<number>;
}

/** Nothing but the certificate is looked at: what is wrong with it does not end the handshake. */
export type Handshake =
  | {
      readonly kind: "done";
      /** Why it is not trusted, as OpenSSL or Node calls it. */
      readonly problem: string | undefined;
      readonly issuer: string;
      readonly names: readonly string[];
      /** In milliseconds since 1970. */
      readonly validFrom: number | undefined;
      readonly validTo: number | undefined;
    }
  | { readonly kind: "failed"; readonly code: string };

export const TIMED_OUT = "ETIMEDOUT";

export const systemNetwork: Network = {
  // Looked up at each call: VS Code replaces the host's fetch.
  fetch: (input, init) => globalThis.fetch(input, init),
  lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  connect: (address, port, signal) =>
    new Promise((resolve) => {
      const socket = connect({ host: address, port });
      const end = (code: string | undefined): void => {
        socket.destroy();
        signal.removeEventListener("abort", late);
        resolve(code);
      };
      const late = (): void => end(TIMED_OUT);
      signal.addEventListener("abort", late, { once: true });
      if (signal.aborted) late();
      socket.once("connect", () => end(undefined));
      socket.on("error", (error) => end(errorCode(error) ?? "ERR_UNKNOWN"));
    }),
  handshake: (host, port, signal) =>
    new Promise((resolve) => {
      const servername = isIP(host) === 0 ? { servername: host } : {};
      const socket = connectSecurely({ host, port, ...servername, rejectUnauthorized: false });
      const end = (result: Handshake): void => {
        socket.destroy();
        signal.removeEventListener("abort", late);
        resolve(result);
      };
      const late = (): void => end({ kind: "failed", code: TIMED_OUT });
      signal.addEventListener("abort", late, { once: true });
      if (signal.aborted) late();
      socket.once("secureConnect", () => end(doneBy(socket)));
      socket.on("error", (error) => end({ kind: "failed", code: errorCode(error) ?? "ERR_UNKNOWN" }));
    }),
  tunnel: (proxy, target, signal) =>
    new Promise((resolve, reject) => {
      // As the fetch does it, a secure proxy's certificate is not the question here.
      const { hostname, port } = proxy;
      const host = hostname.replaceAll(/[[\]]/g, "");
      const asked = request({
        host,
        port: port || "80",
        method: "CONNECT",
        path: target,
        headers: logIn(proxy),
        signal,
      });
      asked.once("connect", ({ statusCode = 0 }, socket) => {
        socket.destroy();
        resolve(statusCode);
      });
      asked.once("response", (response) => {
        response.destroy();
        resolve(response.statusCode ?? 0);
      });
      asked.on("error", reject);
      asked.end();
    }),
};

/** What stands in the proxy's address is for the proxy. */
function logIn({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === "") return {};
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(plain).toString("base64")}` };
}

function doneBy(socket: TLSSocket): Handshake {
  const certificate = socket.getPeerCertificate();
  const { authorizationError: error } = socket as { readonly authorizationError: unknown };
  return {
    kind: "done",
    problem: error ? codeOf(error) : undefined,
    issuer: one(certificate.issuer?.CN) || one(certificate.issuer?.O),
    names: namesOf(certificate),
    validFrom: timeOf(certificate.valid_from),
    validTo: timeOf(certificate.valid_to),
  };
}

/** A code in some versions, an error that has one in others. */
function codeOf(error: unknown): string {
  return typeof error === "string" ? error : (errorCode(error) ?? "ERR_UNKNOWN");
}

/** As `Date` reads it; what it does not read says nothing. */
function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? undefined : time;
}

function namesOf({ subject, subjectaltname }: PeerCertificate): readonly string[] {
  const others = Array.from(subjectaltname?.matchAll(/(?:DNS|IP Address):([^,\s]+)/g) ?? [], ([, name = ""]) => name);
  return others.length > 0 ? others : [one(subject?.CN)].filter(Boolean);
}

function one(value: string | readonly string[] | undefined): string {
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}
