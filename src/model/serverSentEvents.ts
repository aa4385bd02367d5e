/**
 * The data of server-sent events, as they come. Source of the format: WHATWG HTML, section 9.2.6. Names, ids and comments
 * are left out: no server of a model says anything with them.
 */
export async function* readServerSentEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let pending = "";
  let data: string[] = [];
  for await (const chunk of chunks) {
    // A `\r` at the very end may be half of a line's end.
    const lines = (pending + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    pending = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith("data:")) data.push(dataOf(line));
      if (line !== "" || data.length === 0) continue;
      yield data.join("\n");
      data = [];
    }
  }
  // Some servers leave out the blank line after the last event.
  if (pending.startsWith("data:")) data.push(dataOf(pending));
  if (data.length > 0) yield data.join("\n");
}

function dataOf(line: string): string {
  return line.slice(line[5] === " " ? 6 : 5);
}
