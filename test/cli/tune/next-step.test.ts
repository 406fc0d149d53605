import { expect, it } from "vitest";
import { nextStep } from "../../../cli/tune/next-step.ts";
import type { Report, TimeoutRecommendation } from "../../../core/report/schema.ts";
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
} as Report;
const provisional = { ...timeout, provisional: true } as TimeoutRecommendation;
const hung = { ...provisional, currentSeconds: 450, recommendedSeconds: 900, decidedBy: "censored" };
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
    "Next: set memory 640 MB instead of 1024 MB, timeout 5 s instead of 30 s where image-thumbnail is deployed.",
  ],
  [
    "of a provisional timeout that would be lower is to keep what there is",
    { ...here, timeoutRecommendation: provisional },
    "Next: set memory 640 MB instead of 1024 MB where image-thumbnail is deployed. Keep the timeout of 30 s until production confirms 5 s.",
  ],
  [
    "of a provisional timeout in AWS leaves it out of the command",
    { ...inAws, timeoutRecommendation: provisional },
    "Next: lambda-tuner apply r.json --only memory sets memory 640 MB instead of 1024 MB. Keep the timeout of 30 s until production confirms 5 s.",
  ],
  [
    "of nothing but a provisional timeout is to wait",
    { ...asItIs, timeoutRecommendation: provisional },
    "Next: keep the timeout of 30 s until production confirms 5 s.",
  ],
  [
    "of a provisional timeout that would be longer is to keep what there is too",
    { ...here, timeoutRecommendation: { ...provisional, currentSeconds: 3 } },
    "Next: set memory 640 MB instead of 1024 MB where image-thumbnail is deployed. Keep the timeout of 3 s until production confirms 5 s.",
  ],
  [
    "of a provisional timeout in place of one that is found too short is to set it",
    {
      ...here,
      findingReasonCodes: ["TimeoutTooShort"],
      timeoutRecommendation: { ...provisional, currentSeconds: 3 },
    },
    "Next: set memory 640 MB instead of 1024 MB, timeout 5 s instead of 3 s (provisional) where image-thumbnail is deployed.",
  ],
  [
    "of a provisional timeout that the caller's patience decided is to set it: what exceeds it is lost either way",
    { ...here, timeoutRecommendation: { ...provisional, decidedBy: "caller-ceiling" } },
    "Next: set memory 640 MB instead of 1024 MB, timeout 5 s instead of 30 s (provisional) where image-thumbnail is deployed.",
  ],
  [
    "of a provisional timeout that the recommended size needs is to set both",
    { ...inAws, timeoutRecommendation: { ...provisional, currentSeconds: 3, keptCutShare: 0.1, currentCutShare: 0 } },
    "Next: lambda-tuner apply r.json sets memory 640 MB instead of 1024 MB, timeout 5 s instead of 3 s (provisional).",
  ],
  [
    "of a timeout that cuts off healthy invocations for a caller that was found is to keep what there is",
    { ...inAws, timeoutRecommendation: { ...timeout, decidedBy: "caller-ceiling", expectedCutShare: 0.17 } } as Report,
    "Next: lambda-tuner apply r.json --only memory sets memory 640 MB instead of 1024 MB. Keep the timeout of 30 s unless no caller waits longer (see the warning).",
  ],
  [
    "of one hang is to look into it, and never to pay for longer ones",
    { ...here, timeoutRecommendation: { ...hung, timeoutsSeen: 1 } },
    "Next: set memory 640 MB instead of 1024 MB where image-thumbnail is deployed. 1 invocation ended at the timeout of 450 s: find out whether it hangs or is slow before raising it.",
  ],
  [
    "of several timeouts is to look into them",
    { ...asItIs, timeoutRecommendation: { ...hung, timeoutsSeen: 4 } },
    "Next: 4 invocations ended at the timeout of 450 s: find out whether they hang or are slow before raising it.",
  ],
  [
    "of a function that hangs now and then is to find out why, whatever the calls that succeeded say of sizes",
    {
      ...here,
      timeoutRecommendation: { ...hung, timeoutsSeen: 4 },
      warnings: [{ kind: "occasional-timeouts", timeouts: 4, message: "4 of 30 ..." }],
    },
    "Next: find out why image-thumbnail hangs now and then (see the warnings), then tune again.",
  ],
  [
    "of a function that fails often is to find out why",
    { ...here, warnings: [{ kind: "invocations-failed", failed: 34, invocations: 75, message: "34 of 75 ..." }] },
    "Next: find out why invocations of image-thumbnail fail (see the warnings), then tune again.",
  ],
  [
    "of a function that fails seldom is what was measured",
    { ...here, warnings: [{ kind: "invocations-failed", failed: 2, invocations: 75, message: "2 of 75 ..." }] },
    "Next: set memory 640 MB instead of 1024 MB, timeout 5 s instead of 30 s where image-thumbnail is deployed.",
  ],
  [
    "of settings that nobody stated replaces nothing",
    { ...here, timeoutRecommendation: provisional, warnings: [{ kind: "current-settings-assumed", message: "" }] },
    "Next: set memory 640 MB, timeout 5 s (provisional) where image-thumbnail is deployed.",
  ],
  ["of settings that are right is nothing", asItIs, "Next: nothing, image-thumbnail is set as it should be."],
  [
    "of a run that a limit ended is another",
    inconclusiveReport,
    "Next: tune again with a higher limit; this one ended the run before it was settled.",
  ],
  [
    "of a run that its preset ended is a more thorough one",
    {
      ...inconclusiveReport,
      run: { ...inconclusiveReport.run, request: { sampling: { preset: "standard" }, budget: {} } },
      recommendation: { ...inconclusiveReport.recommendation, stopReason: "invocation-limit" },
    } as Report,
    "Next: tune again with --preset thorough; what this preset allows ended the run before it was settled.",
  ],
  [
    "of a run that its own limit of invocations ended is one with a higher limit",
    {
      ...inconclusiveReport,
      run: { ...inconclusiveReport.run, request: { sampling: { preset: "standard" }, budget: { maxInvocations: 20 } } },
      recommendation: { ...inconclusiveReport.recommendation, stopReason: "invocation-limit" },
    } as Report,
    "Next: tune again with a higher limit; this one ended the run before it was settled.",
  ],
  [
    "of a run whose calls were too few to show a limit is to make more",
    {
      ...here,
      recommendation: {
        ...here.recommendation,
        conclusive: false,
        stopReason: "plan-complete",
        slo: { percentile: 99, limitMs: 65, verdict: "not-shown" },
      },
    } as Report,
    "Next: tune again with more invocations, as --preset thorough makes, or a looser limit; p99 takes many to show.",
  ],
  [
    "of a run that no size served well is to find out why",
    { ...here, recommendation: { ...here.recommendation, conclusive: false, stopReason: "plan-complete" } } as Report,
    "Next: find out why sizes could not be used (see the warnings), then tune again.",
  ],
  [
    "of a run whose plan was too small is a larger one",
    {
      ...here,
      recommendation: { ...here.recommendation, conclusive: false, stopReason: "plan-complete", unsettledPercent: 41 },
    } as Report,
    "Next: tune again with more invocations a size, or with --method adaptive, which makes as many as it takes.",
  ],
  [
    "of a run that measured a single size is to measure more",
    { ...here, measurements: here.measurements.filter(({ memorySizeMb }) => memorySizeMb === 640) },
    "Next: tune again with more sizes, 1024 MB among them; one alone tells nothing of the others.",
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
