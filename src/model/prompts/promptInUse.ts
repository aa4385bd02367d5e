/** Which of the files that a prompt may be in is used. */

import { parsePromptFile, type PromptFault, type PromptTemplate } from "./promptFile.ts";
import { promptKinds, type PromptName } from "./promptKinds.ts";

/** Whose file it is. */
export type PromptOwner = "repository" | "user";

/** A prompt that is used in place of the built-in one. */
export interface PromptOverride {
  readonly owner: PromptOwner;
  readonly prompt: PromptTemplate;
}

export interface PromptInUse {
  /** `undefined` where the built-in prompt is in use. */
  readonly override: PromptOverride | undefined;
  /** Files that would have been used, were they not broken. */
  readonly refused: readonly { readonly owner: PromptOwner; readonly faults: readonly PromptFault[] }[];
}

/** The repository's, where its folder is trusted; else the user's; else the built-in one. A broken one counts as none. */
export function promptInUse(
  name: PromptName,
  texts: { readonly [Owner in PromptOwner]?: string | undefined },
  isTrusted: boolean,
): PromptInUse {
  const refused: { owner: PromptOwner; faults: readonly PromptFault[] }[] = [];
  for (const owner of isTrusted ? (["repository", "user"] as const) : (["user"] as const)) {
    const text = texts[owner];
    if (text === undefined) continue;
    const { prompt, faults } = parsePromptFile(text, promptKinds[name]);
    if (prompt) return { override: { owner, prompt }, refused };
    refused.push({ owner, faults });
  }
  return { override: undefined, refused };
}
