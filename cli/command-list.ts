import type { CommandDefinition } from "./command.ts";

/** A command as the overview lists it; the rest is loaded when it is called. */
export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandDefinition>;
}

/** Every command, in the order of the overview. */
export const commandList: readonly ListedCommand[] = [
  {
    name: "tune",
    summary: "measure a function at several memory sizes and recommend memory and timeout",
    load: async () => (await import("./commands/tune.ts")).tuneCommand,
  },
  {
    name: "estimate",
    summary: "say what a run would cost and how long it would take, without running it",
    load: async () => (await import("./commands/estimate.ts")).estimateCommand,
  },
  {
    name: "report",
    summary: "show a report in another format",
    load: async () => (await import("./commands/report.ts")).reportCommand,
  },
  {
    name: "diff",
    summary: "compare two reports of the same function",
    load: async () => (await import("./commands/diff.ts")).diffCommand,
  },
  {
    name: "check",
    summary: "fail when a report is over a budget",
    load: async () => (await import("./commands/check.ts")).checkCommand,
  },
  {
    name: "apply",
    summary: "set what a report recommends on its function",
    load: async () => (await import("./commands/apply.ts")).applyCommand,
  },
  {
    name: "rollback",
    summary: "put back what a function had before a report was applied",
    load: async () => (await import("./commands/rollback.ts")).rollbackCommand,
  },
  {
    name: "restore",
    summary: "put a function back as it was before a run that ended badly",
    load: async () => (await import("./commands/restore.ts")).restoreCommand,
  },
  {
    name: "deploy",
    summary: "deploy lambda-tuner to an AWS account, or update it",
    load: async () => (await import("./commands/deploy.ts")).deployCommand,
  },
  {
    name: "destroy",
    summary: "remove lambda-tuner from an AWS account",
    load: async () => (await import("./commands/destroy.ts")).destroyCommand,
  },
  {
    name: "synth",
    summary: "print the CloudFormation template, or copy all that a deployment takes",
    load: async () => (await import("./commands/synth.ts")).synthCommand,
  },
  {
    name: "serve",
    summary: "start the local AWS endpoint on its own",
    load: async () => (await import("./commands/serve.ts")).serveCommand,
  },
  {
    name: "schema",
    summary: "print the JSON Schema of a request, a report, the config file or a failure",
    load: async () => (await import("./commands/schema.ts")).schemaCommand,
  },
  {
    name: "init",
    summary: "write a config file to start from",
    load: async () => (await import("./commands/init.ts")).initCommand,
  },
  {
    name: "doctor",
    summary: "check what this machine and the AWS account offer",
    load: async () => (await import("./commands/doctor.ts")).doctorCommand,
  },
  {
    name: "completion",
    summary: "print completions for bash, zsh or fish",
    load: async () => (await import("./commands/completion.ts")).completionCommand,
  },
];
