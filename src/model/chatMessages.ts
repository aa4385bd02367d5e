/** Conversations in the forms that models take which do not take all of them. */

import type { ChatMessage } from "./model.ts";

/** For models without a system role: its text begins the first question. `undefined` where there is none. */
export function withoutSystem(messages: readonly ChatMessage[]): readonly ChatMessage[] | undefined {
  const [first, second, ...rest] = messages;
  if (first?.role !== "system") return undefined;
  if (second?.role !== "user") return [{ role: "user", content: first.content }, ...messages.slice(1)];
  return [{ ...second, content: `${first.content}\n\n${second.content}` }, ...rest];
}

/** For models that call no tools: what tools have found before is what the user says. */
export function withoutTools(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.map(({ role, content, pictures }) => ({
    role: role === "tool" ? "user" : role,
    content,
    ...(pictures && { pictures }),
  }));
}

/** For templates in which the roles have to alternate: what one says in several messages is one. Empty ones are left out. */
export function alternating(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const joined: ChatMessage[] = [];
  for (const { role, content } of messages) {
    if (content === "") continue;
    const last = joined.at(-1);
    if (last?.role === role) joined[joined.length - 1] = { role, content: `${last.content}\n\n${content}` };
    else joined.push({ role, content });
  }
  return joined;
}
