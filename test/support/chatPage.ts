/** The built page of the chat in a browser, with its real policy, beside an extension that is a script. */

import type { Browser } from "playwright-core";
import type {
  ChatStrings,
  FromChatPage,
  ShownComposer,
  ShownTurn,
  ToChatPage,
} from "../../src/extension/chatProtocol.ts";
import { parseFromChatPage, parseToChatPage } from "../../src/extension/chatMessages.ts";
import { english } from "./chatStrings.ts";
import type { themes } from "./themes.ts";
import { openWebviewPage, picture, type WebviewPage } from "./webviewPage.ts";

export interface ChatPage extends WebviewPage<FromChatPage> {
  readonly say: (...messages: readonly ToChatPage[]) => Promise<void>;
  /** Waits for a message of this type and takes it with all before it. */
  readonly hear: <Type extends FromChatPage["type"]>(type: Type) => Promise<FromChatPage & { readonly type: Type }>;
  readonly picture: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ChatPageOptions {
  readonly theme?: keyof typeof themes;
  readonly strings?: ChatStrings;
  readonly width?: number;
  readonly height?: number;
  readonly language?: string;
}

export async function openChatPage(browser: Browser, options: ChatPageOptions = {}): Promise<ChatPage> {
  const { theme = "dark", strings = english, width = 300, height = 700, language = "en" } = options;
  const webview = await openWebviewPage(browser, {
    name: "chat",
    parse: parseFromChatPage,
    background: "sideBar-background",
    theme,
    width,
    height,
    language,
  });
  const { page, heard } = webview;
  const say = async (...messages: readonly ToChatPage[]): Promise<void> => {
    for (const message of messages)
      if (!parseToChatPage(message)) throw new Error(`The extension may not say ${JSON.stringify(message)}.`);
    await page.evaluate((all) => {
      for (const message of all) window.dispatchEvent(new MessageEvent("message", { data: message }));
    }, messages);
  };
  const hear: ChatPage["hear"] = async (type) => {
    await page.waitForFunction(
      (wanted) => window.heard.some((message) => (message as { readonly type: string }).type === wanted),
      type,
    );
    const found = (await heard()).findLast((message) => message.type === type);
    if (!found) throw new Error(`There is no ${type}.`);
    return found as FromChatPage & { readonly type: typeof type };
  };
  await hear("ready");
  await say({ type: "strings", strings });
  return {
    ...webview,
    say,
    hear,
    picture: (name) => picture(page, `chat/${name}`),
    close: () => page.close(),
  };
}

let made = 0;

export function question(text: string, rest: Partial<ShownTurn> = {}): ShownTurn {
  return turn("question", text, rest);
}

export function answer(text: string, rest: Partial<ShownTurn> = {}): ShownTurn {
  return turn("answer", text, rest);
}

function turn(role: ShownTurn["role"], text: string, rest: Partial<ShownTurn>): ShownTurn {
  made += 1;
  return {
    id: `turn-${made}`,
    role,
    text,
    state: "done",
    stateWords: "",
    ways: [],
    chips: [],
    pieces: [],
    summary: "",
    tools: [],
    branch: 1,
    branches: 1,
    blockActions: ["copy", "insert", "apply", "open", "run"],
    blockNotes: [],
    ...rest,
  };
}

export function thread(
  turns: readonly ShownTurn[],
  rest: Partial<Extract<ToChatPage, { type: "thread" }>> = {},
): ToChatPage {
  return { type: "thread", id: "thread-1", title: "", turns, draft: "", questions: [], ...rest };
}

export function composer(rest: Partial<ShownComposer> = {}): ToChatPage {
  return {
    type: "composer",
    composer: {
      chips: [],
      model: "gpt-4.1",
      modelTitle: "",
      seesPictures: true,
      meter: "412 tok",
      meterTitle: "412 of 128,000 tokens",
      meterState: "fits",
      isBusy: false,
      ...rest,
    },
  };
}
