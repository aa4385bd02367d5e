/** Text with places for values, in the subset of Mustache that is variables and sections: `{{path}}`, `{{#path}}…{{/path}}`, `{{^path}}…{{/path}}`. */

export type Template = readonly TemplatePart[];

type TemplatePart =
  | string
  | { readonly name: string }
  /** Its parts stand where the value is not empty; inverted, where it is. */
  | { readonly section: string; readonly inverted: boolean; readonly parts: Template };

export interface TemplateFault {
  readonly kind: "placeholder-unknown" | "section-unclosed" | "section-unopened";
  readonly name: string;
  /** Of the tag, in the text. */
  readonly at: number;
}

/** `allowed` are the names that may stand in it. With faults, the template is not whole. */
export function parseTemplate(
  text: string,
  allowed: readonly string[],
): { readonly template: Template; readonly faults: readonly TemplateFault[] } {
  const faults: TemplateFault[] = [];
  const template: TemplatePart[] = [];
  const open: OpenSection[] = [];
  let parts = template;
  let from = 0;
  for (const { index: at, 0: tag, 1: escape, 2: sign = "", 3: name = "" } of text.matchAll(TAG)) {
    const end = at + tag.length;
    if (escape !== "") {
      addText(parts, text.slice(from, at) + tag.slice(1));
      from = end;
      continue;
    }
    if (!allowed.includes(name)) {
      faults.push({ kind: "placeholder-unknown", name, at });
      continue;
    }
    const place = sign === "" ? { start: at, end } : withItsLine(text, at, end);
    addText(parts, text.slice(from, place.start));
    from = place.end;
    if (sign === "") parts.push({ name });
    else if (sign === "/") {
      const section = open.pop();
      if (section?.name !== name) faults.push({ kind: "section-unopened", name, at });
      if (section === undefined) continue;
      section.outer.push({ section: section.name, inverted: section.inverted, parts });
      parts = section.outer;
    } else {
      open.push({ name, at, inverted: sign === "^", outer: parts });
      parts = [];
    }
  }
  addText(parts, text.slice(from));
  for (const { name, at } of open) faults.push({ kind: "section-unclosed", name, at });
  return { template, faults };
}

/** Values stand in the text as they are: what looks like a placeholder in one of them is text. */
export function render(template: Template, values: Readonly<Record<string, string>>): string {
  let text = "";
  for (const part of template) {
    if (typeof part === "string") text += part;
    else if ("name" in part) text += values[part.name] ?? "";
    else if (((values[part.section] ?? "") === "") === part.inverted) text += render(part.parts, values);
  }
  return text;
}

/** All parts, those of sections included. */
export function allParts(template: Template): Template {
  return template.flatMap((part) => (typeof part === "object" && "parts" in part ? allParts(part.parts) : part));
}

interface OpenSection {
  readonly name: string;
  readonly at: number;
  readonly inverted: boolean;
  readonly outer: TemplatePart[];
}

function addText(parts: TemplatePart[], text: string): void {
  if (text !== "") parts.push(text);
}

/** A section's tag that is alone on its line takes the line with it, as in Mustache. */
function withItsLine(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineBreak = text.indexOf("\n", end);
  const lineEnd = lineBreak === -1 ? text.length : lineBreak + 1;
  const isAlone = (text.slice(lineStart, start) + text.slice(end, lineEnd)).trim() === "";
  return isAlone ? { start: lineStart, end: lineEnd } : { start, end };
}

/** `\{{name}}` is text. Two braces around anything but a name are text, too: much code has them. */
const TAG = /(\\?)\{\{\s*([#^/]?)([A-Za-z][\w-]*)\s*\}\}/g;
