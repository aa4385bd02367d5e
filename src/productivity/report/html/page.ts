import type { Chart, Item, ReportText, Section } from "../words/text.ts";
import { barChart } from "./barChart.ts";
import { escaped } from "./escape.ts";
import { ratioChart } from "./ratioChart.ts";
import { stepChart } from "./stepChart.ts";
import { style } from "./style.ts";
import { tableHtml } from "./table.ts";
import { weekChart } from "./weekChart.ts";

/**
 * The report as one file that needs nothing beside it: no script, no network, and a policy that would let none of them through.
 *
 * @param sha256Base64 of a text as UTF-8; by it the policy knows the page's style
 */
export function reportPage(text: ReportText, sha256Base64: (text: string) => string): string {
  const policy = `default-src 'none'; style-src 'sha256-${sha256Base64(style)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${escaped(text.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(text.title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${reportBody(text)}
</main>
</body>
</html>
`;
}

/** The report itself, whatever stands around it: the same for a page of its own and for the editor's. */
export function reportBody(text: ReportText): string {
  return `<header>
<p class="title">${escaped(text.title)}</p>
<h1>${escaped(text.headline)}</h1>
${text.notes.map((note) => `<p>${escaped(note)}</p>`).join("\n")}
</header>
${text.sections.map((section) => sectionHtml(section, text.dataLabel)).join("\n")}
<footer>${escaped(text.imprint)}</footer>`;
}

function sectionHtml(section: Section, dataLabel: string): string {
  const { id, question, paragraphs, basis, chart, data, tables = [], items = [] } = section;
  return [
    `<section id="${id}" aria-labelledby="${id}-question">`,
    `<h2 id="${id}-question">${escaped(question)}</h2>`,
    ...paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`),
    ...(items.length > 0 ? [`<ul>${items.map(itemHtml).join("")}</ul>`] : []),
    ...(chart ? [chartHtml(chart)] : []),
    ...(basis === "" ? [] : [`<p class="basis">${escaped(basis)}</p>`]),
    ...(data ? [`<details><summary>${escaped(dataLabel)}</summary>${tableHtml(data)}</details>`] : []),
    ...tables.map(tableHtml),
    "</section>",
  ].join("\n");
}

function chartHtml(chart: Chart): string {
  switch (chart.kind) {
    case "ratios":
      return ratioChart(chart);
    case "bars":
      return barChart(chart);
    case "steps":
      return stepChart(chart);
    case "weeks":
      return weekChart(chart);
  }
}

function itemHtml({ text, source }: Item): string {
  const link =
    source === undefined ? "" : ` <a href="${escaped(source)}">${escaped(source.replace("https://", ""))}</a>`;
  return `<li>${escaped(text)}${link}</li>`;
}
