/** `provider/model`, as the settings name a model: `openai/gpt-4.1`, `ollama/qwen2.5-coder:7b`. */

/** The provider of what runs in a process of our own. */
export const EMBEDDED = "embedded";

/** The provider of what other extensions have: `editor/VENDOR/FAMILY`, or `editor/ID`. */
export const EDITOR = "editor";

/** The provider and the model; `undefined` where there is no slash, or nothing beside it. */
export function splitReference(reference: string): readonly [provider: string, model: string] | undefined {
  const at = reference.indexOf("/");
  const provider = reference.slice(0, Math.max(0, at)).trim();
  const model = reference.slice(at + 1).trim();
  return provider === "" || model === "" ? undefined : [provider, model];
}

export function isEmbedded(reference: string): boolean {
  return splitReference(reference)?.[0] === EMBEDDED;
}

/** A GGUF file rather than a name of the catalogue. */
export function namesFile(model: string): boolean {
  return /\.gguf$/i.test(model);
}
