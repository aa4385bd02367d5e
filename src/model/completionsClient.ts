/**
 * Plain completions, asked for with the host's `fetch` alone. These are the requests of every keystroke, mostly to a server
 * on the same machine, and the official client costs as much time as the connection itself.
 */

import { refusalIn, refusalOf, RefusedError } from "./httpFailure.ts";
import { END_MARK, headersFor, type Sender, type SenderOptions } from "./openAiClient.ts";
import { readBody } from "./responseBody.ts";
import { readServerSentEvents } from "./serverSentEvents.ts";

export function createCompletionsClient({ baseUrl, apiKey, fetch, now }: SenderOptions): Sender {
  const url = `${baseUrl}/completions`;
  const headers = headersFor(apiKey);
  return async ({ body }, signal) => {
    // As with chats, what the user writes goes to no other server.
    const init = { method: "POST", headers, body: JSON.stringify(body), redirect: "manual", signal } as const;
    const response = await fetch(url, init);
    if (!response.ok) throw new RefusedError(await refusalOf(response, baseUrl, now()));
    const answer = readBody(response);
    let hasMark = false;

    async function* events(): AsyncGenerator<unknown, void, undefined> {
      for await (const data of readServerSentEvents(answer.chunks)) {
        if (data === END_MARK) {
          hasMark = true;
          return;
        }
        const event: unknown = JSON.parse(data);
        if (isError(event)) throw new RefusedError(refusalIn(event.error));
        yield event;
      }
    }
    return { body: events(), end: () => ({ bytes: answer.bytes, hasMark }), drain: () => answer.drain() };
  };
}

function isError(event: unknown): event is { readonly error: unknown } {
  return typeof event === "object" && event !== null && "error" in event && Boolean(event.error);
}
