/** Where a host is, by its name as `URL.hostname` has it. */

import { isIP } from "node:net";

export function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);
}

/** This machine, its own network, or a name that only a network of somebody's own can know. */
export function isNearby(host: string): boolean {
  if (isThisMachine(host)) return true;
  if (host.startsWith("[")) return /^\[(f[cd]|fe[89ab])/.test(host);
  if (isIP(host) !== 0)
    return /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(host);
  return !host.includes(".") || /\.(local|internal|lan|home|intranet|corp)$/.test(host);
}

/** At which Ollama, llama.cpp, LM Studio and vLLM listen where nobody has said otherwise. */
export const USUAL_PORTS: readonly string[] = ["11434", "8080", "1234", "8000"];
