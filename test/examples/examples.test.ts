import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestSchema } from "../../core/request/schema.ts";
import { answerOf, keepSandboxOpen, openSandbox, type Sandboxed } from "../local/sandbox/support/sandboxed.ts";

keepSandboxOpen();

const examples = join(import.meta.dirname, "..", "..", "examples");
const names = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Local {
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
}

const configOf = (name: string) => {
  const { local, ...request } = JSON.parse(readFileSync(join(examples, name, "lambda-tuner.config.json"), "utf8")) as {
    local: Local;
  };
  return { local, request: requestSchema.parse({ functionArn: name, ...request }) };
};

const payloadsOf = (name: string): readonly unknown[] => {
  const { payloads } = configOf(name).request;
  if ("inline" in payloads) return [payloads.inline];
  return "weighted" in payloads ? payloads.weighted.map(({ payload }) => payload) : [];
};

/** What each example answers to its payloads, in short. */
const expected: Readonly<Record<string, unknown>> = {
  "big-parser": { bytes: expect.any(Number), longest: 108_000 },
  "gzip-and-wait": { from: expect.any(Number), to: expect.any(Number) },
  "http-dependency": { path: "/orders/4711", status: "shipped" },
  "image-thumbnail": { bytes: expect.any(Number), heightPx: expect.any(Number) },
  "password-hash": { matches: true },
  "production-history": { digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
  "python-statistics": { mean: expect.any(Number), deviation: expect.any(Number), deciles: expect.any(Array) },
  "shell-bootstrap": { checksum: expect.any(Number) },
  "worker-threads": { primes: 22_044 },
};

const isInstalled = (command: string): boolean => spawnSync(command, ["--version"]).status === 0;

/** Programs that an example needs and a machine may lack. */
const needs: Readonly<Record<string, string>> = { "python-statistics": "python3", "shell-bootstrap": "bash" };

it("has an expectation and a line in the README for every example", () => {
  const readme = readFileSync(join(examples, "README.md"), "utf8");
  expect(names.toSorted()).toEqual(Object.keys(expected).toSorted());
  expect(names.filter((name) => !readme.includes(`[\`${name}\`](${name})`))).toEqual([]);
});

describe.each(names)("%s", (name) => {
  const needed = needs[name];
  const canRun = needed === undefined || isInstalled(needed);
  let sandbox: Sandboxed | undefined;
  beforeAll(async () => {
    if (canRun) sandbox = await openSandbox(join(examples, name));
  });
  afterAll(() => sandbox?.runner.close());

  it("has a config that is a request and says what the function is set to", () => {
    expect(existsSync(join(examples, name, "lambda-tuner.config.json"))).toBe(true);
    const { local } = configOf(name);
    expect(local.memorySizeMb).toBeGreaterThanOrEqual(128);
    expect(local.timeoutSeconds).toBeGreaterThanOrEqual(1);
  });

  it.skipIf(!canRun)("answers its payloads, cold and warm", async () => {
    const { local } = configOf(name);
    for (const payload of payloadsOf(name)) {
      for (const _ of ["cold", "warm"]) {
        const result = await sandbox?.invoke(payload, local);
        expect(result === undefined ? undefined : answerOf(result)).toEqual(expected[name]);
      }
    }
  });
});

it("runs out of memory in big-parser at 128 MB", async () => {
  const sandbox = await openSandbox(join(examples, "big-parser"));
  const [payload] = payloadsOf("big-parser");
  const result = await sandbox.invoke(payload, { memorySizeMb: 128 });
  await sandbox.runner.close();
  expect(answerOf(result)).toMatchObject({ errorType: "Runtime.OutOfMemory" });
});
