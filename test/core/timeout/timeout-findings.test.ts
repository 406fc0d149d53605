import { describe, expect, it } from "vitest";
import { recommendTimeout } from "../../../core/timeout/recommend-timeout.ts";
import { timeoutFindings } from "../../../core/timeout/timeout-findings.ts";
import type { TimeoutInput } from "../../../core/timeout/timeout-input.ts";
import { production, timeoutInput } from "./timeout-inputs.ts";

const findings = (facts: Partial<TimeoutInput>) =>
  timeoutFindings(recommendTimeout(timeoutInput(facts)), facts.production && { metrics: facts.production });

describe("the finding about the current timeout", () => {
  it("is none when it is about right", () => {
    expect(findings({ currentSeconds: 4, production: production() })).toEqual([]);
  });

  it("is too long from twice what production supports", () => {
    expect(findings({ currentSeconds: 6, production: production() })).toEqual(["TimeoutTooLong"]);
    expect(findings({ currentSeconds: 5, production: production() })).toEqual([]);
  });

  it("takes five times to be too long on tuning samples alone", () => {
    expect(findings({ currentSeconds: 14 })).toEqual([]);
    expect(findings({ currentSeconds: 15 })).toEqual(["TimeoutTooLong"]);
  });

  it("is not too long where too little production keeps it", () => {
    expect(findings({ currentSeconds: 900, production: production({ sampleCount: 100 }) })).toEqual([]);
  });

  it("is too short when p99 lies within 10 % of it", () => {
    expect(findings({ currentSeconds: 1, production: production({ p99Ms: 890 }) })).toEqual([]);
    expect(findings({ currentSeconds: 1, production: production({ p99Ms: 900 }) })).toEqual(["TimeoutTooShort"]);
  });

  it("is too short when production runs into it", () => {
    const seen = production({ maxMs: 5000, tail: [] }, { timeouts: 40 });
    expect(findings({ currentSeconds: 5, production: seen })).toEqual(["TimeoutTooShort"]);
  });
});
