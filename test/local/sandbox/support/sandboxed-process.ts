import { randomUUID } from "node:crypto";
import { createCodeRunner } from "../../../../local/sandbox/code-runner.ts";
import { resolveCodeTarget } from "../../../../local/sandbox/code-target.ts";

/** A function in the sandbox of a process that no test framework watches. It is never closed. */
export const openSandbox = async (
  target: string,
  backend: string | undefined,
): Promise<(event: unknown, version: string) => Promise<unknown>> => {
  const options = backend === "duty-cycle" ? ({ backend } as const) : {};
  const runner = await createCodeRunner(await resolveCodeTarget(target), options);
  return async (event, version) => {
    const { payload } = await runner.invoke({
      functionName: "tested",
      invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:tested",
      version,
      memorySizeMb: 512,
      timeoutSeconds: 60,
      environment: {},
      logFormat: "Text",
      requestId: randomUUID(),
      payload: Buffer.from(JSON.stringify(event)),
      signal: new AbortController().signal,
    });
    return JSON.parse(Buffer.from(payload).toString("utf8"));
  };
};
