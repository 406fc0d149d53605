import { toolVersion } from "../../../core/tool-version.ts";
import type { Finding } from "../../doctor/examine-machine.ts";
import { type AwsSettings, inRegionOf } from "../aws-settings.ts";
import { callerIdentity } from "../caller-identity.ts";
import type { GivenFlags } from "../../flags/request-from-flags.ts";
import { type AwsSession, openSession } from "../run/aws-session.ts";
import { examinePermissions } from "./examine-permissions.ts";
import { examineQuotas } from "./examine-quotas.ts";
import { examineTarget } from "./examine-target.ts";
import { findingOfFailure } from "./finding-of-failure.ts";

/**
 * Looks at everything in an account that a run depends on: credentials first, since the rest hangs on them.
 *
 * @param target - A function to look at, too.
 * @param isAskedFor - Whether the person asked about AWS; otherwise what is missing there only limits.
 */
export const examineAccount = async (
  settings: AwsSettings,
  given: GivenFlags,
  target: string | undefined,
  isAskedFor: boolean,
): Promise<Finding[]> => {
  const absent = isAskedFor ? "missing" : "limited";
  const there = target === undefined ? settings : inRegionOf(target, settings, given);
  try {
    const { arn, region } = await callerIdentity(there);
    return [
      { subject: "AWS credentials", state: "good", found: arn },
      { subject: "AWS region", state: "good", found: region },
      ...(await installation(there, absent)),
      ...(await examineQuotas(there)),
      ...(target === undefined ? [] : [await examineTarget(there, target)]),
    ];
  } catch (error) {
    return [findingOfFailure("AWS credentials", absent, error)];
  }
};

/** What stands in for the account where nothing says how to reach one. */
export const noAccount: Finding = {
  subject: "AWS",
  state: "good",
  found: "not set up on this machine; only deployed functions need it (aws configure, or --profile)",
};

const installation = async (settings: AwsSettings, absent: Finding["state"]): Promise<Finding[]> => {
  const subject = "Deployed";
  let session: AwsSession;
  try {
    session = await openSession(settings);
  } catch (error) {
    return [{ ...findingOfFailure(subject, absent, error), found: "no lambda-tuner was found in this account" }];
  }
  const { version, stateMachineArn } = session.installation;
  const found = `lambda-tuner ${version}, ${stateMachineArn}`;
  const isSame = version === toolVersion;
  const fix = `This command is ${toolVersion}. Update the account with lambda-tuner deploy, or install that version.`;
  return [
    isSame ? { subject, state: "good", found } : { subject, state: "limited", found, fix },
    ...(await examinePermissions(session)),
  ];
};
