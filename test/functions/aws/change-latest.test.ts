import { expect, it } from "vitest";
import { changeLatest } from "../../../functions/aws/change-latest.ts";
import { startAccount } from "../function-call.ts";

const conflict = { status: 409, type: "ResourceConflictException" };

it("a change that meets an update under way until the deadline blames nobody", async () => {
  const account = await startAccount();
  const { target } = await account.plan();
  account.endpoint.injectFault({ operation: "UpdateFunctionConfiguration", times: 20, error: conflict });
  const change = async () =>
    changeLatest(
      target.functionArn,
      target.original,
      { memorySizeMb: target.original.memorySizeMb, description: "x" },
      Date.now() + 400,
    );
  await expect(account.call(change, {})).rejects.toMatchObject({
    name: "Tuner.ChangedDuringRun",
    message: expect.stringMatching(/^An update of \S+ was still under way at every attempt to change it/),
  });
});
