import { formatDuration, formatWait } from "../../core/report/format-duration.ts";
import { formatMemory } from "../../core/report/format-memory.ts";
import { columnDecimals, formatCount, formatNumber } from "../../core/report/format-number.ts";
import { shortened } from "../../core/report/format-text.ts";
import { type GridColumn, type Paint, renderGrid } from "../../core/report/render-grid.ts";
import { stageWords } from "./stages.ts";
import type { FinishedSize, RunProgress, SizeProgress } from "./run-progress.ts";

/** Where a live table is drawn. */
export interface ProgressCanvas {
  readonly width: number;
  /** Lines that fit. */
  readonly height: number;
  readonly paint: Paint;
}

/** A run as a live table of sizes, in lines that never wrap and never fill the screen. */
export const renderProgress = (
  progress: RunProgress,
  elapsedSeconds: number,
  { width, height, paint }: ProgressCanvas,
): string[] => {
  const headline = shortened(headlineOf(progress, elapsedSeconds), width - 1);
  const sizes = fitting(progress.sizes, height - 4);
  if (sizes.length === 0) return [headline];
  return [headline, ...renderGrid(columnsOf(sizes), sizes, width - 1, paint)];
};

/** A finished size as one line, for logs. */
export const describeFinishedSize = ({ round, size }: FinishedSize): string => {
  const mean = size.meanMs === undefined ? "no warm invocation" : `mean ${formatDuration(size.meanMs)}`;
  const failed = size.failed === 0 ? "" : `, ${formatNumber(size.failed)} failed`;
  return `Round ${round}: ${formatMemory(size.memorySizeMb).padStart(8)}  ${mean}, ${formatCount(size.done, "invocation")}${failed}`;
};

const headlineOf = ({ stage, round, sizes }: RunProgress, elapsedSeconds: number): string => {
  const done = sizes.reduce((sum, size) => sum + size.done, 0);
  const counts = done === 0 ? "" : ` · ${formatCount(done, "invocation")}`;
  const inRound = round === 0 ? "" : `Round ${round} · `;
  return `${inRound}${stageWords[stage] ?? stage}${counts} · ${formatWait(elapsedSeconds)}`;
};

/** Sizes at work come first when there is no room for all. */
const fitting = (sizes: readonly SizeProgress[], room: number): readonly SizeProgress[] => {
  if (sizes.length <= room) return sizes;
  const byActivity = sizes.toSorted((a, b) => b.running - a.running || a.done / a.planned - b.done / b.planned);
  return byActivity.slice(0, Math.max(1, room)).toSorted((a, b) => a.memorySizeMb - b.memorySizeMb);
};

const barRoom = 20;

const columnsOf = (sizes: readonly SizeProgress[]): GridColumn<SizeProgress>[] => {
  const decimals = columnDecimals(sizes.flatMap(({ meanMs }) => meanMs ?? []));
  return [
    { header: "memory", align: "right", dispensable: 0, cell: ({ memorySizeMb }) => formatMemory(memorySizeMb) },
    { header: "done", align: "right", dispensable: 0, cell: ({ done, planned }) => `${done}/${planned}` },
    {
      header: "",
      align: "left",
      dispensable: 1,
      cell: ({ done, planned }) => {
        const filled = Math.round((done / Math.max(1, planned)) * barRoom);
        return `${"━".repeat(filled)}${"─".repeat(barRoom - filled)}`;
      },
      role: ({ running }) => (running > 0 ? "good" : "quiet"),
    },
    {
      header: "mean ms",
      align: "right",
      dispensable: 0,
      cell: ({ meanMs }) => (meanMs === undefined ? "" : formatNumber(meanMs, decimals)),
    },
    {
      header: "failed",
      align: "right",
      dispensable: 0,
      cell: ({ failed }) => (failed === 0 ? "" : formatNumber(failed)),
      role: () => "attention",
    },
  ];
};
