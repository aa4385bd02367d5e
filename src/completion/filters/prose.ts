import type { CursorSnapshot } from "../../context/snapshot.ts";
import { lineBefore } from "../../text/lines.ts";
import { endsInLiteral } from "../../text/literals.ts";
import { dropped, offered, type Suggestion } from "../suggestion.ts";
import { isProseLanguage, isTalk } from "./chatter.ts";

/** Drops an answer that talks about the code instead of being code. */
export function dropProse(text: string, { languageId, prefix }: CursorSnapshot): Suggestion {
  // In prose and in comments, sentences are what is wanted.
  if (isProseLanguage(languageId) || COMMENT.test(lineBefore(prefix)) || endsInLiteral(prefix)) return offered(text);
  return isTalk(text) ? dropped("prose") : offered(text);
}

/** Also what is a comment in some languages only. */
const COMMENT = /^\s*(\/\/|\/\*|\*|#|--|;|%|"""|'''|<!--)|\/\/|(^|\s)#\s/;
