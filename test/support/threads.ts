/** Conversations for tests. */

import {
  type Answer,
  type Attachment,
  emptyThread,
  type Question,
  type Thread,
  type UsedPiece,
} from "../../src/chat/conversation.ts";
import { withTurn } from "../../src/chat/conversation.ts";

export function question(id: string, parent: string | undefined, rest: Partial<Question> = {}): Question {
  return {
    role: "question",
    id,
    parent,
    at: 1_000,
    text: `Question ${id}?`,
    command: undefined,
    attachments: [],
    pieces: [],
    ...rest,
  };
}

export function answer(id: string, parent: string, rest: Partial<Answer> = {}): Answer {
  return {
    role: "answer",
    id,
    parent,
    at: 2_000,
    text: `Answer ${id}.`,
    model: "local/small",
    state: { kind: "done" },
    tools: [],
    pieces: [],
    promptTokens: undefined,
    outputTokens: undefined,
    turnsLeftOut: 0,
    ...rest,
  };
}

export function piece(text: string, rest: Partial<UsedPiece> = {}): UsedPiece {
  return {
    kind: "file",
    label: "cart.ts",
    uri: "file:///w/src/cart.ts",
    path: "src/cart.ts",
    line: 2,
    text,
    tokens: Math.ceil(text.length / 4),
    cut: false,
    ...rest,
  };
}

export function picture(chars: number): Attachment {
  return {
    id: "p",
    kind: "picture",
    label: "shot.png",
    picture: { mediaType: "image/png", base64: "A".repeat(chars) },
  };
}

/** A question and its answer, so many times. */
export function conversation(
  id: string,
  rounds: number,
  now = 5_000,
  text = (round: number) => `Text ${round}`,
): Thread {
  let thread: Thread = { ...emptyThread(id, now), title: `Title of ${id}` };
  for (let round = 0; round < rounds; round += 1) {
    thread = withTurn(thread, question(`q${round}`, thread.tip, { text: text(round) }), now + round);
    thread = withTurn(thread, answer(`a${round}`, `q${round}`), now + round);
  }
  return thread;
}
