/** Documents a definition by one sentence, which is all that is asked of a model: the code can't be harmed by it. */

import { headOf } from "../text/offsets.ts";

export interface Summary {
  readonly task: string;
  /** Of the sentence. */
  readonly begun: string;
  /** The code with its comment; `undefined` where the sentence has no end yet, or says nothing. */
  documented(said: string, isEnded: boolean): string | undefined;
}

/** `undefined` for what is no definition, has a comment, or is of a language that is not known here. Line breaks are `\n`. */
export function summaryOf(code: string, languageId: string): Summary | undefined {
  const write = writers[languageId];
  const lines = code.split("\n");
  const head = lines.find((line) => line.trim() !== "" && !ATTRIBUTE.test(line));
  if (!write || head === undefined || COMMENT.test(head)) return undefined;
  const [, kind, typeName] = TYPE.exec(head) ?? [];
  const name = typeName ?? FUNCTION.exec(head)?.[1];
  if (name === undefined || NO_NAME.test(name)) return undefined;
  const noun = kind ?? "function";
  // Small models know it of prose, and of comments they write none but the shape.
  const begun = `The \`${name}\` ${noun}`;
  return {
    task: `Say in one sentence what \`${name}\` does.`,
    begun,
    documented(said, isEnded) {
      const sentence = sentenceOf(said, isEnded, name, noun);
      return sentence === undefined ? undefined : write(lines, sentence, name)?.join("\n");
    },
  };
}

/** "removes zeros." and not "is a Go function that removes zeros. It is used to …". */
function sentenceOf(said: string, isEnded: boolean, name: string, noun: string): string | undefined {
  const first = /^.*?[.!?](?=\s|$)/.exec(said.trim())?.[0] ?? (isEnded ? `${said.trim()}.` : undefined);
  if (first === undefined || /[,:;(]\.$/.test(first) || !/\p{L}{3}.*\p{L}{3}/u.test(first) || goesInCircles(first))
    return undefined;
  const plain = first
    .replaceAll("`", "")
    .replaceAll("*/", "* /")
    .replaceAll('"""', "'''")
    .replace(new RegExp(`^is an? [^.,]{0,60}?(?:${noun}|method)(?: in \\p{Lu}[\\w+#]*)? that `, "u"), "")
    .replace(/^in \p{Lu}[\w+#]* (?=\p{Ll}+s\b)/u, "")
    .replace(/^(?:is|are) (?:used|designed) to (\p{L}+)/u, (_, verb: string) => thirdPerson(verb));
  if (headOf(plain, MOST_CHARS) !== plain) return undefined;
  // Where it says what the thing is, not what it does.
  return /^(?:is|in|of|for|has|and|or|to|with)\b/.test(plain) ? `${name} ${plain}` : plain;
}

function thirdPerson(verb: string): string {
  if (/(?:s|x|z|ch|sh|o)$/.test(verb)) return `${verb}es`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

/** Some words that come a third time. */
function goesInCircles(sentence: string): boolean {
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const seen = new Map<string, number>();
  for (let at = 0; at + RUN_WORDS <= words.length; at += 1) {
    const run = words.slice(at, at + RUN_WORDS).join(" ");
    const count = (seen.get(run) ?? 0) + 1;
    if (count >= MOST_SAID) return true;
    seen.set(run, count);
  }
  return false;
}

type Write = (lines: readonly string[], sentence: string, name: string) => readonly string[] | undefined;

const above =
  (comment: (sentence: string, name: string) => string): Write =>
  (lines, sentence, name) => {
    const row = lines.findIndex((line) => line.trim() !== "");
    const indentation = /^\s*/.exec(lines[row] ?? "")?.[0] ?? "";
    return lines.toSpliced(row, 0, indentation + comment(sentence, name));
  };

/** A name at its start stays as it is. */
const capitalised = (sentence: string, name: string): string =>
  sentence.startsWith(`${name} `) ? sentence : sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
const block = above((...said) => `/** ${capitalised(...said)} */`);
const slashes = above((...said) => `/// ${capitalised(...said)}`);

/** For where a backslash begins an escape: an `x` behind it in a string of Python, or a `u` in a comment of Java, may not compile. */
const escaped = (sentence: string): string => sentence.replaceAll("\\", "\\\\");
const javadoc = above((...said) => `/** ${escaped(capitalised(...said))} */`);

/** The first statement of the body. */
const docstring: Write = (lines, ...said) => {
  const start = lines.findIndex((line) => /^\s*(?:async\s+)?(?:def|class)\b/.test(line));
  const end = lines.findIndex((line, row) => row >= start && /:\s*(?:#.*)?$/.test(line));
  const first = lines.slice(end + 1).find((line) => line.trim() !== "");
  if (start === -1 || end === -1 || first === undefined || /^\s*[rub]*["']{3}/i.test(first)) return undefined;
  return lines.toSpliced(end + 1, 0, `${/^\s*/.exec(first)?.[0]}"""${escaped(capitalised(...said))}"""`);
};

const writers: Readonly<Record<string, Write>> = {
  typescript: block,
  typescriptreact: block,
  javascript: block,
  javascriptreact: block,
  java: javadoc,
  kotlin: block,
  scala: block,
  php: block,
  c: block,
  cpp: block,
  rust: slashes,
  swift: slashes,
  dart: slashes,
  csharp: above((...said) => `/// <summary>${capitalised(...said).replace(/[<>&]/g, "")}</summary>`),
  go: above((sentence, name) => `// ${sentence.startsWith(`${name} `) ? sentence : `${name} ${sentence}`}`),
  python: docstring,
};

const ATTRIBUTE = /^\s*(?:@[\w.]+(?:\(.*\))?|#!?\[.*\]|\[[\w.]+(?:\(.*\))?\])\s*$/;
const COMMENT = /^\s*(?:\/[/*]|#|\*)/;
const TYPE = /\b(class|interface|struct|enum|trait)\s+(\p{L}[\p{L}\p{N}_]*)/u;
/** The name before the parameters, or of a function that is a constant. */
const FUNCTION =
  /(?:\b(?:const|let|val|var)\s+(?=[\w$]+\s*(?::[^=]+)?=\s*(?:async\b|function\b|\()))?(?:\bfunc\s+\([^)]*\)\s*)?([\p{L}_$][\p{L}\p{N}_$]*)\s*(?:<[^(]*>|\[[^(]*\])?\s*(?:\(|(?::[^=]+)?=\s*(?:async\b|function\b|\())/u;
const NO_NAME = /^(?:if|for|while|switch|catch|return|function|func|fn|def|new|await|with|match|constructor)$/;
const MOST_CHARS = 200;
const RUN_WORDS = 3;
const MOST_SAID = 3;
