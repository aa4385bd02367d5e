/**
 * The data of server-sent events, as they come. Source of the format: WHATWG HTML, section 9.2.6. Names, ids and comments
 * are left out: no server of a model says anything with them. Throws `SyntaxError` for an event that does not end.
 */
export async function* readServerSentEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let pending = "";
  let endedWithReturn = false;
  let data: string[] = [];
  let dataChars = 0;
  for await (const chunk of chunks) {
    let text = decoder.decode(chunk, { stream: true });
    if (text === "") continue;
    // The other half of a line's end.
    if (endedWithReturn && text.startsWith("\n")) text = text.slice(1);
    endedWithReturn = text.endsWith("\r");
    const [first = "", ...others] = text.split(/\r\n|\n|\r/);
    const lines = [pending + first, ...others];
    pending = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith("data:")) {
        data.push(dataOf(line));
        dataChars += line.length;
      }
      if (dataChars > MOST_EVENT_CHARS) throw new SyntaxError("an event without an end");
      if (line !== "" || data.length === 0) continue;
      yield data.join("\n");
      data = [];
      dataChars = 0;
    }
    if (pending.length > MOST_EVENT_CHARS) throw new SyntaxError("a line without an end");
  }
  // Some servers leave out the blank line after the last event.
  if (pending.startsWith("data:")) data.push(dataOf(pending));
  if (data.length > 0) yield data.join("\n");
}

function dataOf(line: string): string {
  return line.slice(line[5] === " " ? 6 : 5);
}

/** An event is a few hundred characters. */
const MOST_EVENT_CHARS = 2 ** 20;
