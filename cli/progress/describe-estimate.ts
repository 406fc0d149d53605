import { formatWait } from "../../core/report/format-duration.ts";
import { formatCount } from "../../core/report/format-number.ts";
import { formatUsd } from "../../core/report/format-usd.ts";
import type { Estimate } from "../../core/run/run-state.ts";

/** What a run is expected to take, in one line. */
export const describeEstimate = ({ invocations, expectedUsd, worstCaseUsd, expectedSeconds }: Estimate): string =>
  `Estimate: ${formatCount(invocations, "invocation")}; in AWS about ${formatWait(expectedSeconds)} and ${formatUsd(expectedUsd)}, at most ${formatUsd(worstCaseUsd)}`;
