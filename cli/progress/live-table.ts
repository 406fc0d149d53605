import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import type { Paint } from "../../core/report/render-grid.ts";
import { roomOf } from "../output/terminal.ts";
import { renderProgress } from "./render-progress.ts";
import type { ProgressTracker } from "./run-progress.ts";

/** A table on the terminal that follows a run until it is stopped. */
export interface LiveTable {
  /** Writes a line above the table. */
  readonly write: (line: string) => void;
  /** Takes the table away. */
  readonly stop: () => void;
}

/** Redrawing takes CPU from what is being measured, so it happens rarely. */
const intervalMs = 250;

/** Draws a run's progress on stderr, which must be a terminal. */
export const startLiveTable = (tracker: ProgressTracker, paint: Paint): LiveTable => {
  const stream = process.stderr;
  const startedAt = performance.now();
  let drawn = 0;
  const erase = () => {
    if (drawn > 0) moveCursor(stream, 0, -drawn);
    cursorTo(stream, 0);
    clearScreenDown(stream);
    drawn = 0;
  };
  const draw = () => {
    const { columns: width = 80, rows: height = 24 } = roomOf(stream);
    const canvas = { width, height, paint };
    const lines = renderProgress(tracker.progress, (performance.now() - startedAt) / 1000, canvas);
    // One write, so that the table does not flicker.
    stream.cork();
    erase();
    stream.write(`${lines.join("\n")}\n`);
    stream.uncork();
    drawn = lines.length;
  };
  draw();
  const timer = setInterval(draw, intervalMs);
  timer.unref();
  return {
    write: (line) => {
      erase();
      stream.write(`${line}\n`);
      draw();
    },
    stop: () => {
      clearInterval(timer);
      erase();
    },
  };
};
