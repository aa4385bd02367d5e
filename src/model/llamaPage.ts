/** The pages of llama.cpp's own server, which stand beside OpenAI's interface. */

import { readStart } from "./responseBody.ts";
import { addressBelow, headersFor, type SenderOptions } from "./sender.ts";

export interface Page {
  readonly status: number;
  /** `undefined` where it is not JSON, or longer than any page. */
  readonly value: unknown;
}

/** Where the server's own pages are; OpenAI's are below `/v1`. */
export function rootOf(baseUrl: string): string {
  return baseUrl.replace(/\/v1\/*(?=$|\?)/, "");
}

/** With a body it is a POST. Rejects as `fetch` does. */
export async function llamaPage(
  { baseUrl, apiKey, keyHeader, fetch }: Omit<SenderOptions, "now">,
  path: string,
  signal: AbortSignal,
  body?: object,
): Promise<Page> {
  const init = { headers: headersFor({ apiKey, keyHeader }), redirect: "manual", signal } as const;
  const sent = body === undefined ? init : { ...init, method: "POST", body: JSON.stringify(body) };
  const response = await fetch(addressBelow(rootOf(baseUrl), path), sent);
  const { text, isWhole } = await readStart(response, MOST_BYTES);
  return { status: response.status, value: isWhole ? parsed(text) : undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A page of slots has each one's prompt. */
const MOST_BYTES = 4 * 2 ** 20;
