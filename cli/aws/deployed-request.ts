import type { TuningRequest } from "../../core/request/schema.ts";
import type { Call } from "../command.ts";
import { longName } from "../flags/flag.ts";
import { isTyped } from "../flags/flags-without-effect.ts";
import { isJsonObject, type JsonObject } from "../flags/json-object.ts";
import { localFlags } from "../flags/request-flags.ts";
import type { DeployedTarget } from "../tune/resolve-target.ts";
import { refusalOf, stateRequest } from "../tune/stated-request.ts";

/** A request on a deployed function, checked. */
export interface DeployedRequest {
  /** What the person stated, without defaults: those are the deployed version's. */
  readonly stated: JsonObject;
  readonly request: TuningRequest;
}

/**
 * Reads config, environment, flags and payload of a run in AWS.
 *
 * @throws InvalidRequestError with every fault at once.
 */
export const deployedRequest = async (target: DeployedTarget, { given, notes }: Call): Promise<DeployedRequest> => {
  if (target.config !== undefined) notes.detail(`Config: ${target.config.name}`);
  const { input, parsed, faults, payloadError } = await stateRequest(target, given, target.functionArn);
  const all = [...faults, ...localFlagFaults(given, target.functionArn), ...aliasFaults(given, input["apply"])];
  if (parsed === undefined || all.length > 0 || payloadError !== undefined) throw refusalOf(all, payloadError);
  return { stated: input, request: parsed.request };
};

const localFlagFaults = (given: Call["given"], functionArn: string): string[] =>
  localFlags.flatMap((flag) => {
    const typedAs = given.get(longName(flag))?.typedAs;
    return typedAs === undefined
      ? []
      : [`${typedAs} describes a path, and ${functionArn} is a deployed function. Leave it out.`];
  });

/** An alias alone applies nothing; one in environment or config may be meant for a run that does. */
const aliasFaults = (given: Call["given"], apply: unknown): string[] => {
  const applies = isJsonObject(apply) && (apply["memory"] === true || apply["timeout"] === true);
  if (applies || given.has("--apply") || !isTyped("--alias", given)) return [];
  return ["--alias says behind what the advice is applied, but none is to be. Add --apply memory, or leave it out."];
};
