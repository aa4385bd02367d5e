/** Stands before a model and notes what it is asked and what becomes of it. */

import type { Model, ModelRequest, ModelStream, Usage } from "../../src/model/model.ts";

export interface RequestRecord {
  readonly request: ModelRequest;
  /** As far as known by now. */
  usage: Usage;
  /** How the answer ended; `undefined` while it goes on. `left`: nobody wanted more of it. */
  end: "done" | "left" | "aborted" | "failed" | undefined;
}

/** The same model for its users; `begun` hears of each request as it begins. */
export function recording(model: Model, begun: (record: RequestRecord) => void): Model {
  return {
    name: model.name,
    stream(request, signal) {
      const stream = model.stream(request, signal);
      const record: RequestRecord = { request, usage: stream.usage, end: undefined };
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
