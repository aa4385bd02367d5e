/** The built page of the report in a browser, with its real policy, beside an extension that is a script. */

import type { Browser } from "playwright-core";
import {
  type FromReportPage,
  parseFromReportPage,
  parseToReportPage,
  type ReportContent,
  type ToReportPage,
} from "../../src/extension/reportProtocol.ts";
import type { themes } from "./themes.ts";
import { openWebviewPage, picture, type WebviewPage } from "./webviewPage.ts";

export interface ReportPanel extends WebviewPage<FromReportPage> {
  readonly say: (message: ToReportPage) => Promise<void>;
  readonly show: (content: Partial<ReportContent>) => Promise<void>;
  readonly picture: (name: string) => Promise<void>;
}

export interface ReportPanelOptions {
  readonly theme?: keyof typeof themes;
  readonly width?: number;
  readonly height?: number;
  /** As it was kept when the page was there last. */
  readonly kept?: unknown;
}

const strings = {
  title: "Productivity report",
  toolbar: "What can be done with the report",
  reading: "Reading the ledger…",
  stop: "Stop",
  refresh: "Refresh",
  save: "Save as HTML…",
  export: "Export…",
  start: "Start an experiment…",
  simulate: "What an experiment can show",
  notice: "Before you read it",
  chartHint: "Point at the chart, or use the arrow keys in it, for the figures of each place.",
};

export async function openReportPanel(browser: Browser, options: ReportPanelOptions = {}): Promise<ReportPanel> {
  const { theme = "light", width = 900, height = 1_000, kept } = options;
  const webview = await openWebviewPage(browser, {
    name: "report",
    parse: parseFromReportPage,
    background: "editor-background",
    theme,
    width,
    height,
    kept,
  });
  const { page } = webview;
  const say = async (message: ToReportPage): Promise<void> => {
    if (!parseToReportPage(message)) throw new Error(`The extension may not say ${JSON.stringify(message)}.`);
    await page.evaluate((data) => void window.dispatchEvent(new MessageEvent("message", { data })), message);
  };
  let contents = 0;
  await say({ type: "strings", strings });
  return {
    ...webview,
    say,
    show: (content) =>
      say({
        type: "content",
        content: {
          id: (contents += 1),
          isReading: false,
          readWords: "As it is at 12:00:00",
          notice: undefined,
          text: undefined,
          offer: "none",
          ...content,
        },
      }),
    picture: (name) => picture(page, `report/${name}`, { fullPage: true }),
  };
}
