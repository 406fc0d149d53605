import type { CommandDefinition } from "../command.ts";
import { localFlags, requestFlags } from "../flags/request-flags.ts";

/** `tune <target>`: the main job. */
export const tuneCommand: CommandDefinition = {
  name: "tune",
  summary: "measure a function at several memory sizes and recommend memory and timeout",
  description:
    "Measures a function at several memory sizes and recommends memory and timeout with stated confidence. A path is tuned on this machine: the state machine, its functions and the AWS SDK calls are those that run in AWS, and the handler runs in processes that get Lambda's CPU share for their memory.",
  arguments: [{ name: "<target>", description: "a handler file, file:handler, a folder, or a name in the config" }],
  flagGroups: [
    { heading: "Request options", flags: requestFlags },
    { heading: "Options of a local target", flags: localFlags },
  ],
  examples: [
    "tune ./handler.ts --payload @event.json",
    "tune ./handler.mjs --objective slo --slo p95=300ms",
    "tune ./handler.mjs --memory 128,256,512,1024 --method fixed --invocations 50",
    "tune ./handler.mjs --output json --quiet > report.json",
  ],
  run: async (call) => {
    const { tune } = await import("../tune/tune.ts");
    return tune(call);
  },
};
