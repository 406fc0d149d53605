import { mkdirSync, writeFileSync } from "node:fs";
import { jsonSchema, schemaNames } from "../cli/json-schema.ts";

/** A JSON Schema document of the package: its file name, and its content as the file holds it. */
export interface SchemaDocument {
  readonly file: string;
  readonly text: string;
}

/** Every JSON Schema of the package, generated from the zod schemas that the code itself parses with. */
export const schemaDocuments = (): readonly SchemaDocument[] =>
  schemaNames.map((name) => ({
    file: `${name}.schema.json`,
    text: `${JSON.stringify(jsonSchema(name), null, 2)}\n`,
  }));

if (import.meta.main) {
  const folder = new URL("../schemas/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of schemaDocuments()) {
    writeFileSync(new URL(file, folder), text);
    process.stdout.write(`schemas/${file}\n`);
  }
}
