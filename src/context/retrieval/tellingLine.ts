import { searchWords } from "./searchWords.ts";

/**
 * Of a text that a search has found, the line that shows best why: with the most of the question's words, where longer
 * ones, which are mostly rarer, count for more. The first line with anything in it where none has a word. From 0.
 */
export function tellingLine(question: string, text: string): number {
  const wanted = new Set(searchWords(question));
  const lines = text.split("\n");
  const worth = lines.map((line) => {
    const words = new Set(searchWords(line));
    return Array.from(wanted).reduce((sum, word) => (words.has(word) ? sum + word.length : sum), 0);
  });
  const most = Math.max(...worth);
  const best = most > 0 ? worth.indexOf(most) : lines.findIndex((line) => line.trim() !== "");
  return Math.max(0, best);
}
