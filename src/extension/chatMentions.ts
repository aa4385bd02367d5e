import * as vscode from "vscode";
import {
  changesAttachment,
  codebaseAttachment,
  fileAttachment,
  folderAttachment,
  problemsAttachment,
  symbolAttachment,
  terminalAttachment,
} from "../chat/attachments.ts";
import type { Attachment } from "../chat/conversation.ts";
import {
  completeMention,
  type KindMention,
  kindMentionsIn,
  type KindWord,
  meantBy,
  mentionQuery,
  mentionsIn,
  type Nameable,
} from "../chat/mentions.ts";
import type { FileGate } from "./chatContextReading.ts";
import { bareName } from "./chatContextSymbol.ts";
import { confined, isInside } from "./confinedFiles.ts";
import type { ShownCompletion } from "./chatProtocol.ts";
import type { Repositories } from "./repositories.ts";

export interface Mentioned {
  readonly attachments: readonly Attachment[];
  /** A sentence for each mention that attaches nothing. */
  readonly notAttached: readonly string[];
}

/** What may stand behind an `@`, for the workspace as it is. Nothing that is ignored is offered or named. */
export class ChatMentions {
  readonly #ignored: FileGate;
  /** Nothing outside of the workspace is offered, either. */
  readonly #confined: FileGate;
  readonly #repositories: Pick<Repositories, "ask">;
  /** What was offered of late, by its id: the page names it by that. */
  readonly #offered = new Map<string, Attachment>();
  #files: { readonly at: number; readonly named: Promise<readonly Nameable[]> } | undefined;

  constructor(ignored: FileGate, repositories: Pick<Repositories, "ask">) {
    this.#ignored = ignored;
    this.#confined = confined(ignored);
    this.#repositories = repositories;
  }

  /** @param typed What stands behind the `@`. What is inserted takes the place of it and of the `@`. */
  async complete(typed: string, signal: AbortSignal): Promise<readonly ShownCompletion[]> {
    const words = kindWords();
    const query = mentionQuery(typed, words);
    const wantsSymbols = query.kind === "symbol" || (query.kind === undefined && query.text.length >= FEWEST_CHARS);
    const [files, symbols] = await Promise.all([
      this.#named(),
      wantsSymbols && query.text !== "" ? inTime(this.#symbols(query.text, signal)) : [],
    ]);
    const all = [...fixed(), ...recentFirst(files), ...symbols];
    const shown: ShownCompletion[] = query.kind === undefined ? narrowing(words, query.text) : [];
    for (const named of completeMention(query, all, MOST_SHOWN * MANY)) {
      if (shown.length >= MOST_SHOWN) break;
      if (await isHiddenBy(this.#confined, named.attachment)) continue;
      this.#remember(named.attachment);
      shown.push(completionOf(named));
    }
    return shown;
  }

  /** What was offered under that id; `undefined` for anything else. */
  attachmentOf(id: string): Attachment | undefined {
    return this.#offered.get(id);
  }

  /** What a question names without its having been chosen from a list. */
  async mentionedIn(question: string): Promise<Mentioned> {
    if (!question.includes("@")) return { attachments: [], notAttached: [] };
    const named = await this.#named();
    const attachments: Attachment[] = [];
    const notAttached: string[] = [];
    const take = async (attachment: Attachment): Promise<void> => {
      if (await isHiddenBy(this.#ignored, attachment)) notAttached.push(hiddenWords(attachment));
      else attachments.push(attachment);
    };
    // Of several files of a name none is meant by it alone.
    const byName = Map.groupBy(named, ({ name }) => name.toLowerCase());
    const alone = Array.from(byName.values()).flatMap(([first, ...others]) => (others.length === 0 && first) || []);
    const shared = named.filter(({ name }) => name.includes(".") && byName.get(name.toLowerCase())?.[1] !== undefined);
    const known = new Map([
      ...alone.map(({ name, attachment }) => [name.toLowerCase(), attachment] as const),
      ...named.map(({ path, attachment }) => [path.toLowerCase(), attachment] as const),
      ...fixed().flatMap(({ name, path, attachment }) =>
        [name, path.toLowerCase()].map((each) => [each, attachment] as const),
      ),
    ]);
    for (const attachment of mentionsIn(question, known)) await take(attachment);
    const several = new Map(shared.map(({ name, attachment }) => [name.toLowerCase(), attachment]));
    for (const { label } of mentionsIn(question, several)) notAttached.push(severalWords(`@${label}`));
    for (const mention of kindMentionsIn(question, kindWords())) {
      const [first, ...others] = meantBy(mention, mention.kind === "symbol" ? await this.#symbolsOf(mention) : named);
      if (!first) notAttached.push(noneWords(mention.written));
      else if (others.length > 0) notAttached.push(severalWords(mention.written));
      else await take(first.attachment);
    }
    return { attachments, notAttached };
  }

  /** One of each file: an index and a language's service tell the same one with different lines. */
  async #symbolsOf({ name }: KindMention): Promise<readonly Nameable[]> {
    const { signal } = new AbortController();
    const found = meantBy({ kind: "symbol", name }, await inTime(this.#symbols(name, signal)));
    return Array.from(new Map(found.toReversed().map((each) => [each.path, each])).values());
  }

  #remember(attachment: Attachment): void {
    if (this.#offered.size >= MOST_REMEMBERED) this.#offered.clear();
    this.#offered.set(attachment.id, attachment);
  }

  /** Files and their folders; looked for again after a while. */
  #named(): Promise<readonly Nameable[]> {
    const now = performance.now();
    if (this.#files && now - this.#files.at < KEPT_MS) return this.#files.named;
    const named = findNamed();
    this.#files = { at: now, named };
    return named;
  }

  /** As the languages' services know them, and the index, which knows also what no service is there for. */
  async #symbols(text: string, signal: AbortSignal): Promise<readonly Nameable[]> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
    const ofIndex = folders.map(async (folder) => {
      const found = await this.#repositories.ask(folder, (index) =>
        index.symbols({ text, most: MOST_SYMBOLS }, signal),
      );
      return found.map(({ name, path, line }) =>
        symbolNamed(name, vscode.Uri.joinPath(folder.uri, path), line, line + 1),
      );
    });
    const found = await Promise.all([serviceSymbols(text), ...ofIndex]);
    const byId = new Map(found.flat().map((named) => [named.attachment.id, named]));
    return Array.from(byId.values());
  }
}

async function isHiddenBy(files: FileGate, { uri }: Attachment): Promise<boolean> {
  return uri !== undefined && files.look({ uri: vscode.Uri.parse(uri, true) });
}

function hiddenWords({ label }: Attachment): string {
  return vscode.l10n.t("{0} is ignored or secret: nothing of it is sent.", label);
}

function noneWords(mention: string): string {
  return vscode.l10n.t("Nothing was attached for {0}: there is nothing of this name.", mention);
}

function severalWords(mention: string): string {
  return vscode.l10n.t("Nothing was attached for {0}: several have this name. Write the path.", mention);
}

/** Also found by what they are called in the user's language. */
function fixed(): readonly Nameable[] {
  const { l10n } = vscode;
  return [
    { name: "problems", path: l10n.t("Problems"), attachment: problemsAttachment() },
    { name: "changes", path: l10n.t("Changes"), attachment: changesAttachment },
    { name: "terminal", path: l10n.t("Terminal"), attachment: terminalAttachment },
    { name: "codebase", path: l10n.t("Codebase"), attachment: codebaseAttachment },
  ];
}

function kindWords(): readonly KindWord[] {
  const { l10n } = vscode;
  return [
    { kind: "file", names: ["file", l10n.t("File").toLowerCase()] },
    { kind: "folder", names: ["folder", l10n.t("Folder").toLowerCase()] },
    { kind: "symbol", names: ["symbol", l10n.t("Symbol").toLowerCase()] },
  ];
}

function narrowing(words: readonly KindWord[], typed: string): ShownCompletion[] {
  return words
    .filter(({ names }) => typed.length < LONGEST_WORD && names.some((name) => name.startsWith(typed)))
    .map(({ names: [name = "", title = name] }) => ({
      label: `@${name}`,
      detail: title,
      // With the colon its list opens.
      insert: `@${name}:`,
      attach: "",
    }));
}

function completionOf(named: Nameable): ShownCompletion {
  const { name, path, attachment } = named;
  const isFixed = attachment.uri === undefined;
  return {
    label: isFixed ? `@${name}` : attachment.kind === "folder" ? `${name}/` : name,
    detail: path,
    // The chip says it; a name belongs to the sentence.
    insert: isFixed ? "" : `${name} `,
    attach: attachment.id,
  };
}

async function findNamed(): Promise<readonly Nameable[]> {
  const uris = await withoutLinkedFolders(await vscode.workspace.findFiles("**/*", USUAL_EXCLUDES, MOST_FILES));
  const folders = new Map<string, Nameable>();
  const files = uris.map((uri) => {
    const path = vscode.workspace.asRelativePath(uri, false);
    addFolders(folders, uri, path);
    return { name: nameOf(path), path, attachment: fileAttachment(uri.toString()) };
  });
  return [...files, ...folders.values()];
}

/** Those of folders that links out of the workspace lead to would fill the list; a file's own link is looked at when it is shown. */
async function withoutLinkedFolders(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const byFolder = Map.groupBy(uris, (uri) =>
    uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf("/")) }).toString(),
  );
  const kept = await Promise.all(
    Array.from(byFolder.entries(), async ([folder, files]) => {
      return (await isInside(vscode.Uri.parse(folder, true))) ? files : [];
    }),
  );
  return kept.flat();
}

function addFolders(folders: Map<string, Nameable>, file: vscode.Uri, path: string): void {
  let [uri, at] = [file, path.lastIndexOf("/")];
  for (; at > 0; at = path.lastIndexOf("/", at - 1)) {
    uri = vscode.Uri.joinPath(uri, "..");
    const folder = path.slice(0, at);
    const attachment = folderAttachment(uri.toString());
    if (folders.has(attachment.id)) return;
    folders.set(attachment.id, { name: nameOf(folder), path: folder, attachment });
  }
}

/** What is open comes before what is not. */
function recentFirst(files: readonly Nameable[]): readonly Nameable[] {
  const open = new Set(
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .map(({ input }) => (input instanceof vscode.TabInputText ? fileAttachment(input.uri.toString()).id : "")),
  );
  return [
    ...files.filter(({ attachment }) => open.has(attachment.id)),
    ...files.filter(({ attachment }) => !open.has(attachment.id)),
  ];
}

async function serviceSymbols(text: string): Promise<readonly Nameable[]> {
  try {
    const command = "vscode.executeWorkspaceSymbolProvider";
    const found = (await vscode.commands.executeCommand<vscode.SymbolInformation[] | undefined>(command, text)) ?? [];
    return found
      .filter(({ location }) => vscode.workspace.getWorkspaceFolder(location.uri) !== undefined)
      .map(({ name, location: { uri, range } }) =>
        symbolNamed(bareName(name), uri, range.start.line, range.end.line + 1),
      );
  } catch {
    return [];
  }
}

function symbolNamed(name: string, uri: vscode.Uri, line: number, endLine: number): Nameable {
  const path = vscode.workspace.asRelativePath(uri, false);
  return { name, path, attachment: symbolAttachment(uri.toString(), name, { line, endLine }) };
}

/** Who types waits for the names of files alone. */
async function inTime<Found>(finding: Promise<readonly Found[]>): Promise<readonly Found[]> {
  const { promise, resolve } = Promise.withResolvers<readonly Found[]>();
  const timer = setTimeout(() => resolve([]), PATIENCE_MS);
  const found = await Promise.race([finding.catch(() => []), promise]);
  clearTimeout(timer);
  return found;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const USUAL_EXCLUDES = "**/{node_modules,.git,__pycache__,.venv,.hg,.svn}/**";
const MOST_FILES = 20_000;
const MOST_SHOWN = 12;
/** Some of what matches may be ignored. */
const MANY = 5;
const MOST_SYMBOLS = 20;
const MOST_REMEMBERED = 1_000;
const FEWEST_CHARS = 2;
const LONGEST_WORD = 10;
const KEPT_MS = 10_000;
const PATIENCE_MS = 400;
