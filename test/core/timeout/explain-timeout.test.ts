import { describe, expect, it } from "vitest";
import { recommendTimeout } from "../../../core/timeout/recommend-timeout.ts";
import type { TimeoutInput } from "../../../core/timeout/timeout-input.ts";
import { production, sample, timeoutInput } from "./timeout-inputs.ts";

const explained = (facts: Partial<TimeoutInput>): readonly string[] =>
  recommendTimeout(timeoutInput(facts)).explanation;

const policy = { policy: "p99", percentile: 99, marginMs: 1000 } as const;
const never = "An invocation that never returns costs $0.0000602, $0.0006 at the current 30 s.";

describe("a timeout's explanation", () => {
  it.each<[string, Partial<TimeoutInput>, readonly string[]]>([
    [
      "plenty of production",
      { production: production() },
      [
        "50,000 invocations of production in 14 days: what 1 in 10,000 exceeds is 2.20 s at most (95% confidence), whatever the distribution; they support percentiles up to p99.994.",
        never,
      ],
    ],
    [
      "some production",
      { production: production({ sampleCount: 5000 }) },
      [
        "5,000 invocations of production in 14 days: what 1 in 10,000 exceeds is 5.78 s at most (95% confidence), if the tail goes on as it begins; they support percentiles up to p99.94.",
        "An invocation that never returns costs $0.00014, $0.0006 at the current 30 s.",
      ],
    ],
    [
      "the policy p99",
      { production: production(), policy },
      [
        "50,000 invocations of production in 14 days: p99 is 410 ms at most (95% confidence); they support percentiles up to p99.994.",
        "2 s is the upper bound of p99 plus 1.00 s.",
        "An invocation that never returns costs $0.0000402, $0.0006 at the current 30 s.",
      ],
    ],
    [
      "a smaller size",
      {
        production: production(),
        recommendedMb: 512,
        samplesAtRecommended: [200, 204, 196, 202, 210, 198].map((ms) => sample(ms)),
      },
      [
        "50,000 invocations of production in 14 days: what 1 in 10,000 exceeds is 4.40 s at most (95% confidence), whatever the distribution; they support percentiles up to p99.994.",
        "Durations count 2.00 times as long at 512 MB as at 1024 MB: production's slowest are of a kind that the run has not met.",
        "An invocation that never returns costs $0.0000502, $0.0006 at the current 30 s.",
      ],
    ],
    [
      "samples alone",
      {},
      [
        "Rests on 6 healthy invocations of this run alone, enough for percentiles up to p60.",
        "3 s leaves room over a lognormal bound and over three times the slowest sample.",
        "Provisional: without durations of production, 6 samples say nothing certain about 1 in 10,000; tune again after 3,000 invocations of production.",
        never,
      ],
    ],
    [
      "three samples that differ",
      { samplesAtRecommended: [sample(2464), sample(300), sample(610)] },
      [
        "Rests on 3 healthy invocations of this run alone, enough for percentiles up to p36.",
        "26 s leaves room over ten times the slowest of 3 samples; so few give no bound.",
        "Provisional: without durations of production, 3 samples say nothing certain about 1 in 10,000; tune again after 3,000 invocations of production.",
        "An invocation that never returns costs $0.00052, $0.0006 at the current 30 s.",
      ],
    ],
    [
      "three samples that differ, by p99",
      { samplesAtRecommended: [sample(2464), sample(300), sample(610)], policy },
      [
        "Rests on 3 healthy invocations of this run alone, enough for percentiles up to p36.",
        "26 s leaves 1.00 s over ten times the slowest of 3 samples; so few give no bound.",
        "Provisional: without durations of production, 3 samples say nothing certain about 1 in 10,000; tune again after 3,000 invocations of production.",
        "An invocation that never returns costs $0.00052, $0.0006 at the current 30 s.",
      ],
    ],
    [
      "one sample",
      { samplesAtRecommended: [sample(2000)] },
      [
        "Rests on 1 healthy invocation of this run alone, enough for percentiles up to p5.",
        "7 s leaves room over three times the only sample, which gives no bound.",
        "Provisional: without durations of production, 1 sample says nothing certain about 1 in 10,000; tune again after 3,000 invocations of production.",
        "An invocation that never returns costs $0.00014, $0.0006 at the current 30 s.",
      ],
    ],
    [
      "samples that bound nothing under Lambda's limit",
      { samplesAtRecommended: [1, 1.2, 12_000, 1.1, 1, 900].map((ms) => sample(ms)) },
      [
        "Rests on 6 healthy invocations of this run alone, enough for percentiles up to p60.",
        "900 s is the most that Lambda allows; samples so far apart would ask for more.",
        "Provisional: without durations of production, 6 samples say nothing certain about 1 in 10,000; tune again after 3,000 invocations of production.",
        "An invocation that never returns costs $0.018, $0.0006 at the current 30 s.",
      ],
    ],
    [
      "a current timeout that is expected to suffice",
      { currentSeconds: 2 },
      [
        "Rests on 6 healthy invocations of this run alone, enough for percentiles up to p60.",
        "The current 2 s is expected to cut off under 1 in a million, so it is not raised on samples alone.",
        "Provisional: without durations of production, 6 samples say nothing certain about 1 in 10,000; tune again after 3,000 invocations of production.",
        "An invocation that never returns costs $0.0000402.",
      ],
    ],
    [
      "little production",
      { production: production({ sampleCount: 800 }) },
      [
        "Rests on 6 healthy invocations of this run and little production, enough for percentiles up to p60.",
        "Production shows 800 invocations; the current 30 s is not lowered on fewer than 3,000.",
        "Provisional: with 800 invocations of production, 6 samples say nothing certain about 1 in 10,000; tune again after 3,000 invocations of production.",
        "An invocation that never returns costs $0.0006.",
      ],
    ],
    [
      "a caller who gives up early",
      {
        production: production(),
        recommendedMb: 512,
        samplesAtRecommended: [200, 204, 196, 202, 210, 198].map((ms) => sample(ms)),
        ceilings: [{ caller: "request", ceilingMs: 2000 }],
      },
      [
        "50,000 invocations of production in 14 days: what 1 in 10,000 exceeds is 4.40 s at most (95% confidence), whatever the distribution; they support percentiles up to p99.994.",
        "The caller waits 2.00 s at most, so a longer timeout buys nothing; expected share that will not make it: 1 in 190 at 512 MB, 1 in 1,500 at 1024 MB.",
        "Durations count 2.00 times as long at 512 MB as at 1024 MB: production's slowest are of a kind that the run has not met.",
        "An invocation that never returns costs $0.0000102, $0.0006 at the current 30 s.",
      ],
    ],
  ])("of %s", (_, facts, sentences) => {
    expect(explained(facts)).toEqual(sentences);
  });
});
