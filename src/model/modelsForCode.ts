/** Which of a server's models can write code. */

/**
 * Those that answer with text, the ones made for code first; all of them where the names tell nothing. `example`, where
 * the server has it, is the first.
 */
export function modelsForCode(names: readonly string[], example = ""): readonly string[] {
  const writing = names.filter((name) => !OTHER_USES.test(name));
  const rank = (name: string): number => (name === example ? 0 : FOR_CODE.test(name) ? 1 : 2);
  const kept = writing.length === 0 ? names : writing;
  return [...new Set(kept)].toSorted((one, other) => rank(one) - rank(other) || one.localeCompare(other, "en"));
}

const FOR_CODE = /cod(e|er|ing|ex)(?![a-z])|codestral|codellama|codegemma|devstral/i;
/** Models that make or read vectors, pictures, sounds and scores. */
const OTHER_USES =
  /embed|(^|[/_-])(bge|gte|e5|m3e)[/_-]|rerank|whisper|tts|speech|audio|realtime|transcri|moderation|guard|dall-?e|image|flux|diffusion|sora|video|(^|[/_-])wan[\d.-]|cosyvoice|paraformer|[/_-]asr|[/_-]ocr|[/_-]mt[/_-]|(^|[/_-])(babbage|davinci|computer-use)/i;
