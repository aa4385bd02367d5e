/** What the text around a caret names, and what it says of the type of what is being written. */

import type { CaretQuery } from "./query.ts";

export interface CaretNames {
  /** The names near the caret, each with a weight from 0 to 1: the nearer, the more. */
  readonly near: ReadonlyMap<string, number>;
  /** A member is being written. */
  readonly afterDot: boolean;
  /** What stands before the dot: its last name, `cart` in `this.cart.`; `undefined` where there is none. */
  readonly receiver: string | undefined;
  /** Names in what the text says of the receiver's type: its annotation, what it is made by. */
  readonly receiverTypes: readonly string[];
  /** The called function of the argument list that the caret stands in. */
  readonly callee: string | undefined;
  /** What is written of the name so far, in small letters. */
  readonly begun: string;
}

export function caretNames({ before, after }: Pick<CaretQuery, "before" | "after">): CaretNames {
  const begun = /[\p{L}_$][\p{L}\p{N}_$]*$/u.exec(before.slice(-LONGEST_NAME))?.[0] ?? "";
  const settled = begun === "" ? before : before.slice(0, -begun.length);
  const dotted = RECEIVER.exec(settled.slice(-LINE_CHARS));
  const receiver = dotted?.[1] ?? undefined;
  return {
    near: nearNames(settled, after),
    afterDot: dotted !== null,
    receiver,
    receiverTypes: receiver === undefined ? [] : typesOf(receiver, settled),
    callee: calleeAt(settled),
    begun: begun.toLowerCase(),
  };
}

function nearNames(before: string, after: string): ReadonlyMap<string, number> {
  const near = new Map<string, number>();
  const take = (text: string, weightAt: (index: number) => number): void => {
    for (const { 0: name, index } of text.matchAll(NAME)) {
      const weight = weightAt(index);
      if (weight > (near.get(name) ?? 0)) near.set(name, weight);
    }
  };
  const above = before.slice(-NEAR_CHARS);
  take(above, (index) => 1 / (1 + (above.length - index) / HALF_CHARS));
  take(after.slice(0, AFTER_CHARS), (index) => 0.6 / (1 + index / HALF_CHARS));
  return near;
}

/** `name: Type`, `name = new Type(`, `name = Type(`, `Type name`, `name := Type{`, the nearest first. */
function typesOf(receiver: string, text: string): readonly string[] {
  if (receiver === "this" || receiver === "self" || receiver === "cls" || receiver === "super") return basesOf(text);
  const escaped = receiver.replace(/[$]/g, "\\$&");
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_$.])${escaped}\\??\\s*(?::\\s*([^=;,){\\n]{1,80})|:?=\\s*(?:await\\s+)?(?:new\\s+)?([\\p{L}_$][\\p{L}\\p{N}_$.]*))`,
    "gu",
  );
  const found: string[] = [];
  for (const [, annotation = "", maker = ""] of text.matchAll(pattern)) {
    for (const [name] of `${annotation} ${maker}`.matchAll(NAME)) found.unshift(name);
  }
  return Array.from(new Set(found)).slice(0, MOST_TYPES);
}

/** What the class that is open here extends. */
function basesOf(text: string): readonly string[] {
  const at = text.lastIndexOf("\nclass ") === -1 ? text.search(/\bclass\s+\w+[^{:]*$/m) : text.lastIndexOf("class ");
  const head = /\bclass\s+[\p{L}\p{N}_$]+([^{\n]{0,200})/u.exec(text.slice(Math.max(0, at)))?.[1] ?? "";
  return Array.from(head.matchAll(NAME), ([name]) => name).slice(0, MOST_TYPES);
}

/** Looks back for the bracket that is open at the caret; braces may stand between, since options are often an object. */
function calleeAt(text: string): string | undefined {
  let open = 0;
  const start = Math.max(0, text.length - CALL_CHARS);
  for (let at = text.length - 1; at >= start; at -= 1) {
    const character = text[at];
    if (character === ")" || character === "]") open += 1;
    else if (character === "[") open -= 1;
    else if (character === "(") {
      if (open <= 0)
        return /([\p{L}_$][\p{L}\p{N}_$]*)\s*(?:<[^<>()]*>)?\s*$/u.exec(
          text.slice(Math.max(0, at - LONGEST_NAME), at),
        )?.[1];
      open -= 1;
    }
  }
  return undefined;
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]+/gu;
const RECEIVER = /([\p{L}_$][\p{L}\p{N}_$]*)?(?:\([^()]*\)|\[[^[\]]*\])?[?!]?(?:\.|->|::)\s*$/u;
const LONGEST_NAME = 80;
const LINE_CHARS = 300;
const NEAR_CHARS = 3_000;
const AFTER_CHARS = 600;
const HALF_CHARS = 400;
const CALL_CHARS = 600;
const MOST_TYPES = 6;
