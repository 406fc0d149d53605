import { expect, it } from "vitest";
import type { PolicyDocument } from "../../../cli/aws/doctor/caller-policy.ts";
import type { RecordedCall } from "../../../local/endpoint/recorded-call.ts";
import { isAllowed } from "../../infra/support/policies.ts";
import { playedAccount, small } from "./played-account.ts";

/** Whether IAM allows a call that a person makes under this policy and no other. */
const allows = (policy: PolicyDocument, { iamAction, resource }: Pick<RecordedCall, "iamAction" | "resource">) =>
  isAllowed(policy.Statement, { role: "person", action: iamAction, resource });

const person = (calls: readonly RecordedCall[]) => calls.filter(({ accessKeyId }) => accessKeyId === "person");

it("allows every call of a run that is started, followed, stopped and restored, and has nothing to spare", {
  timeout: 120_000,
}, async () => {
  const { run, start, endpoint, measuring, executions } = await playedAccount();
  const policy: PolicyDocument = JSON.parse((await run(["doctor", "--policy"])).stdout);
  const { stdout } = await run(["tune", "thumbs", ...small, "-y", "-o", "json"]);
  await run(["report", JSON.parse(stdout).reportUri]);
  await run(["tune", "--follow", JSON.parse(stdout).run.id, "-q"]);
  await run(["estimate", "thumbs"]);
  await run(["doctor", "thumbs"]);
  const stopped = start(["tune", "held", ...small, "-y"]);
  await measuring();
  await stopped.shows("Estimate:");
  stopped.kill("SIGINT");
  await stopped.result;
  const [{ name = "" } = {}] = await executions();
  await run(["restore", name]);
  const calls = person(endpoint.calls());
  for (const call of calls)
    expect([call.iamAction, call.resource, await allows(policy, call)]).toEqual([call.iamAction, call.resource, true]);
  const used = new Set(calls.map(({ iamAction }) => iamAction));
  expect(policy.Statement.flatMap(({ Action: actions }) => actions).filter((action) => !used.has(action))).toEqual([]);
});

it("is limited to one function when one is named", { timeout: 60_000 }, async () => {
  const { run } = await playedAccount();
  const { stdout } = await run(["doctor", "--policy", "arn:aws:lambda:us-east-1:123456789012:function:thumbs:live"]);
  const policy: PolicyDocument = JSON.parse(stdout);
  const read = (resource: string) => allows(policy, { iamAction: "lambda:GetFunctionConfiguration", resource });
  const thumbs = "arn:aws:lambda:us-east-1:123456789012:function:thumbs";
  expect(await read(thumbs)).toBe(true);
  expect(await read(`${thumbs}:live`)).toBe(true);
  expect(await read(`${thumbs}-2`)).toBe(false);
});
