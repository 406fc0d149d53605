import { describeBasis } from "../../core/planning/estimate-basis.ts";
import { formatWait } from "../../core/report/format-duration.ts";
import { formatCount } from "../../core/report/format-number.ts";
import { formatUsd } from "../../core/report/format-usd.ts";
import { type Estimate, estimateSchema } from "../../core/run/run-state.ts";
import type { HostEvent } from "../../local/endpoint/execution-host.ts";
import { isJsonObject } from "../flags/json-object.ts";

/**
 * The line that a person should see at an event of a run; absent for most.
 *
 * @param announced - The estimate that was shown before the run: it is told again instead of the run's own.
 */
export const describeEvent = (event: HostEvent, announced?: Estimate): string | undefined => {
  if (event.kind !== "state-exited" || event.state.name !== "Plan" || !isJsonObject(event.output)) return undefined;
  const { data } = estimateSchema.safeParse(event.output["estimate"]);
  if (data === undefined || "dryRun" in event.output) return undefined;
  const { invocations, expectedUsd, worstCaseUsd, expectedSeconds, basis } = announced ?? data;
  return `Estimate: ${formatCount(invocations, "invocation")}; in AWS about ${formatWait(expectedSeconds)} and ${formatUsd(expectedUsd)}, at most ${formatUsd(worstCaseUsd)}${basisWords(basis)}`;
};

/** What the estimate rests on; why it is no more than that, only an estimate on its own has room to say. */
const basisWords = (basis: Estimate["basis"]): string => {
  if (basis === undefined) return "";
  const { reason: _why, ...known } = basis;
  return `; rests on ${describeBasis(known)}`;
};
