/** Chats with a model that reads nothing but text, by a template in which the roles have to alternate. */

import { alternating, withoutTools } from "./chatMessages.ts";
import { type ChatPrompt, type Model, ModelError, type ModelStream } from "./model.ts";
import { wrappedStream } from "./wrappedStream.ts";

/** Stands in front of the record of what is sent. @throws {ModelError} `pictures-unseen`, as its stream is read */
export function plainChat(model: Model): Model {
  return {
    get name() {
      return model.name;
    },
    stream(request, signal) {
      const { prompt } = request;
      if (prompt.kind !== "chat") return model.stream(request, signal);
      let inner: ModelStream | undefined;
      return wrappedStream(
        () => inner,
        async function* () {
          signal.throwIfAborted();
          const hasPictures = prompt.messages.some(({ pictures = [] }) => pictures.length > 0);
          if (hasPictures) throw new ModelError({ kind: "pictures-unseen", model: model.name });
          yield* (inner = model.stream({ ...request, prompt: plain(prompt) }, signal));
        },
      );
    },
  };
}

function plain({ messages }: ChatPrompt): ChatPrompt {
  return { kind: "chat", messages: alternating(withoutTools(messages)) };
}
