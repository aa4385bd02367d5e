/**
 * The values of a stream of JSON, one a line (NDJSON), as they come. Throws `SyntaxError` for a line that is none, or
 * does not end. Half a line at the end of the stream is no value.
 */
export async function* readJsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown, void, undefined> {
  const decoder = new TextDecoder();
  let pending = "";
  for await (const chunk of chunks) {
    const lines = (pending + decoder.decode(chunk, { stream: true })).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield JSON.parse(line);
    if (pending.length > MOST_LINE_CHARS) throw new SyntaxError("a line without an end");
  }
  if (pending.trim() === "") return;
  let last: unknown;
  try {
    last = JSON.parse(pending);
  } catch (error) {
    if (/^\s*\{/.test(pending)) return;
    throw error;
  }
  yield last;
}

/** The last line of an answer may have a number for each token of the prompt. */
const MOST_LINE_CHARS = 2 ** 22;
