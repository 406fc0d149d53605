import { expect, it } from "vitest";
import { targetReference } from "../../../functions/planning/target-reference.ts";

const arn = "arn:aws:lambda:eu-west-1:123456789012:function:thumbnails";

it.each([
  ["thumbnails", { functionName: "thumbnails" }],
  ["thumbnails:live", { functionName: "thumbnails", qualifier: "live" }],
  ["thumbnails:7", { functionName: "thumbnails", qualifier: "7" }],
  ["thumbnails:$LATEST", { functionName: "thumbnails" }],
  ["123456789012:function:thumbnails", { functionName: "123456789012:function:thumbnails" }],
  ["123456789012:function:thumbnails:live", { functionName: "123456789012:function:thumbnails", qualifier: "live" }],
  [arn, { functionName: arn }],
  [`${arn}:live`, { functionName: arn, qualifier: "live" }],
  [`${arn}:$LATEST`, { functionName: arn }],
])("takes %s apart", (text, reference) => {
  expect(targetReference(text)).toEqual(reference);
});

it.each(["", "a b", "arn:aws:s3:::bucket", "arn:aws:lambda:eu-west-1:123456789012:layer:x", `${arn}:a:b`, "x/y"])(
  "refuses %j",
  (text) => {
    expect(() => targetReference(text)).toThrow(/name, partial ARN or ARN/);
  },
);
