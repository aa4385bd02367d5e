/** How much context a server of the user's own has made room for, where it lists that with its models, as vLLM does. */

import type { Server } from "./askServer.ts";
import { isNearby } from "./hosts.ts";
import { listModels } from "./serverModels.ts";

/** Somebody waits for a suggestion. */
const WITHIN_MS = 1_000;

/**
 * In tokens; `undefined` where the server does not tell, not in time, or is not on this machine or its network: a service
 * has room for far more than a suggestion's prompt, and is asked for nothing that nobody asked for. Never rejects.
 */
export async function listedContext(server: Omit<Server, "timeLimitMs">, model: string): Promise<number | undefined> {
  if (!isNearby(URL.parse(server.baseUrl.trim())?.hostname ?? ".")) return undefined;
  try {
    const models = await listModels({ ...server, timeLimitMs: WITHIN_MS }, new AbortController().signal);
    return models.find(({ id }) => id === model)?.contextTokens;
  } catch {
    // What is wrong with it, the first request tells.
    return undefined;
  }
}
