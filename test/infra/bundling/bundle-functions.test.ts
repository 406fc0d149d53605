import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { bundleFunctions } from "../../../infra/bundling/bundle-functions.ts";
import { functionNames } from "../../../infra/functions/function-names.ts";
import { parseSimulation } from "../../../local/simulation/simulation-file.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const folder = temporaryFolder();
const bundle = (name: string): string => join(folder, name, "index.mjs");

beforeAll(async () => {
  await bundleFunctions(folder);
}, 120_000);

describe("the bundles", () => {
  it("are under 600 kB each", () => {
    const sizes = functionNames.map((name) => [name, readFileSync(bundle(name)).length] as const);
    expect(sizes.filter(([, bytes]) => bytes >= 600_000)).toEqual([]);
  });

  it("bring everything with them but Node's own modules", () => {
    for (const name of functionNames) {
      const code = readFileSync(bundle(name), "utf8");
      const imported = [...code.matchAll(/(?:^|[;}\n])import\s*(?:[\w*{}\s,$]+?from)?\s*"([^"]+)"/g)].map(
        ([, from = ""]) => from,
      );
      expect(imported).toContain("node:module");
      expect(
        imported.filter(
          (from) =>
            !/^(node:|async_hooks$|buffer$|crypto$|fs|http|https$|http2$|os$|path$|process$|stream|url$|util$|zlib$)/.test(
              from,
            ),
        ),
      ).toEqual([]);
    }
  });

  it("have the same bytes when they are made again", { timeout: 120_000 }, async () => {
    const again = temporaryFolder();
    await bundleFunctions(again);
    for (const name of functionNames) {
      expect(readFileSync(join(again, name, "index.mjs")).equals(readFileSync(bundle(name)))).toBe(true);
    }
  });

  it("make a whole run, and log it", { timeout: 120_000 }, async () => {
    const { engine, log } = await startEngineOnBundles();
    const { endpoint } = engine;
    const s3 = new S3Client({ endpoint: endpoint.url, region: endpoint.region, credentials, forcePathStyle: true });
    await s3.send(new PutObjectCommand({ Bucket: "payloads", Key: "one.json", Body: '{"a": 1}' }));
    const result = await engine.tune(
      {
        functionArn: "target",
        memory: { sizesMb: [128, 512, 1024] },
        sampling: { method: "fixed", invocationsPerSize: 10 },
        payloads: { s3Uri: "s3://payloads/one.json" },
        apply: { memory: true, timeout: true, alias: "live" },
      },
      { runId: "run-1" },
    );
    expect(result).toMatchObject({
      kind: "report",
      report: { applied: { alias: "live" }, restoration: { equal: true } },
    });
    const cleanUp = handlerOf(await import(/* @vite-ignore */ pathToFileURL(bundle("clean-up")).href));
    const sweep = { "detail-type": "Scheduled Event" };
    expect(await cleanUp(sweep, { getRemainingTimeInMillis: () => 60_000 })).toEqual({ cleaned: [] });
    const entries = log();
    expect(new Set(entries.filter(isFinished).map((entry) => entry["function"]))).toEqual(new Set(functionNames));
    expect(entries.find(({ RunsFinished: count }) => count === 1)).toMatchObject({
      service: "lambda-tuner-test",
      SpendUsd: expect.any(Number),
    });
  });
});

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

const isFinished = ({ message }: Readonly<Record<string, unknown>>): boolean => message === "finished";

/** The embedded engine with the bundles in place of the sources. */
const startEngineOnBundles = async () => {
  vi.doMock("../../../local/host/hosted-functions.ts", async (load) => ({
    ...(await load<typeof import("../../../local/host/hosted-functions.ts")>()),
    hostedFunctions: functionNames.map((name) => ({
      name,
      placeholder: `${name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}FunctionArn`,
      load: async () => handlerOf(await import(/* @vite-ignore */ pathToFileURL(bundle(name)).href)),
    })),
  }));
  const { startEngine } = await import("../../../local/engine.ts");
  const engine = await startEngine({
    targets: [
      {
        name: "target",
        simulation: parseSimulation({ memoryMB: [128, 1024], meanDurationMs: [400, 50] }),
        settings: { memorySizeMb: 512, timeoutSeconds: 10, tracing: "Active" },
      },
    ],
    retryIntervalMs: 1,
  });
  // A bundle has its own copy of what scopes environments, as each has its own process in AWS.
  const environment = { ...engine.endpoint.environment(), LOCK_TABLE_NAME: "lambda-tuner-locks" };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.stubEnv("POWERTOOLS_SERVICE_NAME", "lambda-tuner-test");
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    lines.push(...String(chunk).split("\n"));
    return true;
  });
  onTestFinished(async () => {
    write.mockRestore();
    vi.unstubAllEnvs();
    vi.doUnmock("../../../local/host/hosted-functions.ts");
    await engine.close();
  });
  const log = (): readonly Readonly<Record<string, unknown>>[] =>
    lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Record<string, unknown>);
  return { engine, log };
};

type LambdaHandler = (event: unknown, context: { getRemainingTimeInMillis(): number }) => Promise<unknown>;

const handlerOf = (module: unknown): LambdaHandler => (module as { readonly handler: LambdaHandler }).handler;
