/**
 * `/tutor`: leads a learner to the solution by questions and hints. Whether the solution may be given is decided here, by
 * what was asked in the branch that is shown, and not by the model.
 */

import type { Answer, Question, Turn } from "./conversation.ts";
import { asksForSolution } from "./tutorWishes.ts";

/** `lead`: questions and hints. `hint`: the solution was asked for once. `solution`: it was asked for twice. */
export type TutorStage = "lead" | "hint" | "solution";

type Asked = Pick<Question, "role" | "command" | "text">;

/**
 * For the last question of `branch`; `undefined` where no lesson is on. Counting starts anew with each `/tutor` and when the
 * solution was given; who asks on right after that gets it again. A question that was never answered counts for nothing.
 */
export function tutorStage(branch: readonly (Asked | Pick<Answer, "role" | "text">)[]): TutorStage | undefined {
  let isOn = false;
  let asked = 0;
  let stage: TutorStage = "lead";
  let wasGiven = false;
  const questions = branch.flatMap((turn, place) => (turn.role === "question" ? [{ turn, place }] : []));
  for (const { turn, place } of questions) {
    const isLast = place === questions.at(-1)?.place;
    const after = branch[place + 1];
    const isAnswered = after?.role === "answer" && after.text.trim() !== "";
    if (turn.command === "tutor") {
      isOn = !turnsOff(turn.text);
      asked = 0;
      wasGiven = false;
    }
    if (!isOn) continue;
    const wants = asksForSolution(turn.text);
    stage = stageFor(wants, asked, wasGiven);
    if (!isLast && !isAnswered) continue;
    if (wants) asked += 1;
    wasGiven = stage === "solution";
    if (wasGiven) asked = 0;
  }
  return isOn ? stage : undefined;
}

function stageFor(wants: boolean, asked: number, wasGiven: boolean): TutorStage {
  if (!wants) return "lead";
  return wasGiven || asked >= 1 ? "solution" : "hint";
}

/** What was written behind `/tutor`. */
export function turnsOff(text: string): boolean {
  return /^\s*(?:off|stop|end|exit|quit|done|关闭?|關閉?|退出|结束|結束|停止?)\s*[.!。！]?\s*$/iu.test(text);
}

/** @param language The name, in English, of the language to answer in. */
export function tutorInstruction(stage: TutorStage, language: string): string {
  return [BEGINNING, ...rules[stage], `Answer in ${language}. Leave names in the code as they are.`].join("\n");
}

const BEGINNING = "You are a patient tutor of programming. The learner is to find the solution, not you.";

const LEADING = [
  "Take one small step at a time, and end with exactly one question that leads to the next step.",
  "If the learner shows code, check it: say first what is right, then point to the first mistake by its line and ask what happens there. Do not correct it for them.",
  "If the learner is stuck, give a hint: first the idea, later an example of something similar.",
  "Never write the code that solves the task. Examples of other things may have at most five lines.",
];

const rules: Readonly<Record<TutorStage, readonly string[]>> = {
  lead: [...LEADING, "If the answer of the learner is right, say so and go on."],
  hint: [
    ...LEADING,
    "The learner has asked for the solution for the first time. Do not give it. Give one stronger hint for the step at hand, and say that they get the solution if they ask for it once more.",
  ],
  solution: [
    "The learner has asked for the solution twice. Give it now, whole, in one code block.",
    "Then explain its steps in order, and why each is needed.",
    "End with one question by which the learner can see whether they have understood it.",
  ],
};

/** Whether a lesson goes on in the branch. */
export function isTutoring(branch: readonly Turn[]): boolean {
  const last = branch.findLast((turn) => turn.role === "question" && turn.command === "tutor");
  return last?.role === "question" && !turnsOff(last.text);
}
