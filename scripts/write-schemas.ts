import { mkdirSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { reportSchema, schemaVersion } from "../core/report/schema.ts";
import { requestSchema } from "../core/request/schema.ts";

/** A JSON Schema document of the package: its file name, and its content as the file holds it. */
export interface SchemaDocument {
  readonly file: string;
  readonly text: string;
}

/** Every JSON Schema of the package, generated from the zod schemas that the code itself parses with. */
export const schemaDocuments = (): readonly SchemaDocument[] => [
  documentOf("request.schema.json", {
    id: `urn:lambda-tuner:schema:request:${schemaVersion}`,
    title: "Tuning request of lambda-tuner",
    description: "State machine input; the config file holds the same keys at its top level.",
    schema: requestSchema,
    io: "input",
  }),
  documentOf("report.schema.json", {
    id: `urn:lambda-tuner:schema:report:${schemaVersion}`,
    title: "Report of a tuning run of lambda-tuner",
    description: `Schema version ${schemaVersion}: fields are only ever added within it.`,
    schema: reportSchema,
    io: "output",
  }),
];

interface SchemaSource {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly schema: z.ZodType;
  /** Whether the document describes what is written (`input`) or what is read (`output`): they differ in defaults. */
  readonly io: "input" | "output";
}

const documentOf = (file: string, { id, title, description, schema, io }: SchemaSource): SchemaDocument => {
  const { $schema, ...generated } = z.toJSONSchema(schema, { io, target: "draft-2020-12" });
  const document = { $schema, $id: id, title, description, ...generated };
  return { file, text: `${JSON.stringify(document, null, 2)}\n` };
};

if (import.meta.main) {
  const folder = new URL("../schemas/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of schemaDocuments()) {
    writeFileSync(new URL(file, folder), text);
    process.stdout.write(`schemas/${file}\n`);
  }
}
