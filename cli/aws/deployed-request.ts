import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";
import { parseRequest } from "../../core/request/parse-request.ts";
import type { TuningRequest } from "../../core/request/schema.ts";
import type { Call } from "../command.ts";
import { longName } from "../flags/flag.ts";
import type { JsonObject } from "../flags/json-object.ts";
import { payloadFromFlag } from "../flags/payload-from-flag.ts";
import { localFlags } from "../flags/request-flags.ts";
import { requestFromFlags } from "../flags/request-from-flags.ts";
import type { DeployedTarget } from "../tune/resolve-target.ts";

/** A request on a deployed function, checked. */
export interface DeployedRequest {
  /** What the person stated, without defaults: those are the deployed version's. */
  readonly stated: JsonObject;
  readonly request: TuningRequest;
}

/**
 * Reads config, environment, flags and payload of a run in AWS.
 *
 * @throws {@link InvalidRequestError} with every fault at once.
 */
export const deployedRequest = async (target: DeployedTarget, { given, notes }: Call): Promise<DeployedRequest> => {
  if (target.config !== undefined) notes.detail(`Config: ${target.config.name}`);
  const payload = given.get("--payload");
  const fromConfig: JsonObject =
    payload === undefined
      ? target.request
      : { ...target.request, payloads: { inline: await payloadFromFlag(payload) } };
  const { input, names, faults } = requestFromFlags(fromConfig, given, target.config?.name);
  const all = [...faults, ...localFlagFaults(given, target.functionArn)];
  const stated: JsonObject = { ...input, functionArn: target.functionArn };
  try {
    const { request } = parseRequest(stated, names);
    if (all.length === 0) return { stated, request };
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    all.push(...error.faults);
  }
  throw new InvalidRequestError(all);
};

const localFlagFaults = (given: Call["given"], functionArn: string): string[] =>
  localFlags.flatMap((flag) => {
    const typedAs = given.get(longName(flag))?.typedAs;
    return typedAs === undefined
      ? []
      : [`${typedAs} describes a path, and ${functionArn} is a deployed function. Leave it out.`];
  });
