/**
 * Long work that is done a little at a time, so that nothing else waits for it: a generator that tells now and then how much it has
 * done. It is counted and not timed, so that it is the same on every machine and in every test.
 */

/** One is a cell of an alignment: four nanoseconds or so. */
export type Work<Result> = Generator<number, Result, undefined>;

/** Does at most so much, or a little more; how much that was, and whether it is all. */
export function doSome(work: Work<void>, most: number): { readonly done: number; readonly isAll: boolean } {
  let done = 0;
  while (done < most) {
    const step = work.next();
    if (step.done) return { done, isAll: true };
    done += step.value;
  }
  return { done, isAll: false };
}

/** Of one lexeme: to read it, to hash it and to put it into an index. */
export const LEXEME_WORK = 400;
/** Of one character of a text whose lexemes are read. */
export const CHARACTER_WORK = LEXEME_WORK / 4;
/** Of one place in an index. */
export const PLACE_WORK = 40;
/** Some milliseconds. */
export const MOST_WORK_AT_ONCE = 600_000;
