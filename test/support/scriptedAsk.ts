/** A user of quick inputs who does what a script says, and fails the test where something else is asked. */

import assert from "node:assert/strict";
import { BACK } from "../../src/extension/steps.ts";
import type { Ask } from "../../src/extension/quickInputs.ts";

type Act =
  /** Picks the row whose label contains this, once it is there. */
  { readonly pick: string; readonly button?: string } | { readonly type: string } | "back" | "escape";

export interface ScriptedAsk extends Ask {
  /** Titles of what was asked, in order. */
  readonly asked: readonly string[];
  /** Rows of the last list: label, description and detail. */
  readonly rows: readonly string[];
  /** What the last list said above its rows. */
  readonly hint: string;
  /** What stood in the last input when it opened. */
  readonly value: string;
  assertDone(): void;
}

export function scriptedAsk(...script: readonly Act[]): ScriptedAsk {
  const left = [...script];
  const asked: string[] = [];
  let rows: readonly string[] = [];
  let hint = "";
  let value = "";
  const next = (title: string): Act => {
    asked.push(title);
    const act = left.shift();
    assert.ok(act, `nothing is planned for "${title}"`);
    return act;
  };
  return {
    asked,
    get rows() {
      return rows;
    },
    get hint() {
      return hint;
    },
    get value() {
      return value;
    },
    assertDone: () => assert.deepEqual(left, [], "not all of the script was asked for"),
    async pick({ title, placeHolder, rows: first, later, hint: hintOf }) {
      const act = next(title);
      const all = later ? await later(new AbortController().signal) : first;
      hint = hintOf?.() ?? placeHolder;
      rows = all.map(({ label, description = "", detail = "" }) => `${label} | ${description} | ${detail}`);
      if (act === "back") return BACK;
      if (act === "escape") return undefined;
      assert.ok("pick" in act, `"${title}" is a list`);
      const row = all.find(({ label }) => label.includes(act.pick));
      assert.ok(row?.value !== undefined, `"${act.pick}" is not in "${title}": ${rows.join("; ")}`);
      const button = row.buttons?.find(({ tooltip = "" }) => act.button !== undefined && tooltip.includes(act.button));
      assert.equal(button !== undefined, act.button !== undefined, `${act.pick} has no button "${act.button}"`);
      return { value: row.value, button };
    },
    async text({ title, value: before = "", check }) {
      const act = next(title);
      value = before;
      if (act === "back") return BACK;
      if (act === "escape") return undefined;
      assert.ok("type" in act, `"${title}" is an input`);
      const remark = check(act.type, true);
      assert.notEqual(remark?.severity, "error", remark?.message);
      return act.type;
    },
  };
}
