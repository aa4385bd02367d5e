export interface StopCutter {
  /** Text that is safe to pass on, and whether the answer has ended. */
  push(text: string): { readonly text: string; readonly stopped: boolean };
  /** What was held back because it might have become a stop. */
  rest(): string;
}

/** Ends a stream before the first stop sequence, also where it comes in pieces or the server does not know it. */
export function createStopCutter(stops: readonly string[]): StopCutter {
  const known = stops.filter((stop) => stop !== "");
  const longest = Math.max(0, ...known.map((stop) => stop.length));
  let held = "";
  return {
    push(text) {
      held += text;
      const at = Math.min(...known.map((stop) => held.indexOf(stop)).filter((index) => index >= 0));
      if (at !== Infinity) {
        const before = held.slice(0, at);
        held = "";
        return { text: before, stopped: true };
      }
      let safe = held.length;
      for (let start = Math.max(0, held.length - longest + 1); start < held.length; start++) {
        const tail = held.slice(start);
        if (known.some((stop) => stop.startsWith(tail))) {
          safe = start;
          break;
        }
      }
      const passed = held.slice(0, safe);
      held = held.slice(safe);
      return { text: passed, stopped: false };
    },
    rest() {
      const last = held;
      held = "";
      return last;
    },
  };
}
