import { requestLimits } from "../../core/request/limits.ts";
import { payloadsSchema } from "../../core/request/schema.ts";
import type { ObjectStore } from "../../local/endpoint/s3/object-store.ts";
import type { JsonObject } from "../flags/json-object.ts";

const bucket = "lambda-tuner-payloads";
const key = "payloads.json";

/** A request, and the payloads that are too large to stand in it. */
export interface PayloadsApart {
  readonly input: JsonObject;
  /** JSON of a form that payloads may have; absent where the request holds them. */
  readonly largePayloads?: string;
}

/**
 * Takes payloads out of a request that cannot hold them, and names the object instead that {@link storePayloads} makes.
 *
 * @param input - A request that is not parsed yet; one whose payloads have a fault stays as it is.
 */
export const payloadsApart = (input: JsonObject): PayloadsApart => {
  const { data: payloads } = payloadsSchema.safeParse(input["payloads"]);
  if (payloads === undefined || "s3Uri" in payloads) return { input };
  const largePayloads = JSON.stringify(payloads);
  if (Buffer.byteLength(largePayloads) <= requestLimits.inlinePayloadBytes) return { input };
  return { input: { ...input, payloads: { s3Uri: `s3://${bucket}/${key}` } }, largePayloads };
};

/** Puts a run's large payloads where its request says, in the S3 of an endpoint that is the run's own. */
export const storePayloads = (objects: ObjectStore, largePayloads: string): Promise<void> =>
  objects.put(bucket, key, Buffer.from(largePayloads), "application/json");
