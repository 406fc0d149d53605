import { Duration } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import type { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { checkProps } from "../../infra/check-props.ts";
import type { LambdaTunerProps } from "../../infra/lambda-tuner-props.ts";
import { everySetting } from "./support/every-setting.ts";
import { stackWith } from "./support/synthesised.ts";

const cadence = ScheduleExpression.rate(Duration.days(1));

/** Settings as an app in JavaScript may give them. */
const untyped = (props: Record<string, unknown>): LambdaTunerProps => props as unknown as LambdaTunerProps;

describe("the settings of LambdaTuner are refused", () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ["without functions", {}, /functions: expected at least one function.*there is no default/],
    ["when there are none", undefined as unknown as Record<string, unknown>, /functions: expected at least one/],
    [
      "with a property that is misspelt",
      { functions: ["x"], processor: ["y"] },
      /processor: no such property; there are/,
    ],
    ["with no function in the list", { functions: [null] }, /functions\[0\]: expected a function of the app.*got null/],
    [
      "with a schedule of no cadence",
      { functions: ["x"], schedules: [{ target: "x" }] },
      /schedules\[0\].cadence: expected/,
    ],
    ["with a schedule of nothing", { functions: ["x"], schedules: [{ cadence }] }, /schedules\[0\].target: expected/],
    ["with an empty list of functions", { functions: [] }, /functions: expected at least one/],
    ["with a function that is none", { functions: [{ name: "x" }] }, /functions\[0\]: expected a function of the app/],
    [
      "with an ARN for a name",
      { functions: ["arn:aws:lambda:x"] },
      /functions\[0\]: expected a function name.*got "arn/,
    ],
    [
      "with a tag of any value",
      { functions: [{ tagKey: "tune" }] },
      /functions\[0\]: expected a tag with a key and a value/,
    ],
    [
      "with a processor that is no name",
      { functions: ["x"], processors: ["a b"] },
      /processors\[0\]: expected a function name/,
    ],
    [
      "with a name that no parameter can have",
      { functions: ["x"], installationName: "team a" },
      /installationName: expected/,
    ],
    ["with a negative limit", { functions: ["x"], dailySpendAlarmUsd: -1 }, /dailySpendAlarmUsd: expected US dollars/],
    ["with a limit that is a text", { functions: ["x"], dailySpendAlarmUsd: "5" }, /dailySpendAlarmUsd: expected US/],
    [
      "with payloads everywhere",
      { functions: ["x"], payloadObjectArns: ["*"] },
      /payloadObjectArns: expected ARNs of objects/,
    ],
    [
      "with payloads of every bucket",
      { functions: ["x"], payloadObjectArns: ["arn:aws:s3:::*/*"] },
      /payloadObjectArns/,
    ],
    [
      "with a schedule of another function",
      { functions: ["api-*"], schedules: [{ target: "web", cadence }] },
      /schedules\[0\].target: web is none/,
    ],
  ])("%s", (_what, props, message) => {
    expect(() => checkProps(untyped(props))).toThrow(message);
  });

  it.each<[string, (scope: Construct) => Partial<LambdaTunerProps>, RegExp]>([
    [
      "for a bucket that is not made",
      (scope) => ({ reportBucket: Bucket.fromBucketName(scope, "Mine", "mine"), reportRetention: Duration.days(9) }),
      /reportRetention: applies to the bucket that is made/,
    ],
    ["of a VPC without one", () => ({ securityGroups: [] }), /securityGroups: needs the vpc/],
  ])("%s", (_what, more, message) => {
    expect(() => stackWith((scope) => ({ functions: ["x"], ...more(scope) }))).toThrow(message);
  });

  it("with every fault at once", () => {
    const props = untyped({ functions: ["a b"], installationName: "", dailySpendAlarmUsd: Number.NaN });
    expect(() => checkProps(props)).toThrow(/functions\[0\].*installationName.*dailySpendAlarmUsd/);
  });
});

describe("the settings of LambdaTuner are taken", () => {
  it.each<[string, LambdaTunerProps]>([
    ["with a schedule that a pattern covers", { functions: ["api-*"], schedules: [{ target: "api-users", cadence }] }],
    [
      "with a schedule that a tag may cover",
      { functions: [{ tagKey: "tune", tagValue: "yes" }], schedules: [{ target: "web", cadence }] },
    ],
    ["with payloads under a prefix", { functions: ["x"], payloadObjectArns: ["arn:aws:s3:::fixtures/events/*"] }],
  ])("%s", (_what, props) => {
    expect(() => checkProps(props)).not.toThrow();
  });

  it("all together", () => {
    expect(() => stackWith(everySetting)).not.toThrow();
  });
});
