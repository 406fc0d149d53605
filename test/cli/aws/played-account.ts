import { ListExecutionsCommand, SFNClient } from "@aws-sdk/client-sfn";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { serve, type ServeOptions } from "../../../local/endpoint/serve.ts";
import { scriptedRunner } from "../../support/scripted-runner.ts";
import { clientsOf } from "../../support/test-endpoint.ts";
import { type CliOptions, type CliResult, emptyFolder, type RunningCli, startCli } from "../run-cli.ts";

/** Durations fall with memory up to 1,024 MB. */
const curve = { memoryMB: [128, 1024], meanDurationMs: [800, 100] };

/** A small run: three sizes, a few invocations. */
export const small = ["--method", "fixed", "--memory", "256,512,1024", "--invocations", "3"];

/** An account that lambda-tuner is deployed to, as `serve --stack` plays it, and the command line in front of it. */
export const playedAccount = async (options: ServeOptions & { readonly simulation?: object } = {}) => {
  const { simulation = curve, ...serveOptions } = options;
  const home = emptyFolder();
  const file = join(home, "simulation.json");
  writeFileSync(file, JSON.stringify(simulation));
  const serving = await serve({ simulations: [`thumbs=${file}`], stack: true, ...serveOptions });
  onTestFinished(() => serving.close());
  const { endpoint } = serving;
  const gate = Promise.withResolvers<void>();
  onTestFinished(() => gate.resolve());
  const held = scriptedRunner(() => gate.promise.then(() => ({})));
  endpoint.registerFunction({ functionName: "held", memorySizeMb: 1024, timeoutSeconds: 60 }, held);
  const sfn = new SFNClient({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const env = accountEnvironment(endpoint.url, home);
  const cwd = emptyFolder();
  const start = (args: readonly string[], more: CliOptions = {}): RunningCli =>
    startCli(args, { cwd, ...more, env: withoutEmpty({ ...env, ...more.env }) });
  return {
    endpoint,
    ...clientsOf(endpoint),
    sfn,
    cwd,
    env,
    start,
    run: (args: readonly string[], more?: CliOptions): Promise<CliResult> => start(args, more).result,
    /** Lets the invocations of the function `held` end, which last until then. */
    release: () => gate.resolve(),
    /** Waits until a run measures the function `held`. */
    measuring: async () => {
      while (held.invocations.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    /** Executions, newest first. */
    executions: async () => {
      const { executions = [] } = await sfn.send(
        new ListExecutionsCommand({ stateMachineArn: serving.stateMachineArn ?? "" }),
      );
      return executions;
    },
    /** How often an API was called by the command line. */
    callsOf: (action: string) => endpoint.calls().filter((call) => call.action === action).length,
  };
};

/** A variable that a test empties is not there. */
const withoutEmpty = (env: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));

/** What points the command line at an endpoint, and at nothing else of this machine. */
export const accountEnvironment = (url: string, home: string): Record<string, string> => ({
  HOME: home,
  AWS_ENDPOINT_URL: url,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "person",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_EC2_METADATA_DISABLED: "true",
});
