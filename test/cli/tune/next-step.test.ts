import { expect, it } from "vitest";
import { nextStep } from "../../../cli/tune/next-step.ts";
import type { Report } from "../../../core/report/schema.ts";
import { inconclusiveReport, thumbnailReport } from "../../core/report/render-fixtures.ts";

const timeout = { ...thumbnailReport.timeoutRecommendation, recommendedSeconds: 5, currentSeconds: 30 };
const inAws = {
  ...thumbnailReport,
  run: { ...thumbnailReport.run, engine: "aws" },
  timeoutRecommendation: { ...timeout, provisional: false },
} as Report;
const here = {
  ...inAws,
  run: { ...inAws.run, engine: "local", cpuBackend: "cgroup-v2" },
  timeoutRecommendation: { ...timeout, provisional: true },
} as Report;
const asItIs = {
  ...here,
  currentMemorySize: here.recommendation?.memorySizeMb,
  timeoutRecommendation: { ...timeout, currentSeconds: 5 },
} as Report;
const { recommendation: _none, ...nothing } = here;

it.each<[string, Report, string | undefined]>([
  [
    "of a function in AWS is a command",
    inAws,
    "Next: lambda-tuner apply r.json sets memory 640 MB instead of 1024 MB, timeout 5 s instead of 30 s.",
  ],
  [
    "of code on this machine is what to set where it is deployed",
    here,
    "Next: set memory 640 MB instead of 1024 MB, timeout 5 s instead of 30 s (provisional) where image-thumbnail is deployed.",
  ],
  ["of settings that are right is nothing", asItIs, "Next: nothing, image-thumbnail is set as it should be."],
  [
    "of a run that a limit ended is another",
    inconclusiveReport,
    "Next: tune again with a higher limit; this one ended the run before it was settled.",
  ],
  [
    "of a run on a busy machine is another",
    { ...here, warnings: [{ kind: "machine-busy", message: "Other programs ..." }] },
    "Next: tune again on a quiet machine; other programs slowed this run down (see the warning).",
  ],
  ["of a run without advice is left to the report", nothing, undefined],
])("the next step %s", (_, report, line) => {
  expect(nextStep(report, "r.json")).toBe(line);
});
