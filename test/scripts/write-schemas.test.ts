import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { schemaDocuments } from "../../scripts/write-schemas.ts";
import { inconclusiveReport, thumbnailReport } from "../core/report/render-fixtures.ts";

const written = (file: string): string => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), "utf8");

/** Compiles in strict mode, which throws on anything that a schema leaves open to doubt. */
const compile = (file: string): ValidateFunction => {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(written(file)));
};

describe.each(schemaDocuments())("schemas/$file", ({ file, text }) => {
  it("is what `npm run schemas` writes", () => {
    expect(written(file)).toBe(text);
  });

  it("compiles in strict mode", () => {
    expect(() => compile(file)).not.toThrow();
  });

  it("says what it is", () => {
    expect(JSON.parse(text)).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: expect.stringMatching(/^urn:lambda-tuner:schema:\w+:1$/),
      title: expect.any(String),
    });
  });
});

describe("the schema of a request", () => {
  const validate = compile("request.schema.json");

  it.each([
    { functionArn: "my-function" },
    { functionArn: "my-function", objective: "speed", memory: { sizesMb: [128, 256] } },
    { functionArn: "my-function", objective: { kind: "slo", durationMs: 300 }, payloads: { inline: { a: [1, null] } } },
    { functionArn: "my-function", memory: { minMb: 256 }, payloads: [{ payload: {}, weight: 2 }] },
  ])("allows %j", (request) => {
    validate(request);
    expect(validate.errors).toBeNull();
  });

  it.each([
    {},
    { functionArn: "my-function", memroy: {} },
    { functionArn: "my-function", memory: { sizesMb: [100] } },
    { functionArn: "my-function", lookbackDays: 0 },
  ])("forbids %j", (request) => {
    expect(validate(request)).toBe(false);
  });
});

describe("the schema of a report", () => {
  const validate = compile("report.schema.json");

  it.each(Object.entries({ thumbnailReport, inconclusiveReport }))("allows %s", (_name, report) => {
    validate(report);
    expect(validate.errors).toBeNull();
  });

  it("forbids a field that it does not know, and a missing one", () => {
    expect(validate({ ...thumbnailReport, extra: 1 })).toBe(false);
    const { run: _run, ...rest } = thumbnailReport;
    expect(validate(rest)).toBe(false);
  });
});
