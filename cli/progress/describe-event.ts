import { formatWait } from "../../core/report/format-duration.ts";
import { formatCount } from "../../core/report/format-number.ts";
import { formatUsd } from "../../core/report/format-usd.ts";
import { estimateSchema } from "../../core/run/run-state.ts";
import type { HostEvent } from "../../local/endpoint/execution-host.ts";
import { isJsonObject } from "../flags/json-object.ts";

/** The line that a person should see at an event of a run; absent for most. */
export const describeEvent = (event: HostEvent): string | undefined => {
  if (event.kind !== "state-exited" || event.state.name !== "Plan" || !isJsonObject(event.output)) return undefined;
  const { data } = estimateSchema.safeParse(event.output["estimate"]);
  if (data === undefined || "dryRun" in event.output) return undefined;
  const { invocations, expectedUsd, worstCaseUsd, expectedSeconds } = data;
  return `Estimate: ${formatCount(invocations, "invocation")}; in AWS about ${formatWait(expectedSeconds)} and ${formatUsd(expectedUsd)}, at most ${formatUsd(worstCaseUsd)}`;
};
