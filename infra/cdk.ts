/** The package's entry `lambda-tuner/cdk`. */
export { LambdaTuner } from "./lambda-tuner.ts";
export type { LambdaTunerProps } from "./lambda-tuner-props.ts";
export type { TuningSchedule } from "./schedules.ts";
export { LambdaTunerStack, type LambdaTunerStackProps } from "./stack.ts";
export type { AppFunction, FunctionScope, FunctionTag, TunableFunction } from "./tunable-functions.ts";
