/**
 * The metrics that a deployed tuner publishes about itself, by their names in CloudWatch.
 *
 * Functions write them, alarms and dashboards read them: a contract with whatever else watches the namespace.
 */
export const tunerMetrics = {
  /** Runs that ended with a report. */
  runsFinished: "RunsFinished",
  /** What runs cost, in USD: invocations of targets as they are made, the tuner itself once a run has its report. */
  spendUsd: "SpendUsd",
  /** Invocations of targets, of runs that fail later too. */
  targetInvocations: "TargetInvocations",
  /** Invocations of targets that failed. */
  failedInvocations: "FailedInvocations",
  /** What the recommended size saves in a month at the volume seen in production, in USD. Negative when it costs more. */
  estimatedMonthlySavingsUsd: "EstimatedMonthlySavingsUsd",
  /** By target. */
  recommendedMemoryMb: "RecommendedMemoryMb",
  /** By target: what it had before. */
  currentMemoryMb: "CurrentMemoryMb",
  /** Targets that the daily sweep had to clean up: nothing else had. */
  leftoversFound: "LeftoversFound",
  /** Clean-ups that left something on a target. */
  restoreFailures: "RestoreFailures",
} as const;

/** Namespace of {@link tunerMetrics} in CloudWatch. */
export const tunerMetricsNamespace = "LambdaTuner";
