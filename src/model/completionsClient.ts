/**
 * Plain completions, asked for with the host's `fetch` alone. These are the requests of every keystroke, mostly to a server
 * on the same machine, and the official client costs as much time as the connection itself.
 */

import { acceptedOf, isError, refusalIn, RefusedError } from "./httpFailure.ts";
import { readBody } from "./responseBody.ts";
import type { Addresses, Fields } from "./openAiRequest.ts";
import { END_MARK, headersFor, type Sender, type SenderOptions } from "./sender.ts";
import { readServerSentEvents } from "./serverSentEvents.ts";

export function createCompletionsClient(options: SenderOptions, addresses: Addresses): Sender<Fields> {
  const { baseUrl, fetch, now } = options;
  const headers = headersFor(options);
  return async ({ endPoint, body }, signal) => {
    // As with chats, what the user writes goes to no other server.
    const init = { method: "POST", headers, body: JSON.stringify(body), redirect: "manual", signal } as const;
    const response = await acceptedOf(await fetch(addresses[endPoint], init), baseUrl, now());
    const answer = readBody(response);
    let hasMark = false;

    async function* events(): AsyncGenerator<unknown, void, undefined> {
      for await (const data of readServerSentEvents(answer.chunks)) {
        if (data === END_MARK) {
          hasMark = true;
          return;
        }
        // A line that only keeps the connection alive.
        if (data === "") continue;
        let event: unknown;
        try {
          event = JSON.parse(data);
        } catch (error) {
          // What the body ended in the middle of is no event; that it ended too soon is found out by its end.
          if (answer.isOver) return;
          throw error;
        }
        if (isError(event)) throw new RefusedError(refusalIn(event.error));
        yield event;
      }
    }
    return { body: events(), end: () => ({ bytes: answer.bytes, hasMark }), drain: () => answer.drain() };
  };
}
