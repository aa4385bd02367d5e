import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SurvivingText } from "../../support/survivingText.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const files = [
  "node_modules/dompurify/src/purify.ts",
  "node_modules/openai/src/streaming.ts",
  "node_modules/ignore/index.js",
  "node_modules/web-tree-sitter/web-tree-sitter.js",
  "node_modules/axe-core/axe.d.ts",
].map((path) => join(root, path));

/** Numbers from 0 to 1, the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Tally {
  right: number;
  wrong: number;
}

/** Of accepts in real files that were closed, changed and opened again: whether what was said of each is right. */
function measured(): { kept: Tally; deleted: Tally } {
  const kept = { right: 0, wrong: 0 };
  const deleted = { right: 0, wrong: 0 };
  for (const [number, path] of files.entries()) {
    const text = readFileSync(path, "utf8").replaceAll("\r\n", "\n").slice(0, 60_000);
    const random = numbers(number + 1);
    const lines = text.split("\n");
    for (let round = 0; round < 40; round += 1) {
      const from = Math.floor(random() * (lines.length - 12));
      const count = 1 + Math.floor(random() * 5);
      const piece = lines.slice(from, from + count).join("\n");
      if (piece.trim().length < 12) continue;
      const before = `${lines.slice(0, from).join("\n")}\n`;
      const it = new SurvivingText(`${before}\n${lines.slice(from + count).join("\n")}`);
      it.accept(piece, before.length);
      it.wait(2_000);
      it.close();
      const isDeleted = random() < 0.3;
      const now = [
        ...lines.slice(0, from),
        ...(isDeleted ? [] : lines.slice(from, from + count)),
        ...lines.slice(from + count),
      ];
      for (let edits = 0; edits < 6; edits += 1) {
        const at = Math.floor(random() * now.length);
        const isInside = at >= from - 1 && at < from + count + 1;
        if (isInside) continue;
        if (random() < 0.5) now.splice(at, 0, `const added${edits} = ${Math.floor(random() * 1_000)};`);
        else now[at] = `  ${now[at] ?? ""}`;
      }
      // The piece itself is indented anew by a formatter.
      const isFormatted = random() < 0.3;
      it.open(isFormatted ? now.map((line) => line.replace(/^ {2}/, "    ")).join("\n") : now.join("\n"));
      it.wait(31_000);
      const [check] = it.checks;
      const isSaidAlive = check?.state === "alive";
      const tally = isDeleted ? deleted : kept;
      // A piece that stands in the file a second time can't be told from the other one.
      if (isDeleted && text.split(piece).length > 2) continue;
      tally[isSaidAlive === isDeleted ? "wrong" : "right"] += 1;
    }
  }
  return { kept, deleted };
}

test("in real files that were changed while they were closed what was accepted is found again, and what was deleted is not", (context) => {
  const { kept, deleted } = measured();
  const share = ({ right, wrong }: Tally): number => right / (right + wrong);
  context.diagnostic(
    `kept ${kept.right} of ${kept.right + kept.wrong}, deleted ${deleted.right} of ${deleted.right + deleted.wrong}`,
  );
  assert.ok(kept.right + kept.wrong > 90 && deleted.right + deleted.wrong > 30);
  assert.ok(share(kept) >= 0.95, `kept: ${kept.right} right, ${kept.wrong} wrong`);
  assert.ok(share(deleted) >= 0.93, `deleted: ${deleted.right} right, ${deleted.wrong} wrong`);
});

type Rewriting = (piece: string) => string;

/** What formatters and users do to a piece of code between two looks at it. */
const rewritings: Readonly<Record<string, Rewriting>> = {
  "indented by tabs": (piece) => piece.replace(/^( {2})+/gm, (spaces) => "\t".repeat(spaces.length / 2)),
  "on one line": (piece) => piece.replaceAll(/\s*\n\s*/g, " "),
  "on more lines": (piece) => piece.replaceAll(/([;,{]) /g, "$1\n    "),
  "with one name changed": (piece) => piece.replace(/[A-Za-z]{4,}/, "otherName"),
};

/** Said alive after the rewriting, and then dead when it is deleted at its true place: it was found where it is. */
function followed(rewrite: Rewriting, how: "disk" | "formatter"): Tally {
  const tally = { right: 0, wrong: 0 };
  for (const [number, path] of files.entries()) {
    const lines = readFileSync(path, "utf8").replaceAll("\r\n", "\n").slice(0, 60_000).split("\n");
    const random = numbers(number + 101);
    for (let round = 0; round < 20; round += 1) {
      const from = Math.floor(random() * (lines.length - 12));
      const count = 2 + Math.floor(random() * 4);
      const piece = lines.slice(from, from + count).join("\n");
      if (piece.trim().length < 30) continue;
      const before = `${lines.slice(0, from).join("\n")}\n`;
      const after = `\n${lines.slice(from + count).join("\n")}`;
      const it = new SurvivingText(before + after);
      it.accept(piece, before.length);
      it.wait(5_000);
      const written = rewrite(piece);
      const above = `// ${"=".repeat(Math.floor(random() * 40))}\n`;
      const all = `${above}${before}${written}${after}`;
      it.change([{ offset: 0, length: it.text.length, text: all }], how);
      it.wait(30_000);
      const place = above.length + before.length;
      it.change([{ offset: place, length: written.length, text: "" }], "deleted");
      it.wait(120_000);
      const [at30s, at2m] = it.checks;
      tally[at30s?.state === "alive" && at2m?.state === "dead" ? "right" : "wrong"] += 1;
    }
  }
  return tally;
}

for (const [name, rewrite] of Object.entries(rewritings)) {
  for (const how of ["disk", "formatter"] as const) {
    test(`in real files that were written anew as a whole (${how}), what is ${name} is found at its place`, (context) => {
      const { right, wrong } = followed(rewrite, how);
      context.diagnostic(`${how}, ${name}: ${right} of ${right + wrong}`);
      assert.ok(right + wrong >= 60);
      assert.ok(right / (right + wrong) >= 0.95, `${right} right, ${wrong} wrong`);
    });
  }
}

/** Lines that stand once in the file, accepted, and then taken out as the sorting of imports does it. */
function takenOut(): Tally {
  const tally = { right: 0, wrong: 0 };
  for (const [number, path] of files.entries()) {
    const text = readFileSync(path, "utf8").replaceAll("\r\n", "\n").slice(0, 60_000);
    const lines = text.split("\n");
    const random = numbers(number + 7);
    for (let round = 0; round < 40; round += 1) {
      const from = Math.floor(random() * (lines.length - 12));
      const piece = `${lines[from] ?? ""}\n`;
      if (piece.trim().length < 8 || text.split(piece).length > 2) continue;
      const before = `${lines.slice(0, from).join("\n")}\n`;
      const it = new SurvivingText(before + lines.slice(from + 1).join("\n"));
      it.accept(piece, before.length);
      it.wait(5_000);
      it.change([{ offset: before.length, length: piece.length, text: "" }], "formatter");
      it.wait(30_000);
      tally[it.checks[0]?.state === "dead" ? "right" : "wrong"] += 1;
    }
  }
  return tally;
}

test("in real files a line that a formatter takes out is dead, however much the next one is like it", (context) => {
  const { right, wrong } = takenOut();
  context.diagnostic(`taken out: ${right} of ${right + wrong}`);
  assert.ok(right + wrong >= 80);
  assert.ok(right / (right + wrong) >= 0.93, `${right} right, ${wrong} wrong`);
});
