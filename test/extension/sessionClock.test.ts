import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClockJump, SessionClock } from "../../src/extension/sessionClock.ts";

/** A machine whose clocks a test moves. */
function machine() {
  let wallMs = 1_800_000_000_000;
  let monotonicMs = 500;
  const jumps: ClockJump[] = [];
  const clock = new SessionClock({ wallMs: () => wallMs, monotonicMs: () => monotonicMs }, (jump) => jumps.push(jump));
  const startMs = wallMs;
  return {
    jumps,
    /** Since the start. */
    now: () => clock.nowMs() - startMs,
    since: (ms: number) => startMs + ms,
    pass: (ms: number): void => {
      wallMs += ms;
      monotonicMs += ms;
    },
    /** Also what a sleep does where the monotonic clock stands meanwhile. */
    set: (ms: number): void => {
      wallMs += ms;
    },
  };
}

test("events get the machine's time", () => {
  const { now, pass, jumps } = machine();
  assert.equal(now(), 0);
  pass(1_234);
  assert.equal(now(), 1_234);
  assert.deepEqual(jumps, []);
});

test("after a night's sleep it is the next morning, and the night is a gap", () => {
  const { now, pass, set, since, jumps } = machine();
  pass(1_000);
  now();
  set(8 * 3_600_000);
  assert.equal(now(), 1_000 + 8 * 3_600_000);
  assert.deepEqual(jumps, [{ fromMs: since(1_000), toMs: since(1_000 + 8 * 3_600_000) }]);
  pass(10);
  assert.equal(now(), 1_010 + 8 * 3_600_000);
  assert.equal(jumps.length, 1);
});

test("a clock that is put back does not bring time back, and is told once", () => {
  const { now, pass, set, since, jumps } = machine();
  pass(100_000);
  now();
  set(-60_000);
  pass(10);
  assert.equal(now(), 100_010);
  pass(10);
  assert.equal(now(), 100_020);
  assert.deepEqual(jumps, [{ fromMs: since(40_010), toMs: since(100_010) }]);
  // Put right again, it is told, since from here on it can be relied on.
  set(60_000);
  assert.equal(now(), 100_020);
  assert.equal(jumps.length, 2);
});

test("small corrections of the clock are none", () => {
  const { now, pass, set, jumps } = machine();
  for (let time = 0; time < 20; time += 1) {
    pass(1_000);
    set(time % 2 === 0 ? 900 : -900);
    now();
  }
  assert.equal(now(), 20_000);
  assert.deepEqual(jumps, []);
});
