import type { AttributedChange, ChangeEvent, Origin, TextEdit } from "../../src/productivity/editorEvents.ts";
import type { Fact } from "../../src/productivity/records.ts";

/** The place of a caret, of a selection's end: `║`, or `«…»` around what is selected. */
function caretsIn(marked: string): { readonly text: string; readonly carets: readonly { from: number; to: number }[] } {
  const carets: { from: number; to: number }[] = [];
  let text = "";
  for (const character of marked) {
    if (character === "║") carets.push({ from: text.length, to: text.length });
    else if (character === "«") carets.push({ from: text.length, to: -1 });
    else if (character === "»") carets.at(-1)!.to = text.length;
    else text += character;
  }
  return { text, carets };
}

export type Circumstances = Partial<Omit<ChangeEvent, "kind" | "edits">>;

/** The change that makes `after` of the marked text, as one edit: the selection is replaced, or else as little as it takes. */
export function changed(before: string, after: string, circumstances: Circumstances = {}): ChangeEvent {
  const { text, carets } = caretsIn(before);
  const { from, to } = carets[0] ?? { from: 0, to: 0 };
  const most = Math.min(text.length, after.length);
  let start = 0;
  let end = 0;
  if (from < to) {
    start = from;
    end = text.length - to;
  } else {
    // The caret says which of equal characters was inserted.
    while (end < most && end < text.length - to && text.at(-1 - end) === after.at(-1 - end)) end += 1;
    while (start < most - end && text[start] === after[start]) start += 1;
    while (end < most - start && text.at(-1 - end) === after.at(-1 - end)) end += 1;
  }
  const edit = { offset: start, length: text.length - end - start, text: after.slice(start, after.length - end) };
  return change([edit], { selectionsBefore: carets, ...circumstances });
}

/** Edits as they are, where their form matters. `marked` says where the carets were. */
export function edited(marked: string, edits: readonly TextEdit[], circumstances: Circumstances = {}): ChangeEvent {
  return change(edits, { selectionsBefore: caretsIn(marked).carets, ...circumstances });
}

export function change(edits: readonly TextEdit[], circumstances: Circumstances = {}): ChangeEvent {
  return {
    kind: "change",
    atMs: 0,
    uri: "file:///a.ts",
    languageId: "typescript",
    version: 2,
    edits,
    reason: undefined,
    isDirty: true,
    isSaving: false,
    isComposing: false,
    isOwn: false,
    selectionsBefore: undefined,
    isActive: true,
    ...circumstances,
  };
}

export function attributed(
  kind: Exclude<Origin["kind"], "ai">,
  text: string,
  circumstances: Circumstances = {},
): AttributedChange {
  return { change: change([{ offset: 0, length: 0, text }], circumstances), origin: { kind } };
}

/** What of a fact bears on the test: of figures those that are not zero. */
export function told(facts: readonly Fact[]): readonly Readonly<Record<string, unknown>>[] {
  return facts.map((fact) => Object.fromEntries(Object.entries(fact).filter(([, value]) => value !== 0)));
}
