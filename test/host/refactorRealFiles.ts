/** Fix, Document and Simplify on files of published packages; `test/fixtures/refactor` has them, with their licences. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { docConvention } from "../../src/edit/docConventions.ts";
import type { HostTest } from "../support/hostSuite.ts";
import { type RealChanges, realChanges } from "./realFiles/changes.ts";
import { accepted, acting, codeActions, lastQuestion, selecting } from "./refactorActionsRig.ts";

/** A definition as it stands there, and as the model has it. */
type Change = readonly [before: string, after: string];

/** Both with the same around them. */
function both([before, after]: Change, around: (part: string) => string): Change {
  return [around(before), around(after)];
}

interface RealFile {
  readonly file: string;
  readonly fence: string;
  readonly fix: Change;
  /** What of it a language server would mark. */
  readonly mark: string;
  readonly document: Change;
  readonly simplify: Change;
}

const root = vscode.extensions.getExtension("pairwise.pairwise")?.extensionPath ?? "";

const files: readonly RealFile[] = [
  {
    file: "onlineManager.ts",
    fence: "typescript",
    mark: "onUnsubscribe",
    fix: both(
      [
        "  protected onUnsubscribe() {\n    if (!this.hasListeners()) {",
        "  protected onUnsubscribe(): void {\n    if (!this.hasListeners()) {",
      ],
      (head) => `${head}\n      this.#cleanup?.()\n      this.#cleanup = undefined\n    }\n  }\n`,
    ),
    document: [
      "  isOnline(): boolean {\n    return this.#online\n  }\n",
      "  /**\n   * Whether the network was there when it last changed.\n   */\n  isOnline(): boolean {\n    return this.#online\n  }\n",
    ],
    simplify: [
      "  setOnline(online: boolean): void {\n    const changed = this.#online !== online\n\n    if (changed) {\n      this.#online = online\n      this.listeners.forEach((listener) => {\n        listener(online)\n      })\n    }\n  }\n",
      "  setOnline(online: boolean): void {\n    if (this.#online === online) return\n    this.#online = online\n    this.listeners.forEach((listener) => listener(online))\n  }\n",
    ],
  },
  {
    file: "_parse.py",
    fence: "python",
    mark: "c in COMMENTCHARS",
    fix: [
      "def iscommentline(line: str) -> bool:\n    c = line.lstrip()[:1]\n    return c in COMMENTCHARS\n",
      'def iscommentline(line: str) -> bool:\n    c = line.lstrip()[:1]\n    return c != "" and c in COMMENTCHARS\n',
    ],
    document: [
      "def iscommentline(line: str) -> bool:\n    c = line.lstrip()[:1]\n    return c in COMMENTCHARS\n",
      'def iscommentline(line: str) -> bool:\n    """Tell whether a line is a comment, or blank."""\n    c = line.lstrip()[:1]\n    return c in COMMENTCHARS\n',
    ],
    simplify: [
      "def iscommentline(line: str) -> bool:\n    c = line.lstrip()[:1]\n    return c in COMMENTCHARS\n",
      "def iscommentline(line: str) -> bool:\n    return line.lstrip()[:1] in COMMENTCHARS\n",
    ],
  },
  {
    file: "ftoa.go",
    fence: "go",
    mark: "offset > 0",
    fix: both(
      [
        "\tfor offset > 0 {\n\t\tif s[offset] == '.' {\n\t\t\toffset--\n\t\t\tbreak\n\t\t}\n",
        "\tfor offset >= 0 {\n\t\tif s[offset] == '.' {\n\t\t\toffset--\n\t\t\tbreak\n\t\t}\n",
      ],
      (loop) =>
        `func stripTrailingZeros(s string) string {\n\tif !strings.ContainsRune(s, '.') {\n\t\treturn s\n\t}\n\toffset := len(s) - 1\n${loop}\t\tif s[offset] != '0' {\n\t\t\tbreak\n\t\t}\n\t\toffset--\n\t}\n\treturn s[:offset+1]\n}\n`,
    ),
    document: both(
      [
        "func stripTrailingDigits(s string, digits int) string {\n",
        "// stripTrailingDigits cuts what stands behind so many digits after the point.\nfunc stripTrailingDigits(s string, digits int) string {\n",
      ],
      (head) =>
        `${head}\tif i := strings.Index(s, "."); i >= 0 {\n\t\tif digits <= 0 {\n\t\t\treturn s[:i]\n\t\t}\n\t\ti++\n\t\tif i+digits >= len(s) {\n\t\t\treturn s\n\t\t}\n\t\treturn s[:i+digits]\n\t}\n\treturn s\n}\n`,
    ),
    simplify: [
      'func stripTrailingDigits(s string, digits int) string {\n\tif i := strings.Index(s, "."); i >= 0 {\n\t\tif digits <= 0 {\n\t\t\treturn s[:i]\n\t\t}\n\t\ti++\n\t\tif i+digits >= len(s) {\n\t\t\treturn s\n\t\t}\n\t\treturn s[:i+digits]\n\t}\n\treturn s\n}\n',
      'func stripTrailingDigits(s string, digits int) string {\n\ti := strings.Index(s, ".")\n\tif i < 0 {\n\t\treturn s\n\t}\n\tif digits <= 0 {\n\t\treturn s[:i]\n\t}\n\treturn s[:min(i+1+digits, len(s))]\n}\n',
    ],
  },
  {
    file: "Util.java",
    fence: "java",
    mark: "length > 1",
    fix: both(
      ["String str", "final String str"],
      (parameter) =>
        `    static String stripLeadingAndTrailingQuotes(${parameter}) {\n        final int length = str.length();\n        if (length > 1 && str.startsWith("\\"") && str.endsWith("\\"") && str.substring(1, length - 1).indexOf('"') == -1) {\n            ${parameter.startsWith("final") ? "return" : "str ="} str.substring(1, length - 1);\n        }\n\n        return str;\n    }\n`,
    ),
    document: [
      "    /**\n     * An empty immutable {@code String} array.\n     */\n    static final String[] EMPTY_STRING_ARRAY = {};\n",
      "    /**\n     * An empty array, which callers may share.\n     */\n    static final String[] EMPTY_STRING_ARRAY = {};\n",
    ],
    simplify: both(
      [
        '        if (str == null) {\n            return null;\n        }\n        if (str.startsWith("--")) {\n            return str.substring(2);\n        }\n        if (str.startsWith("-")) {\n            return str.substring(1);\n        }\n\n        return str;\n',
        '        return str == null ? null : str.replaceFirst("^--?", "");\n',
      ],
      (body) => `    static String stripLeadingHyphens(final String str) {\n${body}    }\n`,
    ),
  },
  {
    file: "fnv.rs",
    fence: "rust",
    mark: "bytes.iter()",
    fix: both(
      [
        "        for byte in bytes.iter() {\n            hash = hash ^ (*byte as u64);\n",
        "        for byte in bytes {\n            hash = hash ^ u64::from(*byte);\n",
      ],
      (loop) =>
        `    fn write(&mut self, bytes: &[u8]) {\n        let FnvHasher(mut hash) = *self;\n\n${loop}            hash = hash.wrapping_mul(0x100000001b3);\n        }\n\n        *self = FnvHasher(hash);\n    }\n`,
    ),
    document: both(
      [
        "    fn fnv1a(bytes: &[u8]) -> u64 {\n",
        "    /// The hash of the bytes, from the usual start.\n    fn fnv1a(bytes: &[u8]) -> u64 {\n",
      ],
      (head) =>
        `${head}        let mut hasher = FnvHasher::default();\n        hasher.write(bytes);\n        hasher.finish()\n    }\n`,
    ),
    simplify: [
      "    fn write(&mut self, bytes: &[u8]) {\n        let FnvHasher(mut hash) = *self;\n\n        for byte in bytes.iter() {\n            hash = hash ^ (*byte as u64);\n            hash = hash.wrapping_mul(0x100000001b3);\n        }\n\n        *self = FnvHasher(hash);\n    }\n",
      "    fn write(&mut self, bytes: &[u8]) {\n        for byte in bytes {\n            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100000001b3);\n        }\n    }\n",
    ],
  },
];

function textOf(file: string): string {
  return readFileSync(join(root, "test/fixtures/refactor", file), "utf8");
}

function changing(
  file: string,
  what: string,
  fence: string,
  [before, after]: Change,
  run: (uri: vscode.Uri) => Thenable<unknown>,
  told: (language: string) => string,
): HostTest {
  const text = textOf(file);
  return acting(
    `${what} ${file} of a published package`,
    { [file]: text },
    () => ({ pieces: [`\`\`\`${fence}\n${after}\`\`\`\n`] }),
    async (server, folder) => {
      assert.equal(text.split(before).length, 2, "it stands there once");
      const { document } = await selecting(folder.uri(file), before);
      assert.equal(
        await accepted(document, () => run(document.uri)),
        text.replace(before, () => after),
      );
      assert.ok(lastQuestion(server).includes(told(document.languageId)), lastQuestion(server));
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), text);
    },
  );
}

/** One after the other, each accepted and then undone: as somebody tries them. */
function changingAll({ file, fence, changes }: RealChanges): HostTest {
  const text = textOf(file);
  return acting(
    `what else the catalogue changes in ${file} of a published package, each with one step to undo`,
    { [file]: text },
    (_, count) => ({ pieces: [`Here it is.\n\n\`\`\`${fence}\n${changes[count]?.after}\`\`\`\nDone.\n`] }),
    async (server, folder) => {
      for (const [count, { command, before, after }] of changes.entries()) {
        assert.equal(text.split(before).length, 2, `${command}: it stands there once`);
        const { document } = await selecting(folder.uri(file), before);
        const became = await accepted(document, () => vscode.commands.executeCommand(`pairwise.${command}`));
        assert.equal(
          became,
          text.replace(before, () => after),
          command,
        );
        assert.equal(server.asked.length, count + 1);
        await vscode.commands.executeCommand("undo");
        assert.equal(document.getText(), text, command);
      }
    },
  );
}

const ofOneDefinition = files.flatMap(({ file, fence, fix, mark, document, simplify }) => [
  changing(
    file,
    "a quick fix in",
    fence,
    fix,
    (uri) => quickFix(uri, mark),
    () => `It is wrong: ${mark}`,
  ),
  changing(
    file,
    "documentation for",
    fence,
    document,
    () => vscode.commands.executeCommand("pairwise.document"),
    (language) => docConvention(language) ?? "no convention",
  ),
  changing(
    file,
    "a simpler part of",
    fence,
    simplify,
    () => vscode.commands.executeCommand("pairwise.simplify"),
    () => "simpler and easier to read",
  ),
]);

export const refactorRealFileTests: readonly HostTest[] = [...ofOneDefinition, ...realChanges.map(changingAll)];

/** As chosen from the light bulb at the mark. */
async function quickFix(uri: vscode.Uri, mark: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = document.getText().indexOf(mark);
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + mark.length));
  const problems = vscode.languages.createDiagnosticCollection("test");
  try {
    problems.set(uri, [new vscode.Diagnostic(range, `It is wrong: ${mark}`)]);
    const [action] = await codeActions(uri, range, vscode.CodeActionKind.QuickFix);
    assert.ok(action?.command);
    const { command, arguments: given = [] } = action.command;
    await vscode.commands.executeCommand(command, ...given);
  } finally {
    problems.dispose();
  }
}
