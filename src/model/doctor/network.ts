/** What the check of a server does on the network besides asking it. Injected, so that tests can stand in for parts of it. */

import { lookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectSecurely, type PeerCertificate, type TLSSocket } from "node:tls";
import { errorCode } from "../errorCode.ts";
import { hostFetch } from "../hostFetch.ts";

export interface Network {
  /** In VS Code the host's own, which knows the user's proxy and certificates. */
  readonly fetch: typeof fetch;
  /** The addresses of a name. Rejects with an error that has a `code`. */
  lookup(host: string): Promise<readonly string[]>;
  /** `undefined` when something listens there, else the system's code. Never rejects. */
  connect(address: string, port: number, signal: AbortSignal): Promise<string | undefined>;
  handshake(host: string, port: number, signal: AbortSignal): Promise<Handshake>;
  /**
   * The status with which an HTTP proxy answers when it is asked to connect to `target` (`host:port`). An https proxy is
   * asked over TLS, and gets its log-in only where its certificate is trusted. Rejects as a connection does.
   */
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
  fetch: hostFetch,
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
      const isSecure = proxy.protocol === "https:";
      const { host, port } = placeOf(proxy);
      const servername = isIP(host) === 0 ? { servername: host } : {};
      // Sockets and not a request: those of the editor's host would go through the proxy themselves.
      const socket: Socket = isSecure ? connectSecurely({ host, port, ...servername }) : connect({ host, port });
      let answer = "";
      const end = (settle: () => void): void => {
        socket.destroy();
        signal.removeEventListener("abort", late);
        settle();
      };
      const fail = (error: unknown): void => end(() => reject(error));
      const late = (): void => fail(signal.reason);
      signal.addEventListener("abort", late, { once: true });
      if (signal.aborted) late();
      socket.once(isSecure ? "secureConnect" : "connect", () => {
        socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${logIn(proxy)}\r\n`);
      });
      socket.on("data", (chunk) => {
        answer += chunk.toString("latin1");
        const [, status] = /^HTTP\/\d\.\d (\d{3})/.exec(answer) ?? [];
        if (status !== undefined) end(() => resolve(Number(status)));
        else if (answer.length > STATUS_CHARS) fail(coded("ERR_INVALID_HTTP_RESPONSE"));
      });
      socket.on("error", fail);
      socket.on("close", () => fail(coded("ECONNRESET")));
    }),
};

const PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };
const SOCKS_PORT = 1080;

/** Where a proxy listens. */
export function placeOf({ hostname, port, protocol }: URL): { readonly host: string; readonly port: number } {
  return {
    host: hostname.replaceAll(/[[\]]/g, ""),
    port: port === "" ? (PORTS[protocol] ?? SOCKS_PORT) : Number(port),
  };
}

/** What stands in the proxy's address is for the proxy. A header's line, or nothing. */
function logIn({ username, password }: URL): string {
  if (username === "") return "";
  const plain = `${decoded(username)}:${decoded(password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(plain).toString("base64")}\r\n`;
}

/** A sign `%` that stands for itself is what people write. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Longer than "HTTP/1.1 200". */
const STATUS_CHARS = 32;

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
