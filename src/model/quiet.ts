/** Work that somebody waits for, and work that waits until there is none of it. */

export interface Quiet {
  /** Gives the function that says that this work has ended. */
  begin(): () => void;
  wait(): Promise<void>;
}

export function createQuiet(): Quiet {
  const works = new Set<PromiseWithResolvers<void>>();
  return {
    begin() {
      const work = Promise.withResolvers<void>();
      works.add(work);
      return () => {
        works.delete(work);
        work.resolve();
      };
    },
    async wait() {
      for (let [work] = works; work !== undefined; [work] = works) await work.promise;
    },
  };
}
