import type { Estimate } from "../../core/run/run-state.ts";
import type { HostEvent } from "../../local/endpoint/execution-host.ts";
import type { InvocationEvent } from "../../local/endpoint/invocation-event.ts";
import type { Call } from "../command.ts";
import { paintFor } from "../output/paint.ts";
import { describeEvent } from "./describe-event.ts";
import { startLiveTable } from "./live-table.ts";
import { describeFinishedSize } from "./render-progress.ts";
import { type MeasuredSize, ProgressTracker } from "./run-progress.ts";

/** Takes a run's events and shows them on stderr. */
export interface ProgressDisplay {
  readonly onInvocation: (event: InvocationEvent) => void;
  readonly onEvent: (event: HostEvent) => void;
  /** Counts invocations of a run in AWS, where single ones are not seen. */
  readonly onMeasured: (size: MeasuredSize) => void;
  /** Says something without disturbing a live table. */
  readonly say: (line: string) => void;
  readonly stop: () => void;
}

/** A run that is shown. */
export interface ShownRun {
  /** The estimate that was shown before it, which is told instead of its own. */
  readonly announced?: Estimate;
  /** Error types of the target that count as success. */
  readonly allowedErrors?: readonly string[];
}

/** A live table on a terminal; otherwise one line for every finished size; nothing with `--quiet`. */
export const showProgress = (
  { shared, notes }: Call,
  { announced, allowedErrors = [] }: ShownRun = {},
): ProgressDisplay => {
  const tracker = new ProgressTracker(allowedErrors);
  const isLive = process.stderr.isTTY && !shared.ci && !shared.quiet && !shared.debug;
  const table = isLive ? startLiveTable(tracker, paintFor(process.stderr, shared.color)) : undefined;
  const say = table?.write ?? notes.say;
  return {
    onInvocation: (event) => tracker.invocation(event),
    onMeasured: (size) => tracker.measured(size),
    onEvent: (event) => {
      const finished = tracker.event(event);
      const described = describeEvent(event, announced);
      if (described !== undefined) say(described);
      if (event.kind === "task-failed") (table?.write ?? notes.detail)(`${event.state.name} failed: ${event.error}`);
      if (finished !== undefined && table === undefined) notes.say(describeFinishedSize(finished));
      if (event.kind === "state-entered") notes.debug(`entered ${event.state.name}`);
    },
    say,
    stop: () => table?.stop(),
  };
};
