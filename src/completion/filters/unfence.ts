import type { CursorSnapshot } from "../../context/snapshot.ts";
import { offered, type Suggestion } from "../suggestion.ts";
import { fencedFrom, fenceEnd, isProseLanguage } from "./chatter.ts";

/** Takes the code out of the fence that a chat model puts around it, with the sentence in front. */
export function unfence(text: string, { languageId }: CursorSnapshot): Suggestion {
  if (isProseLanguage(languageId)) return offered(text);
  const code = text.slice(fencedFrom(text) ?? 0);
  return offered(code.slice(0, fenceEnd(code)));
}
