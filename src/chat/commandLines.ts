/** The commands in a block that is meant for a terminal. */

/**
 * Without what a terminal takes for keys, the prompts that are often written in front, and, where there are such, what
 * was printed. Each is one line; none is empty.
 */
export function commandLines(text: string): readonly string[] {
  const lines = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const prompted = lines.filter((line) => PROMPT.test(line));
  return (prompted.length > 0 ? prompted : lines)
    .map((line) => line.replace(PROMPT, "").replaceAll("\t", " ").trimEnd())
    .filter((line) => line !== "");
}

const PROMPT = /^\s*(?:\$|PS [^>]*>|[A-Z]:\\[^>]*>)(?:\s+|$)/;
