/** The relative links of a Markdown text. Inline ones alone, `[text](target)` and `![text](target)`, outside of code. */

/** Code is matched so that it is passed over. */
const codeOrLink = /^```[^]*?^```|`[^`\n]+`|!?\[([^[\]]*)\]\(([^()\s]+)(?:\s+"[^"]*")?\)/gm;

/** Paths of the files that are linked to, as they are written but without `#fragment`. */
export function relativeLinks(markdown: string): readonly string[] {
  return [...markdown.matchAll(codeOrLink)].flatMap(([, , target]) => pathOf(target) ?? []);
}

/** Makes plain text of every link to a file for which `exists` says no. */
export function withoutDeadLinks(markdown: string, exists: (path: string) => boolean): string {
  return markdown.replaceAll(codeOrLink, (whole, text: string | undefined, target: string | undefined) => {
    const path = pathOf(target);
    return path === undefined || exists(path) ? whole : (text ?? "");
  });
}

/** `undefined` for an address, and for a place in the text itself. */
function pathOf(target: string | undefined): string | undefined {
  if (target === undefined || /^([a-z][a-z\d+.-]*:|\/\/|#)/i.test(target)) return undefined;
  return decodeURI(target.replace(/[?#].*$/, ""));
}
