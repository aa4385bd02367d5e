/** What a model can be asked to do with code: slash commands and refactorings come from here. Words for people are in src/extension. */

import { withoutCode } from "../text/markdownCode.ts";

export const actionIds = [
  "explain",
  "fix",
  "tests",
  "docs",
  "simplify",
  "optimize",
  "extract",
  "rename",
  "types",
  "errors",
  "implement",
  "translate",
  "review",
  "commit",
] as const;

export type ActionId = (typeof actionIds)[number];

/** `code` is the selection or, without one, the file in hand. */
type ActionNeed = "code" | "problems" | "changes";

export interface Action {
  readonly id: ActionId;
  /** For the model, in English: small models follow it best. */
  readonly instruction: string;
  /** What it is of no use without; the first one decides. */
  readonly needs: readonly ActionNeed[];
  /** `code` takes the place of what was shown, `new-code` stands elsewhere, `message` is text for a commit. */
  readonly answers: "code" | "new-code" | "prose" | "message";
}

const WHOLE =
  "Reply with the complete changed code in one code block, with nothing left out and no line numbers, then say in one or two sentences what you changed.";

const actions: Readonly<Record<ActionId, Omit<Action, "id">>> = {
  explain: {
    instruction:
      "Explain what this code does. Begin with one sentence on its purpose, then go through its steps in order, and end with what is surprising or could go wrong. Name things as the code does. Do not rewrite the code.",
    needs: ["code"],
    answers: "prose",
  },
  fix: {
    instruction: `Fix the problems in this code. If problems are listed, fix those; else find the bug. Change as little as you can, and keep names and behaviour otherwise. If you find nothing wrong, say so and write no code. ${WHOLE}`,
    needs: ["code", "problems"],
    answers: "code",
  },
  tests: {
    instruction:
      "Write tests for this code, with the test framework and in the style that the project uses. Test the usual case, the limits (empty, one, many, largest) and what must fail. Name each test after what it shows. Do not change the code itself. Reply with one code block that is a complete test file, imports included, then say in one sentence where it belongs.",
    needs: ["code"],
    answers: "new-code",
  },
  docs: {
    instruction: `Write documentation comments for this code in the convention of its language: purpose, parameters, result and errors, where they are not plain from the names. Change nothing but comments. ${WHOLE}`,
    needs: ["code"],
    answers: "code",
  },
  simplify: {
    instruction: `Make this code simpler and easier to read, with the same behaviour and the same names for what others use. ${WHOLE}`,
    needs: ["code"],
    answers: "code",
  },
  optimize: {
    instruction: `Make this code faster or let it use less memory, with the same results. Say first, in one sentence, what costs most. If there is nothing worth it, say so and write no code. ${WHOLE}`,
    needs: ["code"],
    answers: "code",
  },
  extract: {
    instruction: `Move the part of this code that is a task of its own into a function or constant with a name that says what it is, and use it in its place. Keep the behaviour. ${WHOLE}`,
    needs: ["code"],
    answers: "code",
  },
  rename: {
    instruction:
      "Suggest better names for what this code defines, where its names mislead or say too little. Reply with a list, each line as `old` → `new`: reason. If the names are good, say so.",
    needs: ["code"],
    answers: "prose",
  },
  types: {
    instruction: `Add types to this code, as exact as its use allows, in the way of its language. Do not change what it does. ${WHOLE}`,
    needs: ["code"],
    answers: "code",
  },
  errors: {
    instruction: `Handle the errors that can happen in this code, in the way of the project: check what comes from outside, let nothing fail silently, release what was opened. Add nothing for what cannot happen. ${WHOLE}`,
    needs: ["code"],
    answers: "code",
  },
  implement: {
    instruction: `Write the code that the comments in this code ask for, in its style and with what is already there. Keep the comments that still hold. ${WHOLE}`,
    needs: ["code"],
    answers: "code",
  },
  translate: {
    instruction:
      "Translate this code to the programming language that is asked for, with the same behaviour, in that language's own manner and with its standard library. If no language is named, ask which one. Reply with one complete code block, then say what could not be kept as it was.",
    needs: ["code"],
    answers: "new-code",
  },
  review: {
    instruction:
      "Review this code as an experienced colleague would. Report bugs, security holes, lost errors, races and misleading names; leave out taste and praise. One finding in a line, the worst first: **high**, **medium** or **low**, the line it is about quoted in backticks as it stands, what happens, how to fix it. If you find nothing, say so.",
    needs: ["code"],
    answers: "prose",
  },
  commit: {
    instruction:
      "Write a commit message for these changes: a subject of at most 72 characters in the imperative, without a full stop, that says what changes for the user; then, only if it is not plain, an empty line and why. Follow the style of earlier messages if some are shown. Reply with the message alone, in one code block.",
    needs: ["changes"],
    answers: "message",
  },
};

export function actionNamed(name: string): Action | undefined {
  const id = actionIds.find((each) => each === name);
  return id && { id, ...actions[id] };
}

/**
 * The instruction as it is sent.
 * @param wish What the user has written behind the command; it goes before the general instruction where they differ.
 * @param language The name, in English, of the language to answer in.
 */
export function instructionOf({ instruction, answers }: Action, wish: string, language: string): string {
  const tongue = answers === "message" ? undefined : `Answer in ${language}. Leave names in the code as they are.`;
  const asked = wish.trim() === "" ? undefined : `The user asks, above all: ${wish.trim()}`;
  return [instruction, asked, tongue].filter((part) => part !== undefined).join("\n");
}

/**
 * In what language somebody is to be answered: in that of the question, as far as its script tells, else in the
 * editor's. `display` is a tag such as `en` or `zh-cn`.
 */
export function answerLanguage(question: string, display: string): string {
  const prose = withoutCode(question);
  for (const [script, name] of scripts) if (script.test(prose)) return nameOf(display, name);
  const words = prose.match(/\p{Script=Latin}{2,}/gu) ?? [];
  // A few words in Latin letters in an editor in Chinese are English; French and German can't be told from it here.
  if (words.length >= FEW_WORDS) return "the language of the question";
  return nameOf(display, "English");
}

/** `fallback`, unless the display's language is of the same script and says it better. */
function nameOf(display: string, fallback: string): string {
  const tag = display.toLowerCase();
  if (/^zh\b/.test(tag) && (fallback === "Chinese" || fallback === "English"))
    return /^zh-(?:tw|hk|mo|hant)/.test(tag) ? "Traditional Chinese" : "Simplified Chinese";
  if (fallback !== "English") return fallback;
  return languages[tag.slice(0, 2)] ?? "English";
}

/** Kana before Han: Japanese has both. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "Japanese"],
  [/\p{Script=Hangul}/u, "Korean"],
  [/\p{Script=Han}/u, "Chinese"],
  [/\p{Script=Cyrillic}{3}/u, "the language of the question"],
  [/\p{Script=Arabic}{3}/u, "the language of the question"],
];

/** Those that VS Code's own language packs are for. */
const languages: Readonly<Record<string, string>> = {
  cs: "Czech",
  de: "German",
  es: "Spanish",
  fr: "French",
  it: "Italian",
  ja: "Japanese",
  ko: "Korean",
  pl: "Polish",
  pt: "Portuguese",
  ru: "Russian",
  tr: "Turkish",
};

const FEW_WORDS = 2;
