/** VS Code's names of languages, by the ends of file names, for documents opened without one. */

import { languageIdOfPath } from "../../src/context/index/extraction/languageOfPath.ts";

/** What is no source code to the index. */
const texts: Readonly<Record<string, string>> = {
  html: "html",
  json: "json",
  md: "markdown",
  yml: "yaml",
  yaml: "yaml",
};

export function languageOf(path: string): string {
  return languageIdOfPath(path) ?? texts[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ""] ?? "plaintext";
}
