/** The key that an object has twice, which JSON lets pass and the last of which would count; undefined where none has. */
export function repeatedKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  // In an object a text is a key after its brace and after a comma.
  let isKeyNext = false;
  for (const [token] of json.matchAll(TOKEN)) {
    const keys = open.at(-1);
    if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : undefined);
      isKeyNext = token === "{";
    } else if (token === "}" || token === "]") open.pop();
    else if (token === ",") isKeyNext = keys !== undefined;
    else if (isKeyNext && keys) {
      isKeyNext = false;
      const key = String(JSON.parse(token));
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}

/** Of JSON that has been parsed: its texts, and what has a place beside them. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;
