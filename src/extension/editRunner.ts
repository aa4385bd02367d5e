/** Has code changed by a model: from what is asked to a preview of what it would be, or to the reason why there is none. */

import * as vscode from "vscode";
import { answerLanguage, instructionOf } from "../edit/catalogue.ts";
import { hunksBetween } from "../edit/hunks.ts";
import { blockOfReply, otherFilesIn } from "../edit/reply.ts";
import { briefPrompt } from "../refactor/briefPrompt.ts";
import { editPrompt, type Exchange, wholeLines } from "../refactor/editPrompt.ts";
import { hasWholeCode, type Stretch, untilRepeated, withPartialReply } from "../refactor/partialReply.ts";
import { withoutComments } from "../refactor/withoutComments.ts";
import { pointedAt } from "../refactor/pointedAt.ts";
import { hunksOutside, movedStretch } from "../refactor/rebasing.ts";
import { isBlank } from "../text/lines.ts";
import { headOf } from "../text/offsets.ts";
import { slashWords } from "./chatCommandWords.ts";
import { nameOf, pathOf } from "./convert.ts";
import { definitionAround, MOST_LINES } from "./definitionAround.ts";
import { problemLine } from "./editProblems.ts";
import { otherFilesWords, replyRefusal } from "./editReplyWords.ts";
import type { EditThread } from "./editThread.ts";
import { losesCode, refusalSentence, verdictLine } from "./editWords.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { fileOf } from "./notebookCells.ts";
import { isReadOnly, readOnlySentence } from "./readOnly.ts";
import { type RefactorModel, type RefactorReply, tellFailure } from "./refactorModel.ts";
import type { Editor, EditPreview, EditPreviews, EditRequest } from "./refactorPorts.ts";

export interface EditRunnerNeeds {
  readonly model: RefactorModel;
  readonly previews: EditPreviews;
  readonly thread: Pick<EditThread, "apply" | "definitionAt" | "isBareCode">;
  readonly ignored: Pick<IgnoredFiles, "look">;
  readonly log: Pick<vscode.LogOutputChannel, "error">;
}

/** What is being changed, followed while the document changes: see `stretchNow`. */
interface Asked extends EditRequest {
  /** In offsets of `text`. */
  stretch: Stretch;
  text: string;
  /** Where the caret was, empty, where nothing was selected and it can be meant. */
  caret: Stretch | undefined;
  /** For the model. */
  readonly pointed: string | undefined;
  readonly title: string;
  readonly earlier: readonly Exchange[];
}

export class EditRunner implements Editor {
  readonly #needs: EditRunnerNeeds;

  constructor(needs: EditRunnerNeeds) {
    this.#needs = needs;
  }

  async edit(request: EditRequest): Promise<void> {
    const { document, range } = request;
    const obstacle = await this.#obstacle(document);
    if (obstacle !== undefined) {
      void vscode.window.showWarningMessage(obstacle);
      return;
    }
    const wanted = range.isEmpty ? await this.#around(request) : range;
    if (!wanted) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          "No definition of at most {0} lines is at the caret, and the file is long. Select what is to be changed.",
          MOST_LINES,
        ),
      );
      return;
    }
    const text = document.getText();
    const stretch = wholeLines(text, stretchOf(document, wanted));
    const pointed = request.action
      ? undefined
      : pointedAt({ text, languageId: document.languageId }, stretch, stretchOf(document, range));
    const caret = range.isEmpty && !request.action ? stretchOf(document, range) : undefined;
    await this.#edit({ ...request, text, stretch, caret, pointed, title: titleOf(request), earlier: [] });
  }

  /** What an edit at a caret is about: the definition around it; with an instruction and outside of any, the empty line that new code is for. */
  async #around({ document, range: { start }, action }: EditRequest): Promise<vscode.Range | undefined> {
    const found = await definitionAround(document, start, this.#needs.thread);
    const line = document.lineAt(start.line);
    const isOutside = !found || isAllOf(document, found);
    const isPlace = isOutside && !action && line.isEmptyOrWhitespace && !isBlank(document.getText());
    return isPlace ? line.rangeIncludingLineBreak : found;
  }

  async #obstacle(document: vscode.TextDocument): Promise<string | undefined> {
    const { l10n } = vscode;
    if (await isReadOnly(document)) return readOnlySentence(document);
    if (await this.#needs.ignored.look({ uri: fileOf(document) }))
      return l10n.t("{0} is ignored or secret: nothing of it is sent.", nameOf(document));
    return undefined;
  }

  /** Never rejects. */
  async #edit(asked: Asked): Promise<void> {
    let reply = "";
    let preview: EditPreview | undefined;
    try {
      preview = await this.#open(asked, () => reply);
      const answer = await this.#ask(asked, preview, (text) => (reply = text));
      if (answer) await this.#offer(asked, answer, preview, false);
    } catch (error) {
      await this.#failed(error, preview);
    }
  }

  /** @param reply what the model has said, when something is to be different in it */
  #open(asked: Asked, reply: () => string): Promise<EditPreview> {
    return this.#needs.previews.open(asked.document, asked.title, (wish) => {
      void this.#edit({ ...asked, earlier: [...asked.earlier, { reply: reply(), wish }].slice(-MOST_EXCHANGES) });
    });
  }

  async #failed(error: unknown, preview: EditPreview | undefined): Promise<void> {
    if (preview?.signal.aborted) return;
    preview?.dispose();
    this.#needs.log.error(error instanceof Error ? error : String(error));
    await tellFailure(error);
  }

  async #ask(asked: Asked, preview: EditPreview, heard: (reply: string) => void): Promise<RefactorReply | undefined> {
    const { document, action, wish, pointed, problems = [], earlier } = asked;
    const { contextTokens, answerTokens, count, isSmall } = this.#needs.model.facts();
    const text = document.getText();
    const prompt = (isSmall ? briefPrompt : editPrompt)(
      {
        action: action?.id,
        path: pathOf(fileOf(document)),
        languageId: document.languageId,
        text,
        asked: stretchNow(asked),
        pointed,
        instruction: action ? instructionOf(action, wish, answerLanguage(wish, vscode.env.language)) : wish,
        problems: problems.map(problemLine),
        earlier,
      },
      contextTokens - answerTokens,
      count,
    );
    if (!prompt) {
      preview.refuse(
        vscode.l10n.t("The code is too long for the model. Select the part that is to be changed, and ask again."),
      );
      return undefined;
    }
    const { languageId } = document;
    const enough = new AbortController();
    let whole: string | undefined;
    let next = 0;
    const onText = (reply: string): void => {
      heard(reply);
      // In a long file a look takes longer than the next word.
      if (performance.now() < next) return;
      preview.stream(withPartialReply(document.getText(), stretchNow(asked), reply, languageId));
      whole ??= untilRepeated(reply, languageId);
      if (whole !== undefined) enough.abort();
      next = performance.now() + LOOK_EVERY_MS;
    };
    const title = vscode.l10n.t("{0}: the model is writing", asked.title);
    const signal = AbortSignal.any([preview.signal, enough.signal]);
    const options = { location: vscode.ProgressLocation.Window, title };
    try {
      return await vscode.window.withProgress(options, () =>
        this.#needs.model.ask({ ...prompt, askedFor: "edit", onText }, signal),
      );
    } catch (error) {
      if (whole === undefined) throw error;
      return { text: whole, isCut: false };
    }
  }

  async #offer(asked: Asked, answer: RefactorReply, preview: EditPreview, mayLose: boolean): Promise<void> {
    const { document } = asked;
    const path = pathOf(document.uri);
    const { languageId } = document;
    const isCut = answer.isCut && !hasWholeCode(answer.text, languageId);
    const wanted = { languageId, path, text: document.getText(), mayBeNothing: true, isCut };
    let reply = blockOfReply(answer.text, wanted);
    const bare = { text: wanted.text, languageId, selection: stretchNow(asked) };
    if (reply.kind === "none" && (await this.#needs.thread.isBareCode(answer.text, bare)))
      reply = blockOfReply(answer.text, { ...wanted, isCodeAlone: true });
    if (reply.kind !== "block") return preview.refuse(replyRefusal(reply, answer.text, path));
    let [text, outcome] = await this.#applied(asked, reply.block, mayLose);
    // It may have been written in meanwhile.
    while (!preview.signal.aborted && document.getText() !== text)
      [text, outcome] = await this.#applied(asked, reply.block, mayLose);
    if (outcome.kind === "applied") {
      const { hunks } = outcome.applied;
      const outside = hunksOutside(hunks, asked.stretch).length;
      const changesCode = (): boolean =>
        withoutComments(text, languageId) !== withoutComments(outcome.applied.text, languageId);
      const words = [
        asked.action?.id === "docs" && changesCode() ? vscode.l10n.t("changes code, not only comments") : "",
        verdictLine(outcome),
        outside > 0 ? vscode.l10n.t("changes outside of what was asked about: {0}", outside) : "",
        this.#needs.model.facts().isSmall ? vscode.l10n.t("by a small model, which is often wrong") : "",
        otherFilesWords(otherFilesIn(answer.text, { languageId, path }), path),
      ];
      return preview.offer(hunks, words.filter(Boolean).join(" · "));
    }
    const anyway = losesCode(outcome.refusal) ? () => void this.#anyway(asked, answer) : undefined;
    preview.refuse(refusalSentence(outcome.refusal, path), anyway);
  }

  async #applied(asked: Asked, block: Parameters<EditThread["apply"]>[1], mayLose: boolean) {
    const { document } = asked;
    const selection = stretchNow(asked);
    const [text, path] = [document.getText(), pathOf(document.uri)];
    const wish = [asked.wish, ...asked.earlier.map((exchange) => exchange.wish)].join("\n");
    const caret = asked.caret?.from;
    const file = { text, languageId: document.languageId, path, selection, isAsked: true, caret, mayLose, wish };
    return [text, await this.#needs.thread.apply(file, block)] as const;
  }

  /** The user wants to see it, though it loses code. */
  async #anyway(asked: Asked, answer: RefactorReply): Promise<void> {
    let preview: EditPreview | undefined;
    try {
      preview = await this.#open(asked, () => answer.text);
      await this.#offer(asked, answer, preview, true);
    } catch (error) {
      await this.#failed(error, preview);
    }
  }
}

/** Where it is now: also long after it was asked about, when the user has accepted a part and wants the rest otherwise. */
function stretchNow(asked: Asked): Stretch {
  const now = asked.document.getText();
  if (now !== asked.text) {
    const hunks = hunksBetween(asked.text, now);
    asked.stretch = movedStretch(asked.stretch, hunks);
    asked.caret &&= movedStretch(asked.caret, hunks);
  }
  asked.text = now;
  return asked.stretch;
}

function stretchOf(document: vscode.TextDocument, { start, end }: vscode.Range): Stretch {
  return { from: document.offsetAt(start), to: document.offsetAt(end) };
}

function isAllOf(document: vscode.TextDocument, range: vscode.Range): boolean {
  return document.getText(range).trim() === document.getText().trim();
}

function titleOf({ action, wish }: EditRequest): string {
  const name = action && slashWords().find((each) => each.name === action.id)?.title;
  return name ?? (wish.length > MOST_TITLE_CHARS ? `${headOf(wish, MOST_TITLE_CHARS - 1)}…` : wish);
}

const LOOK_EVERY_MS = 100;
const MOST_EXCHANGES = 3;
const MOST_TITLE_CHARS = 40;
