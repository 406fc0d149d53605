import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureSchema } from "../../../cli/output/failure-document.ts";
import { emptyFolder, runCli } from "../run-cli.ts";
import { accountEnvironment, playedAccount, small } from "./played-account.ts";

const tune = ["tune", "thumbs", ...small, "-y", "-o", "json"];

const failureOf = (stdout: string) => failureSchema.parse(JSON.parse(stdout)).error;

describe("an environment that stands in the way", { timeout: 60_000 }, () => {
  it.each([
    [
      "ssm:GetParameter",
      "ExpiredTokenException",
      400,
      "Tuner.Environment",
      "have expired. Sign in again (aws sso login)",
    ],
    ["ssm:GetParameter", "UnrecognizedClientException", 400, "Tuner.Environment", "does not accept these credentials"],
    [
      "ssm:GetParameter",
      "AccessDeniedException",
      400,
      "Tuner.AccessDenied",
      "ssm:GetParameter on arn:aws:ssm:us-east-1",
    ],
    [
      "lambda:GetFunctionConfiguration",
      "AccessDeniedException",
      403,
      "Tuner.AccessDenied",
      "lambda-tuner doctor --policy",
    ],
    [
      "states:StartExecution",
      "AccessDeniedException",
      400,
      "Tuner.AccessDenied",
      "states:StartExecution on arn:aws:states",
    ],
    [
      "states:GetExecutionHistory",
      "AccessDeniedException",
      400,
      "Tuner.Environment",
      "lambda-tuner tune --follow thumbs-",
    ],
    [
      "states:GetExecutionHistory",
      "ExpiredTokenException",
      400,
      "Tuner.Environment",
      "lambda-tuner tune --follow thumbs-",
    ],
    ["states:StartExecution", "StateMachineDoesNotExist", 400, "StateMachineDoesNotExist", "no"],
    ["ssm:GetParameter", "ThrottlingException", 400, "Tuner.Environment", "AWS throttles ssm:GetParameter"],
  ])("%s: %s exits 3 and names the fix", async (operation, type, status, name, message) => {
    const { run, endpoint } = await playedAccount();
    endpoint.injectFault({ operation, times: 100, error: { status, type, message: "no" } });
    const { code, stdout } = await run(tune);
    expect(code).toBe(3);
    expect(failureOf(stdout)).toMatchObject({ name, exitCode: 3 });
    expect(failureOf(stdout).message).toContain(message);
  });

  it.each([
    ["no region", { AWS_REGION: "" }, "No AWS region is set"],
    ["no credentials", { AWS_ACCESS_KEY_ID: "" }, "No AWS credentials were found"],
    ["nobody there", { AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, "AWS could not be reached"],
  ])("%s exits 3, names the fix, and says that it took the target for a name", async (_what, env, message) => {
    const { run } = await playedAccount();
    const { code, stderr } = await run(["tune", "thumbs", "-y"], { env });
    expect(code).toBe(3);
    expect(stderr).toContain(message);
    expect(stderr).toContain('There is no file or folder "thumbs" here');
  });

  it("reads region and credentials from a profile", async () => {
    const { run, endpoint } = await playedAccount();
    const folder = emptyFolder();
    mkdirSync(join(folder, ".aws"));
    writeFileSync(
      join(folder, ".aws", "config"),
      "[profile work]\nregion = us-east-1\naws_access_key_id = of-profile\naws_secret_access_key = x\n",
    );
    const env = { HOME: folder, AWS_REGION: "", AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
    const { code } = await run(["estimate", "thumbs", "--profile", "work"], { env });
    expect(code).toBe(0);
    expect(endpoint.calls().map(({ accessKeyId }) => accessKeyId)).toContain("of-profile");
    const other = await run(["tune", "thumbs", "--profile", "play", "--region", "us-east-1"], { env });
    expect(other.code).toBe(3);
    expect(other.stderr).toContain("No AWS credentials were found for the profile play");
  });

  it("says that lambda-tuner is not deployed, where it looked and how to deploy it", async () => {
    const { run } = await playedAccount({ stack: false });
    const { code, stderr } = await run(["tune", "thumbs", "-y"]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      "lambda-tuner is not deployed in us-east-1 of this account (no parameter /lambda-tuner/default)",
    );
    expect(stderr).toContain("Deploy it with lambda-tuner deploy");
    const other = await run(["tune", "thumbs", "-y", "--installation", "team-a"]);
    expect(other.stderr).toContain("not deployed under the name team-a");
  });

  it("does not look for a function in another account", async () => {
    const { run, endpoint } = await playedAccount();
    endpoint.deployStack({
      stackName: "Other",
      outputs: {},
      ssmParameters: {
        "/lambda-tuner/other": JSON.stringify({
          version: "0.1.0",
          stateMachineArn: "arn:aws:states:us-east-1:999999999999:stateMachine:lambda-tuner",
          reportBucketName: "b",
          cleanUpFunctionArn: "arn:aws:lambda:us-east-1:999999999999:function:c",
        }),
      },
    });
    const { code, stderr } = await run(["tune", "thumbs", "-y", "--installation", "other"]);
    expect(code).toBe(3);
    expect(stderr).toContain("belongs to account 123456789012, and the lambda-tuner that was found to 999999999999");
  });

  it("warns when the account has another version", async () => {
    const { run, endpoint } = await playedAccount();
    endpoint.deployStack({
      stackName: "Older",
      outputs: {},
      ssmParameters: {
        "/lambda-tuner/older": JSON.stringify({
          version: "0.0.1",
          stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:lambda-tuner-default",
          reportBucketName: "lambda-tuner-reports",
          cleanUpFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:lambda-tuner-clean-up",
        }),
      },
    });
    const { code, stderr } = await run(["tune", "thumbs", ...small, "-y", "-q", "--installation", "older"]);
    expect(code).toBe(0);
    expect(stderr).toContain("warning: the account has lambda-tuner 0.0.1");
  });

  it("knows no function of that name, which exits 2", async () => {
    const { run } = await playedAccount();
    const { code, stderr } = await run(["tune", "nope", "-y"]);
    expect(code).toBe(2);
    expect(stderr).toContain("There is no Lambda function nope here");
  });

  it("refuses a region that contradicts the ARN", async () => {
    const { code, stderr } = await runCli(
      ["tune", "arn:aws:lambda:us-east-1:123456789012:function:thumbs", "--region", "eu-west-1"],
      { env: accountEnvironment("http://127.0.0.1:1", emptyFolder()) },
    );
    expect(code).toBe(2);
    expect(stderr).toContain("is in us-east-1, but --region says eu-west-1");
  });
});

describe("a connection that is lost", { timeout: 60_000 }, () => {
  it("is picked up again, and the run counts once", async () => {
    const { start, endpoint, measuring, release, executions } = await playedAccount();
    const first = start(["tune", "held", ...small, "-y", "-o", "json"]);
    await measuring();
    endpoint.injectFault({ operation: "states:GetExecutionHistory", times: 7, dropConnection: true });
    await first.shows("No answer from AWS");
    await first.shows("Connected again.");
    release();
    const { code, stdout } = await first.result;
    expect([code, await executions()]).toEqual([0, [expect.objectContaining({ status: "SUCCEEDED" })]]);
    expect(JSON.parse(stdout)).toHaveProperty("recommendation");
  });

  it("while the run is being started starts it once", async () => {
    const { run, endpoint, executions } = await playedAccount();
    endpoint.injectFault({ operation: "states:StartExecution", dropConnection: true, afterEffect: true });
    expect((await run(tune)).code).toBe(0);
    expect(await executions()).toHaveLength(1);
  });

  it("does not mind an execution that reads do not know yet", async () => {
    const { run, endpoint } = await playedAccount();
    endpoint.injectFault({
      operation: "states:GetExecutionHistory",
      times: 2,
      error: { status: 400, type: "ExecutionDoesNotExist" },
    });
    expect((await run(tune)).code).toBe(0);
  });
});
