import type { SandboxReport, SizeResult } from "./benchmark.ts";

/** The report as text for a terminal. */
export const renderTable = (report: SandboxReport): string =>
  [
    `CPU backend: ${report.backend}`,
    "",
    ...sizeLines("CPU-bound", report.cpuBound),
    "",
    ...sizeLines("I/O-bound", report.ioBound),
    "",
    `warm invocation through the endpoint: p50 ${report.warmOverheadMs.p50.toFixed(2)} ms, p99 ${report.warmOverheadMs.p99.toFixed(2)} ms`,
    `cold start through the endpoint: p50 ${report.coldStartMs.p50.toFixed(0)} ms`,
    "",
  ].join("\n");

const sizeLines = (title: string, results: readonly SizeResult[]): readonly string[] => [
  `${title.padEnd(10)} ${"MB".padStart(6)} ${"mean ms".padStart(9)} ${"/ law".padStart(7)} ${"lost".padStart(5)}`,
  ...results.map(
    ({ memorySizeMb, meanMs, ratioToLaw, lostShare }) =>
      `${"".padEnd(10)} ${String(memorySizeMb).padStart(6)} ${meanMs.toFixed(1).padStart(9)} ${ratioToLaw.toFixed(3).padStart(7)} ${lostWords(lostShare).padStart(5)}`,
  ),
];

const lostWords = (lostShare: number | undefined): string =>
  lostShare === undefined ? "" : `${(lostShare * 100).toFixed(0)}%`;
