/** What a person saw in a terminal, out of what a program wrote to it. */

/** Without colours, titles and marks of the shell; a line that was written over shows what was there last. */
export function terminalText(raw: string): string {
  return raw
    .replace(SEQUENCES, "")
    .split("\n")
    .map((line) => asWritten(line).replace(CONTROLS, "").trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "");
}

/** As a bar of progress is: each part that begins at the left lies on the one before. */
function asWritten(line: string): string {
  if (!/[\r\b]/.test(line)) return line;
  let shown = "";
  for (const part of line.split("\r")) {
    if (part === "") continue;
    const text = withoutRubbedOut(part);
    shown = text + shown.slice(text.length);
  }
  return shown;
}

function withoutRubbedOut(text: string): string {
  if (!text.includes("\b")) return text;
  const kept: string[] = [];
  for (const char of text)
    if (char === "\b") kept.pop();
    else kept.push(char);
  return kept.join("");
}

/**
 * ECMA-48: an operating system's command up to BEL or ST (one that does not end takes a line at most), device strings,
 * control sequences, two-character escapes.
 */
const SEQUENCES =
  // oxlint-disable-next-line no-control-regex
  /(?:\u001B\]|\u009D)[^\u0007\u001B\u009C\n]*(?:\u0007|\u001B\\|\u009C)?|(?:\u001B[PX^_])[^\u001B\n]*(?:\u001B\\)?|(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|\u001B[ -/]*[0-~]?/g;
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F]/g;
