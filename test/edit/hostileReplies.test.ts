import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { isBareCode } from "../../src/edit/bareCode.ts";
import { editOf } from "../../src/edit/editOf.ts";
import { blockOfReply } from "../../src/edit/reply.ts";
import { readWasm } from "../support/grammars.ts";
import { type HostileReply, hostileReplies } from "../support/hostileReplies.ts";

const all = hostileReplies();
const languages = Array.from(new Set(all.map(({ languageId }) => languageId)));
const readOutline = await outlineReader(readWasm, languages, () => performance.now());

function becameOf({ text, languageId, path, selection, reply, isCut }: HostileReply): HostileReply["expected"] {
  const wanted = { languageId, path, text, isCut };
  let found = blockOfReply(reply, wanted);
  if (found.kind === "none" && isBareCode(reply, { text, languageId, selection }, readOutline))
    found = blockOfReply(reply, { ...wanted, isCodeAlone: true });
  if (found.kind !== "block") return { refused: [found.kind] };
  const outcome = editOf({ text, languageId, path, selection, isAsked: true }, found.block, readOutline);
  return outcome.kind === "refused" ? { refused: [outcome.refusal.reason] } : { text: outcome.applied.text };
}

for (const each of all)
  test(`a reply of the kind ${each.name}`, () => {
    const became = becameOf(each);
    if ("text" in each.expected) assert.deepEqual(became, each.expected);
    else
      assert(
        "refused" in became && each.expected.refused.includes(became.refused[0] ?? ""),
        `${JSON.stringify(became)} instead of ${each.expected.refused.join(" or ")}`,
      );
  });
