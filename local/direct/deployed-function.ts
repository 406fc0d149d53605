import type { Target } from "../../core/run/target.ts";
import { settledConfiguration } from "../../functions/aws/settled-configuration.ts";
import { findTarget } from "../../functions/planning/find-target.ts";
import { targetReference } from "../../functions/planning/target-reference.ts";
import { type AwsAccess, withAccess } from "./aws-access.ts";

/**
 * Finds a deployed function as Plan does, with the same refusals.
 *
 * @param named - Name, partial or full ARN, qualified or not.
 * @throws InvalidRequestError, TargetNotFoundError, UntunableTargetError, AlreadyRunningError, AccessDeniedError,
 *   and what the SDK throws for credentials and connections.
 */
export const findDeployedFunction = async (access: AwsAccess, named: string): Promise<Target> =>
  withAccess(access, async () => findTarget(targetReference(named)));

/** The settings of `$LATEST` once no update is under way. @param named - As above; a qualifier is left out. */
export const readSettings = async (access: AwsAccess, named: string): Promise<Target["original"]> =>
  withAccess(access, async () => {
    const { functionName } = targetReference(named);
    return (await settledConfiguration(functionName, Date.now() + patienceMs)).configuration;
  });

const patienceMs = 60_000;
