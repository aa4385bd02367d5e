import { Worker } from "node:worker_threads";
import type { SimulatedWeeks } from "./simulatedWeeks.ts";

/**
 * Simulates in a thread, so that nobody's typing waits for it.
 *
 * @param workerFile the thread's file
 * @returns undefined where it was stopped
 * @throws where the thread fails
 */
export function simulatedApart(
  workerFile: string,
  effect: number,
  signal: AbortSignal,
): Promise<readonly SimulatedWeeks[] | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly SimulatedWeeks[] | undefined>();
  const worker = new Worker(workerFile, { workerData: effect });
  signal.addEventListener("abort", () => {
    resolve(undefined);
    void worker.terminate();
  });
  worker.once("message", resolve);
  worker.once("error", reject);
  // After an answer it says nothing any more.
  worker.once("exit", (code) => reject(new Error(`exit ${code}`)));
  return promise;
}
