/** The official client, with nothing sent but what the request needs. It is loaded with the first chat. */

import { readEvents } from "./eventStream.ts";
import { acceptedOf, RefusedError } from "./httpFailure.ts";
import type { Addresses, Fields } from "./openAiRequest.ts";
import { headersFor, type Sender, type SenderOptions } from "./sender.ts";

export async function loadClient(options: SenderOptions, { chat: url }: Addresses): Promise<Sender<Fields>> {
  const { baseUrl, fetch, now } = options;
  const { OpenAI } = await import("openai");
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
    // Its own reader waits for the end of a line, and of an event, however long that takes.
    return readEvents(response);
  };
}

/** The client puts what our `fetch` throws into an error of its own. */
function throwRefusal(error: unknown): never {
  const cause = error instanceof Error ? error.cause : undefined;
  throw cause instanceof RefusedError || cause instanceof SyntaxError ? cause : error;
}
