import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { payloadSource } from "../../../functions/measuring/payload-source.ts";
import { clientsOf } from "../../support/test-endpoint.ts";
import { startAccount } from "../function-call.ts";

const s3Uri = "s3://bucket/payloads.json";

/** The first payload of a request whose payloads are this value in S3. */
const firstOf = async (value: unknown): Promise<unknown> => {
  const account = await startAccount();
  const { s3 } = clientsOf(account.endpoint);
  await s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "payloads.json", Body: JSON.stringify(value) }));
  return account.call(async () => JSON.parse((await payloadSource({ s3Uri }, 1))(0).text) as unknown, {});
};

const many = (count: number, entry: unknown) => Array.from({ length: count }, () => entry);

describe("an object in S3", () => {
  it.each([
    ["too many weighted entries", { weighted: many(101, { payload: 1 }) }, "payloads.weighted: expected at most 100"],
    ["too many entries in short", many(101, { payload: 1 }), "payloads: expected at most 100 entries, got 101."],
    ["too many per invocation", { perInvocation: many(1001, 1) }, "payloads.perInvocation: expected at most 1000"],
    [
      "a misspelt key beside a payload",
      [{ payload: 1 }, { payload: 2, wieght: 3 }],
      'Unknown key "wieght" in payloads[1]: did you mean "weight"?',
    ],
    ["a misspelt key in many entries", { weighted: many(9, { payload: 2, wieght: 3 }) }, "And 4 more."],
  ])("with %s is refused, with its address", async (_, value, fault) => {
    await expect(firstOf(value)).rejects.toMatchObject({
      name: "Tuner.Payload",
      message: expect.stringContaining(fault),
    });
    await expect(firstOf(value)).rejects.toThrow(s3Uri);
  });

  it.each([
    ["an array of other things", [{ id: 1 }, { payload: 2 }]],
    ["an empty array", []],
    ["an array with null", [{ payload: 1 }, null]],
    ["an object with a form's key among others", { weighted: 3, id: 1 }],
  ])("that is %s is one payload", async (_, value) => {
    expect(await firstOf(value)).toEqual(value);
  });
});
