/** What is seen of a thread while more comes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, question, thread } from "../support/chatPage.ts";
import { appended, begin, chatPages, textOf } from "../support/chatTests.ts";

const withChat = chatPages();

test("who reads above stays there while an answer comes, and is told that there is more", () =>
  withChat(async (chat) => {
    const turns = Array.from({ length: 30 }, (_, at) =>
      at % 2 === 0 ? question(`Question ${at}`) : answer(`Answer ${at}. ${"word ".repeat(200)}`),
    );
    const running = answer("", { state: "running" });
    await chat.say(thread([...turns, question("Last"), running]));
    const box = chat.page.locator(".thread");
    const fromEnd = (): Promise<number> =>
      box.evaluate((each) => each.scrollHeight - each.scrollTop - each.clientHeight);
    await chat.say(appended(running.id, "word ".repeat(400)));
    await chat.page.waitForFunction(() => document.querySelector(".turn:last-child .text")?.textContent !== "");
    await chat.page.waitForFunction(() => {
      const each = document.querySelector(".thread");
      return each !== null && each.scrollHeight - each.scrollTop - each.clientHeight < 2;
    });
    const more = chat.page.getByRole("button", { name: "New messages" });
    assert.equal(await more.isVisible(), false);

    await box.hover();
    await chat.page.mouse.wheel(0, -1_500);
    await chat.page.waitForFunction(() => {
      const each = document.querySelector(".thread");
      return each !== null && each.scrollHeight - each.scrollTop - each.clientHeight > 1_000;
    });
    await chat.page.waitForTimeout(300);
    const place = (): Promise<readonly [string, number]> =>
      box.evaluate((each) => {
        const top = each.getBoundingClientRect().top;
        const seen = [...each.querySelectorAll(".turn")].find((turn) => turn.getBoundingClientRect().bottom > top + 50);
        return [
          seen?.getAttribute("data-turn") ?? "",
          Math.round((seen?.getBoundingClientRect().top ?? 0) - top),
        ] as const;
      });
    const before = await place();
    await chat.say(appended(running.id, "\n\nmore ".repeat(300)));
    await more.waitFor();
    await chat.page.waitForTimeout(300);
    assert.deepEqual(await place(), before);
    await more.click();
    assert.ok((await fromEnd()) < 2);
    assert.equal(await more.isVisible(), false);
  }));

test("an answer that comes word by word is followed to its end, and nothing is said to be new", () =>
  withChat(async (chat) => {
    const running = await begin(chat);
    const more = chat.page.getByRole("button", { name: "New messages" });
    const box = chat.page.locator(".thread");
    for (let at = 0; at < 90; at += 1) {
      await chat.say(appended(running.id, "a word and another word that wraps, and then some, "));
      await chat.page.waitForTimeout(10);
    }
    await textOf(chat).getByText("and another").first().waitFor();
    const text = "a word and another word that wraps, and then some, ".repeat(40);
    await chat.say({ type: "turn", turn: { ...running, text, state: "done" }, after: undefined });
    await chat.page.waitForTimeout(200);
    const { height, fromEnd } = await box.evaluate((each) => ({
      height: each.scrollHeight - each.clientHeight,
      fromEnd: each.scrollHeight - each.scrollTop - each.clientHeight,
    }));
    assert.ok(height > 20, "It is no longer than the view.");
    assert.ok(fromEnd < 2, `The end is ${fromEnd} pixels below.`);
    assert.equal(await more.isVisible(), false);
  }));

test("who looks up while nothing comes, or at an answer that is all in view, is told of nothing new", () =>
  withChat(async (chat) => {
    const turns = Array.from({ length: 10 }, (_, at) =>
      at % 2 === 0 ? question(`Question ${at}`) : answer(`Answer ${at}. ${"word ".repeat(200)}`),
    );
    const last = answer(`Last. ${"word ".repeat(30)}`);
    await chat.say(thread([...turns, question("Last?"), last]));
    await chat.page.getByText("Last. word").waitFor();
    const more = chat.page.getByRole("button", { name: "New messages" });
    await chat.page.locator(".thread").hover();
    await chat.page.mouse.wheel(0, -60);
    await chat.page.waitForTimeout(200);
    // Says nothing new below what is seen: a sentence at an earlier answer, and the same turn again.
    const earlier = turns.at(-1);
    if (earlier) await chat.say({ type: "turn", turn: { ...earlier, stateWords: "Applied." }, after: undefined });
    await chat.say({ type: "turn", turn: last, after: undefined });
    await chat.page.mouse.wheel(0, -400);
    await chat.page.waitForTimeout(200);
    assert.equal(await more.isVisible(), false);
    await chat.say({ type: "turn", turn: answer("It says something else. ".repeat(40)), after: last.id });
    await more.waitFor();
    await chat.page.mouse.wheel(0, 5_000);
    await more.waitFor({ state: "hidden" });
  }));

test("another version of a question comes where the one before was, with the focus where it was", () =>
  withChat(async ({ page, say, hear }) => {
    const long = (name: string) => `${name}. ${"word ".repeat(300)}`;
    const start = [question("First"), answer(long("Yes"))];
    const rest = Array.from({ length: 10 }, (_, at) => [question(`Then ${at}`), answer(long(`Answer ${at}`))]).flat();
    const versions = { branches: 2 };
    const [old, fresh] = [question("Old", { ...versions, branch: 1 }), question("Fresh", { ...versions, branch: 2 })];
    await say(thread([...start, fresh, answer(long("Of the fresh one")), ...rest]));
    await page.locator(`[data-turn="${fresh.id}"]`).scrollIntoViewIfNeeded();
    const previous = page.getByRole("button", { name: "Previous version" });
    await previous.focus();
    const top = (id: string) =>
      page.locator(`[data-turn="${id}"]`).evaluate((each) => Math.round(each.getBoundingClientRect().top));
    await page.waitForTimeout(300);
    const before = await top(fresh.id);
    await page.keyboard.press("Enter");
    await hear("branch");
    await say(thread([...start, old, answer(long("Of the old one")), ...rest]));
    await page.waitForTimeout(300);
    assert.ok(Math.abs((await top(old.id)) - before) <= 1, `${await top(old.id)} is not ${before}`);
    assert.equal(await previous.evaluate((each) => each === document.activeElement), true);
    assert.equal(await page.getByRole("button", { name: "New messages" }).isVisible(), false);
  }));

test("a thread that gets another name leaves alone a question that is being changed", () =>
  withChat(async ({ page, say }) => {
    const turns = [question("First"), answer("Yes.")];
    await say(thread(turns));
    await page.getByRole("button", { name: "Edit question" }).click();
    const editor = page.locator(".editing textarea");
    await editor.fill("Half a change");
    await say(thread(turns, { title: "Another name" }));
    assert.equal(await editor.inputValue(), "Half a change");
  }));
