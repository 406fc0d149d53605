import {
  type FunctionRunner,
  isColdStart,
  type RunnerInvocation,
  type RunnerResult,
} from "../endpoint/function-runner.ts";
import type { CodeTarget } from "./code-target.ts";
import { ContentionTally } from "./contention-tally.ts";
import type { EnvironmentOptions } from "./environment-runner.ts";
import type { MachineOptions } from "./machine.ts";
import { prepareTarget } from "./runtime/prepare-target.ts";
import { useSandboxThread } from "./thread/sandbox-thread.ts";

export type CodeRunnerOptions = MachineOptions & EnvironmentOptions;

/**
 * Runs a target's code in processes of this machine, as Lambda would: one environment an invocation at a time, with the
 * CPU share and the memory of its size.
 *
 * Runners of one process share its CPU: together they never use more than there is. Environments are started, timed
 * and ended in a thread of their own, so that durations do not contain waiting for this one.
 *
 * @throws {@link InvalidTargetError} when TypeScript cannot be bundled.
 * @throws {@link RangeError} when the backend that was asked for does not work here.
 */
export const createCodeRunner = async (
  target: CodeTarget,
  options: CodeRunnerOptions = {},
): Promise<FunctionRunner> => {
  const prepared = await prepareTarget(target);
  const thread = useSandboxThread();
  try {
    const runner = await thread.open({ target: prepared.target, options });
    let closed: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      await runner.close();
      await prepared.dispose();
      await thread.giveUp();
    };
    const contention = new ContentionTally();
    const invoke = async (invocation: RunnerInvocation): Promise<RunnerResult> => {
      const result = await runner.invoke(invocation);
      // What a cold start lost says nothing of the warm durations, which decide.
      if (!isColdStart(result.report) && result.contention !== undefined)
        contention.add(invocation.version, result.contention);
      return result;
    };
    return { ...runner, invoke, contention: () => contention.byVersion, close: () => (closed ??= close()) };
  } catch (error) {
    await prepared.dispose();
    await thread.giveUp();
    throw error;
  }
};
