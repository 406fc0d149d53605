import { ListVersionsByFunctionCommand } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { failureSchema } from "../../../cli/output/failure-document.ts";
import { playedAccount, small } from "./played-account.ts";

describe("an interrupted command", { timeout: 60_000 }, () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "stops the run at %s when --yes answers, waits for the clean-up and exits %d",
    async (signal, expected) => {
      const { start, measuring, executions, lambda } = await playedAccount();
      const run = start(["tune", "held", ...small, "-y", "-o", "json"]);
      await measuring();
      // The command must have seen which function it is about.
      await run.shows("Estimate:");
      run.kill(signal);
      const { code, stdout } = await run.result;
      expect(code).toBe(expected);
      const { error } = failureSchema.parse(JSON.parse(stdout));
      expect(error).toMatchObject({ name: "Tuner.Interrupted", exitCode: expected });
      expect(error.message).toContain("the target is as it was");
      expect(await executions()).toMatchObject([{ status: "ABORTED" }]);
      const { Versions: versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "held" }));
      expect(versions).toHaveLength(1);
    },
  );

  it("leaves the run to AWS when nobody can answer, and says how to follow it", async () => {
    const { start, measuring, release, executions } = await playedAccount();
    const first = start(["tune", "held", ...small, "-y", "-o", "json"]);
    await measuring();
    const [{ name = "" } = {}] = await executions();
    const run = start(["tune", "--follow", name, "--region", "us-east-1"], { env: { AWS_REGION: "" } });
    await run.shows("Estimate:");
    run.kill("SIGINT");
    const { code, stderr } = await run.result;
    expect(code).toBe(130);
    expect(stderr).toContain(`The run ${name} goes on in AWS`);
    expect(stderr).toContain(`lambda-tuner tune --follow ${name} --region us-east-1\n`);
    release();
    expect((await first.result).code).toBe(0);
    expect(await executions()).toMatchObject([{ status: "SUCCEEDED" }]);
  });

  describe("of a run that it has read nothing of yet", () => {
    /** Follows a run that is measuring, and interrupts before the history has been read. */
    const interruptUnread = async (isReadableLater: boolean) => {
      const { start, measuring, executions, endpoint, lambda } = await playedAccount();
      const first = start(["tune", "held", ...small, "-y", "-o", "json"]);
      await measuring();
      const [{ name = "" } = {}] = await executions();
      first.kill("SIGKILL");
      await first.result;
      const asked = Promise.withResolvers<void>();
      endpoint.injectFault({
        operation: "GetExecutionHistory",
        matches: () => {
          asked.resolve();
          return true;
        },
        delayMs: 5000,
      });
      const denied = { status: 400, type: "AccessDeniedException", message: "no" };
      if (!isReadableLater) endpoint.injectFault({ operation: "GetExecutionHistory", times: 9, error: denied });
      const run = start(["tune", "--follow", name, "-y", "-o", "json"]);
      await asked.promise;
      run.kill("SIGINT");
      const { code, stdout } = await run.result;
      expect(code).toBe(130);
      expect(await executions()).toMatchObject([{ status: "ABORTED" }]);
      return { message: failureSchema.parse(JSON.parse(stdout)).error.message, lambda };
    };

    it("reads what it is about, and waits for the clean-up", async () => {
      const { message, lambda } = await interruptUnread(true);
      expect(message).toContain("the target is as it was");
      const { Versions: versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "held" }));
      expect(versions).toHaveLength(1);
    });

    it("does not say that nothing was touched when it cannot read that", async () => {
      const { message } = await interruptUnread(false);
      expect(message).toContain("its clean-up runs in AWS");
      expect(message).not.toContain("before it had touched");
    });
  });

  it("ends at once at the second signal, and the clean-up in AWS does the rest", async () => {
    const { start, measuring, executions, callsOf } = await playedAccount();
    const run = start(["tune", "held", ...small, "-y", "-o", "json"]);
    await measuring();
    await run.shows("Estimate:");
    run.kill("SIGINT");
    await run.shows("Waiting until the function is as it was");
    run.kill("SIGINT");
    const { code, stdout } = await run.result;
    expect(code).toBe(130);
    expect(failureSchema.parse(JSON.parse(stdout)).error.exitCode).toBe(130);
    expect(await executions()).toMatchObject([{ status: "ABORTED" }]);
    while (callsOf("DeleteFunction") < 3) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it("says of a run that somebody else has stopped that it was", async () => {
    const { start, run, measuring, executions } = await playedAccount();
    const first = start(["tune", "held", ...small, "-y", "-o", "json"]);
    await measuring();
    const [{ name = "" } = {}] = await executions();
    expect((await run(["restore", name, "-y"])).code).toBe(0);
    const { code, stdout } = await first.result;
    expect(code).toBe(1);
    expect(failureSchema.parse(JSON.parse(stdout)).error.message).toContain("it was stopped");
  });
});
