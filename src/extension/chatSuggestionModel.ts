/** The chat asks the model that makes suggestions. */

import { estimateTokens, otherWeights } from "../context/tokens.ts";
import { plainChat } from "../model/plainChat.ts";
import { chosenModelName } from "./chosenModel.ts";
import type { ChatModels, ChatTools } from "./chatPorts.ts";
import type { ModelSource } from "./modelSource.ts";
import { setting } from "./settings.ts";

const facts = () => ({
  name: chosenModelName(),
  sees: false,
  callsTools: false,
  contextTokens: 4_096,
  answerTokens: 1_024,
  count: (text: string) => estimateTokens(text, otherWeights.smallVocabulary),
});

export function suggestionModel(source: ModelSource): ChatModels {
  return {
    get standard() {
      return setting("model.suggestions");
    },
    facts,
    async open() {
      const { model, contextTokens = 8_192 } = await source.backend();
      return { ...facts(), contextTokens, model: plainChat(model) };
    },
    choose: async () => undefined,
  };
}

export const noTools: ChatTools = {
  definitions: async () => [],
  titleOf: (name) => name,
  needsPermission: () => true,
  allow: () => undefined,
  run: async () => ({ text: "", hasFailed: true, pieces: [] }),
};
