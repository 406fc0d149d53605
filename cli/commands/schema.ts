import type { CommandDefinition } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import { exitCodes } from "../exit-codes.ts";

const names = ["request", "report", "config", "failure"] as const;

/** `schema <name>`: the JSON Schema of a document that the command line reads or writes. */
export const schemaCommand: CommandDefinition = {
  name: "schema",
  summary: "print the JSON Schema of a request, a report, the config file or a failure",
  arguments: [{ name: "<name>", description: names.join(", "), choices: names }],
  formats: ["json"],
  flagGroups: [],
  examples: ["schema config > lambda-tuner.schema.json"],
  run: async (call) => {
    const { jsonSchema } = await import("../json-schema.ts");
    const { writeResult } = await import("../output/write-result.ts");
    const name = names.find((known) => known === call.arguments[0]);
    if (name === undefined) throw new UsageError(`schema: expected one of ${names.join(", ")}.`);
    return writeResult(`${JSON.stringify(jsonSchema(name), undefined, 2)}\n`, call, exitCodes.done);
  },
};
