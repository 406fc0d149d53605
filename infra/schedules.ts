import { Stack } from "aws-cdk-lib";
import { Role } from "aws-cdk-lib/aws-iam";
import { CfnSchedule, type ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { IStateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { parseRequest } from "../core/request/parse-request.ts";
import type { TuningRequestInput } from "../core/request/schema.ts";
import type { LambdaTunerProps } from "./lambda-tuner-props.ts";
import { encryptionPermissions } from "./permissions/encryption.ts";
import { resourcesOf } from "./permissions/permission-resources.ts";
import { RolePermissions } from "./permissions/role-permissions.ts";
import { schedulerPermissions } from "./permissions/scheduler.ts";
import { servicePrincipal } from "./permissions/service-principal.ts";
import type { AppFunction } from "./tunable-functions.ts";

/** A run that starts again and again. */
export interface TuningSchedule {
  /** What to tune: one of the functions that may be tuned. */
  readonly target: AppFunction | string;
  /** When, such as `ScheduleExpression.cron({ weekDay: "MON", hour: "3", minute: "0" })`. */
  readonly cadence: ScheduleExpression;
  /** The rest of the request. Default: every default. */
  readonly request?: Omit<TuningRequestInput, "functionArn">;
}

/** What schedules start, and where their failures go. */
export interface SchedulesProps {
  readonly schedules: readonly TuningSchedule[];
  readonly stateMachine: IStateMachine;
  readonly deadLetters: IQueue;
  readonly tuner: Pick<LambdaTunerProps, "permissionsBoundary" | "encryptionKey">;
}

/**
 * Runs started by EventBridge Scheduler, through one role that may start them.
 *
 * @throws InvalidRequestError when a request is not one: at synthesis, not at three in the morning.
 */
export const createSchedules = (parent: Construct, props: SchedulesProps): readonly CfnSchedule[] => {
  const { schedules, stateMachine, deadLetters, tuner } = props;
  const scope = new Construct(parent, "Schedules");
  const role = schedulerRole(scope, props);
  const permissions = new RolePermissions(role, [...schedulerPermissions, ...encryptionPermissions.scheduler], {
    "state-machine": resourcesOf(stateMachine.stateMachineArn),
    "dead-letters": resourcesOf(deadLetters.queueArn),
    "encryption-key": resourcesOf(...(tuner.encryptionKey === undefined ? [] : [tuner.encryptionKey.keyArn])),
  });
  return schedules.map((schedule, index) => {
    const resource = new CfnSchedule(scope, `Schedule${index + 1}`, {
      description: `lambda-tuner: scheduled run ${index + 1}`,
      flexibleTimeWindow: { mode: "OFF" },
      scheduleExpression: schedule.cadence.expressionString,
      ...timeZoneOf(schedule),
      target: {
        arn: stateMachine.stateMachineArn,
        roleArn: role.roleArn,
        input: Stack.of(scope).toJsonString(requestOf(schedule)),
        deadLetterConfig: { arn: deadLetters.queueArn },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
      },
    });
    resource.node.addDependency(permissions);
    return resource;
  });
};

const schedulerRole = (scope: Construct, { tuner: { permissionsBoundary } }: SchedulesProps): Role =>
  new Role(scope, "Role", {
    // The scheduler names the group of a schedule here, never the schedule.
    assumedBy: servicePrincipal(scope, "scheduler.amazonaws.com", "scheduler", "schedule-group/default"),
    description: "What the schedules of lambda-tuner may do",
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
  });

const timeZoneOf = ({ cadence: { timeZone } }: TuningSchedule) =>
  timeZone === undefined ? {} : { scheduleExpressionTimezone: timeZone.timezoneName };

const requestOf = ({ target, request }: TuningSchedule): TuningRequestInput => {
  const functionArn = typeof target === "string" ? target : target.functionArn;
  // The ARN may be known only at deployment; everything else is checked here.
  parseRequest({ ...request, functionArn: "checked-at-deployment" });
  return { ...request, functionArn };
};
