/** Pieces that a conversation has already: a file that is attached to each question is sent once, as long as it stays the same. */

import type { Question, Turn, UsedPiece } from "./conversation.ts";
import type { ChatPrompt, ChatPrompts, LeftOut, PromptInput, PromptMeter } from "./prompt.ts";

/** The prompt without repeats, unless that would lose what is repeated, because the turn that has it did not fit. */
export function promptWithoutRepeats(prompts: Pick<ChatPrompts, "prompt">, input: PromptInput): ChatPrompt {
  return unlessLost(input, (each) => prompts.prompt(each));
}

/** Of that prompt. */
export function meterWithoutRepeats(prompts: Pick<ChatPrompts, "meter">, input: PromptInput): PromptMeter {
  return unlessLost(input, (each) => prompts.meter(each));
}

function unlessLost<Made extends { readonly left: LeftOut }>(
  input: PromptInput,
  make: (input: PromptInput) => Made,
): Made {
  const { branch, kept } = withoutRepeats(input.branch);
  if (kept.size === 0) return make(input);
  const made = make({ ...input, branch });
  const { turns, pieces } = made.left;
  const isLost = turns.some((id) => kept.has(id)) || pieces.some(({ turn }) => kept.has(turn));
  return isLost ? make(input) : made;
}

/** `kept` are the questions in which what is repeated stands now. */
export function withoutRepeats(branch: readonly Turn[]): {
  readonly branch: readonly Turn[];
  readonly kept: ReadonlySet<string>;
} {
  /** By text, which is long, and place: the question's id. */
  const first = new Map<string, Map<string, string>>();
  const kept = new Set<string>();
  const shown = branch.map((turn) => {
    if (turn.role !== "question") return turn;
    const pieces = turn.pieces.filter((piece) => {
      const places = first.get(piece.text) ?? new Map<string, string>();
      const owner = places.get(placeOf(piece));
      if (owner !== undefined && owner !== turn.id) kept.add(owner);
      else first.set(piece.text, places.set(placeOf(piece), turn.id));
      return owner === undefined || owner === turn.id;
    });
    return pieces.length === turn.pieces.length ? turn : ({ ...turn, pieces } satisfies Question);
  });
  return { branch: shown, kept };
}

function placeOf({ uri, label, line }: UsedPiece): string {
  return JSON.stringify([uri ?? label, line]);
}
