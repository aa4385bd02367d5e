/** `/explain …`: what stands at the start of a question and says what is wanted of it. */

import { type ActionId, actionIds } from "../edit/catalogue.ts";
import { turnsOff } from "./tutor.ts";

export const slashNames = [...actionIds, "tutor"] as const;
export type SlashName = ActionId | "tutor";

export type SlashParse =
  | { readonly kind: "none" }
  | { readonly kind: "command"; readonly command: SlashName; readonly text: string }
  /** Nothing is left to ask: the lesson is over. It is kept as a question with the command `tutor` and the text `off`. */
  | { readonly kind: "tutor-off" }
  /** Is said, and not sent. `nearest` may have been meant. */
  | { readonly kind: "unknown"; readonly name: string; readonly nearest: SlashName | undefined };

/** A path, a comment and a regular expression are no commands. Chinese keyboards write `／` and `、` for `/`. */
export function parseSlash(question: string): SlashParse {
  const match = /^\s*([/／、])([\p{L}][\p{L}\p{N}_-]*)(?=\s|$|[：:，,])[：:，,]?/u.exec(question);
  if (!match) return { kind: "none" };
  const [whole, sign, name = ""] = match;
  const text = question.slice(whole.length).trim();
  const command = slashNames.find((each) => each === name.toLowerCase());
  if (command === "tutor" && turnsOff(text)) return { kind: "tutor-off" };
  if (command) return { kind: "command", command, text };
  return sign === "、" ? { kind: "none" } : { kind: "unknown", name, nearest: nearestTo(name) };
}

export interface NamedCommand {
  readonly name: SlashName;
  /** In the user's language, such as `解释`. */
  readonly title: string;
}

/** The commands that what is typed behind the sign may become, the likeliest first; all for nothing typed. */
export function completeSlash<Command extends NamedCommand>(
  typed: string,
  commands: readonly Command[],
): readonly Command[] {
  const wanted = typed.trim().toLowerCase();
  if (/\s/.test(wanted)) return [];
  return commands
    .map((command) => ({ command, rank: rankOf(command, wanted) }))
    .filter(({ rank }) => rank < Infinity)
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ command }) => command);
}

function rankOf({ name, title }: NamedCommand, wanted: string): number {
  if (name.startsWith(wanted)) return 0;
  const shown = title.toLowerCase();
  if (shown.startsWith(wanted)) return 1;
  if (shown.includes(wanted)) return 2;
  return isSubsequence(wanted, name) ? 3 : Infinity;
}

function isSubsequence(wanted: string, name: string): boolean {
  let at = 0;
  for (const char of name) if (char === wanted[at]) at += 1;
  return at === wanted.length && wanted[0] === name[0];
}

function nearestTo(name: string): SlashName | undefined {
  const wanted = name.toLowerCase();
  const begun = slashNames.filter((each) => wanted.length >= 2 && (each.startsWith(wanted) || wanted.startsWith(each)));
  if (begun.length === 1) return begun[0];
  const [nearest] = slashNames
    .map((each) => ({ each, distance: distance(wanted, each) }))
    .filter(({ each, distance }) => distance <= MOST_WRONG && distance < each.length / 2)
    .toSorted((one, other) => one.distance - other.distance);
  return nearest?.each;
}

/** Letters to add, leave out, change, or exchange with their neighbour. */
function distance(one: string, other: string): number {
  if (one.length > MOST_LENGTH) return Infinity;
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row += 1) {
    const costs = [row];
    rows.push(costs);
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped =
        one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
          ? at(row - 2, column - 2) + 1
          : Infinity;
      costs.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same, swapped));
    }
  }
  return at(one.length, other.length);
}

const MOST_WRONG = 2;
const MOST_LENGTH = 30;
