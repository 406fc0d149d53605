import { initLimitMs as lambdasInitLimitMs } from "../../core/invocation/init-limit.ts";
import { oneVcpuMb } from "../../core/units.ts";
import type { FunctionRunner, RunnerInvocation, RunnerResult } from "../endpoint/function-runner.ts";
import type { CpuLease, CpuWish } from "./cpu-shares.ts";
import { Environment } from "./environment.ts";
import { type Machine, type MachineOptions, useMachine } from "./machine.ts";
import type { PreparedTarget } from "./runtime/prepare-target.ts";
import { type Observed, resultOfEnding, resultOfFailedStart } from "./runtime/runner-result.ts";

export interface EnvironmentOptions {
  /**
   * Longest that an environment may take to start, in milliseconds; a second attempt counts as part of the invocation.
   * Absent: Lambda's 10 seconds.
   */
  readonly initLimitMs?: number;
}

/** Runs a target in execution environments of this machine. Lives in the sandbox's thread. */
export class EnvironmentRunner implements FunctionRunner {
  readonly cpu: NonNullable<FunctionRunner["cpu"]>;
  readonly #machine: Machine;
  readonly #giveUp: () => Promise<void>;
  readonly #target: PreparedTarget;
  readonly #initLimitMs: number;
  readonly #busy = new Map<Environment, string>();
  readonly #inFlight = new Set<Promise<RunnerResult>>();
  readonly #closing = new AbortController();

  private constructor(
    machine: Machine,
    giveUp: () => Promise<void>,
    target: PreparedTarget,
    { initLimitMs = lambdasInitLimitMs }: EnvironmentOptions,
  ) {
    this.#machine = machine;
    this.#giveUp = giveUp;
    this.#target = target;
    this.#initLimitMs = initLimitMs;
    const { backend, cappedAtMb } = machine;
    this.cpu = { backend: backend.name, approximate: backend.approximate, cappedAtMb, notes: backend.notes };
  }

  static async open(target: PreparedTarget, options: MachineOptions & EnvironmentOptions): Promise<EnvironmentRunner> {
    const { machine, giveUp } = await useMachine(options);
    return new EnvironmentRunner(machine, giveUp, target, options);
  }

  async invoke(invocation: RunnerInvocation): Promise<RunnerResult> {
    const result = this.#invoke(invocation);
    this.#inFlight.add(result);
    try {
      return await result;
    } finally {
      this.#inFlight.delete(result);
    }
  }

  async retire(version: string): Promise<void> {
    const busy = [...this.#busy].filter(([, used]) => used === version).map(([environment]) => environment);
    await endAll([...this.#machine.idle.takeAll(this, version), ...busy]);
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new Error("The sandbox was closed."));
    await endAll([...this.#machine.idle.takeAll(this), ...this.#busy.keys()]);
    await Promise.allSettled(this.#inFlight);
    await this.#giveUp();
  }

  async #invoke(invocation: RunnerInvocation): Promise<RunnerResult> {
    const signal = AbortSignal.any([invocation.signal, this.#closing.signal]);
    signal.throwIfAborted();
    // Whether an invocation is cold is decided when it arrives, as in Lambda: it does not wait for a busy environment.
    const idle = await this.#takeIdle(invocation);
    const starting: CpuWish = { mb: Math.max(invocation.memorySizeMb, oneVcpuMb), waits: false };
    const lease = await this.#acquire(idle?.wish ?? starting, idle, signal);
    try {
      return await (idle === undefined
        ? this.#invokeCold(invocation, lease, signal)
        : this.#invokeIn(idle, invocation, {}, lease, signal));
    } finally {
      lease.release();
    }
  }

  /** An idle environment that lives: something else on the machine may have killed it in its sleep. */
  async #takeIdle(invocation: RunnerInvocation): Promise<Environment | undefined> {
    for (;;) {
      const idle = this.#machine.idle.take(this, invocation);
      if (idle?.hasExited !== true) return idle;
      await idle.end();
    }
  }

  async #acquire(wish: CpuWish, idle: Environment | undefined, signal: AbortSignal): Promise<CpuLease> {
    try {
      return await this.#machine.shares.acquire(wish, signal);
    } catch (error) {
      await idle?.end();
      throw error;
    }
  }

  async #invokeCold(invocation: RunnerInvocation, lease: CpuLease, signal: AbortSignal): Promise<RunnerResult> {
    const timeoutMs = invocation.timeoutSeconds * 1000;
    const environment = await this.#open(invocation);
    const start = await this.#during(environment, invocation, signal, () => environment.start(this.#initLimitMs));
    if (start.kind === "ready") return this.#invokeIn(environment, invocation, { initMs: start.ms }, lease, signal);
    if (start.kind !== "timed-out") {
      const observed = await observe(environment);
      await environment.end();
      return resultOfFailedStart(invocation, start, observed);
    }
    await environment.end();
    return this.#startAgain(invocation, timeoutMs, lease, signal);
  }

  /** Lambda starts an environment that took too long once more, with the function's own timeout and CPU. */
  async #startAgain(
    invocation: RunnerInvocation,
    timeoutMs: number,
    lease: CpuLease,
    signal: AbortSignal,
  ): Promise<RunnerResult> {
    const environment = await this.#open(invocation);
    const start = await this.#during(environment, invocation, signal, () => environment.start(timeoutMs, "limited"));
    const brokenOffInitMs = this.#initLimitMs;
    if (start.kind === "ready")
      return this.#invokeIn(environment, invocation, { startMs: start.ms, brokenOffInitMs }, lease, signal);
    const observed = { ...(await observe(environment)), brokenOffInitMs };
    await environment.end();
    return resultOfFailedStart(invocation, start, observed);
  }

  async #invokeIn(
    environment: Environment,
    invocation: RunnerInvocation,
    { startMs = 0, ...start }: { readonly startMs?: number } & Pick<Observed, "initMs" | "brokenOffInitMs">,
    lease: CpuLease,
    signal: AbortSignal,
  ): Promise<RunnerResult> {
    const timeoutMs = Math.max(1, invocation.timeoutSeconds * 1000 - startMs);
    const ending = await this.#during(environment, invocation, signal, () =>
      environment.handle(invocation, timeoutMs, lease),
    );
    const observed = { ...(await observe(environment)), ...start };
    const isKept = ending.kind === "replied" && !environment.isEnding;
    await endAll(isKept ? this.#machine.idle.put(this, invocation, environment) : [environment]);
    const result = resultOfEnding(invocation, { ...ending, ms: ending.ms + startMs }, observed);
    return ending.contention === undefined ? result : { ...result, contention: ending.contention };
  }

  async #open(invocation: RunnerInvocation): Promise<Environment> {
    return Environment.open(this.#machine, this.#target, invocation);
  }

  /** Does something with a busy environment, which is ended when the signal aborts. */
  async #during<Result>(
    environment: Environment,
    invocation: RunnerInvocation,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const stop = (): void => {
      void environment.end();
    };
    signal.addEventListener("abort", stop, { once: true });
    this.#busy.set(environment, invocation.version);
    try {
      signal.throwIfAborted();
      const result = await work();
      signal.throwIfAborted();
      return result;
    } catch (error) {
      await environment.end();
      throw error;
    } finally {
      this.#busy.delete(environment);
      signal.removeEventListener("abort", stop);
    }
  }
}

const observe = async (environment: Environment): Promise<Observed> => ({
  output: await environment.takeOutput(),
  maxMemoryUsedMb: environment.maxMemoryUsedMb(),
  ranOutOfMemory: environment.ranOutOfMemory(),
});

const endAll = async (environments: readonly Environment[]): Promise<void> => {
  await Promise.all(environments.map((environment) => environment.end()));
};
