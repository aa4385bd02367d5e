/** Asking by keyboard, pasting, dropping, and what is done with threads and earlier questions. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { answer, type ChatPage, composer, openChatPage, question, thread } from "../support/chatPage.ts";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

async function withChat(use: (chat: ChatPage) => Promise<void>): Promise<void> {
  const chat = await openChatPage(browser, { width: 420 });
  try {
    await chat.say(thread([]), composer(), { type: "focus" });
    await use(chat);
    assert.deepEqual(chat.complaints, []);
  } finally {
    await chat.close();
  }
}

const inputOf = ({ page }: ChatPage): Promise<string> => page.locator(".input").inputValue();

test("Enter sends, Shift+Enter begins a line, and the input is empty again", () =>
  withChat(async (chat) => {
    await chat.page.keyboard.type("one");
    await chat.page.keyboard.press("Shift+Enter");
    await chat.page.keyboard.type("two");
    await chat.page.keyboard.press("Enter");
    assert.equal((await chat.hear("send")).text, "one\ntwo");
    assert.equal(await inputOf(chat), "");
    await chat.page.keyboard.press("Enter");
    assert.equal(
      (await chat.heard()).some(({ type }) => type === "send"),
      false,
      "Nothing is not sent.",
    );
  }));

test("what is asked before a thread has come is asked in the first one", async () => {
  const chat = await openChatPage(browser, { width: 420 });
  try {
    await chat.say(composer());
    await chat.page.locator(".input").fill("Why?");
    await chat.page.keyboard.press("Enter");
    assert.equal(await inputOf(chat), "Why?");
    await chat.say(thread([]));
    const { text, thread: to } = await chat.hear("send");
    assert.deepEqual([text, to, await inputOf(chat)], ["Why?", "thread-1", ""]);
  } finally {
    await chat.close();
  }
});

test("what is written before a thread has come stays, behind the draft of that thread", async () => {
  const chat = await openChatPage(browser, { width: 420 });
  try {
    await chat.say(composer());
    await chat.page.locator(".input").fill("Why?");
    await chat.say(thread([], { draft: "An old one" }));
    assert.equal(await inputOf(chat), "An old one\nWhy?");
    assert.equal((await chat.hear("draft")).text, "An old one\nWhy?");
  } finally {
    await chat.close();
  }
});

test("an Enter that ends a word of an input method sends nothing", () =>
  withChat(async (chat) => {
    const session = await chat.page.context().newCDPSession(chat.page);
    await session.send("Input.imeSetComposition", { text: "nihao", selectionStart: 5, selectionEnd: 5 });
    await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Enter", windowsVirtualKeyCode: 229 });
    await session.send("Input.insertText", { text: "你好" });
    assert.equal(
      (await chat.heard()).some(({ type }) => type === "send"),
      false,
    );
    await chat.page.keyboard.press("Enter");
    assert.equal((await chat.hear("send")).text, "你好");
  }));

test("Up in an empty input brings earlier questions back, Down the later ones", () =>
  withChat(async (chat) => {
    await chat.say(thread([question("first"), answer("a"), question("second"), answer("b")]));
    await chat.page.locator(".input").focus();
    for (const [key, text] of [
      ["ArrowUp", "second"],
      ["ArrowUp", "first"],
      ["ArrowUp", "first"],
      ["ArrowDown", "second"],
      ["ArrowDown", ""],
    ] as const) {
      await chat.page.keyboard.press(key);
      assert.equal(await inputOf(chat), text);
    }
    await chat.page.keyboard.type("x");
    await chat.page.keyboard.press("ArrowUp");
    assert.equal(await inputOf(chat), "x");
  }));

test("Escape closes what is open, then stops the answer, then leaves", () =>
  withChat(async (chat) => {
    await chat.say(composer({ isBusy: true }));
    await chat.page.keyboard.type("/e");
    const { query } = await chat.hear("complete");
    await chat.say({
      type: "completions",
      query,
      items: [{ label: "/explain", detail: "", insert: "/explain ", attach: "" }],
    });
    await chat.page.getByRole("option").waitFor();
    await chat.page.keyboard.press("Escape");
    assert.equal(await chat.page.getByRole("option").count(), 0);
    await chat.page.keyboard.press("Escape");
    await chat.hear("stop");
    await chat.say(composer());
    await chat.page.keyboard.press("Escape");
    await chat.hear("leave");
  }));

test("while an answer comes Enter sends nothing, and the button stops it", () =>
  withChat(async (chat) => {
    await chat.say(composer({ isBusy: true }));
    await chat.page.keyboard.type("next");
    await chat.page.keyboard.press("Enter");
    assert.equal(await inputOf(chat), "next");
    await chat.page.getByRole("button", { name: "Stop" }).click();
    await chat.hear("stop");
  }));

test("what completes an @ is chosen by keyboard, takes the place of what was typed, and is attached", () =>
  withChat(async (chat) => {
    await chat.page.keyboard.type("see @ca");
    const asked = await chat.hear("complete");
    assert.deepEqual([asked.sign, asked.text], ["@", "ca"]);
    const items = ["cart.ts", "card.ts"].map((label) => ({
      label,
      detail: label === "cart.ts" ? label : "src/card.ts",
      insert: "",
      attach: `file:${label}`,
    }));
    await chat.say({ type: "completions", query: asked.query - 1, items });
    assert.equal(await chat.page.getByRole("option").count(), 0, "What answers an earlier question is not shown.");
    await chat.say({ type: "completions", query: asked.query, items });
    const shown = await chat.page.getByRole("option").allInnerTexts();
    assert.deepEqual(
      shown.map((words) => words.split(/\s+/).join(" ").trim()),
      ["cart.ts", "card.ts src/card.ts"],
    );
    await chat.page.keyboard.press("ArrowDown");
    const active = await chat.page.locator(".input").getAttribute("aria-activedescendant");
    assert.equal(await chat.page.locator(`#${active}`).getAttribute("aria-selected"), "true");
    await chat.page.keyboard.press("Enter");
    assert.equal((await chat.hear("attachNamed")).attach, "file:card.ts");
    assert.equal(await inputOf(chat), "see ");
    await chat.page.keyboard.type("a@b");
    await chat.page.waitForTimeout(100);
    assert.equal(
      (await chat.heard()).some(({ type }) => type === "complete"),
      false,
      "An address is no mention.",
    );
  }));

test("what is written is kept as a draft, and comes back with the thread", () =>
  withChat(async (chat) => {
    await chat.page.keyboard.type("half a quest");
    assert.equal((await chat.hear("draft")).text, "half a quest");
    await chat.say(thread([], { id: "other", draft: "another" }));
    assert.equal(await inputOf(chat), "another");
  }));

test("what was written last goes to its own thread, also where another one is shown at once", () =>
  withChat(async (chat) => {
    await chat.say(thread([], { id: "first" }));
    await chat.page.keyboard.type("half");
    await chat.say(thread([], { id: "second" }));
    assert.deepEqual(await chat.hear("draft"), { type: "draft", thread: "first", text: "half" });
    await chat.page.keyboard.type("whole");
    await chat.page.keyboard.press("Enter");
    assert.deepEqual(await chat.hear("send"), { type: "send", thread: "second", text: "whole" });
  }));

test("what can't be asked comes back into the input with the reason, before what was written meanwhile", () =>
  withChat(async (chat) => {
    await chat.say(thread([], { id: "first" }));
    const given = { type: "draft", turn: undefined, text: "/comit", note: "There is no command /comit." } as const;
    const note = chat.page.locator(".composer > .composer-note");
    await chat.say({ ...given, thread: "another" });
    assert.deepEqual([await inputOf(chat), await note.textContent()], ["", ""]);
    await chat.page.keyboard.type("and");
    await chat.say({ ...given, thread: "first" });
    assert.deepEqual([await inputOf(chat), await note.textContent()], ["/comit\nand", given.note]);
    assert.ok(await chat.page.locator(".input").evaluate((input) => input === document.activeElement));
    await chat.page.keyboard.type("x");
    // It is said until something else is written.
    await chat.page.waitForFunction(() => document.querySelector(".composer > .composer-note")?.textContent === "");
    await chat.say(
      { type: "note", thread: "another", note: "There." },
      { type: "note", thread: "first", note: "Here." },
    );
    assert.equal(await note.textContent(), "Here.");
  }));

test("an earlier question that can't be asked is open again as it was written, with the reason", () =>
  withChat(async (chat) => {
    const asked = question("Why?");
    await chat.say(thread([asked, answer("So.")], { id: "first" }));
    const reason = "There is no command /comit.";
    await chat.say({ type: "draft", thread: "first", turn: asked.id, text: "/comit it", note: reason });
    const editing = chat.page.locator(".editing");
    assert.equal(await editing.locator("textarea").inputValue(), "/comit it");
    assert.equal(await editing.locator(".composer-note").textContent(), reason);
    await chat.page.keyboard.type("!");
    await chat.page.keyboard.press("Enter");
    assert.equal((await chat.hear("edit")).text, "/comit it!");
  }));

test("a picture that is pasted is sent small; text is pasted as usual", () =>
  withChat(async (chat) => {
    await chat.page.evaluate(async () => {
      const canvas = new OffscreenCanvas(3_000, 1_000);
      canvas.getContext("2d")?.fillRect(0, 0, 3_000, 1_000);
      const data = new DataTransfer();
      data.items.add(new File([await canvas.convertToBlob()], "shot.png", { type: "image/png" }));
      document
        .querySelector(".input")
        ?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
    });
    const { name, picture } = await chat.hear("picture");
    assert.deepEqual([name, picture.mediaType], ["shot.png", "image/png"]);
    const header = Buffer.from(picture.base64, "base64");
    assert.deepEqual([header.readUInt32BE(16), header.readUInt32BE(20)], [1_568, 523]);

    await chat.page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(["no picture"], "broken.png", { type: "image/png" }));
      document
        .querySelector(".input")
        ?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
    });
    await chat.page.getByText("can't be read, or is too large").waitFor();
  }));

test("files that are dropped are told by their addresses", () =>
  withChat(async (chat) => {
    await chat.page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/uri-list", "# comment\r\nfile:///a/b.ts\r\nfile:///a/c%20d.ts");
      for (const type of ["dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    assert.deepEqual((await chat.hear("drop")).uris, ["file:///a/b.ts", "file:///a/c%20d.ts"]);
  }));

test("an earlier question is changed in its place, and its other versions can be looked at", () =>
  withChat(async (chat) => {
    const asked = question("Why?", { branch: 1, branches: 2 });
    await chat.say(thread([asked, answer("So.")], { id: "of the question" }));
    await chat.page.locator(".turn").first().hover();
    await chat.page.getByRole("button", { name: "Edit question" }).click();
    await chat.page.keyboard.press("Escape");
    await chat.page.getByText("Why?").waitFor();
    await chat.page.keyboard.press("Enter");
    await chat.page.keyboard.type(" And how?");
    await chat.page.keyboard.press("Enter");
    assert.deepEqual(await chat.hear("edit"), {
      type: "edit",
      thread: "of the question",
      turn: asked.id,
      text: "Why? And how?",
    });
    await chat.page.getByRole("button", { name: "Previous version" }).press("Enter");
    await chat.page.getByRole("button", { name: "Next version" }).click();
    assert.deepEqual(await chat.heard(), [{ type: "branch", turn: asked.id, step: 1 }]);
  }));

test("an answer is copied, asked for again, and what was sent for it is shown", () =>
  withChat(async (chat) => {
    const given = answer("So.", {
      summary: "1 piece used",
      pieces: [{ kind: "file", label: "a.ts:3", title: "", note: "", canOpen: true }],
    });
    await chat.say(thread([question("Why?"), given]));
    const last = chat.page.locator(".turn").last();
    for (const [name, type] of [
      ["Copy", "copyTurn"],
      ["Answer again", "regenerate"],
      ["Show what was sent", "showSent"],
    ] as const) {
      await last.getByRole("button", { name }).click();
      assert.equal((await chat.hear(type)).turn, given.id);
    }
    await last.getByText("1 piece used").click();
    await last.getByRole("button", { name: "a.ts:3" }).click();
    assert.equal((await chat.hear("piece")).piece, 0);
  }));

test("a new question takes the place of what stood behind the turn that it follows", () =>
  withChat(async (chat) => {
    const first = answer("First.");
    await chat.say(thread([question("One"), first, question("Two"), answer("Second.")]));
    await chat.say({ type: "turn", turn: question("Two, otherwise"), after: first.id });
    await chat.page.getByText("Two, otherwise").waitFor();
    const texts = await chat.page.locator(".question, .text").allTextContents();
    assert.deepEqual(
      texts.map((text) => text.trim()),
      ["One", "First.", "Two, otherwise"],
    );
  }));

test("threads are searched, opened, renamed, exported and deleted by keyboard", () =>
  withChat(async (chat) => {
    const threads = ["One", "Two"].map((title, at) => ({ id: `t${at}`, title, when: "now", isOpen: false }));
    await chat.say({ type: "threads", threads });
    await chat.page.locator(".title-button").press("Enter");
    assert.equal((await chat.hear("searchThreads")).text, "");
    await chat.page.keyboard.type("tw");
    assert.equal((await chat.hear("searchThreads")).text, "tw");
    await chat.say({ type: "threads", threads: [] });
    await chat.page.getByText("No thread found").waitFor();
    await chat.say({ type: "threads", threads });
    await chat.page.keyboard.press("ArrowDown");
    await chat.page.keyboard.press("ArrowDown");
    await chat.page.keyboard.press("F2");
    await chat.page.keyboard.type("Three");
    await chat.page.keyboard.press("Enter");
    assert.deepEqual(await chat.hear("renameThread"), { type: "renameThread", thread: "t1", title: "Three" });
    await chat.page.keyboard.press("Delete");
    assert.equal((await chat.hear("removeThread")).thread, "t1");
    await chat.page.keyboard.press("Tab");
    await chat.page.keyboard.press("Tab");
    await chat.page.keyboard.press("Enter");
    assert.equal((await chat.hear("exportThread")).thread, "t1");
    await chat.page.keyboard.press("ArrowUp");
    await chat.page.keyboard.press("Enter");
    assert.equal((await chat.hear("openThread")).thread, "t0");
    assert.equal(await chat.page.getByRole("dialog").count(), 0);
  }));

test("a thread that is slow to come says so, and one that is quick does not", () =>
  withChat(async (chat) => {
    const loading = chat.page.getByText("Loading the thread");
    await chat.page.getByRole("button", { name: "New thread", exact: true }).click();
    assert.equal(await loading.isVisible(), false);
    await loading.waitFor();
    await chat.say(thread([], { id: "new" }));
    assert.equal(await loading.isVisible(), false);
  }));

test("the questions of an empty thread are asked by a press", () =>
  withChat(async (chat) => {
    await chat.say(thread([], { questions: ["What is this?"] }));
    await chat.page.getByRole("button", { name: "What is this?" }).click();
    assert.equal((await chat.hear("send")).text, "What is this?");
  }));

test("the model's button tells what the model may call", () =>
  withChat(async (chat) => {
    await chat.say(composer({ modelTitle: "gpt-4.1 may call 7 tools." }));
    const button = chat.page.getByRole("button", { name: /gpt-4\.1/ });
    assert.match((await button.getAttribute("title")) ?? "", /\ngpt-4\.1 may call 7 tools\.$/);
  }));

test("what is attached can be opened and taken away, and the model chosen", () =>
  withChat(async (chat) => {
    await chat.say(
      composer({ chips: [{ id: "f", kind: "file", label: "a.ts", title: "", isBlocked: false }], meterState: "over" }),
    );
    await chat.page.getByRole("button", { name: "a.ts", exact: true }).click();
    assert.equal((await chat.hear("openAttachment")).id, "f");
    await chat.page.getByRole("button", { name: "Remove: a.ts" }).click();
    assert.equal((await chat.hear("detach")).id, "f");
    await chat.page.getByRole("button", { name: /gpt-4\.1/ }).click();
    await chat.hear("chooseModel");
    await chat.page.getByRole("button", { name: "Attach context" }).click();
    await chat.page.keyboard.press("Enter");
    await chat.hear("attach");
  }));
