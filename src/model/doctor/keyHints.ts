/** What may be said of a key that a server refuses, so that its owner sees which one it is. */

import type { Provider } from "../providers.ts";
import type { RefusedKey } from "./findings.ts";

/** `says`: the server's sentence, which may repeat the key. */
export function hintsOn(key: string, { name }: Provider, says: string | undefined): RefusedKey {
  const maker = MAKERS.find(([start]) => key.startsWith(start))?.[1];
  return {
    end: key.length < LEAST_CHARS ? undefined : key.slice(-4),
    looksLike: maker === name ? undefined : maker,
    says: says?.replaceAll(key, "•••").slice(0, SAYS_CHARS),
  };
}

/** How keys begin, as their makers' documentation shows them. The longer ones first. */
const MAKERS: readonly (readonly [start: string, maker: string])[] = [
  ["sk-ant-", "Anthropic"],
  ["sk-or-", "OpenRouter"],
  ["sk-proj-", "OpenAI"],
  ["gsk_", "Groq"],
  ["AIza", "Google"],
  ["hf_", "Hugging Face"],
  ["xai-", "xAI"],
  ["ghp_", "GitHub"],
  ["github_pat_", "GitHub"],
];
/** Of a shorter key four characters would tell too much. */
const LEAST_CHARS = 12;
const SAYS_CHARS = 200;
