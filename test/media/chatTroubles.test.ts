/** The page where something is too much, too early, too late, or of another kind than it should be. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, composer, question, thread } from "../support/chatPage.ts";
import { begin, chatPages } from "../support/chatTests.ts";

const use = chatPages();
const SEND = { name: "Ask about the code …" } as const;

test("two quick clicks on a suggested question ask it once", () =>
  use(async ({ page, say, heard }) => {
    await say(thread([], { questions: ["Where is it called from?"] }));
    await page.getByRole("button", { name: "Where is it called from?" }).dblclick();
    const sent = (await heard()).filter(({ type }) => type === "send");
    assert.equal(sent.length, 1);
  }));

test("an answer in another version of the thread takes nothing away from the one that is looked at", () =>
  use(async ({ page, say }) => {
    await say(thread([question("One"), answer("Yes.")]));
    await say({ type: "turn", turn: answer("No."), after: "a-question-that-is-not-shown" });
    assert.deepEqual(await page.locator(".turn .question, .turn .text").allTextContents(), ["One", "Yes.\n"]);
  }));

test("an answer that comes as a whole is told to a screen reader", () =>
  use(async ({ page, say }) => {
    const asked = question("/tutor off");
    await say({ type: "turn", turn: asked, after: undefined });
    await say({ type: "turn", turn: answer("The lesson is over."), after: asked.id });
    await page.getByRole("log").getByText("The lesson is over.").waitFor({ state: "attached" });
  }));

test("a question that is longer than can be sent stays where it is written, with a word", () =>
  use(async ({ page, heard }) => {
    const input = page.getByRole("textbox", SEND);
    await input.evaluate((element: HTMLTextAreaElement) => (element.value = "x".repeat(1_000_001)));
    await input.press("Enter");
    assert.equal((await input.inputValue()).length, 1_000_001);
    assert.match(await page.locator(".composer > .composer-note").innerText(), /too long/);
    assert.equal(
      (await heard()).some(({ type }) => type === "send"),
      false,
    );
  }));

test("Enter while an answer is written keeps the text, and says so until the answer has ended", () =>
  use(async ({ page, say, heard }) => {
    await say(composer({ isBusy: true }));
    const input = page.getByRole("textbox", SEND);
    await input.fill("And then?");
    await input.press("Enter");
    const note = page.locator(".composer > .composer-note");
    assert.match(await note.innerText(), /still being written/);
    await say(composer({ isBusy: false }));
    assert.deepEqual([await note.innerText(), await input.inputValue()], ["", "And then?"]);
    assert.ok((await heard()).every(({ type }) => type !== "send"));
  }));

test("what is written in another view comes into the input, but not into what is being written in it", () =>
  use(async ({ page, say }) => {
    const input = page.getByRole("textbox", SEND);
    await say({ type: "written", thread: "thread-1", text: "From the side bar" });
    assert.equal(await input.inputValue(), "From the side bar");
    await say({ type: "written", thread: "another", text: "Of another thread" });
    assert.equal(await input.inputValue(), "From the side bar");
    await input.focus();
    await input.press("End");
    await input.pressSequentially(", and more");
    await say({ type: "written", thread: "thread-1", text: "" });
    assert.equal(await input.inputValue(), "From the side bar, and more");
  }));

for (const [name, type] of [
  ["drawing.svg", "image/svg+xml"],
  ["report.pdf", "application/pdf"],
] as const)
  test(`${name} is no picture that can be sent, and the input says so`, () =>
    use(async ({ page, heard }) => {
      await page.locator("input[type=file]").setInputFiles({ name, mimeType: type, buffer: Buffer.from("<svg/>") });
      await page.getByText(`${name} is no picture that can be sent`).waitFor();
      assert.equal(
        (await heard()).some((message) => message.type === "picture"),
        false,
      );
    }));

test("a picture of which nothing can be read is named", () =>
  use(async ({ page }) => {
    const broken = { name: "broken.png", mimeType: "image/png", buffer: Buffer.from("no picture") };
    await page.locator("input[type=file]").setInputFiles(broken);
    await page.getByText("broken.png can't be read, or is too large to be sent").waitFor();
  }));

test("for how long nothing has come is counted, and no more once something comes", () =>
  use(async (chat) => {
    const { page, say } = chat;
    await page.clock.install();
    const running = await begin(chat);
    const waiting = page.locator(".waiting");
    await page.clock.runFor(5_000);
    assert.equal(await waiting.textContent(), "Thinking");
    await page.clock.runFor(60_000);
    assert.match((await waiting.textContent()) ?? "", /^Thinking · 1m 5s$/);
    await say({ type: "append", turn: running.id, text: "Well" }, composer());
    assert.equal(await waiting.isVisible(), false);
    await say({ type: "turn", turn: { ...running, text: "Well", tools: [] }, after: undefined });
    await page.clock.runFor(30_000);
    assert.equal(await waiting.isVisible(), false);
  }));

test("a photograph that lies in a file is sent small, and without what the camera has written into it", () =>
  use(async ({ page, say, hear }) => {
    const base64 = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(3_000, 2_000);
      canvas.getContext("2d")?.fillRect(0, 0, 3_000, 2_000);
      const blob = await canvas.convertToBlob({ type: "image/jpeg" });
      return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
    });
    const [start, rest] = [Buffer.from(base64, "base64").subarray(0, 2), Buffer.from(base64, "base64").subarray(2)];
    const place = Buffer.from("Exif\0\0taken at 48.1372 N 11.5755 E");
    const length = Buffer.from([0xff, 0xe1, 0, place.length + 2]);
    const file = Buffer.concat([start, length, place, rest]).toString("base64");
    const picture = { mediaType: "image/jpeg", base64: file } as const;
    await say({ type: "picture", thread: "of-before", name: "photo.jpg", picture });
    const sent = await hear("picture");
    assert.deepEqual([sent.thread, sent.name, sent.picture.mediaType], ["of-before", "photo.jpg", "image/jpeg"]);
    const bytes = Buffer.from(sent.picture.base64, "base64");
    assert.equal(bytes.includes("taken at"), false);
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    assert.deepEqual([bytes.readUInt16BE(frame + 7), bytes.readUInt16BE(frame + 5)], [1_568, 1_045]);
  }));
