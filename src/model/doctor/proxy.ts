/** The proxy between this machine and the server, where there is one. */

import { errorCode } from "../errorCode.ts";
import { isThisMachine } from "../hosts.ts";
import { bad, good, type StepResult } from "./findings.ts";
import { type Network, placeOf, TIMED_OUT } from "./network.ts";
import type { Reached } from "./reach.ts";

export async function checkProxy(
  network: Network,
  proxy: string | undefined,
  url: URL,
  reached: Reached,
  limitMs: number,
  signal: AbortSignal,
): Promise<StepResult> {
  const address = URL.parse(proxy ?? "");
  const host = address?.host ?? "";
  if (wantsLogin(reached)) return bad("proxy", { kind: "proxy-login", host }, WAYS);
  if (!address) return good("proxy", { kind: "proxy-none" });
  if (reached.kind === "answered") return good("proxy", { kind: "proxy", host });
  const late = AbortSignal.timeout(limitMs);
  try {
    const status = await askProxy(network, address, url, reached.words, AbortSignal.any([signal, late]));
    if (status === 407) return bad("proxy", { kind: "proxy-login", host }, WAYS);
    if (status !== undefined && status >= 300) return bad("proxy", { kind: "proxy-refused", host, status }, WAYS);
    return good("proxy", { kind: "proxy", host });
  } catch (error) {
    signal.throwIfAborted();
    const code = late.aborted ? TIMED_OUT : (errorCode(error) ?? "ERR_UNKNOWN");
    return bad("proxy", { kind: "proxy-unreachable", host, code }, WAYS);
  }
}

/**
 * The status with which the proxy answers, `undefined` where there is nothing but that it listens: a SOCKS proxy has
 * another language, and many HTTP proxies make a tunnel to encrypted servers alone. Rejects where it can't be reached.
 */
async function askProxy(
  network: Network,
  proxy: URL,
  { hostname, port, protocol }: URL,
  words: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const [, told] = /Proxy response \((\d{3})\)/.exec(words) ?? [];
  if (told !== undefined) return Number(told);
  if (/^https?:$/.test(proxy.protocol) && protocol === "https:")
    return network.tunnel(proxy, `${hostname}:${port || "443"}`, signal);
  const { host, port: itsPort } = placeOf(proxy);
  const code = await network.connect(host, itsPort, signal);
  if (code !== undefined) throw Object.assign(new Error(code), { code });
  return undefined;
}

/** A fetch that goes through a proxy tells of its refusal in an error or, without encryption, in a status. */
function wantsLogin(reached: Reached): boolean {
  if (reached.kind === "answered") return reached.status === 407;
  return /Proxy response \(407\)|ERR_PROXY_AUTH/.test(`${reached.words} ${reached.code ?? ""}`);
}

const WAYS = [{ kind: "open-settings", query: "http.proxy" }] as const;

/** Where the editor and the environment have a proxy. */
export interface ProxySettings {
  /** `http.proxy`; empty where it is not set. */
  readonly proxy: string;
  /** `http.noProxy`. */
  readonly noProxy: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The proxy that requests to `url` go through, as VS Code finds it; it does not tell of one that the system alone knows. */
export function proxyFor(url: URL, { proxy, noProxy, environment }: ProxySettings): string | undefined {
  if (isThisMachine(url.hostname)) return undefined;
  const named = (name: string) => environment[name.toLowerCase()] || environment[name] || "";
  const without = noProxy.length > 0 ? noProxy : named("NO_PROXY").split(/[\s,]+/);
  if (without.some((each) => isMeant(url, each.trim()))) return undefined;
  const ofScheme = url.protocol === "https:" ? named("HTTPS_PROXY") || named("HTTP_PROXY") : named("HTTP_PROXY");
  const found = proxy.trim() || ofScheme;
  if (found === "") return undefined;
  return /^[a-z][a-z\d+.-]*:\/\//i.test(found) ? found : `http://${found}`;
}

/** `*`, a host, or the end of its name, with a port or without. */
function isMeant({ hostname, port, protocol }: URL, without: string): boolean {
  if (without === "*") return true;
  const [, name = "", itsPort] = /^(?:\*?\.)?([^:]*)(?::(\d+))?$/.exec(without.toLowerCase()) ?? [];
  if (name === "") return false;
  const isHost = hostname === name || hostname.endsWith(`.${name}`);
  return isHost && (itsPort === undefined || itsPort === (port || (protocol === "https:" ? "443" : "80")));
}
