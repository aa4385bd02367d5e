/** The official client, with nothing sent but what the request needs. It is loaded with the first chat. */

import { acceptedOf, refusalIn, RefusedError } from "./httpFailure.ts";
import type { Addresses, Fields } from "./openAiRequest.ts";
import { readBody } from "./responseBody.ts";
import { END_MARK, headersFor, type Sender, type SenderOptions } from "./sender.ts";

export async function loadClient(options: SenderOptions, { chat: url }: Addresses): Promise<Sender<Fields>> {
  const { baseUrl, fetch, now } = options;
  const [{ APIError, OpenAI }, { Stream }] = await Promise.all([import("openai"), import("openai/streaming")]);
  const headers = headersFor(options);
  const client = new OpenAI({
    baseURL: baseUrl,
    // It insists on one; ours is in the headers.
    apiKey: "none",
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    // Retries are ours: they know the time limit.
    maxRetries: 0,
    // It would write parts of answers to the console.
    logLevel: "off",
    fetch: async (input, init) => {
      // The user chose one server. What they write goes to no other, wherever that one points.
      const response = await fetch(input, { ...init, headers, redirect: "manual" });
      return acceptedOf(response, baseUrl, now());
    },
  });

  return async ({ body }, signal) => {
    const response = await client.post(url, { body, signal }).asResponse().catch(throwRefusal);
    const answer = readBody(response);
    const mark = { isThere: false };
    const chunks = watchedFor(mark, answer.chunks);
    const watched = new ReadableStream<Uint8Array>({
      async pull(stream) {
        const step = await chunks.next();
        if (step.done) stream.close();
        else stream.enqueue(step.value);
      },
    });
    const controller = new AbortController();
    signal.addEventListener("abort", () => controller.abort(), { once: true });
    const events = Stream.fromSSEResponse<unknown>(new Response(watched, response), controller, client);
    return {
      body: readable(events),
      end: () => ({ bytes: answer.bytes, hasMark: mark.isThere }),
      drain: () => answer.drain(),
    };
  };

  /** The client's errors for events of a stream, as ours. */
  async function* readable(events: AsyncIterable<unknown>): AsyncGenerator<unknown, void, undefined> {
    try {
      yield* events;
    } catch (error) {
      throw error instanceof APIError && error.error !== undefined ? new RefusedError(refusalIn(error.error)) : error;
    }
  }
}

/** The client puts what our `fetch` throws into an error of its own. */
function throwRefusal(error: unknown): never {
  const cause = error instanceof Error ? error.cause : undefined;
  throw cause instanceof RefusedError ? cause : error;
}

/** The client swallows the protocol's own end mark, so it is looked for on the way. */
async function* watchedFor(
  mark: { isThere: boolean },
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const line = `data: ${END_MARK}`;
  let tail = "";
  for await (const chunk of chunks) {
    // Latin-1 keeps one character a byte, and the mark is ASCII.
    const text = tail + Buffer.from(chunk).toString("latin1");
    mark.isThere ||= text.includes(line);
    tail = text.slice(-line.length);
    yield chunk;
  }
}
