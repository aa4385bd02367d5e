/** Runs in a thread of its own, simulates experiments with one effect, and ends. */

import { parentPort, workerData } from "node:worker_threads";
import { simulatedWeeks } from "./simulatedWeeks.ts";

parentPort?.postMessage(simulatedWeeks(workerData as number));
