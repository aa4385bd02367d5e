import assert from "node:assert/strict";
import type { ModelFailure } from "../../src/model/failure.ts";
import { ModelError, type ModelRequest, type ModelStream, type Prompt } from "../../src/model/model.ts";

/** A request as a suggestion makes it. */
export function requestFor(prompt: Prompt, more: Partial<ModelRequest> = {}): ModelRequest {
  return { prompt, purpose: "suggestion", maxTokens: 64, temperature: 0, stop: [], ...more };
}

export function rawPrompt(text: string): Prompt {
  return { kind: "raw", parts: [{ text, special: false }] };
}

export async function textOf(stream: ModelStream): Promise<string> {
  let text = "";
  for await (const piece of stream) text += piece;
  return text;
}

/** What the answer, or another promise, fails with. */
export async function failureOf(answer: ModelStream | Promise<unknown>): Promise<ModelFailure> {
  const error: unknown = await (answer instanceof Promise ? answer : textOf(answer)).then(
    (value) => assert.fail(`answered ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ModelError, String(error));
  return error.failure;
}
