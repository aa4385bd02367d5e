/** What a model says of a finding, as Markdown in which nothing but code is marked: no links, pictures, icons or HTML. */

import { fenced } from "./fenced.ts";

export function findingMarkdown(text: string): string {
  const parts: string[] = [];
  let prose: string[] = [];
  let code: string[] | undefined;
  let [fence, language, indentation] = ["", "", ""];
  const endProse = (): void => {
    if (prose.join("").trim() !== "") parts.push(plainMarkdown(prose.join("\n").trim()));
    prose = [];
  };
  const endCode = (): void => {
    if (code !== undefined) parts.push(fenced(code.map((line) => undented(line, indentation)).join("\n"), language));
    code = undefined;
  };
  for (const line of text.split("\n")) {
    if (code !== undefined) {
      if (line.trim().startsWith(fence) && /^[`~]+$/.test(line.trim())) endCode();
      else code.push(line);
      continue;
    }
    const start = /^(\s*)(`{3,}|~{3,})\s*([\w+#-]*)[^`]*$/.exec(line);
    if (!start) {
      prose.push(line);
      continue;
    }
    endProse();
    [, indentation = "", fence = "", language = ""] = start;
    code = [];
  }
  endCode();
  endProse();
  return parts.join("\n\n");
}

/** Everything outside of backticks is shown as it stands. */
function plainMarkdown(text: string): string {
  const shown = text.replace(/^[ \t]+/gm, "").replace(/\*\*/g, "");
  let markdown = "";
  let at = 0;
  for (const { 0: whole, 1: marks = "", 2: code = "", index } of shown.matchAll(
    /(?<!`)(`+)(?!`)([^\n]{1,600}?)(?<!`)\1(?!`)/g,
  )) {
    markdown += `${escaped(shown.slice(at, index))}${marks} ${code.trim()} ${marks}`;
    at = index + whole.length;
  }
  return markdown + escaped(shown.slice(at));
}

/** CommonMark lets every sign of ASCII be escaped; with an escaped colon, dot or at sign no address becomes a link. */
function escaped(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, "\\$&").replace(/\n/g, "  \n");
}

function undented(line: string, indentation: string): string {
  return line.startsWith(indentation) ? line.slice(indentation.length) : line.trimStart();
}
