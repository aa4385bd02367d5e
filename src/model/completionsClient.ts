/**
 * Plain completions, asked for with the host's `fetch` alone. These are the requests of every keystroke, mostly to a server
 * on the same machine, and the official client costs as much time as the connection itself.
 */

import { readEvents } from "./eventStream.ts";
import { acceptedOf } from "./httpFailure.ts";
import type { Addresses, Fields } from "./openAiRequest.ts";
import { headersFor, type Sender, type SenderOptions } from "./sender.ts";

export function createCompletionsClient(options: SenderOptions, addresses: Addresses): Sender<Fields> {
  const { baseUrl, fetch, now } = options;
  const headers = headersFor(options);
  return async ({ endPoint, body }, signal) => {
    // As with chats, what the user writes goes to no other server.
    const init = { method: "POST", headers, body: JSON.stringify(body), redirect: "manual", signal } as const;
    const response = await acceptedOf(await fetch(addresses[endPoint], init), baseUrl, now());
    return readEvents(response);
  };
}
