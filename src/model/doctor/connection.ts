/** Finding out why there is no connection: the name, then each of its addresses. */

import { isIP } from "node:net";
import { errorCode } from "../errorCode.ts";
import { type Provider, providers } from "../providers.ts";
import { isNearby, isThisMachine } from "./address.ts";
import { bad, type Family, good, type Listener, type StepResult } from "./findings.ts";
import { type Network, TIMED_OUT } from "./network.ts";
import { modelsIn, reach } from "./reach.ts";

const OPEN_SETTING = { kind: "open-settings", query: "pairwise.model.servers" } as const;

/** The addresses; none where the name is unknown. `url` is the server's. */
export async function checkName(
  network: Network,
  url: URL,
): Promise<{ readonly result: StepResult; readonly addresses: readonly string[] }> {
  const host = nameOf(url);
  if (isIP(host) !== 0) return { result: good("name", { kind: "name-number" }), addresses: [host] };
  try {
    const addresses = await network.lookup(host);
    return { result: good("name", { kind: "name-found", host, families: familiesOf(addresses) }), addresses };
  } catch (error) {
    // Many resolvers know this name only from a file, and browsers and clients without one.
    if (host === "localhost") return { result: good("name", { kind: "name-number" }), addresses: ["127.0.0.1", "::1"] };
    const code = errorCode(error) ?? "ERR_UNKNOWN";
    return { result: bad("name", { kind: "name-unknown", host, code }, [OPEN_SETTING]), addresses: [] };
  }
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
  if (isReached && !isHere) return good("connection", { kind: "connected", host, isThisMachine: false });
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
      ? good("connection", { kind: "connected", host, isThisMachine: isHere })
      : good("connection", { kind: "connected-partly", host, open: openFamily, closed: closedFamily });
  }
  if (isReached) return good("connection", { kind: "connected", host, isThisMachine: isHere });
  const code = codes.find((each) => each === "ECONNREFUSED") ?? codes.find((each) => each !== undefined) ?? TIMED_OUT;
  if (code === "ECONNREFUSED") {
    const others = isNearby(url.hostname) ? await listenersBeside(network, url, provider, signal) : [];
    const ways = others.flatMap((other) =>
      other.fits ? ({ kind: "set-address", address: other.address } as const) : [],
    );
    return bad("connection", { kind: "refused", host, isThisMachine: isHere, others }, [
      ...ways,
      ...startCommand(provider, isHere && others.every(({ fits }) => !fits)),
      OPEN_SETTING,
    ]);
  }
  if (code === TIMED_OUT)
    return bad("connection", { kind: "connection-timeout", host, isThisMachine: isHere }, [OPEN_SETTING]);
  return bad("connection", { kind: "connection-failed", host, code }, [OPEN_SETTING]);
}

/** What answers at the ports that local servers usually have. */
async function listenersBeside(
  network: Network,
  url: URL,
  wanted: Provider,
  signal: AbortSignal,
): Promise<readonly Listener[]> {
  const local = providers.filter(({ baseUrl }) => baseUrl !== undefined && isThisMachine(new URL(baseUrl).hostname));
  const found = await Promise.all(
    local.map(async (provider): Promise<readonly Listener[]> => {
      const address = new URL(provider.baseUrl ?? "");
      if (address.port === url.port) return [];
      address.hostname = url.hostname;
      const base = address.href.replace(/\/+$/, "");
      const isOllama = provider.protocol === "ollama";
      const list = `${base}${isOllama ? "/api/tags" : "/models"}`;
      // Without a key: it is for the server that was meant.
      const reached = await reach(network, list, { provider, apiKey: undefined }, LISTENER_MS, signal);
      const isOne = modelsIn(reached) !== undefined || (reached.kind === "answered" && reached.status === 401);
      if (!isOne) return [];
      const speaks = (one: Provider) => (one.protocol === "ollama" ? "ollama" : "openai");
      // Ollama speaks like OpenAI, too, a part of the path further down.
      if (isOllama && wanted.protocol !== "ollama")
        return [{ name: provider.name, address: `${base}/v1`, fits: wanted.protocol === "openai" }];
      return [{ name: provider.name, address: base, fits: speaks(provider) === speaks(wanted) }];
    }),
  );
  return found.flat();
}

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
