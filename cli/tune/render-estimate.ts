import { describeBasis } from "../../core/planning/estimate-basis.ts";
import { formatWait } from "../../core/report/format-duration.ts";
import { formatMemories } from "../../core/report/format-memory.ts";
import { formatCount } from "../../core/report/format-number.ts";
import { printable, wrapped } from "../../core/report/format-text.ts";
import { formatUsd } from "../../core/report/format-usd.ts";
import type { Paint } from "../../core/report/render-grid.ts";
import type { RunEstimate } from "./estimate-run.ts";
import { expectedWords } from "./expected-words.ts";

/** An estimate as text for a terminal. */
export const renderEstimate = (
  run: RunEstimate,
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string => {
  const lines = [
    paint("title", printable(run.functionName)),
    "",
    ...entries(run).flatMap(([label, text]) =>
      wrapped(text, Math.max(30, width - labelRoom)).map(
        (line, index) => `${paint("quiet", (index === 0 ? label : "").padEnd(labelRoom))}${line}`,
      ),
    ),
  ];
  return `${lines.join("\n")}\n`;
};

const labelRoom = 12;

const entries = (run: RunEstimate): [string, string][] => {
  const { estimate, firstRound, deployed } = run;
  const place = `${run.region}, ${run.architecture}`;
  return [
    ["Sizes", sizesWords(run)],
    ["Samples", `${formatCount(estimate.invocations, "invocation")} expected, ${countsWords(firstRound)}`],
    [
      "Cost",
      `${expectedWords(estimate)}, at most ${formatUsd(estimate.worstCaseUsd)}${deployed ? ` (${place})` : `, if it ran in AWS (${place}); nothing is charged on this machine`}`,
    ],
    [
      "Time",
      `about ${formatWait(estimate.expectedSeconds)}, at most ${formatWait(estimate.worstCaseSeconds)}${deployed ? ", of which each published version takes seconds" : " in AWS, where each published version takes seconds; less here"}`,
    ],
    ["Based on", basisWords(run)],
  ];
};

const sizesWords = ({ firstRound, laterRounds }: RunEstimate): string => {
  const sizes = formatMemories(firstRound.map(({ memorySizeMb }) => memorySizeMb));
  return laterRounds === undefined ? sizes : `${sizes}${laterWords[laterRounds]}`;
};

const laterWords: Record<NonNullable<RunEstimate["laterRounds"]>, string> = {
  "same-sizes": "; later rounds measure these again, as often as it takes",
  "listed-sizes": " first; later rounds choose more of those asked for from what these show",
  "new-sizes": " first; later rounds choose more from what these show",
};

const countsWords = (jobs: RunEstimate["firstRound"]): string => {
  const counts = [...new Set(jobs.map(({ warm }) => warm))];
  const perSize = counts.length === 1 ? `${counts[0]}` : `${Math.min(...counts)} to ${Math.max(...counts)}`;
  return `${perSize} warm ones a size in the first round, beside each environment's cold start`;
};

const basisWords = ({ estimate: { basis }, deployed }: RunEstimate): string => {
  const rests = basis === undefined ? "nothing that is known" : describeBasis(basis);
  const better = basis?.kind === "assumed" && !deployed ? "; a report of an earlier run makes this better" : "";
  return `${rests}${better}. The most it can be: every invocation runs into the timeout`;
};
