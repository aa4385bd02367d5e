import { CHAT_TOKENS } from "./engineSpec.ts";
import { readGgufNumber, readGgufString } from "./gguf.ts";

/**
 * How many tokens a chat with the model in this file has room for, prompt and answer together; `undefined` where the file
 * has no chat template. Loads nothing. Throws when the file can't be read.
 */
export async function readChatContext(path: string): Promise<number | undefined> {
  if ((await readGgufString(path, "tokenizer.chat_template")) === undefined) return undefined;
  const architecture = await readGgufString(path, "general.architecture");
  const trained = await readGgufNumber(path, `${architecture}.context_length`);
  return trained === undefined || trained === 0 ? CHAT_TOKENS : Math.min(trained, CHAT_TOKENS);
}
