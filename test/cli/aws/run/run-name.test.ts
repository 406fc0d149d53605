import { expect, it } from "vitest";
import { attemptName, dryRunName, type RunIdentityFacts, runName } from "../../../../cli/aws/run/run-name.ts";
import type { Target } from "../../../../core/run/target.ts";

const original = {
  memorySizeMb: 512,
  timeoutSeconds: 3,
  description: "",
  codeSha256: "code",
  settingsSha256: "settings",
};

const target: Target = {
  functionArn: "arn:aws:lambda:us-east-1:123456789012:function:thumbs",
  functionName: "thumbs",
  accountId: "123456789012",
  region: "us-east-1",
  architecture: "arm64",
  packageType: "Zip",
  snapStart: false,
  tracing: false,
  ephemeralStorageMb: 512,
  original,
};

const facts: RunIdentityFacts = {
  input: '{"functionArn":"thumbs"}',
  target,
  installation: { version: "0.1.0", stateMachineArn: "m", reportBucketName: "b", cleanUpFunctionArn: "f" },
};

it("is the same for the same request on an unchanged function", () => {
  expect(runName(facts)).toMatch(/^thumbs-[0-9a-f]{16}$/);
  expect(runName(structuredClone(facts))).toBe(runName(facts));
  const described = { ...target, original: { ...original, description: "being changed" } };
  expect(runName({ ...facts, target: described })).toBe(runName(facts));
});

it.each([
  ["another request", { ...facts, input: "{}" }],
  ["other code", { ...facts, target: { ...target, original: { ...original, codeSha256: "new" } } }],
  ["another setting", { ...facts, target: { ...target, original: { ...original, settingsSha256: "new" } } }],
  ["other memory", { ...facts, target: { ...target, original: { ...original, memorySizeMb: 1024 } } }],
  ["another timeout", { ...facts, target: { ...target, original: { ...original, timeoutSeconds: 4 } } }],
  ["another installation", { ...facts, installation: { ...facts.installation, stateMachineArn: "n" } }],
  ["another version", { ...facts, installation: { ...facts.installation, version: "0.2.0" } }],
])("is another one for %s", (_what, other) => {
  expect(runName(other)).not.toBe(runName(facts));
});

it("fits into the 80 characters of Step Functions, whatever the function's name", () => {
  const long = { ...target, functionName: "f".repeat(64) };
  expect(attemptName(runName({ ...facts, target: long }), 50).length).toBeLessThanOrEqual(80);
  expect(dryRunName(long, new Date(0)).length).toBeLessThanOrEqual(80);
});
