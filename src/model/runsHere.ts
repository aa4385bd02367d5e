import { isThisMachine } from "./hosts.ts";

/** Whether a server's model runs on this machine: what is asked there costs nothing but its time. */
export function runsHere(baseUrl: string, model: string): boolean {
  const host = URL.parse(baseUrl.trim())?.hostname ?? "";
  return isThisMachine(host) && !IN_A_CLOUD.test(model);
}

/** Ollama passes on what is asked of models with such names (`gpt-oss:120b-cloud`, `glm-4.6:cloud`). */
const IN_A_CLOUD = /[:-]cloud$/i;
