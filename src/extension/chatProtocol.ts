/**
 * What the chat's view and its page say to each other; `chatMessages.ts` takes nothing else. The page shows answers, whose text is a model's and trusted by
 * nobody; what it asks for it names by ids and numbers, and what is to be written, opened or run is looked up on this side.
 */

import type { AttachmentKind, Picture } from "../chat/conversation.ts";

/** The words of the page that are the same for all threads. */
export const chatStringNames = [
  "title",
  "newThread",
  "threads",
  "searchThreads",
  "noThreadFound",
  "more",
  "rename",
  "remove",
  "exportThread",
  "openInEditor",
  "you",
  "ask",
  "send",
  "stop",
  "attach",
  "attachPicture",
  "removeAttachment",
  "model",
  "emptyTitle",
  "emptyText",
  "chooseModel",
  "copy",
  "copied",
  "code",
  "insert",
  "apply",
  "openAsFile",
  "run",
  "wrapLines",
  "regenerate",
  "edit",
  "cancel",
  "previousBranch",
  "nextBranch",
  "showSent",
  "working",
  "thinking",
  "showAll",
  "newMessages",
  "allowOnce",
  "allowAlways",
  "refuse",
  "arguments",
  "result",
  "loading",
  /** Each with `{0}` for the file's name. */
  "pictureTooLarge",
  "noPicture",
  "tooLong",
  "busy",
  "dropHere",
  "answered",
] as const;

export type ChatStrings = Readonly<Record<(typeof chatStringNames)[number], string>>;

/** The longest text that may be sent, in UTF-16 units: of what a person writes or pastes at once. */
export const MOST_WRITTEN_CHARS = 1_000_000;

/** What of an answer's code block the user may do. The block is named by the line, from 0, at which its fence opens. */
export const blockActions = ["copy", "insert", "apply", "open", "run"] as const;
export type BlockAction = (typeof blockActions)[number];

export interface ShownThread {
  readonly id: string;
  readonly title: string;
  /** "5m ago". */
  readonly when: string;
  readonly isOpen: boolean;
}

export interface ShownChip {
  readonly id: string;
  readonly kind: AttachmentKind;
  readonly label: string;
  /** More about it: the path, or why it can't be sent. */
  readonly title: string;
  /** It can't be sent as things are, for instance a picture to a model that does not see. */
  readonly isBlocked: boolean;
}

export interface ShownPiece {
  readonly kind: AttachmentKind | "tool";
  readonly label: string;
  readonly title: string;
  /** "1,204 tokens, cut". */
  readonly note: string;
  readonly canOpen: boolean;
}

export interface ShownTool {
  readonly id: string;
  readonly title: string;
  readonly state: (typeof toolStates)[number];
  readonly stateWords: string;
  /** Whose it is and what it does, as long as it waits for the user; empty otherwise. */
  readonly about: string;
  readonly arguments: string;
  readonly result: string;
}

export const toolStates = ["waiting", "running", "done", "failed", "refused"] as const;

/** A way out of a failure: a button. */
export interface ShownWay {
  readonly id: number;
  readonly label: string;
}

/** What became of a code block, and what can be done about that. */
export interface ShownBlockNote {
  /** The block's. */
  readonly line: number;
  readonly words: string;
  readonly ways: readonly ShownWay[];
}

export const turnStates = ["running", "done", "cut", "stopped", "failed"] as const;

export interface ShownTurn {
  readonly id: string;
  readonly role: "question" | "answer";
  /** Markdown of an answer; of a question the plain text as it was written. */
  readonly text: string;
  readonly state: (typeof turnStates)[number];
  /** "Stopped", the failure's sentence, or empty. */
  readonly stateWords: string;
  readonly ways: readonly ShownWay[];
  /** Of a question: what was attached. */
  readonly chips: readonly ShownChip[];
  /** Of an answer: what it was told, which the page shows folded. */
  readonly pieces: readonly ShownPiece[];
  /** "4 pieces used · 1,204 tokens". Empty where there is nothing to tell. */
  readonly summary: string;
  readonly tools: readonly ShownTool[];
  /** Which of the turns in this place it is, from 1, and how many there are. */
  readonly branch: number;
  readonly branches: number;
  /** What may be done with its code blocks as things are. */
  readonly blockActions: readonly BlockAction[];
  readonly blockNotes: readonly ShownBlockNote[];
}

export interface ShownComposer {
  readonly chips: readonly ShownChip[];
  /** The model's name. */
  readonly model: string;
  /** What it can, a line each. */
  readonly modelTitle: string;
  readonly seesPictures: boolean;
  /** "412 tok"; empty while it is not known. */
  readonly meter: string;
  /** What will be left out, and how much fits. */
  readonly meterTitle: string;
  readonly meterState: "fits" | "near" | "over";
  /** An answer is being written: the button stops it. */
  readonly isBusy: boolean;
}

export const meterStates = ["fits", "near", "over"] as const;

/** What may stand behind a `/` or an `@`. */
export interface ShownCompletion {
  readonly label: string;
  readonly detail: string;
  /** What takes the place of the sign and what was typed behind it, with the space that is to follow; it may be empty where a chip says it all. */
  readonly insert: string;
  /** Names it to the extension: it attaches something. Empty where it is only text. */
  readonly attach: string;
}

export type ToChatPage =
  | { readonly type: "strings"; readonly strings: ChatStrings }
  | { readonly type: "threads"; readonly threads: readonly ShownThread[] }
  | {
      readonly type: "thread";
      readonly id: string;
      readonly title: string;
      readonly turns: readonly ShownTurn[];
      readonly draft: string;
      /** Of an empty thread: questions about what is open. */
      readonly questions: readonly string[];
    }
  /** In place of the one with its id; or new, and then `after` names the turn in front of it, and what stood behind that one goes. */
  | { readonly type: "turn"; readonly turn: ShownTurn; readonly after: string | undefined }
  | { readonly type: "append"; readonly turn: string; readonly text: string }
  | { readonly type: "composer"; readonly composer: ShownComposer }
  | { readonly type: "completions"; readonly query: number; readonly items: readonly ShownCompletion[] }
  /** The code block at that line, or without a line the whole answer. */
  | { readonly type: "copied"; readonly turn: string; readonly line: number | undefined }
  /** What could not be asked goes back to where it was written: into the input, or, with a `turn`, in that question's place. */
  | {
      readonly type: "draft";
      readonly thread: string;
      readonly turn: string | undefined;
      readonly text: string;
      /** Why it was not asked. */
      readonly note: string;
    }
  /** The thread's draft, as it was written in another view of it. */
  | { readonly type: "written"; readonly thread: string; readonly text: string }
  /** As a file has it; the page says it back as it may be sent. */
  | { readonly type: "picture"; readonly thread: string; readonly name: string; readonly picture: Picture }
  /** At the input, until something else is written. */
  | { readonly type: "note"; readonly thread: string; readonly note: string }
  | { readonly type: "focus" };

export type FromChatPage =
  | { readonly type: "ready" | "stop" | "newThread" | "chooseModel" | "attach" | "openInEditor" | "leave" }
  /** By the time the extension hears of it another thread may be shown. */
  | { readonly type: "send" | "draft"; readonly thread: string; readonly text: string }
  | { readonly type: "edit"; readonly thread: string; readonly turn: string; readonly text: string }
  | { readonly type: "regenerate" | "copyTurn" | "showSent"; readonly turn: string }
  /** Looks at the turn in the same place that many further on. */
  | { readonly type: "branch"; readonly turn: string; readonly step: -1 | 1 }
  | { readonly type: "way"; readonly turn: string; readonly way: number }
  | { readonly type: "block"; readonly turn: string; readonly line: number; readonly action: BlockAction }
  | { readonly type: "piece"; readonly turn: string; readonly piece: number }
  | { readonly type: "tool"; readonly turn: string; readonly tool: string; readonly answer: "once" | "always" | "no" }
  /** A link of an answer; the extension decides what may be opened. */
  | { readonly type: "link"; readonly turn: string; readonly href: string }
  | { readonly type: "detach" | "openAttachment"; readonly id: string }
  /** Made small enough to be sent, and without what a camera writes into it. */
  | { readonly type: "picture"; readonly thread: string; readonly name: string; readonly picture: Picture }
  | { readonly type: "drop"; readonly uris: readonly string[] }
  /** `sign` and what stands behind it up to the caret. */
  | { readonly type: "complete"; readonly query: number; readonly sign: "/" | "@"; readonly text: string }
  | { readonly type: "attachNamed"; readonly attach: string }
  | { readonly type: "openThread" | "removeThread" | "exportThread"; readonly thread: string }
  | { readonly type: "renameThread"; readonly thread: string; readonly title: string }
  | { readonly type: "searchThreads"; readonly text: string };
