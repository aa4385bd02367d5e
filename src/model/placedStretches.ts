/** Finds where in a prompt the stretches stand that it was made of. */

import { infillTexts } from "./llamaInfill.ts";
import type { ChatMessage, ChatPrompt, Prompt } from "./model.ts";
import { type SentPicture, sentPicture } from "./pictures.ts";
import type { Stretch } from "./provenance.ts";

/** Offsets count through the prompt's texts, one after the other. */
export interface PlacedStretch extends Omit<Stretch, "text"> {
  /** `undefined` where the prompt does not have the text as one run. */
  readonly range: TextRange | undefined;
}

export interface TextRange {
  readonly start: number;
  /** Of the first character behind it. */
  readonly end: number;
}

/** One of the texts that a prompt consists of. */
export interface PromptText {
  readonly text: string;
  /** It is a template's own and may name control tokens. */
  readonly special: boolean;
  /** Who says it, in a chat. */
  readonly role?: string;
  /** Instead of a text. */
  readonly picture?: SentPicture;
}

export function promptTexts(prompt: Prompt): readonly PromptText[] {
  switch (prompt.kind) {
    case "raw":
      return prompt.parts;
    case "hole":
      return [prompt.prefix, prompt.suffix].map((text) => ({ text, special: false }));
    case "infill":
      return infillTexts(prompt.hole).map((text) => ({ text, special: false }));
    case "chat":
      return [...prompt.messages.flatMap(messageTexts), ...toolTexts(prompt)];
  }
}

function messageTexts({ role, content, pictures = [], toolCalls = [] }: ChatMessage): readonly PromptText[] {
  return [
    // Calls mostly stand alone.
    ...(content === "" && toolCalls.length > 0 ? [] : [{ text: content, special: false, role }]),
    ...pictures.map((picture) => ({ text: "", special: true, role, picture: sentPicture(picture) })),
    ...toolCalls.map((call) => ({ text: `${call.name} ${call.arguments}`, special: false, role })),
  ];
}

function toolTexts({ tools = [] }: ChatPrompt): readonly PromptText[] {
  return tools.map((tool) => ({ text: JSON.stringify(tool), special: true, role: "tools" }));
}

/**
 * The texts of the stretches are not kept: what was sent is in the prompt alone. A stretch that is all of a text stands
 * there; of the others the longest chooses first, since a short one, such as a bracket, occurs in many places.
 */
export function placeStretches(prompt: Prompt, stretches: readonly Stretch[]): readonly PlacedStretch[] {
  const slots = slotsOf(promptTexts(prompt));
  const taken: TextRange[] = [];
  const ranges = new Map<Stretch, TextRange>();
  const take = (stretch: Stretch, find: Find, among = slots): void => {
    if (stretch.text === "" || ranges.has(stretch)) return;
    const range = among.flatMap((slot) => find(slot, stretch.text, taken) ?? [])[0];
    if (range === undefined) return;
    ranges.set(stretch, range);
    taken.push(range);
  };
  const longestFirst = stretches.toSorted((one, other) => other.text.length - one.text.length);
  for (const stretch of longestFirst) take(stretch, whole);
  for (const stretch of longestFirst) {
    take(stretch, atAnEnd);
    take(stretch, anywhere);
  }
  // What a chat begins with may be several of its messages.
  if (prompt.kind === "chat") {
    const texts = promptTexts(prompt).map(({ text }) => text);
    const all = [{ start: 0, text: texts.join("") }];
    for (const stretch of stretches) take(stretch, atStart, all);
  }
  return stretches.map((stretch) => {
    const { text: _, ...rest } = stretch;
    return { ...rest, range: ranges.get(stretch) };
  });
}

interface Slot {
  readonly start: number;
  readonly text: string;
}

type Find = (slot: Slot, text: string, taken: readonly TextRange[]) => TextRange | undefined;

/** The last text first: what a chat is asked comes after its examples. */
function slotsOf(texts: readonly PromptText[]): readonly Slot[] {
  let start = 0;
  const slots: Slot[] = [];
  for (const { text, special } of texts) {
    if (!special) slots.push({ start, text });
    start += text.length;
  }
  return slots.toReversed();
}

const whole: Find = (slot, text, taken) => (slot.text === text ? free(slot, 0, text, taken) : undefined);

const atAnEnd: Find = (slot, text, taken) =>
  (slot.text.endsWith(text) ? free(slot, slot.text.length - text.length, text, taken) : undefined) ??
  atStart(slot, text, taken);

const atStart: Find = (slot, text, taken) => (slot.text.startsWith(text) ? free(slot, 0, text, taken) : undefined);

const anywhere: Find = (slot, text, taken) => {
  for (let at = slot.text.lastIndexOf(text); at !== -1; at = at === 0 ? -1 : slot.text.lastIndexOf(text, at - 1)) {
    const range = free(slot, at, text, taken);
    if (range !== undefined) return range;
  }
  return undefined;
};

function free(slot: Slot, at: number, text: string, taken: readonly TextRange[]): TextRange | undefined {
  const start = slot.start + at;
  const end = start + text.length;
  return taken.some((other) => start < other.end && other.start < end) ? undefined : { start, end };
}
