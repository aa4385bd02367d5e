/** Instead of an answer: the question before is asked again. */
export const BACK: unique symbol = Symbol("back");
export type Back = typeof BACK;

/** Asks one thing, and gives what is asked next; itself to be asked again; `undefined` when all is done or given up. */
export type Step = () => Promise<Step | Back | undefined>;

/** Runs one step after the other. Each can be gone back from, in front of the first one there is nothing. */
export async function runSteps(first: Step): Promise<void> {
  const behind: Step[] = [];
  let step = first;
  for (;;) {
    const next = await step();
    if (next === undefined) return;
    if (next === BACK) {
      const before = behind.pop();
      if (before === undefined) return;
      step = before;
    } else if (next !== step) {
      behind.push(step);
      step = next;
    }
  }
}
