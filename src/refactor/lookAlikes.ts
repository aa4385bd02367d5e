/** Letters that are taken for others when a command is read. */

import { type ShellSyntax, simpleCommands } from "./shellWords.ts";
import { unwrapped } from "./wrappedCommand.ts";

export function hasLookAlikes(line: string, syntax: ShellSyntax): boolean {
  if (MIXED.test(line) || DASH.test(line)) return true;
  // A name that is another script's from its first letter to its last reads like Latin as well: `сору`.
  return simpleCommands(line, syntax).some(({ words }) => {
    const { written } = unwrapped(words);
    const name = written.split(/[\\/]/).at(-1) ?? "";
    return LOOKS_LATIN.test(name.replace(/[\p{N}._-]/gu, ""));
  });
}

/** A letter of another script in a word of Latin ones, or a form of one that is wide or mathematical. */
const MIXED =
  /[A-Za-z][\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]|[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}][A-Za-z]|[\uFF01-\uFF5E]|[\u{1D400}-\u{1D7FF}]|[\u2215\u2044\u29F8\u01C3\uA789\u037E]/u;
/** Instead of a hyphen, at an option or in what runs: in a text it may be meant. */
const DASH = /(?:^|\s)[\u2010-\u2015\u2212]+\w|^\s*\S*[\u2010-\u2015\u2212]/u;
/** Cyrillic, Greek and Armenian letters that have the shape of Latin ones. */
const LOOKS_LATIN = /^[аеорсухіјѕһԁԛԝѵӏАВЕКМНОРСТХУЅІЈԌԚԜανορυικχγΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոցհԼՏՍ]+$/u;
