import { Token } from "aws-cdk-lib";
import type { LambdaTunerProps } from "./lambda-tuner-props.ts";
import type { TuningSchedule } from "./schedules.ts";
import { isScope, isTag, type TunableFunction } from "./tunable-functions.ts";

/**
 * Checks what the types of the settings cannot say, and what they say when nothing compiles an app.
 *
 * @throws RangeError that names every fault.
 */
export const checkProps = (props: LambdaTunerProps): void => {
  const faults = faultsOf(props);
  if (faults.length > 0) throw new RangeError(`LambdaTuner: ${faults.join("; ")}.`);
};

const faultsOf = (props: LambdaTunerProps): readonly string[] => {
  // An app in JavaScript may leave out all of it.
  const { functions }: Partial<LambdaTunerProps> = props ?? {};
  if (!Array.isArray(functions) || functions.length === 0) {
    return [
      "functions: expected at least one function, name pattern or tag that may be tuned, got none, and there is no default",
    ];
  }
  const ofFunctions = functions.flatMap((each, index) => faultsOfFunction(each, `functions[${index}]`));
  const ofProcessors = (props.processors ?? []).flatMap((each, index) =>
    faultsOfFunction(each, `processors[${index}]`),
  );
  return [
    ...faultsOfNames(props),
    ...ofFunctions,
    ...ofProcessors,
    ...faultsOfValues(props),
    ...faultsOfCombination(props),
    // Which functions may be tuned is not known while their list is faulty.
    ...(ofFunctions.length > 0
      ? []
      : (props.schedules ?? []).flatMap((each, index) => faultsOfSchedule(each, index, functions))),
  ];
};

/** The compiler asks for every property; an app in JavaScript has nobody but this to tell it of a misspelt one. */
const properties: Readonly<Record<keyof LambdaTunerProps, true>> = {
  functions: true,
  processors: true,
  payloadObjectArns: true,
  installationName: true,
  schedules: true,
  reportBucket: true,
  reportRetention: true,
  accessLogBucket: true,
  encryptionKey: true,
  alarmTopic: true,
  dailySpendAlarmUsd: true,
  eventBus: true,
  vpc: true,
  vpcSubnets: true,
  securityGroups: true,
  permissionsBoundary: true,
  logRetention: true,
  removalPolicy: true,
  code: true,
};

const faultsOfNames = (props: LambdaTunerProps): readonly string[] =>
  Object.keys(props)
    .filter((name) => !Object.hasOwn(properties, name))
    .map((name) => `${name}: no such property; there are ${Object.keys(properties).join(", ")}`);

const faultsOfFunction = (each: TunableFunction, name: string): readonly string[] => {
  if (typeof each === "string") {
    return isToken(each) || namePattern.test(each)
      ? []
      : [
          `${name}: expected a function name, in which * and ? may stand for other characters, got ${JSON.stringify(each)}`,
        ];
  }
  if (typeof each !== "object" || each === null) {
    return [`${name}: expected a function of the app, a name or { tagKey, tagValue }, got ${String(each)}`];
  }
  if (isTag(each)) {
    return each.tagKey === "" || typeof each.tagValue !== "string" || each.tagValue === ""
      ? [`${name}: expected a tag with a key and a value, got ${JSON.stringify(each)}`]
      : [];
  }
  return isScope(each) || typeof each.functionArn === "string"
    ? []
    : [`${name}: expected a function of the app, a name or { tagKey, tagValue }`];
};

const namePattern = /^[A-Za-z0-9_*?-]{1,64}$/;

const faultsOfValues = ({ installationName, dailySpendAlarmUsd, payloadObjectArns = [] }: LambdaTunerProps) => [
  ...(installationName === undefined || isToken(installationName) || /^[A-Za-z0-9_-]{1,40}$/.test(installationName)
    ? []
    : [`installationName: expected 1 to 40 letters, digits, - and _, got ${JSON.stringify(installationName)}`]),
  ...(dailySpendAlarmUsd === undefined || isToken(dailySpendAlarmUsd) || isAmount(dailySpendAlarmUsd)
    ? []
    : [`dailySpendAlarmUsd: expected US dollars of 0 or more, got ${dailySpendAlarmUsd}`]),
  ...payloadObjectArns
    .filter((arn) => !isToken(arn) && !/^arn:[a-z-]+:s3:::[^/]*[^/*][^/]*\/.+$/.test(arn))
    .map(
      (arn) =>
        `payloadObjectArns: expected ARNs of objects, such as arn:aws:s3:::bucket/prefix/*, got ${JSON.stringify(arn)}`,
    ),
];

const faultsOfCombination = (props: LambdaTunerProps): readonly string[] => {
  const together = (given: readonly (keyof LambdaTunerProps)[], fault: string): readonly string[] =>
    given.filter((name) => props[name] !== undefined).map((name) => `${name}: ${fault}`);
  return [
    ...(props.reportBucket === undefined
      ? []
      : together(
          ["reportRetention", "accessLogBucket"],
          "applies to the bucket that is made when no reportBucket is given",
        )),
    ...(props.vpc === undefined ? together(["vpcSubnets", "securityGroups"], "needs the vpc that they are in") : []),
  ];
};

const faultsOfSchedule = (
  schedule: TuningSchedule,
  index: number,
  functions: readonly TunableFunction[],
): readonly string[] => {
  const { target, cadence }: Partial<TuningSchedule> = schedule;
  return [
    ...(typeof cadence?.expressionString === "string"
      ? []
      : [
          `schedules[${index}].cadence: expected a ScheduleExpression, such as ScheduleExpression.rate(Duration.days(7))`,
        ]),
    ...(target === undefined
      ? [`schedules[${index}].target: expected one of the functions that may be tuned, got none`]
      : faultsOfTarget(target, index, functions)),
  ];
};

/** A run of a function that may not be tuned would fail every time. Tags and tokens are known at deployment only. */
const faultsOfTarget = (
  target: TuningSchedule["target"],
  index: number,
  functions: readonly TunableFunction[],
): readonly string[] => {
  if (typeof target !== "string" || isToken(target) || target.includes(":")) return [];
  const isOpen = functions.some((each) => typeof each !== "string" || isToken(each));
  const matches = functions.some((each) => typeof each === "string" && regExpOf(each).test(target));
  return isOpen || matches ? [] : [`schedules[${index}].target: ${target} is none of the functions that may be tuned`];
};

const regExpOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[*?]/g, (wildcard) => (wildcard === "*" ? ".*" : "."))}$`);

const isToken = (value: unknown): boolean => Token.isUnresolved(value);

const isAmount = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value >= 0;
