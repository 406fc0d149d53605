import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { settingsDigest } from "../../../functions/aws/settings-digest.ts";

const thumbnails: FunctionConfiguration = {
  FunctionName: "thumbnails",
  FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:thumbnails",
  Runtime: "nodejs24.x",
  MemorySize: 512,
  Version: "$LATEST",
  ConfigSha256: "one",
  Environment: { Variables: { STAGE: "test" } },
  VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"], VpcId: "vpc-1" },
};

const key = "arn:aws:kms:us-east-1:123456789012:key/a";
const denied = (who: string): FunctionConfiguration => ({
  ...thumbnails,
  KMSKeyArn: key,
  Environment: { Error: { ErrorCode: "AccessDeniedException", Message: `KMS Message: User ${who} is not authorized` } },
});

describe("The digest of settings is the same", () => {
  it.each<[string, FunctionConfiguration, FunctionConfiguration]>([
    ["for another size", thumbnails, { ...thumbnails, MemorySize: 1024, ConfigSha256: "two", RevisionId: "r" }],
    [
      "for a version",
      thumbnails,
      { ...thumbnails, Version: "7", MasterArn: "arn", FunctionArn: "arn:7", State: "Active" },
    ],
    ["in another order of members", thumbnails, Object.fromEntries(Object.entries(thumbnails).toReversed())],
    [
      "without a VPC, and with one of no subnet",
      { ...thumbnails, VpcConfig: undefined },
      {
        ...thumbnails,
        VpcConfig: { SubnetIds: [], SecurityGroupIds: [], VpcId: "", Ipv6AllowedForDualStack: undefined },
      },
    ],
    ["without variables", { ...thumbnails, Environment: undefined }, { ...thumbnails, Environment: { Variables: {} } }],
    ["for two who may not use the key of its variables", denied("plan"), denied("clean-up")],
    ["for one who may use the key, and one who may not", { ...thumbnails, KMSKeyArn: key }, denied("plan")],
  ])("%s", (_what, one, other) => {
    expect(settingsDigest(other)).toBe(settingsDigest(one));
  });
});

describe("The digest of settings is another", () => {
  it.each<[string, FunctionConfiguration]>([
    ["variable", { Environment: { Variables: { STAGE: "live" } } }],
    ["runtime", { Runtime: "nodejs22.x" }],
    ["subnet", { VpcConfig: { ...thumbnails.VpcConfig, SubnetIds: ["subnet-2"] } }],
    ["command of an image", { ImageConfigResponse: { ImageConfig: { Command: ["run"] } } }],
    ["key", { KMSKeyArn: key }],
    ["moment of a snapshot", { SnapStart: { ApplyOn: "PublishedVersions", OptimizationStatus: "Off" } }],
  ])("for another %s", (_what, change) => {
    expect(settingsDigest({ ...thumbnails, ...change })).not.toBe(settingsDigest(thumbnails));
  });
});
