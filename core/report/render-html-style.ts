/** The page's style: system fonts, light and dark by the reader's preference, printable. */
export const htmlStyle = `
:root {
  --page: #f6f7f9; --surface: #ffffff; --ink: #16202c; --quiet: #5b6776; --line: #e1e5ea;
  --data: #3867b7; --good: #0b7a4b; --good-soft: #e4f4ec; --bad: #b3261e; --bad-soft: #fbe9e7; --attention: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f141b; --surface: #171e28; --ink: #e7ecf3; --quiet: #9aa7b6; --line: #2a3441;
    --data: #7aa7f0; --good: #4ccf93; --good-soft: #12352a; --bad: #ff8a80; --bad-soft: #3a1d1d; --attention: #f0b64c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 8px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 0 0 10px; }
p { margin: 0 0 8px; max-width: 78ch; }
header { margin-bottom: 22px; }
header p { margin-top: 4px; }
section { margin-bottom: 20px; }
section[aria-labelledby], figure, .card { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(270px, 100%), 1fr)); gap: 16px; }
.card h2 { font-size: 13px; font-weight: 600; color: var(--quiet); margin-bottom: 4px; }
.card p:last-child { margin: 0; }
.setting { border-top: 3px solid var(--good); }
.advice { font-size: 30px; line-height: 1.25; letter-spacing: -0.02em; white-space: nowrap; font-variant-numeric: tabular-nums; }
.advice .now { color: var(--quiet); font-size: 20px; }
.advice .arrow { color: var(--quiet); font-size: 20px; padding: 0 8px; }
.advice strong { color: var(--good); font-weight: 650; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: 16px; }
figure { margin: 0; }
figcaption { font-size: 13px; font-weight: 600; color: var(--quiet); margin-bottom: 6px; }
figcaption small { display: block; font-weight: 400; font-size: 12px; }
figure svg { display: block; width: 100%; height: auto; overflow: visible; }
dl { margin: 0; }
.card dl div { margin-bottom: 6px; }
dt { font-size: 13px; color: var(--quiet); }
dd { margin: 0; }
.facts + p { margin-top: 14px; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(230px, 100%), 1fr)); gap: 10px 24px; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--data); outline-offset: 2px; }
table { border-collapse: collapse; min-width: min(100%, 480px); font-variant-numeric: tabular-nums; }
table.wide { width: 100%; }
caption { text-align: left; color: var(--quiet); font-size: 13px; padding-bottom: 8px; }
th, td { padding: 7px 10px; border-bottom: 1px solid var(--line); text-align: left; font-weight: 400; vertical-align: top; }
thead th { font-size: 13px; color: var(--quiet); font-weight: 600; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: right; white-space: nowrap; }
tr.recommended > * { background: var(--good-soft); font-weight: 600; }
tr.current > * { font-weight: 600; }
tr.unusable > * { color: var(--bad); }
code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; display: inline-block; min-width: 26ch; }
.quiet { color: var(--quiet); } .good { color: var(--good); } .bad { color: var(--bad); } .attention { color: var(--attention); }
.card.bad { border-top: 3px solid var(--bad); color: inherit; }
.warnings { margin: 0; padding-left: 20px; }
.warnings li::marker { color: var(--attention); }
details summary { cursor: pointer; color: var(--quiet); padding: 4px 0; }
footer { max-width: 1180px; margin: 0 auto; padding: 4px 24px 32px; color: var(--quiet); font-size: 13px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 600px) { figure svg.plot { font-size: 17px !important; } }
@media print {
  body { background: #fff; font-size: 12px; }
  main { max-width: none; padding: 0; }
  section, figure { break-inside: avoid; }
  .scroll { overflow: visible; }
}
`;
