import { describe, expect, it } from "vitest";
import { requireActive } from "../../../functions/applying/require-active.ts";
import { withEnvironment } from "../../../functions/environment.ts";
import { startScriptedAws } from "../observing/scripted-aws.ts";

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:target";

/** Waits for version 2 of a function, which Lambda describes in these states one after the other. */
const waitingFor = async (...states: readonly { readonly State: string; readonly StateReason?: string }[]) => {
  const { environment } = await startScriptedAws((_, calls) => ({ body: states[calls.length - 1] ?? states.at(-1) }));
  return withEnvironment(environment, () => requireActive(functionArn, "2", Date.now() + 60_000));
};

describe("a version", () => {
  it("is waited for until it is active", async () => {
    await expect(waitingFor({ State: "Pending" }, { State: "Active" })).resolves.toBeUndefined();
  });

  it.each([
    ["Failed", "The snapshot could not be made", "Repair the cause and delete the version"],
    ["Inactive", "The function is idle", "Invoke it until it is Active"],
  ])("that ends %s is refused with Lambda's reason and what to do", async (State, StateReason, repair) => {
    await expect(waitingFor({ State: "Pending" }, { State, StateReason })).rejects.toMatchObject({
      name: "Tuner.VersionNotReady",
      message: `Expected version 2 of ${functionArn} to be Active, got ${State} (${StateReason}); no alias was pointed to it. ${repair}, then apply the report again.`,
      isRetryable: false,
      version: "2",
      state: State,
    });
  });
});
