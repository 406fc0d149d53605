import { expect, it, onTestFinished, vi } from "vitest";
import type { RunnerInvocation } from "../../../../local/endpoint/function-runner.ts";
import { answerOf, functionFile, keepSandboxOpen, sandboxed } from "../support/sandboxed.ts";

keepSandboxOpen();

const environmentOf = async (overrides: Partial<RunnerInvocation> = {}): Promise<Record<string, string>> => {
  const { invoke } = await sandboxed(functionFile("misbehaving.mjs"));
  return answerOf(await invoke({ act: "environment" }, overrides)) as Record<string, string>;
};

it("holds what Lambda sets", async () => {
  expect(await environmentOf({ version: "7", memorySizeMb: 512 })).toMatchObject({
    AWS_LAMBDA_FUNCTION_NAME: "tested",
    AWS_LAMBDA_FUNCTION_VERSION: "7",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/tested",
    AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\[7\][0-9a-f]{32}$/),
    AWS_LAMBDA_RUNTIME_API: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    AWS_EXECUTION_ENV: expect.stringMatching(/^AWS_Lambda_nodejs\d+\.x$/),
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    LAMBDA_TASK_ROOT: expect.stringContaining("functions"),
    _HANDLER: "misbehaving.handler",
    _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};/),
    TZ: ":UTC",
  });
});

it("holds the function's own, which cannot replace Lambda's", async () => {
  const environment = { TABLE: "orders", TZ: "Europe/Berlin", AWS_REGION: "elsewhere" };
  expect(await environmentOf({ environment })).toMatchObject({
    TABLE: "orders",
    TZ: "Europe/Berlin",
    AWS_REGION: "eu-west-1",
  });
});

it("holds nothing of the caller's but what programs need", async () => {
  const secrets = {
    AWS_ACCESS_KEY_ID: "caller",
    AWS_SECRET_ACCESS_KEY: "caller",
    AWS_SESSION_TOKEN: "caller",
    AWS_PROFILE: "caller",
    AWS_WEB_IDENTITY_TOKEN_FILE: "caller",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "caller",
    AWS_ENDPOINT_URL: "caller",
    NODE_OPTIONS: "--no-warnings",
    NODE_PATH: "caller",
    SOME_TOKEN: "caller",
  };
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const environment = await environmentOf();
  expect(Object.keys(environment).filter((name) => name in secrets)).toEqual([]);
  expect(environment["PATH"]?.split(":")).toEqual(expect.arrayContaining(process.env["PATH"]?.split(":") ?? []));
  expect(environment["HOME"]).toBe(process.env["HOME"]);
});

it("keeps SDKs from the caller's credentials in files and from the machine's metadata, unless the function says so", async () => {
  const without = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
  expect(await environmentOf()).toMatchObject({ ...without, AWS_EC2_METADATA_DISABLED: "true" });
  const environment = { AWS_SHARED_CREDENTIALS_FILE: "/own", AWS_ACCESS_KEY_ID: "own" };
  expect(await environmentOf({ environment })).toMatchObject(environment);
});
