import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";
import { PayloadError } from "../../core/errors/payload-error.ts";
import type { TunerError } from "../../core/errors/tuner-error.ts";
import { type ParsedRequest, parseRequest } from "../../core/request/parse-request.ts";
import { flagsWithoutEffect } from "../flags/flags-without-effect.ts";
import type { JsonObject } from "../flags/json-object.ts";
import { payloadFromFlag } from "../flags/payload-from-flag.ts";
import { type GivenFlags, requestFromFlags } from "../flags/request-from-flags.ts";
import { payloadsApart } from "./large-payloads.ts";
import type { ResolvedTarget } from "./resolve-target.ts";

/** What a person asks of a target in config, environment, flags and payload. */
export interface StatedRequest {
  /** What was stated, without defaults. */
  readonly input: JsonObject;
  /** Absent when it is no valid request. */
  readonly parsed?: ParsedRequest;
  /** What is wrong with config, flags and request, all of it. */
  readonly faults: readonly string[];
  /** Why the payload could not be read. */
  readonly payloadError?: PayloadError;
  /** Payloads for code on this machine that the request names as an object in S3, being too large for it. */
  readonly largePayloads?: string;
}

/**
 * Lays flags, environment and payload over the config, and checks the request that they make.
 *
 * @param functionArn - What the request calls its target.
 */
export const stateRequest = async (
  target: ResolvedTarget,
  given: GivenFlags,
  functionArn: string,
): Promise<StatedRequest> => {
  const payload = await readPayload(given);
  const withPayload = payload.kind === "read" ? { ...target.request, payloads: payload.payloads } : target.request;
  const { input, names, faults } = requestFromFlags(withPayload, given, target.config?.name);
  // An account's S3 is its owner's to write to; that of the embedded endpoint is ours.
  const { input: sent, ...apart } = target.kind === "local" ? payloadsApart(input) : { input };
  const stated: JsonObject = { ...sent, functionArn };
  const common = { input: stated, ...apart, ...(payload.kind === "unreadable" ? { payloadError: payload.error } : {}) };
  const known = [...target.faults, ...faults, ...flagsWithoutEffect(input, given)];
  try {
    return { ...common, parsed: parseRequest(stated, names), faults: known };
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return { ...common, faults: [...known, ...error.faults] };
  }
};

/** The error that tells of every fault; a payload that cannot be read is an error of its own only when it is the only one. */
export const refusalOf = (faults: readonly string[], payloadError: PayloadError | undefined): TunerError => {
  if (payloadError === undefined) return new InvalidRequestError(faults);
  return faults.length === 0 ? payloadError : new InvalidRequestError([payloadError.message, ...faults]);
};

type GivenPayload =
  | { readonly kind: "none" }
  | { readonly kind: "read"; readonly payloads: JsonObject }
  | { readonly kind: "unreadable"; readonly error: PayloadError };

const readPayload = async (given: GivenFlags): Promise<GivenPayload> => {
  const flag = given.get("--payload");
  if (flag === undefined) return { kind: "none" };
  try {
    return { kind: "read", payloads: { inline: await payloadFromFlag(flag) } };
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
    return { kind: "unreadable", error };
  }
};
