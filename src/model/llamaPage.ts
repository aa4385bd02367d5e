/** The pages of llama.cpp's own server, which stand beside OpenAI's interface. */

import { addressBelow, headersFor, type SenderOptions } from "./sender.ts";

export interface Page {
  readonly status: number;
  /** `undefined` where it is not JSON. */
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
  return { status: response.status, value: parsed(await response.text()) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
