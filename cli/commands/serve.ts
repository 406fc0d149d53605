import type { ServeOptions } from "../../local/endpoint/serve.ts";
import type { CommandDefinition } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import { exitCodes } from "../exit-codes.ts";
import { type Flag, longName, numeric } from "../flags/flag.ts";
import type { GivenFlags } from "../flags/request-from-flags.ts";

const flags = {
  port: { flags: "--port <port>", description: "port on 127.0.0.1 (default: any that is free)", read: numeric },
  function: {
    flags: "--function <name=path>",
    description: "serve code, as NAME=PATH[:HANDLER]; repeatable",
    repeatable: true,
  },
  simulate: {
    flags: "--simulate <name=file>",
    description: "serve a simulation, as NAME=FILE; repeatable",
    repeatable: true,
  },
  logFormat: { flags: "--log-format <format>", description: "text or json (default: text)" },
  seed: { flags: "--seed <n>", description: "of the simulations (default: 1)", read: numeric },
  region: { flags: "--region <region>", description: "region that the endpoint plays (default: us-east-1)" },
  metrics: { flags: "--metrics <file>", description: "what the functions have done in production" },
  objects: { flags: "--objects <folder>", description: "folder that S3 objects land in (default: in memory)" },
  stack: { flags: "--stack", description: "play an account that lambda-tuner is deployed to" },
} as const satisfies Record<string, Flag>;

/** `serve`: the local AWS endpoint on its own, for any AWS client. */
export const serveCommand: CommandDefinition = {
  name: "serve",
  summary: "start the local AWS endpoint on its own",
  description:
    "Starts the AWS APIs that tuning needs on 127.0.0.1 and prints one line of JSON with url and functions when they are ready. Point any AWS client at it with AWS_ENDPOINT_URL and dummy credentials. Ctrl-C ends it.",
  arguments: [],
  formats: ["json"],
  flagGroups: [{ heading: "Options", flags: Object.values(flags) }],
  examples: [
    "serve --function hello=./handler.mjs --port 9001",
    "serve --simulate thumbs=simulation.json --log-format json",
  ],
  run: async ({ given, notes }) => {
    const { serve } = await import("../../local/endpoint/serve.ts");
    const { writeStdout } = await import("../output/stdout.ts");
    const { untilSignal } = await import("../until-signal.ts");
    const stopped = untilSignal();
    const serving = await serve({
      functions: textsOf(given, flags.function),
      simulations: textsOf(given, flags.simulate),
      ...stated<Pick<ServeOptions, "port" | "seed" | "logFormat" | "region" | "metricsFile" | "objectsFolder">>({
        port: numberOf(given, flags.port),
        seed: numberOf(given, flags.seed),
        logFormat: textOf(given, flags.logFormat),
        region: textOf(given, flags.region),
        metricsFile: textOf(given, flags.metrics),
        objectsFolder: textOf(given, flags.objects),
      }),
      stack: given.get(longName(flags.stack))?.value === true,
    });
    try {
      for (const note of serving.notes) notes.warn(note);
      await writeStdout(`${JSON.stringify({ url: serving.url, functions: serving.functions })}\n`);
      notes.say(`Serving at ${serving.url}; Ctrl-C ends it.`);
      await stopped;
      return exitCodes.done;
    } finally {
      await serving.close();
    }
  },
};

const textsOf = (given: GivenFlags, flag: Flag): string[] => {
  const value = given.get(longName(flag))?.value ?? [];
  return typeof value === "object" ? [...value] : [String(value)];
};

const textOf = (given: GivenFlags, flag: Flag): string | undefined => {
  const value = given.get(longName(flag))?.value;
  return value === undefined ? undefined : String(value);
};

const numberOf = (given: GivenFlags, flag: Flag): number | undefined => {
  const { value, typedAs } = given.get(longName(flag)) ?? {};
  if (value === undefined) return undefined;
  const number = numeric(String(value));
  if (typeof number === "number") return number;
  throw new UsageError(`${typedAs}: expected a whole number, got ${JSON.stringify(value)}.`);
};

/** Without the options that were not given. */
const stated = <Options extends object>(
  options: {
    [Key in keyof Options]: Options[Key] | undefined;
  },
): Partial<Options> =>
  // The entries that stay are those of the object, less its undefined values.
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<Options>;
