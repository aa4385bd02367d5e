/** The tool calls of an answer, put together from the pieces in which they arrive. */

import { randomBytes } from "node:crypto";
import { field, text } from "./jsonFields.ts";
import type { ToolCall } from "./model.ts";

/** A piece of a call, or all of it. */
export interface ToolCallPiece {
  /** Of the call in the answer, from 0; `undefined` where the server sends whole calls. */
  readonly index: number | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** The next characters of the JSON. */
  readonly arguments: string;
}

/** The `tool_calls` of OpenAI's messages and deltas, and of Ollama's messages. Their `arguments` may be an object. */
export function toolCallPieces(value: unknown): readonly ToolCallPiece[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).map((call) => {
    const index = field(call, "index");
    const asked = field(call, "function");
    const given = field(asked, "arguments");
    return {
      index: typeof index === "number" && Number.isSafeInteger(index) ? index : undefined,
      id: text(field(call, "id")),
      name: text(field(asked, "name")),
      arguments: typeof given === "string" ? given : given === undefined || given === null ? "" : JSON.stringify(given),
    };
  });
}

export interface ToolCallCollector {
  push(pieces: readonly ToolCallPiece[]): void;
  readonly calls: readonly ToolCall[];
}

interface Gathered {
  readonly index: number | undefined;
  /** As the server told it; empty where it did not. */
  id: string;
  /** For a call that has none, or that of another one. */
  readonly ownId: string;
  name: string;
  arguments: string;
}

/** What is over the bounds of an answer is dropped: a server may send anything. */
export function collectToolCalls(): ToolCallCollector {
  const gathered: Gathered[] = [];
  return {
    push(pieces) {
      for (const piece of pieces) {
        const known = gathered.findLast((call) => isPieceOf(piece, call));
        if (known) {
          known.id ||= piece.id ?? "";
          // Some send the name with each piece.
          if (known.name === "") known.name = piece.name ?? "";
          known.arguments = (known.arguments + piece.arguments).slice(0, MOST_CHARS);
        } else if (gathered.length < MOST_CALLS) {
          const { index, id = "", name = "" } = piece;
          gathered.push({ index, id, ownId: ownId(), name, arguments: piece.arguments.slice(0, MOST_CHARS) });
        }
      }
    },
    get calls() {
      const named = gathered.filter(({ name }) => name !== "");
      const ids = new Set<string>();
      return named.map(({ id: told, ownId, name, arguments: given }) => {
        // Ollama gives them none, and results are told apart by them.
        const id = told === "" || ids.has(told) ? ownId : told;
        ids.add(id);
        return { id, name, arguments: given };
      });
    },
  };
}

/** Some servers give all calls the same index and tell them apart by the id alone. */
function isPieceOf(piece: ToolCallPiece, call: Gathered): boolean {
  const isOther = piece.id !== undefined && call.id !== "" && piece.id !== call.id;
  return piece.index !== undefined && piece.index === call.index && !isOther;
}

/** Mistral takes ids of nine letters and digits alone. */
function ownId(): string {
  return randomBytes(5).toString("hex").slice(0, 9);
}

const MOST_CALLS = 32;
/** Of one call's arguments. */
const MOST_CHARS = 100_000;
