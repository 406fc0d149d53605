import { describeBasis } from "../../core/planning/estimate-basis.ts";
import { type Estimate, estimateSchema } from "../../core/run/run-state.ts";
import type { HostEvent } from "../../local/endpoint/execution-host.ts";
import { isJsonObject } from "../flags/json-object.ts";
import { describeEstimate } from "./describe-estimate.ts";

/** The line that a person should see at an event of a run; absent for most. */
export const describeEvent = (event: HostEvent): string | undefined => {
  if (event.kind !== "state-exited" || event.state.name !== "Plan" || !isJsonObject(event.output)) return undefined;
  const { data } = estimateSchema.safeParse(event.output["estimate"]);
  if (data === undefined || "dryRun" in event.output) return undefined;
  return `${describeEstimate(data)}${basisWords(data.basis)}`;
};

/** What the estimate rests on; why it is no more than that, only an estimate on its own has room to say. */
const basisWords = (basis: Estimate["basis"]): string => {
  if (basis === undefined) return "";
  const { reason: _why, ...known } = basis;
  return `; rests on ${describeBasis(known)}`;
};
