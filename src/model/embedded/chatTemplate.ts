import { withoutSystem } from "../chatMessages.ts";
import type { ChatMessage, PromptPart } from "../model.ts";

/** Renders a Jinja template; throws where the template does. */
export type Render = (items: Readonly<Record<string, unknown>>) => string;

/** Private-use characters, so that no template takes the marker for anything. */
const marker = (index: number) => `\uE0F0${index}\uE0F1`;
const MARKER = /\uE0F0(\d+)\uE0F1/u;

/**
 * A conversation as the model was taught to read it. The template sees markers in place of the messages, so
 * what people and files wrote is never read as a control token. An answer at its end is begun, and goes on.
 */
export function chatParts(
  render: Render,
  messages: readonly ChatMessage[],
  tokens: { readonly bos: string; readonly eos: string },
): readonly PromptPart[] {
  const begun = messages.at(-1);
  if (begun?.role === "assistant" && messages.length > 1)
    return [...chatParts(render, messages.slice(0, -1), tokens), { text: begun.content, special: false }];
  const renderThese = (these: readonly ChatMessage[]) =>
    render({
      messages: these.map(({ role }, index) => ({ role, content: marker(index) })),
      add_generation_prompt: true,
      bos_token: tokens.bos,
      eos_token: tokens.eos,
    });
  try {
    return split(renderThese(messages), messages);
  } catch (error) {
    // Templates of models without a system role (Gemma, for one) refuse it.
    const merged = withoutSystem(messages);
    if (merged === undefined) throw error;
    return split(renderThese(merged), merged);
  }
}

function split(rendered: string, messages: readonly ChatMessage[]): readonly PromptPart[] {
  return rendered
    .split(MARKER)
    .map((piece, index) =>
      index % 2 === 0
        ? { text: piece, special: true }
        : { text: messages[Number(piece)]?.content ?? "", special: false },
    )
    .filter(({ text }) => text !== "");
}
