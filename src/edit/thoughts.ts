/** What some models write down before they answer, code that they reject included. */

/** The reply behind its thoughts; `undefined` while they go on. */
export function withoutThoughts(reply: string): string | undefined {
  const opening = /^\s*<(think|thinking|thought|reasoning)>/i.exec(reply);
  // Servers may swallow the opening mark.
  const closing = opening
    ? new RegExp(`</${opening[1] ?? ""}>`, "i")
    : /^<\/(?:think|thinking|thought|reasoning)>\s*$/im;
  const end = closing.exec(reply);
  if (!end) return opening ? undefined : reply;
  return reply.slice(end.index + end[0].length);
}
