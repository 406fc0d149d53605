import { z } from "zod";
import { reportSchema, schemaVersion } from "../core/report/schema.ts";
import { requestSchema } from "../core/request/schema.ts";
import { configSchema } from "./config/config-schema.ts";
import { failureSchema } from "./output/failure-document.ts";

/** Documents that have a JSON Schema. */
export const schemaNames = ["request", "report", "config", "failure"] as const;
export type SchemaName = (typeof schemaNames)[number];

/** The JSON Schema (2020-12) of a document, generated from what the code itself parses with. */
export const jsonSchema = (name: SchemaName): Readonly<Record<string, unknown>> => {
  const { schema, io, title, description } = sources[name];
  const { $schema, ...generated } = z.toJSONSchema(schema, { io, target: "draft-2020-12" });
  return { $schema, $id: `urn:lambda-tuner:schema:${name}:${schemaVersion}`, title, description, ...generated };
};

interface SchemaSource {
  readonly title: string;
  readonly description: string;
  readonly schema: z.ZodType;
  /** Whether the document is described as it is written (`input`) or as it is read (`output`): they differ in defaults. */
  readonly io: "input" | "output";
}

const sources: Readonly<Record<SchemaName, SchemaSource>> = {
  request: {
    title: "Tuning request of lambda-tuner",
    description: "State machine input; the config file holds the same keys at its top level.",
    schema: requestSchema,
    io: "input",
  },
  report: {
    title: "Report of a tuning run of lambda-tuner",
    description: `Schema version ${schemaVersion}: fields are only ever added within it.`,
    schema: reportSchema,
    io: "output",
  },
  config: {
    title: "Config file of lambda-tuner",
    description: "lambda-tuner.config.json, or the default export of lambda-tuner.config.{ts,mjs,js}.",
    schema: configSchema,
    io: "input",
  },
  failure: {
    title: "Failure of a command of lambda-tuner",
    description: "What `--output json` prints in place of a result.",
    schema: failureSchema,
    io: "output",
  },
};
