import { formatUsd } from "../../core/report/format-usd.ts";
import type { Estimate } from "../../core/run/run-state.ts";

/** What a run is expected to cost, and between which amounts that is. */
export const expectedWords = ({ expectedUsd, expectedRangeUsd: range }: Estimate): string => {
  const expected = `${formatUsd(expectedUsd)} expected`;
  if (range === undefined || formatUsd(range.lower) === formatUsd(range.upper)) return expected;
  return `${expected} (${formatUsd(range.lower)} to ${formatUsd(range.upper)})`;
};
