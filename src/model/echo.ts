/** What servers say of a request may repeat it: gateways and filters quote it. Messages are shown and passed on, the code is not. */

/** The message up to where it begins to repeat what was sent, however it writes white space and quotation marks. */
export function withoutEcho(message: string, sent: readonly string[]): string {
  const { text, places } = squeezed(message);
  const texts = sent.map((each) => squeezed(each).text);
  for (let at = 0; at + STRETCH_CHARS <= text.length; at++) {
    const stretch = text.slice(at, at + STRETCH_CHARS);
    if (texts.some((each) => each.includes(stretch))) return `${message.slice(0, places[at]).trimEnd()} …`.trimStart();
  }
  return message;
}

/** Without white space and what escapes it in JSON, and where each character that is left stood. */
function squeezed(text: string): { readonly text: string; readonly places: readonly number[] } {
  const left = [...text.matchAll(/\\[nrt]|[\s\\]|([^\s\\])/g)].filter(([, char]) => char !== undefined);
  return { text: left.map(([char]) => char).join(""), places: left.map(({ index }) => index) };
}

/** Shorter ones are also in sentences that repeat nothing. */
const STRETCH_CHARS = 16;
