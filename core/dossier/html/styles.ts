// The dossier's style sheet: one column with the contents beside it, light and dark, and print.

export const styles = `
:root { color-scheme: light dark; --paper: #ffffff; --page: #f4f5f7; --ink: #1c2330; --soft: #5b6576; --line: #dde1e8;
  --accent: #1f4e79; --good: #17653a; --good-bg: #e2f3e8; --warn: #7a4b00; --warn-bg: #fdf0d5; --bad: #9b1c1c; --bad-bg: #fde5e5; }
@media (prefers-color-scheme: dark) { :root { --paper: #171b22; --page: #0f1217; --ink: #e4e8ef; --soft: #9aa5b6; --line: #2c333f;
  --accent: #8fc0ee; --good: #8fdcab; --good-bg: #16341f; --warn: #f1cb82; --warn-bg: #3b2c0d; --bad: #f5a6a6; --bad-bg: #451a1a; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
.layout { display: grid; grid-template-columns: 15rem minmax(0, 1fr); max-width: 76rem; margin: 0 auto; gap: 2.5rem; padding: 2rem; }
nav { position: sticky; top: 2rem; align-self: start; max-height: calc(100vh - 4rem); overflow: auto; font-size: .875rem; }
nav h2 { font-size: .75rem; letter-spacing: .08em; text-transform: uppercase; color: var(--soft); margin: 0 0 .5rem; border: 0; padding: 0; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav li { margin: .15rem 0; }
nav ol ol { padding-left: .9rem; }
nav a { color: var(--ink); text-decoration: none; display: block; padding: .15rem 0; }
nav ol ol a { color: var(--soft); }
nav a:hover { color: var(--accent); }
main { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 3rem 3.25rem; min-width: 0; }
header.cover { border-bottom: 3px solid var(--accent); padding-bottom: 1.75rem; margin-bottom: 2rem; }
.kicker { font-size: .8rem; letter-spacing: .1em; text-transform: uppercase; color: var(--soft); margin: 0; }
h1 { font-size: 2.4rem; line-height: 1.15; margin: .3rem 0 .6rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.5rem; margin: 3rem 0 1rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.12rem; margin: 2rem 0 .6rem; }
.lead { font-size: 1.12rem; color: var(--ink); margin: 0 0 1.25rem; max-width: 46rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; margin: 1.5rem 0 0; }
.facts > div { display: block; border: 0; background: var(--paper); padding: .7rem .9rem; }
.facts dt { font-size: .75rem; color: var(--soft); margin: 0; }
.facts dd { margin: 0; font-size: 1.15rem; font-weight: 600; overflow-wrap: anywhere; }
.meter { height: 8px; border-radius: 4px; background: var(--line); overflow: hidden; margin: .5rem 0 1rem; }
.meter span { display: block; height: 100%; background: var(--accent); }
.tag { display: inline-block; font-size: .74rem; font-weight: 600; line-height: 1.5; padding: 0 .5rem; border-radius: 999px; white-space: nowrap; vertical-align: .08em; background: var(--line); }
h3 .tag { vertical-align: .12em; margin-left: .3rem; }
.tag.good { color: var(--good); background: var(--good-bg); } .tag.warn { color: var(--warn); background: var(--warn-bg); } .tag.bad { color: var(--bad); background: var(--bad-bg); }
.notice { border-left: 4px solid var(--warn); background: var(--warn-bg); color: var(--warn); padding: .75rem 1rem; border-radius: 0 6px 6px 0; margin: 1.25rem 0; }
.notice.good { border-color: var(--good); background: var(--good-bg); color: var(--good); } .notice.bad { border-color: var(--bad); background: var(--bad-bg); color: var(--bad); }
.notice p { margin: 0; }
.scroll { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem .45rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th { font-size: .76rem; font-weight: 600; color: var(--soft); white-space: nowrap; }
tfoot td { font-weight: 600; border-bottom: 0; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
dl > div.wide { display: block; } dl > div.wide > dt { margin-bottom: .1rem; }
td.time { white-space: nowrap; }
td ul { margin: 0; padding-left: 1rem; }
dl { margin: .4rem 0; }
dl > div { display: grid; grid-template-columns: 10rem minmax(0, 1fr); gap: 1rem; padding: .4rem 0; border-bottom: 1px solid var(--line); }
dl > div:last-child { border-bottom: 0; }
dt { color: var(--soft); font-size: .88rem; }
dd { margin: 0; overflow-wrap: anywhere; }
dd > ul:first-child, dd > dl:first-child { margin-top: 0; }
dl dl > div { grid-template-columns: 8rem minmax(0, 1fr); }
.cards { display: grid; gap: .75rem; margin: .5rem 0; }
.card { border: 1px solid var(--line); border-radius: 8px; padding: .35rem .9rem; }
.card dl { margin: 0; }
ul { padding-left: 1.2rem; } li { margin: .2rem 0; }
.guards { list-style: none; padding: 0; font-size: .9rem; }
.guards li { margin: .35rem 0; }
.cite { font-size: .74rem; color: var(--soft); white-space: nowrap; }
.unknown, .none { color: var(--soft); font-style: italic; }
.reason { color: var(--soft); font-size: .9rem; }
.note { font-size: .86rem; color: var(--soft); }
.origin { font-size: .82rem; color: var(--soft); margin: -.35rem 0 .75rem; overflow-wrap: anywhere; }
pre, code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .85em; }
pre { background: var(--page); border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0; }
.idea { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--page); border: 1px solid var(--line); border-radius: 8px; padding: 1.25rem 1.5rem; }
details { font-size: .94rem; border: 1px solid var(--line); border-radius: 8px; padding: .6rem 1rem; margin: .6rem 0; }
summary { cursor: pointer; font-weight: 600; }
.timeline th { font-weight: 400; white-space: nowrap; width: 1%; padding-right: 1rem; }
.timeline td.bars { width: 100%; vertical-align: middle; }
.track { display: block; position: relative; height: 12px; background: var(--page); border-radius: 3px; }
.bar { position: absolute; top: 0; bottom: 0; background: var(--accent); border-radius: 3px; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .82rem; color: var(--soft); overflow-wrap: anywhere; }
@media (max-width: 60rem) { .layout { grid-template-columns: minmax(0, 1fr); padding: 0; gap: 0; } nav { position: static; max-height: none; padding: 1.25rem 1.5rem 0; } nav ol ol { display: none; }
  main { border: 0; border-radius: 0; padding: 1.5rem; } h1 { font-size: 1.8rem; } dl > div, dl dl > div { grid-template-columns: minmax(0, 1fr); gap: .1rem; } }
@media print { :root { color-scheme: light; --paper: #fff; --page: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #1f4e79;
  --good: #17653a; --good-bg: #e2f3e8; --warn: #7a4b00; --warn-bg: #fdf0d5; --bad: #9b1c1c; --bad-bg: #fde5e5; }
  @page { margin: 18mm 16mm; } body { font-size: 10pt; } .layout { display: block; padding: 0; max-width: none; } nav { position: static; max-height: none; page-break-after: always; }
  main { border: 0; padding: 0; } h2 { break-after: avoid; } h3 { break-after: avoid; } tr, .card, .notice { break-inside: avoid; } a { color: inherit; text-decoration: none; }
  .scroll { overflow: visible; } details { font-size: .94rem; border: 0; padding: 0; } details::details-content { content-visibility: visible; height: auto; } }
`;
