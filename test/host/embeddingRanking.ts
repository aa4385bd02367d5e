import assert from "node:assert/strict";
import { EmbeddingRanking } from "../../src/extension/embeddingRanking.ts";
import { forgetSettings } from "../../src/extension/settings.ts";
import { RequestLog } from "../../src/model/requestLog.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { setUser } from "./editor.ts";
import { withServer } from "./suggestions.ts";

const FOUND = [{ path: "a.ts", line: 0, text: "export const a = 1;" }];
const { signal } = new AbortController();

/** Ranks with a model that is named, and tells what the log says. */
async function ranked(gate: ConstructorParameters<typeof EmbeddingRanking>[2], sent: RequestLog): Promise<string[]> {
  const told: string[] = [];
  const log = {
    warn: (text: string) => void told.push(`warning: ${text}`),
    error: (error: string | Error) => void told.push(`error: ${typeof error === "string" ? error : error.message}`),
  };
  const keys = { get: async () => undefined, store: async () => undefined, remove: async () => undefined };
  const ranking = new EmbeddingRanking(keys, async () => sent, gate, log);
  assert.deepEqual(await ranking.rank("a question", FOUND, signal), []);
  return told;
}

export const embeddingRankingTests: readonly HostTest[] = [
  withServer(
    "a search whose gate for secrets can't be opened goes on without a model, and sends nothing",
    async (server) => {
      await setUser("index.embeddingModel", "openai/small-vectors");
      // The suite has its own copy of the code that reads settings, which nobody tells of a change.
      forgetSettings();
      try {
        const sent = new RequestLog(Date.now);
        const told = await ranked(() => Promise.reject(new Error("no rules")), sent);
        assert.deepEqual(told, ["error: no rules"]);
        assert.deepEqual([sent.requests.length, server.requests.length], [0, 0]);
      } finally {
        await setUser("index.embeddingModel", undefined);
        forgetSettings();
      }
    },
  ),
];
