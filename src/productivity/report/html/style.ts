/** Of charts and tables, in the colours that whatever is around them has: two, and grey. */
export const chartStyle = `
figure { margin: 20px 0 12px; }
.row { display: grid; grid-template-columns: 128px minmax(0, 1fr) 216px; column-gap: 12px; align-items: center; }
.ratios .note { padding: 3px 0; line-height: 1.4; }
.name { font-weight: 600; }
svg { display: block; overflow: visible; }
.track { width: 100%; height: 36px; }
.ratios .name { min-height: 36px; align-content: center; }
.ratios .track { height: 0; min-height: 100%; }
.scale { width: 100%; height: 20px; grid-column: 2; }
.plot { width: 100%; height: 224px; }
.weeks .plot { height: 200px; }
svg text { fill: var(--ink); font-size: var(--tick); }
.scale text, .tick { text-anchor: middle; }
.scale text, .tick, .level { fill: var(--quiet); }
.grid { stroke: var(--rule); }
.one { stroke: var(--quiet); stroke-dasharray: 2 3; }
.ratios .band { stroke: var(--blue-soft); }
.band { fill: var(--blue-soft); }
.band-end { stroke: var(--blue-soft); stroke-width: 12; }
.interval { stroke: var(--blue); stroke-width: 3; }
.step { stroke: var(--blue); stroke-width: 2; stroke-linecap: square; }
.change { stroke: var(--orange); stroke-dasharray: 4 3; }
.bar { fill: var(--blue); }
.at-most { fill: none; stroke: var(--blue); stroke-dasharray: 3 2; }
.mark .for { fill: var(--blue); stroke: var(--paper); }
.mark .against { fill: none; stroke: var(--orange); stroke-width: 3; stroke-linecap: round; }
.mark .open { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
.mark .unknown { fill: none; stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 2 2; }
.mark .beyond { fill: none; stroke: var(--blue); stroke-width: 2; }
.key { white-space: nowrap; margin-left: 12px; }
.swatch { display: inline-block; width: 16px; height: 10px; margin-right: 6px; background: var(--blue-soft); border: 1px solid var(--blue); print-color-adjust: exact; }
.keys { margin: 8px 0 0; padding-left: 24px; color: var(--quiet); }
.table { overflow-x: auto; margin: 12px 0 20px; overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--quiet); padding-bottom: 6px; }
th, td { text-align: left; vertical-align: top; padding: 5px 16px 5px 0; border-bottom: 1px solid var(--rule); font-weight: 400; font-variant-numeric: tabular-nums; }
thead th { color: var(--quiet); }
tr > :last-child { padding-right: 0; }
@media (max-width: 600px) {
  .ratios .track { height: 36px; min-height: 0; }
  .row { grid-template-columns: 84px minmax(0, 1fr); row-gap: 0; margin-bottom: 6px; }
  .note { grid-column: 2; }
  .bars .row { grid-template-columns: minmax(0, 1fr); }
  .bars .note { grid-column: 1; }
}
`;

/** Of the page that stands alone: no editor around it, so it brings its colours. */
export const style = `
:root { color-scheme: light dark; --tick: 13px; --paper: #fff; --ink: #1f2328; --quiet: #59636e; --rule: #d1d9e0; --blue: #0969da; --blue-soft: #cfe3fb; --orange: #bc4c00; }
@media (prefers-color-scheme: dark) { :root { --paper: #181a1f; --ink: #e6e8eb; --quiet: #9da5b0; --rule: #3b414a; --blue: #58a6ff; --blue-soft: #1b3a61; --orange: #f0883e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 720px; margin: 0 auto; padding: 32px 16px 64px; }
h1 { font-size: 28px; line-height: 1.3; font-weight: 600; margin: 4px 0 20px; text-wrap: balance; }
h2 { font-size: 20px; line-height: 1.35; font-weight: 600; margin: 48px 0 12px; padding-top: 20px; border-top: 1px solid var(--rule); }
p { margin: 0 0 12px; }
.title, .basis, figcaption, .note, .name, footer, details, table, .keys { font-size: 14px; }
.title, .basis, figcaption, footer, .note { color: var(--quiet); }
.basis { margin-top: 12px; }
details { margin: 8px 0; }
summary { cursor: pointer; color: var(--blue); }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
ul { padding-left: 20px; margin: 8px 0 16px; }
li { margin: 4px 0; }
a { color: var(--blue); }
footer { margin-top: 48px; }
${chartStyle}
@media (max-width: 600px) {
  h1 { font-size: 24px; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --blue: #0550ae; --blue-soft: #cfe3fb; --orange: #953800; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  figure, tr, .row { break-inside: avoid; }
  .table { overflow: visible; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { display: none; }
  svg { print-color-adjust: exact; }
}
`;
