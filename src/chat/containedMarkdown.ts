/** Markdown of a person's or a model's, as a part of a larger document. */

/**
 * What it begins ends with it: a fence that is open is closed, and what looks like HTML is text, so that an unfinished
 * comment does not swallow what follows. Whether a fence within a list or a quotation is open takes a parser to tell; where
 * there is one, all of the text is quoted, since whatever is in a quotation ends with it.
 */
export function contained(text: string): string {
  const lines: string[] = [];
  let open = "";
  let isPlain = true;
  for (const line of text.trim().split(/\r?\n/)) {
    if (open !== "") {
      if (closes(line, open)) open = "";
      lines.push(line);
      continue;
    }
    const [, before = "", marks = "", info = ""] = FENCE.exec(line) ?? [];
    const isFence = marks !== "" && !(marks.startsWith("`") && info.includes("`"));
    if (isFence && before !== "") isPlain = false;
    else if (isFence) open = marks;
    lines.push(isFence ? line : withoutHtml(line));
  }
  if (open !== "") lines.push(open);
  return (isPlain ? lines : lines.map((line) => (line === "" ? ">" : `> ${line}`))).join("\n");
}

/** With the signs of lists and quotations that stand before it. */
const FENCE = /^((?:[ \t>*+-]|\d{1,9}[.)])*)(`{3,}|~{3,})(.*)$/;

function closes(line: string, open: string): boolean {
  const marks = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1] ?? "";
  return marks.startsWith(open);
}

/** What stands in backticks is shown as it is; an address in angle brackets stays a link. */
function withoutHtml(line: string): string {
  if (!line.includes("<")) return line;
  const runs = Array.from(line.matchAll(/`+/g), ({ index, 0: { length } }) => ({ index, length }));
  const last = new Map(runs.map(({ length }, place) => [length, place]));
  let escaped = "";
  let from = 0;
  for (let place = 0; place < runs.length; place += 1) {
    const run = runs[place];
    if (!run || (last.get(run.length) ?? 0) <= place) continue;
    let end = place + 1;
    while (runs[end]?.length !== run.length) end += 1;
    const behind = (runs[end]?.index ?? run.index) + run.length;
    escaped += withoutTags(line.slice(from, run.index)) + line.slice(run.index, behind);
    from = behind;
    place = end;
  }
  return escaped + withoutTags(line.slice(from));
}

function withoutTags(text: string): string {
  return text.replace(/<(?=[a-z/!?])(?!https?:)/gi, "\\<");
}
