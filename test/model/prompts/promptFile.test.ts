import assert from "node:assert/strict";
import { test } from "node:test";
import { messagesOf, parsePromptFile, type PromptFault } from "../../../src/model/prompts/promptFile.ts";
import { promptKinds, promptNames } from "../../../src/model/prompts/promptKinds.ts";
import { render, parseTemplate } from "../../../src/model/prompts/template.ts";

const USER = "# user\n{{before}}{{hole}}{{after}}\n";
const parse = (text: string) => parsePromptFile(text, promptKinds.suggestion);
/** As `line kind name`, lines from 1 as editors show them. */
const faultsOf = (text: string) => parse(text).faults.map(shown);
const shown = (fault: PromptFault) => [fault.line + 1, fault.kind, ...("name" in fault ? [fault.name] : [])].join(" ");

test("every prompt that comes with the product is whole", () => {
  for (const name of promptNames)
    assert.deepEqual(parsePromptFile(promptKinds[name].builtIn, promptKinds[name]).faults, []);
});

test("a file of a user part alone is a whole prompt", () => {
  const { prompt } = parse(USER);
  assert.ok(prompt);
  const messages = messagesOf(prompt, { before: "a(", hole: "<HOLE>", after: ")" });
  assert.deepEqual(messages, [{ role: "user", content: "a(<HOLE>)" }]);
});

test("a part's text keeps its lines but for one blank one at each end", () => {
  const { prompt } = parse(`# system\n\n\n  Be brief. \n\n\n${USER}`);
  assert.deepEqual(prompt?.system, ["\n  Be brief. \n"]);
});

test("line breaks of Windows, a byte order mark and headings in capitals make no difference", () => {
  const { prompt } = parse(
    `\uFEFF---\r\ndescription: Mine\r\n---\r\n# System\r\n\r\nOne\r\ntwo\r\n\r\n# USER \r\n{{before}}{{hole}}{{after}}\r\n`,
  );
  assert.equal(prompt?.description, "Mine");
  assert.deepEqual(prompt?.system, ["One\ntwo"]);
});

test("the front matter is for people: comments and a description, nothing else", () => {
  const { prompt } = parse(`---\n# {{nothing}} is wrong with this\n\ndescription: For our shop\n---\n${USER}`);
  assert.equal(prompt?.description, "For our shop");
  assert.deepEqual(faultsOf(`---\nmodel: gpt-4.1\n---\n${USER}`), ["2 front-matter-unknown model: gpt-4.1"]);
  assert.deepEqual(faultsOf(`---\ndescription: x\n${USER}`), ["1 front-matter-unclosed", "4 part-missing # user"]);
});

test("other headings are text, and so is one of the format behind a backslash", () => {
  const { prompt } = parse(`# system\n# Rules\n## User stories\n\\# user\n${USER}`);
  assert.deepEqual(prompt?.system, ["# Rules\n## User stories\n# user"]);
});

test("examples are asked and answered in their order", () => {
  const { prompt } = parse(
    `# example\n## user\na{{hole}}\n## assistant\n1\n# example\n## user\nb{{hole}}\n## assistant\n2\n${USER}`,
  );
  assert.ok(prompt);
  const turns = messagesOf(prompt, { hole: "<HOLE2>" }).map(({ role, content }) => `${role} ${content}`);
  assert.deepEqual(turns.slice(0, 4), ["user a<HOLE2>", "assistant 1", "user b<HOLE2>", "assistant 2"]);
});

for (const [what, text, faults] of [
  ["nothing", "", ["1 part-missing # user"]],
  ["text before the first heading", `hello\n${USER}`, ["1 text-outside"]],
  [
    "text between an example and its parts",
    `# example\nhello\n## user\n{{hole}}\n## assistant\nx\n${USER}`,
    ["2 text-outside"],
  ],
  ["an example without an answer", `# example\n## user\n{{hole}}\n${USER}`, ["1 part-missing ## assistant"]],
  ["an empty part", `# system\n\n${USER}`, ["1 part-empty # system"]],
  ["a part twice", `${USER}${USER}`, ["3 part-twice # user"]],
  [
    "an answer outside of an example",
    `# assistant\nx\n${USER}## assistant\ny\n`,
    ["1 heading-misplaced # assistant", "5 heading-misplaced ## assistant"],
  ],
  [
    "an unknown placeholder, wherever it is",
    `# system\nIn {{lang}}\n# user\n{{file}}\n{{before}}{{hole}}{{after}}\n`,
    ["2 placeholder-unknown lang", "4 placeholder-unknown file"],
  ],
  ["a placeholder that only the question may have", `# system\n{{before}}\n${USER}`, ["2 placeholder-unknown before"]],
  ["a section that is not closed", `# user\n{{#path}}\n{{before}}{{hole}}{{after}}\n`, ["2 section-unclosed path"]],
  [
    "a section that is closed and was not opened",
    `# user\n{{before}}{{hole}}{{after}}{{/path}}\n`,
    ["2 section-unopened path"],
  ],
  ["no mark", `# user\n{{before}}{{after}}\n`, ["1 hole-missing"]],
  ["text between the mark and what is beside it", `# user\n{{before}} {{hole}}{{after}}\n`, ["1 hole-missing"]],
  [
    "the mark in a section, where it may be missing",
    `# user\n{{#path}}{{before}}{{hole}}{{after}}{{/path}}\n`,
    ["1 hole-missing"],
  ],
  ["the caret's text twice", `# user\n{{before}}{{hole}}{{after}}{{before}}\n`, ["1 hole-missing"]],
  ["an example without a mark", `# example\n## user\nx\n## assistant\ny\n${USER}`, ["2 example-hole-missing"]],
  ["the mark as it is sent", `# system\nReplace <HOLE>.\n${USER}`, ["1 mark-written-out"]],
] as const) {
  test(`refused, with the line: ${what}`, () => {
    assert.deepEqual(faultsOf(text), faults);
    assert.equal(parse(text).prompt, undefined);
  });
}

test("a file that is too long is not read, and only so many examples are taken", () => {
  assert.deepEqual(faultsOf(USER + "x".repeat(20_000)), ["1 too-long"]);
  const example = "# example\n## user\n{{hole}}\n## assistant\nx\n";
  assert.deepEqual(faultsOf(example.repeat(20) + USER), []);
  assert.deepEqual(faultsOf(example.repeat(21) + USER), ["101 too-many-examples"]);
});

test("a value is text, whatever it looks like", () => {
  const { template } = parseTemplate("{{path}}: {{before}}", ["path", "before"]);
  assert.equal(render(template, { path: "{{before}}", before: "\\{{#path}}$&" }), "{{before}}: \\{{#path}}$&");
});

test("two braces around something else are text, and so is a placeholder behind a backslash", () => {
  const text = "<a style={{ color: 1 }}> {{ user.name }} {{ }}";
  assert.deepEqual(parseTemplate(text, []), { template: [text], faults: [] });
  assert.equal(render(parseTemplate("a \\{{name}} b", []).template, {}), "a {{name}} b");
});

test("a section stands where its value is not empty, an inverted one where it is", () => {
  const { template } = parseTemplate("{{#path}}{{path}} ({{language}}){{/path}}{{^path}}{{language}}{{/path}}", [
    "path",
    "language",
  ]);
  assert.equal(render(template, { path: "a.py", language: "python" }), "a.py (python)");
  assert.equal(render(template, { path: "", language: "python" }), "python");
});

test("a section's tag takes its line with it only where it is alone there", () => {
  const { template } = parseTemplate("a\n  {{#x}}  \nb {{#x}}c{{/x}}\n{{/x}}\nd\n{{^x}}", ["x"]);
  assert.equal(render(template, { x: "1" }), "a\nb c\nd\n");
});
