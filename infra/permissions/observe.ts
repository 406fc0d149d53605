import type { Permission } from "./permission.ts";

/** Observe reads what production shows of the target. Whatever it may not read becomes a warning in the report. */
export const observePermissions: readonly Permission[] = [
  {
    sid: "ReadMetrics",
    why: "Reads the target's durations, invocations and errors of the last days. CloudWatch grants metrics for the whole account only.",
    actions: ["cloudwatch:GetMetricData"],
    on: "nothing-narrower",
  },
  {
    sid: "ReadCallers",
    why: "Finds the services that call the target, whose own timeouts bound the recommended one.",
    actions: ["lambda:GetPolicy"],
    on: "target-and-versions",
  },
  {
    sid: "ReadQueues",
    why: "Finds the queues that call the target. Lambda grants the list of event sources for the whole account only.",
    actions: ["lambda:ListEventSourceMappings"],
    on: "nothing-narrower",
  },
  {
    sid: "ReadQueueVisibility",
    why: "Reads how long the queues that call the target hide a message, which bounds its timeout. Attributes alone, no messages.",
    actions: ["sqs:GetQueueUrl", "sqs:GetQueueAttributes"],
    on: "queues",
  },
  {
    sid: "ReadTraces",
    why: "Reads the traces of the run's own invocations, by their ids. X-Ray grants it for the whole account only.",
    actions: ["xray:BatchGetTraces"],
    on: "nothing-narrower",
  },
];
