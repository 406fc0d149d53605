import type { CommandDefinition } from "../command.ts";
import { awsFlags, runFlags } from "../flags/aws-flags.ts";
import { localFlags, requestFlags } from "../flags/request-flags.ts";
import { outputFormats } from "../flags/shared-flags.ts";

/** `tune <target>`: the main job. */
export const tuneCommand: CommandDefinition = {
  name: "tune",
  summary: "measure a function at several memory sizes and recommend memory and timeout",
  description:
    "Measures a function at several memory sizes and recommends memory and timeout with stated confidence. A path is tuned on this machine: the state machine, its functions and the AWS SDK calls are those that run in AWS, and the handler runs in processes that get Lambda's CPU share for their memory. A name or an ARN is a deployed function: lambda-tuner in its account tunes it.",
  arguments: [
    {
      name: "[target]",
      description:
        "a handler file, file:handler, a folder, a name in the config, or the name or ARN of a deployed function",
    },
  ],
  formats: outputFormats,
  flagGroups: [
    { heading: "Request options", flags: requestFlags },
    { heading: "Options of a local target", flags: localFlags },
    { heading: "Options of a deployed target", flags: [...awsFlags, ...runFlags] },
  ],
  examples: [
    "tune ./handler.ts --payload @event.json",
    "tune ./handler.mjs --objective slo --slo p95=300ms",
    "tune ./handler.mjs --memory 128,256,512,1024 --method fixed --invocations 50",
    "tune ./handler.mjs --output json --quiet > report.json",
    "tune ./handler.ts --region eu-central-1",
    "tune my-function --region eu-west-1",
    "tune arn:aws:lambda:eu-west-1:111122223333:function:my-function:live --apply memory --alias live --yes",
  ],
  run: async (call) => {
    const { tune } = await import("../tune/tune.ts");
    return tune(call);
  },
};
