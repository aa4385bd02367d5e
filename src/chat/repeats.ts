/** Pieces that a conversation has already: a file that is attached to each question is sent once, as long as it stays the same. */

import type { Question, Turn, UsedPiece } from "./conversation.ts";
import type { ChatPrompt, ChatPrompts, PromptInput } from "./prompt.ts";

/** The prompt without repeats, unless that would lose what is repeated, because the turn that has it did not fit. */
export function promptWithoutRepeats(prompts: Pick<ChatPrompts, "prompt">, input: PromptInput): ChatPrompt {
  const { branch, kept } = withoutRepeats(input.branch);
  if (kept.size === 0) return prompts.prompt(input);
  const prompt = prompts.prompt({ ...input, branch });
  const { turns, pieces } = prompt.left;
  const isLost = turns.some((id) => kept.has(id)) || pieces.some(({ turn }) => kept.has(turn));
  return isLost ? prompts.prompt(input) : prompt;
}

/** `kept` are the questions in which what is repeated stands now. */
export function withoutRepeats(branch: readonly Turn[]): {
  readonly branch: readonly Turn[];
  readonly kept: ReadonlySet<string>;
} {
  const first = new Map<string, string>();
  const kept = new Set<string>();
  const shown = branch.map((turn) => {
    if (turn.role !== "question") return turn;
    const pieces = turn.pieces.filter((piece) => {
      const owner = first.get(keyOf(piece));
      if (owner !== undefined && owner !== turn.id) kept.add(owner);
      else first.set(keyOf(piece), turn.id);
      return owner === undefined || owner === turn.id;
    });
    return pieces.length === turn.pieces.length ? turn : ({ ...turn, pieces } satisfies Question);
  });
  return { branch: shown, kept };
}

function keyOf({ uri, label, line, text }: UsedPiece): string {
  return JSON.stringify([uri ?? label, line, text]);
}
