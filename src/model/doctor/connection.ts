/** Finding out why there is no connection: the name, then each of its addresses. */

import { isIP } from "node:net";
import { errorCode } from "../errorCode.ts";
import { discoverServers } from "../discovery.ts";
import { isNearby, isThisMachine, USUAL_PORTS } from "../hosts.ts";
import { ollamaRoot } from "../ollamaServer.ts";
import { type Provider, providers } from "../providers.ts";
import { bad, type Family, good, type Listener, type StepResult, OPEN_SERVERS } from "./findings.ts";
import { type Network, TIMED_OUT } from "./network.ts";

/** The addresses; none where the name is unknown. `url` is the server's. */
export async function checkName(
  network: Network,
  url: URL,
  limitMs: number,
  signal: AbortSignal,
): Promise<{ readonly result: StepResult; readonly addresses: readonly string[] }> {
  const host = nameOf(url);
  if (isIP(host) !== 0) return { result: good("name", { kind: "name-number" }), addresses: [host] };
  const late = AbortSignal.timeout(limitMs);
  try {
    const addresses = await untilAborted(network.lookup(host), AbortSignal.any([signal, late]));
    return { result: good("name", { kind: "name-found", host, families: familiesOf(addresses) }), addresses };
  } catch (error) {
    signal.throwIfAborted();
    // Many resolvers know this name only from a file, and browsers and clients without one.
    if (host === "localhost") return { result: good("name", { kind: "name-number" }), addresses: ["127.0.0.1", "::1"] };
    if (late.aborted)
      return { result: bad("name", { kind: "name-late", host, limitMs }, [OPEN_SERVERS]), addresses: [] };
    const code = errorCode(error) ?? "ERR_UNKNOWN";
    return { result: bad("name", { kind: "name-unknown", host, code }, [OPEN_SERVERS]), addresses: [] };
  }
}

/** The system's look-up can't be stopped: it goes on, and nobody waits for it. Rejects with the signal's reason. */
function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    void promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** `isReached`: the server has answered, and only what is odd about it is still of interest. */
export async function checkConnection(
  network: Network,
  url: URL,
  addresses: readonly string[],
  {
    isReached,
    provider,
    limitMs,
  }: { readonly isReached: boolean; readonly provider: Provider; readonly limitMs: number },
  signal: AbortSignal,
): Promise<StepResult> {
  const { host } = url;
  const isHere = isThisMachine(url.hostname);
  const all = nameOf(url) === "localhost" ? [...new Set([...addresses, "127.0.0.1", "::1"])] : addresses;
  if (isReached && !isHere) return good("connection", { kind: "connected", host });
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const late = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const codes = await Promise.all(all.map((address) => network.connect(address, port, late)));
  signal.throwIfAborted();
  const open = all.filter((_, at) => codes[at] === undefined);
  const closed = all.filter((_, at) => codes[at] === "ECONNREFUSED");
  const [openFamily] = familiesOf(open);
  const [closedFamily] = familiesOf(closed);
  if (openFamily !== undefined) {
    // Whoever connects tries both.
    return closedFamily === undefined || closedFamily === openFamily
      ? good("connection", { kind: "connected", host })
      : good("connection", { kind: "connected-partly", host, open: openFamily, closed: closedFamily });
  }
  if (isReached) return good("connection", { kind: "connected", host });
  const code = codes.find((each) => each === "ECONNREFUSED") ?? codes.find((each) => each !== undefined) ?? TIMED_OUT;
  if (code === "ECONNREFUSED") {
    const others = isNearby(url.hostname) ? await listenersBeside(network, url, provider, signal) : [];
    const ways = others.flatMap((other) =>
      other.fits ? ({ kind: "set-address", address: other.address } as const) : [],
    );
    return bad("connection", { kind: "refused", host, isThisMachine: isHere, others }, [
      ...ways,
      ...pullCommand(provider, others),
      ...startCommand(provider, isHere && others.every(({ fits }) => !fits)),
      OPEN_SERVERS,
    ]);
  }
  if (code === TIMED_OUT)
    return bad("connection", { kind: "connection-timeout", host, isThisMachine: isHere }, [OPEN_SERVERS]);
  return bad("connection", { kind: "connection-failed", host, code }, [OPEN_SERVERS]);
}

/** What answers at the ports that local servers usually have. It gets no key: that is for the server that was meant. */
async function listenersBeside(
  { fetch }: Network,
  { hostname, port }: URL,
  wanted: Provider,
  signal: AbortSignal,
): Promise<readonly Listener[]> {
  const places = USUAL_PORTS.filter((each) => each !== port).map((each) => `http://${hostname}:${each}`);
  const found = await discoverServers({ fetch, signal, places, timeLimitMs: LISTENER_MS });
  return found.map(({ provider: id, baseUrl, models }) => {
    const isEmpty = models.length === 0;
    const name = providers.find((each) => each.id === id)?.name ?? new URL(baseUrl).host;
    const isOllama = id === "ollama";
    if (wanted.protocol === "ollama")
      return { name, address: isOllama ? ollamaRoot(baseUrl) : baseUrl, isEmpty, fits: isOllama };
    // Ollama speaks like OpenAI, too, but not like llama.cpp.
    return { name, address: baseUrl, isEmpty, fits: !isEmpty && (!isOllama || wanted.protocol === "openai") };
  });
}

/** For an Ollama that would do if it had a model. */
function pullCommand({ protocol }: Provider, others: readonly Listener[]) {
  const isEmptyOllama = others.some(({ name, isEmpty }) => isEmpty && name === OLLAMA?.name);
  return isEmptyOllama && protocol === "openai" ? [PULL_EXAMPLE] : [];
}

const OLLAMA = providers.find(({ id }) => id === "ollama");
/** Has Ollama get a model for code. */
export const PULL_EXAMPLE = { kind: "copy", text: `ollama pull ${OLLAMA?.exampleModel}` } as const;

/** As the makers document it. */
function startCommand({ id }: Provider, isWanted: boolean) {
  const command = isWanted ? START_COMMANDS.get(id) : undefined;
  return command === undefined ? [] : [{ kind: "copy", text: command } as const];
}

const START_COMMANDS: ReadonlyMap<string, string> = new Map([
  ["ollama", "ollama serve"],
  ["lmstudio", "lms server start"],
]);

function nameOf({ hostname }: URL): string {
  return hostname.replaceAll(/[[\]]/g, "");
}

function familiesOf(addresses: readonly string[]): readonly Family[] {
  return [...new Set(addresses.map((address) => (isIP(address) === 6 ? 6 : 4) satisfies Family))];
}

const LISTENER_MS = 1_500;
