import assert from "node:assert/strict";
import { test } from "node:test";
import { isTutoring, tutorInstruction, tutorStage, turnsOff } from "../../src/chat/tutor.ts";
import { asksForSolution } from "../../src/chat/tutorWishes.ts";
import type { Turn } from "../../src/chat/conversation.ts";

/** `/tutor …` begins a lesson; `> …` is an answer, `>` one that never came. */
function branch(...lines: readonly string[]): Turn[] {
  return lines.map((line, place) => {
    const common = { id: `${place}`, parent: place === 0 ? undefined : `${place - 1}`, at: 0, pieces: [] };
    if (line.startsWith(">")) {
      const state = { kind: "done" } as const;
      const figures = { promptTokens: undefined, outputTokens: undefined, turnsLeftOut: 0 };
      return {
        ...common,
        ...figures,
        role: "answer",
        parent: "",
        text: line.slice(1).trim(),
        model: "m",
        state,
        tools: [],
      };
    }
    const command = line.startsWith("/tutor") ? "tutor" : undefined;
    return { ...common, role: "question", text: line.replace(/^\/tutor ?/, ""), command, attachments: [] };
  });
}

const stageOf = (...lines: readonly string[]) => tutorStage(branch(...lines));

test("without /tutor there is no lesson", () => {
  assert.equal(stageOf("give me the answer"), undefined);
});

test("a lesson leads as long as nobody asks for the solution", () => {
  assert.equal(stageOf("/tutor reverse a list"), "lead");
  assert.equal(stageOf("/tutor reverse a list", "> What is first?", "the last one?"), "lead");
});

test("the first wish for the solution gets a hint, the second one the solution", () => {
  const begun = ["/tutor reverse a list", "> What is first?", "just give me the answer"];
  assert.equal(stageOf(...begun), "hint");
  assert.equal(stageOf(...begun, "> Think of two ends.", "give me the solution please"), "solution");
  assert.equal(stageOf(...begun, "> Think of two ends.", "swap them?", "> Yes.", "答案是什么？"), "solution");
});

test("also the question that begins the lesson can be the first wish", () => {
  assert.equal(stageOf("/tutor give me the solution of two-sum"), "hint");
});

test("what comes in between the two wishes is led as before", () => {
  assert.equal(stageOf("/tutor a", "> b", "give me the answer", "> no, a hint", "is it a loop?"), "lead");
});

test("a wish that got no answer does not count as asked", () => {
  assert.equal(stageOf("/tutor a", "> b", "give me the answer", ">", "give me the answer"), "hint");
});

test("after the solution the next task begins anew, unless it is asked for once more at once", () => {
  const given = ["/tutor a", "> b", "I give up", "> hint", "I give up", "> solution"];
  assert.equal(stageOf(...given, "show me the full solution again"), "solution");
  assert.equal(stageOf(...given, "thanks", "> next task: sort", "show me the solution"), "hint");
});

test("a new /tutor counts from nothing, and /tutor off ends the lesson for the thread", () => {
  const once = ["/tutor a", "> b", "give me the answer", "> hint"];
  assert.equal(stageOf(...once, "/tutor another", "> c", "give me the answer"), "hint");
  assert.equal(stageOf(...once, "/tutor off", "give me the answer"), undefined);
  assert.equal(isTutoring(branch(...once)), true);
  assert.equal(isTutoring(branch(...once, "/tutor off")), false);
  assert.equal(isTutoring(branch("hello")), false);
});

test("only the solution stage may write the solution", () => {
  for (const stage of ["lead", "hint"] as const)
    assert.match(tutorInstruction(stage, "English"), /Never write the code/);
  assert.match(tutorInstruction("hint", "English"), /Do not give it/);
  const solution = tutorInstruction("solution", "Simplified Chinese");
  assert.match(solution, /Give it now/);
  assert.doesNotMatch(solution, /Never write/);
  assert.match(solution, /Answer in Simplified Chinese/);
});

test("the lesson is ended in English and Chinese words", () => {
  for (const text of ["off", " Off. ", "stop", "关闭", "关", "退出", "结束", "結束"]) assert.ok(turnsOff(text), text);
  for (const text of ["", "offer me a task", "stop words in search", "关于链表"]) assert.ok(!turnsOff(text), text);
});

const wishes = [
  "give me the answer",
  "Just give me the solution.",
  "Please show me the full solution",
  "show me the code",
  "what's the answer?",
  "What is the correct answer",
  "tell me the answer already!",
  "I want the solution",
  "I just want to see the solution",
  "can I see the answer?",
  "Could you please write it for me?",
  "can you solve it",
  "do it for me",
  "write the code for me",
  "I give up",
  "I'm stuck. I give up.",
  "solution please",
  "Answer, please",
  "Why don't you just tell me?",
  "I don't want hints, just give me the answer",
  "I know you said to think, but show me the final answer",
  "给我答案",
  "直接给我答案吧",
  "请告诉我正确答案",
  "答案是什么？",
  "正确答案是啥",
  "我放弃了",
  "直接写出来吧",
  "帮我写出来",
  "帮我把代码写完",
  "给我完整代码",
  "不要给我提示，直接告诉我答案",
  "看一下答案",
  "公布答案吧",
  "想知道答案",
  "給我完整的答案",
  "直接告訴我",
  "我不想猜了",
  "答案",
];

for (const text of wishes)
  test(`“${text}” asks for the solution`, () => {
    assert.equal(asksForSolution(text), true);
  });

const others = [
  "",
  "I think the answer is 5",
  "is my answer right?",
  "Is this the correct solution?",
  "here is my solution:\n```ts\n// give me the answer\n```",
  "don't tell me the answer",
  "please do not show me the solution yet",
  "give me a hint",
  "can you give me a hint without the answer?",
  "I don't want to give up",
  "I don't understand the answer you gave",
  "why does this loop end too early?",
  "what does `give me the answer` print?",
  "> show me the solution\nwhy did I write that?",
  "how do I give a name to a function?",
  "give me a code example of a for loop",
  "what is a solution space?",
  "write a for loop first?",
  "不要告诉我答案",
  "先别给我答案",
  "我的答案对吗？",
  "我写的代码对不对",
  "给我一个提示",
  "给点提示",
  "我觉得答案是 5",
  "为什么这个循环会提前结束？",
  "你看代码第三行对吗",
  "可以直接写 for 循环吗？",
  "我不想放弃",
  "你给的例子是什么意思",
  "是不是先排序？",
];

for (const text of others)
  test(`“${text}” does not ask for the solution`, () => {
    assert.equal(asksForSolution(text), false);
  });

test("a wish within a long pasted text costs no more than the text is long", () => {
  assert.equal(asksForSolution(`${"the full ".repeat(100_000)} x`), false);
  assert.equal(asksForSolution("给".repeat(200_000)), false);
});
