/** The colours of a preview: those of VS Code's own comparisons, and a sign for those who do not see colours. Of one theme. */

import * as vscode from "vscode";
import type { MergedText } from "../refactor/mergedText.ts";

export class EditDecorations implements vscode.Disposable {
  readonly #removed = decoration("removed", "M3 8h10", vscode.OverviewRulerLane.Left);
  readonly #added = decoration("inserted", "M8 3v10M3 8h10", vscode.OverviewRulerLane.Right);

  /** In an editor that shows this text. */
  show(editor: vscode.TextEditor, { hunks }: MergedText): void {
    editor.setDecorations(
      this.#removed,
      hunks.flatMap(({ from, middle }) => rows(from, middle)),
    );
    editor.setDecorations(
      this.#added,
      hunks.flatMap(({ middle, to }) => rows(middle, to)),
    );
  }

  dispose(): void {
    this.#removed.dispose();
    this.#added.dispose();
  }
}

function decoration(kind: "inserted" | "removed", path: string, lane: vscode.OverviewRulerLane) {
  const { ColorThemeKind, ThemeColor } = vscode;
  const theme = vscode.window.activeColorTheme.kind;
  // These themes have a border for it, and no background.
  const isContrast = theme === ColorThemeKind.HighContrast || theme === ColorThemeKind.HighContrastLight;
  const border = { border: "1px dashed", borderColor: new ThemeColor(`diffEditor.${kind}TextBorder`) };
  const name = kind === "inserted" ? "added" : "deleted";
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor(`diffEditor.${kind}LineBackground`),
    ...(isContrast && border),
    overviewRulerColor: new ThemeColor(`editorOverviewRuler.${name}Foreground`),
    overviewRulerLane: lane,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    light: { gutterIconPath: sign(path, "#424242"), gutterIconSize: "contain" },
    dark: { gutterIconPath: sign(path, "#c5c5c5"), gutterIconSize: "contain" },
  });
}

/** In the two greys that VS Code wants of icons. */
function sign(path: string, colour: string): vscode.Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="${path}" stroke="${colour}" fill="none"/></svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`);
}

/** A range for each, so that each has its sign. */
function rows(from: number, to: number): readonly vscode.Range[] {
  return Array.from({ length: to - from }, (_, row) => new vscode.Range(from + row, 0, from + row, 0));
}
