/** An extension that brings a chat model whose every word a test decides; the test has what it exports. */
const vscode = require("vscode");

exports.activate = () => {
  const changed = new vscode.EventEmitter();
  const script = {
    /** What the model knows itself; empty where it is not there. */
    models: [{ id: "scripted-1", name: "Scripted One", family: "one", maxInputTokens: 100_000 }],
    /** An object is a call of a tool. @type {(text: string) => (string | Error | object)[]} */
    answer: () => [],
    /** Whether the model goes on in silence after its answer, until it is cancelled. */
    goesOn: false,
    /** The text of each request's messages. */
    requests: [],
    /** The parts of the last request's messages, by their kinds, and the tools that it offers. */
    parts: [],
    offered: [],
    /** What the tool was called with. */
    toolInputs: [],
    /** A text, an address in place of a picture, several of them, or the promise of that. @type {(input: object) => unknown} */
    tool: () => "12 in stock",
    counted: 0,
    cancelled: 0,
    changed: () => changed.fire(),
    LanguageModelError: vscode.LanguageModelError,
  };
  vscode.lm.registerLanguageModelChatProvider("scripted", {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: () =>
      script.models.map((model) => ({ version: "1", maxOutputTokens: 1_000, capabilities: {}, ...model })),
    async provideLanguageModelChatResponse(_model, messages, options, progress, token) {
      const texts = messages.map(({ content }) => content.map(({ value }) => value).join(""));
      script.parts = messages.map(({ content }) => content.map(partOf));
      script.offered = (options.tools ?? []).map(({ name }) => name);
      script.requests.push(texts.join("\n"));
      for (const piece of script.answer(texts.at(-1) ?? "")) {
        if (piece instanceof Error) throw piece;
        if (typeof piece === "object") {
          progress.report(new vscode.LanguageModelToolCallPart(piece.id, piece.name, piece.input));
          continue;
        }
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
  vscode.lm.registerTool("scripted_stock", {
    async invoke({ input }) {
      script.toolInputs.push(input);
      const result = await script.tool(input);
      return new vscode.LanguageModelToolResult(Array.isArray(result) ? result.map(resultPart) : [resultPart(result)]);
    },
  });
  return script;
};

function resultPart(part) {
  if (typeof part === "string") return new vscode.LanguageModelTextPart(part);
  const { LanguageModelDataPart } = vscode;
  return LanguageModelDataPart
    ? LanguageModelDataPart.image(new Uint8Array([1, 2, 3]), "image/png")
    : new vscode.LanguageModelPromptTsxPart({ picture: String(part) });
}

function partOf(part) {
  if (part instanceof vscode.LanguageModelTextPart) return { text: part.value };
  if (part instanceof vscode.LanguageModelToolCallPart)
    return { call: part.callId, name: part.name, input: part.input };
  if (part instanceof vscode.LanguageModelToolResultPart)
    return { result: part.callId, text: part.content.map(({ value }) => value).join("") };
  return { mediaType: part.mimeType, bytes: part.data?.length };
}
