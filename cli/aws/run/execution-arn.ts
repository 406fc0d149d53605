import { UsageError } from "../../errors/usage-error.ts";
import type { Installation } from "../installation.ts";

/** Whether a text is the ARN of an execution, as the console shows it. */
export const isExecutionArn = (text: string): boolean =>
  /^arn:[^:]+:states:[^:]+:\d{12}:execution:[^:]+:[^:]+$/.test(text);

/**
 * The ARN of a run's execution.
 *
 * @param run - The run's id, or that ARN.
 * @throws {@link UsageError} when it is neither.
 */
export const executionArnOf = ({ stateMachineArn }: Installation, run: string): string => {
  if (isExecutionArn(run)) return run;
  if (!isRunId(run)) throw new UsageError(`Expected the id of a run or the ARN of its execution, got "${run}".`);
  return `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${run}`;
};

/** Whether a text can be the id of a run: the name of an execution. */
export const isRunId = (text: string): boolean => /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(text);

/** The run's id in the ARN of its execution. */
export const runIdOf = (executionArn: string): string => executionArn.split(":").at(-1) ?? executionArn;
