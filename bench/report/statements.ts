import type { Random } from "../replay/random.ts";

const names = ["items", "total", "order", "customer", "price", "index", "entry", "result", "count", "address", "token"];
const calls = ["map", "filter", "find", "push", "includes", "slice", "reduce", "join", "at", "toSorted"];

/** A statement of some 15 to 60 characters, such as somebody might write. */
export function statementFrom(random: Random): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? "";
  const name = (): string => (random() < 0.4 ? pick(names) : `${pick(names)}${pick(names).replace(/^./, upper)}`);
  const call = (): string => `${name()}.${pick(calls)}(${name()})`;
  const kind = random();
  if (kind < 0.4) return `const ${name()} = ${call()};`;
  if (kind < 0.6) return `if (${name()} > ${Math.floor(random() * 100)}) return ${name()};`;
  if (kind < 0.8) return `${call()};`;
  return `${name()} = ${name()} + ${call()};`;
}

const upper = (letter: string): string => letter.toUpperCase();
