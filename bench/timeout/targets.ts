import type { RuleResult } from "./benchmark.ts";

/** A limit that the bounded-risk rule has to keep. */
export interface Target {
  readonly name: string;
  readonly limit: number;
  /** The mean over 20, 50, 100 and 300 tuning samples. */
  readonly value: number;
  readonly met: boolean;
}

const limits = [
  { productionInvocations: 5000, above1e4: 0.03, overshoot: 1.6 },
  { productionInvocations: 50_000, above1e4: 0.01, overshoot: 1.3 },
  { productionInvocations: 1_000_000, above1e4: 0.01, overshoot: 1.3 },
] as const;

/** Compares the bounded-risk rule with its targets. */
export const targetsOf = (results: readonly RuleResult[]): readonly Target[] =>
  limits.flatMap(({ productionInvocations, above1e4, overshoot }) =>
    (["kept", "cut"] as const).flatMap((memory) => {
      const ours = results.filter(
        (result) =>
          result.rule === "bounded-risk" &&
          result.memory === memory &&
          result.productionInvocations === productionInvocations,
      );
      const situation = `N = ${productionInvocations}, memory ${memory}`;
      const share = mean(ours.map((result) => result.above1e4));
      const median = mean(ours.map((result) => result.overshoot.median));
      return [
        { name: `${situation}: share of functions above 1e-4`, limit: above1e4, value: share, met: share <= above1e4 },
        { name: `${situation}: median overshoot`, limit: overshoot, value: median, met: median <= overshoot },
      ];
    }),
  );

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
