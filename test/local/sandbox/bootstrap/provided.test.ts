import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { answerOf, keepSandboxOpen, sandboxed } from "../support/sandboxed.ts";

keepSandboxOpen();

/** A folder with a bootstrap, until the test ends. */
const folderWith = (bootstrap: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "provided-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "bootstrap"), bootstrap);
  chmodSync(join(folder, "bootstrap"), 0o755);
  return folder;
};

it("runs any executable that speaks the Runtime API", async () => {
  const { invoke } = await sandboxed(
    folderWith(`#!/usr/bin/env node
const api = \`http://\${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime\`;
const loop = async () => {
  const next = await fetch(\`\${api}/invocation/next\`);
  const id = next.headers.get("lambda-runtime-aws-request-id");
  const { value } = await next.json();
  console.log("handling", value);
  const path = value < 0 ? "error" : "response";
  await fetch(\`\${api}/invocation/\${id}/\${path}\`, { method: "POST", body: JSON.stringify({ root: Math.sqrt(value) }) });
  return loop();
};
loop();
`),
  );
  const result = await invoke({ value: 49 });
  expect(answerOf(result)).toEqual({ root: 7 });
  expect(result.output).toBe("handling 49\n");
  const failed = await invoke({ value: -1 });
  expect(failed.functionError).toBe("Handled");
  expect(failed.report.errorType).toBe("Runtime.Unknown");
});

it("says that a bootstrap cannot be executed when its interpreter is missing", async () => {
  const { invoke } = await sandboxed(folderWith("#!/no/such/interpreter\n"));
  const result = await invoke({});
  expect(answerOf(result)).toMatchObject({ errorType: "Runtime.InvalidEntrypoint" });
});

it("reports a bootstrap that ends before it asks for work", async () => {
  const { invoke } = await sandboxed(folderWith("#!/bin/sh\necho no luck\nexit 9\n"));
  const result = await invoke({});
  expect(answerOf(result)).toMatchObject({ errorType: "Runtime.ExitError" });
  expect(result.output).toBe("no luck\n");
});

it("reports a bootstrap that asks for more work without having answered", async () => {
  const { invoke } = await sandboxed(
    folderWith(`#!/usr/bin/env node
const api = \`http://\${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime\`;
const loop = async () => {
  await fetch(\`\${api}/invocation/next\`);
  return loop();
};
loop();
`),
  );
  const result = await invoke({});
  expect(result.functionError).toBe("Unhandled");
  expect(answerOf(result)).toMatchObject({ errorType: "Runtime.ExitError" });
});
