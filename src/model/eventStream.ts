/** The stream of an answer in OpenAI's protocol: events of JSON, and a mark at their end. */

import { isError, refusalIn, RefusedError } from "./httpFailure.ts";
import { readBody } from "./responseBody.ts";
import { END_MARK, type Events } from "./sender.ts";
import { readServerSentEvents } from "./serverSentEvents.ts";

export function readEvents(response: Response): Events {
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
}
