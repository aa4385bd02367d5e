/** An extension that brings a chat model whose every word a test decides; the test has what it exports. */
const vscode = require("vscode");

exports.activate = () => {
  const changed = new vscode.EventEmitter();
  const script = {
    /** What the model knows itself; empty where it is not there. */
    models: [{ id: "scripted-1", name: "Scripted One", family: "one", maxInputTokens: 100_000 }],
    /** @type {(text: string) => (string | Error)[]} */
    answer: () => [],
    /** Whether the model goes on in silence after its answer, until it is cancelled. */
    goesOn: false,
    /** The text of each request's messages. */
    requests: [],
    counted: 0,
    cancelled: 0,
    changed: () => changed.fire(),
    LanguageModelError: vscode.LanguageModelError,
  };
  vscode.lm.registerLanguageModelChatProvider("scripted", {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: () =>
      script.models.map((model) => ({ version: "1", maxOutputTokens: 1_000, capabilities: {}, ...model })),
    async provideLanguageModelChatResponse(_model, messages, _options, progress, token) {
      const texts = messages.map(({ content }) => content.map(({ value }) => value).join(""));
      script.requests.push(texts.join("\n"));
      for (const piece of script.answer(texts.at(-1) ?? "")) {
        if (piece instanceof Error) throw piece;
        progress.report(new vscode.LanguageModelTextPart(piece));
      }
      if (!script.goesOn) return;
      await new Promise((done) => token.onCancellationRequested(done));
      script.cancelled += 1;
    },
    provideTokenCount(_model, text) {
      script.counted += 1;
      return Math.ceil((typeof text === "string" ? text : text.content.map(({ value }) => value).join("")).length / 4);
    },
  });
  return script;
};
