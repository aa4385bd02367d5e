/** JSON as editors have it: with comments, and commas behind the last entry. */

/** The keys of the outermost object; `undefined` where the text can't be parsed. */
export function keysOf(text: string): readonly string[] | undefined {
  const value = parsed(text);
  if (value === undefined) return undefined;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

/** `undefined` where it can't be parsed. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    try {
      return JSON.parse(plain(text));
    } catch {
      return undefined;
    }
  }
}

function plain(text: string): string {
  const withoutComments = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (found) =>
    found.startsWith('"') ? found : " ",
  );
  return withoutComments.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (found) => (found === "," ? "" : found));
}
