/** Stands before a model and notes what it is asked and what becomes of it. */

import type { Model, ModelRequest, ModelStream, Prompt, Usage } from "../../src/model/model.ts";

/** What is told of a request. Kept by the hundreds, prompts would be most of what is measured as the engine's memory. */
type NotedRequest = Pick<ModelRequest, "maxTokens" | "temperature" | "heal"> & {
  readonly prompt: Prompt | undefined;
};

export interface RequestRecord {
  readonly request: NotedRequest;
  /** As far as known by now. */
  usage: Usage;
  /** How the answer ended; `undefined` while it goes on. `left`: nobody wanted more of it. */
  end: "done" | "left" | "aborted" | "failed" | undefined;
}

/** The same model for its users; `begun` hears of each request as it begins. `prompts`: they are to be told, too. */
export function recording(model: Model, prompts: () => boolean, begun: (record: RequestRecord) => void): Model {
  return {
    name: model.name,
    stream(request, signal) {
      const stream = model.stream(request, signal);
      const { maxTokens, temperature, heal } = request;
      const noted = {
        prompt: prompts() ? request.prompt : undefined,
        maxTokens,
        temperature,
        ...(heal !== undefined && { heal }),
      };
      const record: RequestRecord = { request: noted, usage: stream.usage, end: undefined };
      return {
        get usage() {
          return stream.usage;
        },
        [Symbol.asyncIterator]: () => recorded(stream, record, signal, begun),
      };
    },
  };
}

async function* recorded(
  stream: ModelStream,
  record: RequestRecord,
  signal: AbortSignal,
  begun: (record: RequestRecord) => void,
): AsyncGenerator<string, void, void> {
  begun(record);
  let end: RequestRecord["end"] = "left";
  try {
    yield* stream;
    end = "done";
  } catch (error) {
    end = signal.aborted ? "aborted" : "failed";
    throw error;
  } finally {
    record.end = end;
    record.usage = { ...stream.usage };
  }
}
