import { lowestCeiling, nameOfCaller } from "../timeout/caller-ceiling.ts";
import { isQueue } from "../timeout/queue-visibility.ts";
import { formatDuration, formatTimeout } from "./format-duration.ts";
import { formatMemory } from "./format-memory.ts";
import { formatCount, formatNumber } from "./format-number.ts";
import { formatOdds, formatPercent, formatShare } from "./format-percent.ts";
import { printable } from "./format-text.ts";
import { coldStartSentence, scopeWords } from "./production-statement.ts";
import { figureColumns } from "./render-columns.ts";
import { escapeHtml as text, htmlTable } from "./render-html-table.ts";
import { htmlStyle } from "./render-html-style.ts";
import { describeOutcome, type SizeRow, sizeRows } from "./render-rows.ts";
import {
  confidenceStatement,
  costStatement,
  effortStatement,
  estimateStatement,
  goalOf,
  memoryStatement,
  monthlySavingStatement,
  provenance,
  restorationStatement,
  type SettingStatement,
  sloStatement,
  targetName,
  tieStatement,
  timeoutStatement,
} from "./render-statements.ts";
import type { Report, TimeoutRecommendation } from "./schema.ts";
import { assumption, timeoutAlternatives } from "./timeout-alternatives.ts";

/** Pictures to put into the page, as SVG markup that is trusted; absent where there is nothing to draw. */
export interface HtmlCharts {
  readonly duration?: string;
  readonly charge?: string;
}

/**
 * A report as one self-contained HTML page: nothing is fetched, nothing runs, every text of the user's is escaped.
 *
 * @param charts - Drawn by the caller: drawing needs a DOM, which this module does not have.
 */
export const renderHtml = (report: Report, charts: HtmlCharts = {}): string => {
  const name = text(printable(targetName(report)));
  const sections = [
    header(report, name),
    settings(report),
    pictures(report, charts),
    sizes(report),
    grounds(report),
    timeouts(report),
    production(report),
    run(report),
    restoration(report),
    warnings(report),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="lambda-tuner ${text(report.tool.version)}">
<title>${name}: memory and timeout</title>
<style>${htmlStyle}</style>
</head>
<body>
<main>
${sections.filter((section) => section !== "").join("\n")}
</main>
<footer>lambda-tuner ${text(report.tool.version)} · run ${text(report.run.id)} · ${text(report.run.finishedAt)}</footer>
</body>
</html>
`;
};

const header = (report: Report, name: string): string => `<header>
<h1>${name}</h1>
<p class="quiet">${text(provenance(report))}</p>
</header>`;

const settings = (report: Report): string => {
  const memory = memoryStatement(report);
  const timeout = timeoutStatement(report);
  if (memory === undefined) {
    return `<section class="cards"><div class="card bad"><h2>No recommendation</h2><p>No size could be measured.</p></div></section>`;
  }
  const conclusive = report.recommendation?.conclusive === true;
  const saving = monthlySavingStatement(report);
  const facts = [
    ["Confidence", confidenceStatement(report), conclusive ? "" : "attention"],
    ["Objective", objective(report), ""],
    ["Tied", tieStatement(report), ""],
    [saving?.label ?? "", saving?.words, ""],
  ] as const;
  return `<section class="cards" aria-label="Recommendation">
${card("Memory", memory)}
${timeout === undefined ? "" : card("Timeout", timeout)}
<div class="card">
<dl>${facts
    .filter(([, words]) => words !== undefined)
    .map(([label, words, role]) => `<div><dt>${label}</dt><dd class="${role}">${text(words ?? "")}</dd></div>`)
    .join("")}</dl>
</div>
</section>`;
};

const objective = (report: Report): string | undefined =>
  sloStatement(report) ?? (report.recommendation === undefined ? undefined : goalOf(report.recommendation.objective));

const card = (
  label: string,
  { advised, current, changes, effect }: SettingStatement,
): string => `<div class="card setting">
<h2>${label}</h2>
<p class="advice">${
  changes
    ? `<span class="now"><span class="sr">now </span>${text(current)}</span><span class="arrow" aria-hidden="true">→</span><span class="sr">, advised </span><strong>${text(advised)}</strong>`
    : `<span class="now">keep</span> <strong>${text(advised)}</strong>`
}</p>
<p>${text(effect)}</p>
</div>`;

const pictures = (report: Report, { duration, charge }: HtmlCharts): string => {
  const legend = `<small>Circles are measured means with their intervals${report.model?.curve === undefined ? "" : "; the curve is the fitted model with its band"}.</small>`;
  const figure = (svg: string | undefined, caption: string) =>
    svg === undefined ? "" : `<figure><figcaption>${caption}${legend}</figcaption>${svg}</figure>`;
  const both = `${figure(duration, "Mean duration by memory")}${figure(charge, "Charge of a million invocations by memory")}`;
  return both === "" ? "" : `<section class="charts" aria-label="Charts">${both}</section>`;
};

const sizes = (report: Report): string => {
  const rows = sizeRows(report);
  if (rows.length === 0) return "";
  const figures = figureColumns(rows, report.recommendation?.confidence);
  return section(
    "Sizes",
    htmlTable({
      caption:
        "Warm invocations at every size that was tried. Percentiles that the samples cannot support are left out.",
      columns: [
        { header: "memory", cell: ({ memorySizeMb }: SizeRow) => formatMemory(memorySizeMb), isNumber: true },
        ...figures.map(({ header: name, meaning, cell }) => ({ header: name, title: meaning, cell, isNumber: true })),
        { header: "", cell: noteOf },
      ],
      rows,
      rowClass: ({ marks, outcome }) => [...marks, ...(outcome === "measured" ? [] : ["unusable"])].join(" "),
    }),
  );
};

const noteOf = ({ marks, outcome }: SizeRow): string =>
  [...(outcome === "measured" ? [] : [describeOutcome(outcome)]), ...marks].join(", ");

const grounds = (report: Report): string => {
  const because = report.recommendation?.explanation ?? [];
  const failures = report.measurements.flatMap(({ memorySizeMb, errors }) =>
    errors.map(({ type, count, example }) => ({ memorySizeMb, type, count, example })),
  );
  const failed =
    failures.length === 0
      ? ""
      : htmlTable({
          caption: "Failures of the function",
          columns: [
            { header: "memory", cell: ({ memorySizeMb }) => formatMemory(memorySizeMb), isNumber: true },
            { header: "times", cell: ({ count }) => formatNumber(count), isNumber: true },
            { header: "type", cell: ({ type }) => printable(type) },
            { header: "example", cell: ({ example }) => printable(example), isCode: true },
          ],
          rows: failures,
        });
  const estimate = estimateStatement(report);
  const words = [
    ...because,
    ...(estimate === undefined ? [] : [estimate]),
    ...(report.model === undefined ? [] : [report.model.explanation]),
  ];
  return words.length === 0 && failed === "" ? "" : section("Why", `${paragraphs(words)}${failed}`);
};

const timeouts = ({ timeoutRecommendation: advice, currentMemorySize }: Report): string => {
  if (advice === undefined) return "";
  const rules = [
    { rule: "recommended", timeoutSeconds: advice.recommendedSeconds, expectedCutShare: advice.expectedCutShare },
    ...timeoutAlternatives(advice),
  ];
  const table = htmlTable({
    caption: `What other rules would set, and the share of healthy invocations that each is expected to cut off${assumption(advice, currentMemorySize)}`,
    columns: [
      { header: "rule", cell: ({ rule }) => printable(rule) },
      { header: "timeout", cell: ({ timeoutSeconds }) => formatTimeout(timeoutSeconds), isNumber: true },
      { header: "cut off", cell: ({ expectedCutShare }) => formatOdds(expectedCutShare), isNumber: true },
    ],
    rows: rules,
    rowClass: ({ rule }) => (rule === "recommended" ? "recommended" : ""),
  });
  return section("Timeout", `${paragraphs([...advice.explanation, ...otherCeilings(advice)])}${table}`);
};

/** Callers that the explanation does not speak of already. */
const otherCeilings = ({ ceilings, decidedBy }: TimeoutRecommendation): readonly string[] => {
  const deciding = decidedBy === "caller-ceiling" ? lowestCeiling(ceilings)?.ceiling : undefined;
  return ceilings
    .filter((ceiling) => ceiling !== deciding && !isQueue(ceiling))
    .map(({ caller, ceilingMs }) => `${nameOfCaller(caller)} waits ${formatTimeout(ceilingMs / 1000)}.`);
};

const production = (report: Report): string => {
  const { production: seen } = report;
  if (seen === undefined) return "";
  const { durationMs: durations, maxConcurrentExecutions: most, maxIteratorAgeMs: age } = seen;
  const spillover = seen.provisionedConcurrencySpillover;
  const saving = monthlySavingStatement(report);
  const percentiles = (["p50", "p90", "p95", "p99", "p999", "mean", "max"] as const).flatMap((name) => {
    const ms = durations?.[name];
    return ms === undefined ? [] : [[durationLabels[name], formatDuration(ms)] as const];
  });
  return section(
    "Production",
    `${definitions([
      [
        "Observed",
        `${formatNumber(seen.invocations)} invocations${scopeWords(seen.resource)} in ${seen.lookbackDays} days`,
      ],
      ["A month", `${formatNumber(Math.round(seen.invocationsPerMonth))} invocations`],
      [saving?.label ?? "", saving?.words ?? ""],
      ["Performance risk now", seen.currentPerformanceRisk?.replace("VeryLow", "Very low") ?? ""],
      ["Errors", formatOdds(seen.errorShare)],
      ["Throttles", formatOdds(seen.throttleShare)],
      ["At once, at most", most === undefined ? "" : formatNumber(most)],
      ["Cold starts", seen.coldStartShare === undefined ? "" : formatShare(seen.coldStartShare)],
      ["Provisioned concurrency spilled over", spillover === undefined ? "" : formatCount(spillover, "invocation")],
      ["Oldest record when read", age === undefined ? "" : formatDuration(age)],
      ...percentiles,
    ])}${paragraphs([coldStartSentence(report) ?? "", seen.provisionedConcurrency?.explanation ?? ""].filter((words) => words !== ""))}`,
  );
};

const durationLabels = {
  p50: "Duration p50",
  p90: "Duration p90",
  p95: "Duration p95",
  p99: "Duration p99",
  p999: "Duration p99.9",
  mean: "Duration mean",
  max: "Slowest",
} as const;

const run = (report: Report): string =>
  section(
    "Run",
    definitions([
      ["Effort", effortStatement(report)],
      ["Cost", costStatement(report)],
      ["Billed", `${formatNumber(report.run.billedGbSeconds, 2)} GB-s`],
      [
        "Confidence asked",
        report.recommendation === undefined ? "" : formatPercent(report.recommendation.confidence * 100),
      ],
      ["Prices", `${report.prices.source}, ${report.prices.publicationDate}, ${report.prices.region}`],
      ["Seed", String(report.run.seed)],
    ]),
  );

const restoration = (report: Report): string => {
  const { before, after, equal, leftovers } = report.restoration;
  const rows = [
    { what: "memory", before: formatMemory(before.memorySizeMb), after: after && formatMemory(after.memorySizeMb) },
    {
      what: "timeout",
      before: formatTimeout(before.timeoutSeconds),
      after: after && formatTimeout(after.timeoutSeconds),
    },
    { what: "description", before: before.description, after: after?.description },
    { what: "code SHA-256", before: before.codeSha256, after: after?.codeSha256 },
    { what: "all other settings, SHA-256", before: before.settingsSha256, after: after?.settingsSha256 },
  ];
  const table = htmlTable({
    caption: "The function before and after the run",
    columns: [
      { header: "setting", cell: ({ what }) => what },
      { header: "before", cell: (row) => printable(row.before), isCode: true },
      { header: "after", cell: (row) => printable(row.after ?? "not read"), isCode: true },
    ],
    rows,
    rowClass: (row) => (row.before === row.after ? "" : "unusable"),
  });
  const proved = equal && leftovers.length === 0;
  return section(
    "Restored",
    `<p class="${proved ? "good" : "bad"}">${text(printable(restorationStatement(report)))}</p><details${proved ? "" : " open"}><summary>Proof</summary>${table}</details>`,
  );
};

const warnings = ({ warnings: all }: Report): string =>
  all.length === 0
    ? ""
    : section(
        "Warnings",
        `<ul class="warnings">${all.map(({ message }) => `<li>${text(printable(message))}</li>`).join("")}</ul>`,
      );

const section = (title: string, body: string): string => {
  const id = title.toLowerCase();
  return `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;
};

const paragraphs = (all: readonly string[]): string => all.map((words) => `<p>${text(printable(words))}</p>`).join("");

const definitions = (entries: readonly (readonly [string, string])[]): string =>
  `<dl class="facts">${entries
    .filter(([, value]) => value !== "")
    .map(([label, value]) => `<div><dt>${text(label)}</dt><dd>${text(printable(value))}</dd></div>`)
    .join("")}</dl>`;
