import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { type Endpoint, startEndpoint } from "../../../local/endpoint/start-endpoint.ts";
import { registerSimulation } from "../../support/test-endpoint.ts";

const python = "/usr/bin/python3";
const script = fileURLToPath(new URL("boto3-client.py", import.meta.url));
const hasBoto3 = spawnSync(python, ["-c", "import boto3"]).status === 0;

/** Time passes from one look of a waiter to the next, and only then: the first finds the update in progress. */
const seenByBoto3 = async (): Promise<unknown> => {
  const looks = (): number => calls().filter(({ action }) => action === "GetFunction").length;
  let calls: Endpoint["calls"] = () => [];
  const endpoint = await startEndpoint({
    controlPlaneDelayMs: 1000,
    clock: () => Date.UTC(2026, 0, 31) + 1000 * looks(),
  });
  calls = () => endpoint.calls();
  try {
    registerSimulation(endpoint, { functionName: "thumbnails", memorySizeMb: 256 });
    endpoint.deployStack({
      stackName: "LambdaTuner",
      outputs: { StateMachineArn: "arn:<&>" },
      exportNames: { StateMachineArn: "lambda-tuner-state-machine" },
      ssmParameters: { "/lambda-tuner/a&b": "value" },
    });
    const { stdout } = await promisify(execFile)(python, [script, "thumbnails"], {
      env: { PATH: process.env["PATH"], HOME: "/nonexistent", ...endpoint.environment() },
    });
    return JSON.parse(stdout);
  } finally {
    await endpoint.close();
  }
};

it.skipIf(!hasBoto3)("answers boto3, an independent client (skipped without Debian's python3-boto3)", async () => {
  expect(await seenByBoto3()).toEqual({
    identity: "123456789012",
    memoryBefore: 256,
    statusAfterUpdate: "InProgress",
    conflict: ["ResourceConflictException", "ResourceConflictException"],
    outdated: ["PreconditionFailedException", "PreconditionFailedException"],
    published: ["1", 512, "by boto3", "Pending"],
    publishedAgain: "1",
    invoked: [200, "1", null],
    payload: { simulated: true },
    tail: expect.stringMatching(/REPORT RequestId: [\w-]+\tDuration: 250.00 ms\t.*\tInit Duration: 200.00 ms/),
    alias: ["live", "1"],
    invokedByAlias: "1",
    held: ["ResourceConflictException", "ResourceConflictException"],
    versions: ["$LATEST"],
    notFound: ["ResourceNotFoundException", "ResourceNotFoundException"],
    badMemory: ["ClientError", "ValidationException"],
    limits: 1000,
    object: "{}",
    lock: "r",
    outputs: [{ OutputKey: "StateMachineArn", OutputValue: "arn:<&>", ExportName: "lambda-tuner-state-machine" }],
    exports: [["lambda-tuner-state-machine", "arn:<&>"]],
    parameter: "value",
  });
});
