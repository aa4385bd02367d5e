/** Code blocks between fences, as CommonMark has them, in the reply of a model. */

export interface Fenced {
  /** What stands behind the opening fence. */
  readonly info: string;
  readonly text: string;
  readonly isClosed: boolean;
  /** The last line above that is not blank. */
  readonly above: string;
}

/** @param languageId of the file that is asked about: a file of Markdown has fences of its own */
export function fencesIn(text: string, languageId: string): readonly Fenced[] {
  const lines = text.split("\n");
  const found: Fenced[] = [];
  let open: Open | undefined;
  let above = "";
  for (const line of lines) {
    const mark =
      line.length > LONGEST_FENCE ? null : /^( {0,3}|\s*(?:[-*]|\d+\.)\s+| {4,})(`{3,}|~{3,})([^`]*)$/.exec(line);
    const [, outer = "", fence = "", info = ""] = mark ?? [];
    if (!open) {
      if (mark) open = { fence, info, outer: outer.length, lines: [], above, inner: 0 };
      else if (line.trim() !== "") above = line;
      continue;
    }
    // Deeper, or behind the mark of a list, it is a line of the code.
    const isLevel = outer.trim() === "" && outer.length <= open.outer + DEEPEST;
    const closes = mark && isLevel && info.trim() === "" && fence.startsWith(open.fence);
    if (mark && isOfMarkdown(open.info, languageId) && fence.length === open.fence.length) {
      // A fence with a language inside of Markdown opens one more.
      if (info.trim() !== "") open.inner += 1;
      else if (open.inner > 0) {
        open.inner -= 1;
        open.lines.push(line);
        continue;
      }
    }
    if (closes) {
      found.push(closed(open, true));
      above = "";
      open = undefined;
    } else open.lines.push(line);
  }
  if (open) found.push(closedBehindCode(open) ?? closed(open, false));
  return found;
}

interface Open {
  readonly fence: string;
  readonly info: string;
  /** Columns before it, that its lines are indented by as well. */
  readonly outer: number;
  readonly lines: string[];
  readonly above: string;
  inner: number;
}

function closed({ info, lines, outer, above }: Open, isClosed: boolean): Fenced {
  const bare = outer > 0 && lines.every((line) => line.slice(0, outer).trim() === "");
  return { info, text: (bare ? lines.map((line) => line.slice(outer)) : lines).join("\n"), isClosed, above };
}

/** The fence at the end stands behind the last line of the code. */
function closedBehindCode(open: Open): Fenced | undefined {
  const row = open.lines.findLastIndex((line) => line.trim() !== "");
  const last = open.lines[row] ?? "";
  if (!last.endsWith(open.fence) || last.length > LONGEST_FENCE) return undefined;
  const code = last.slice(0, -open.fence.length);
  // A single one of them would open a string.
  if (code.trim() === "" || code.includes("`")) return undefined;
  return closed({ ...open, lines: [...open.lines.slice(0, row), code] }, true);
}

function isOfMarkdown(info: string, languageId: string): boolean {
  const language = info.trim().split(/[\s:]/)[0] ?? "";
  return /^(?:md|markdown)$/i.test(language) || (language === "" && languageId === "markdown");
}

const LONGEST_FENCE = 300;
/** Columns that a closing fence may stand further in than its opening one. */
const DEEPEST = 3;
