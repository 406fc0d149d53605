import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { oneVcpuMb } from "../../core/units.ts";
import type { Contention, RunnerInvocation } from "../endpoint/function-runner.ts";
import type { ResourceGroup } from "./backend/cpu-backend.ts";
import { CpuDemand } from "./cpu-demand.ts";
import type { CpuLease, CpuWish } from "./cpu-shares.ts";
import type { Machine } from "./machine.ts";
import { CpuWatch } from "./process/cpu-watch.ts";
import { type Launched, launch } from "./process/launch.ts";
import { peakMemoryMb } from "./process/memory-used.ts";
import { MemoryWatch } from "./process/memory-watch.ts";
import { OutputTail } from "./process/output-tail.ts";
import { signalProcesses } from "./process/signal-processes.ts";
import { killStrays } from "./process/strays.ts";
import { environmentVariables } from "./runtime/environment-variables.ts";
import type { ProcessEnd } from "./runtime/failures.ts";
import type { PreparedTarget } from "./runtime/prepare-target.ts";
import { RuntimeApi, type RuntimeReply } from "./runtime/runtime-api.ts";
import { startCommand } from "./runtime/start-command.ts";

/** How the start of an environment ended. `ms` is what the start took. */
export type Start =
  | { readonly kind: "ready"; readonly ms: number }
  | { readonly kind: "failed"; readonly ms: number; readonly reply: RuntimeReply }
  | { readonly kind: "exited"; readonly ms: number; readonly end: ProcessEnd }
  | { readonly kind: "timed-out"; readonly ms: number };

/** How one event ended, and after how many milliseconds. */
export type Ending = (
  | { readonly kind: "replied"; readonly ms: number; readonly reply: RuntimeReply }
  | { readonly kind: "exited"; readonly ms: number; readonly end: ProcessEnd; readonly reply?: RuntimeReply }
  | { readonly kind: "timed-out"; readonly ms: number }
) & { readonly contention?: Contention };

/** How soon after one event another is watched for what other programs take from it, in milliseconds. */
const watchEveryMs = 25;
/** When the first event is looked at, in milliseconds: a function that waits must not keep others waiting that long. */
const firstLookMs = 200;

/**
 * One execution environment: a process with its Runtime API and its limits, which handles one event at a time.
 *
 * Its life: `open`, `start`, then `handle` as often as wanted, and `end`, which may come at any moment.
 */
export class Environment {
  readonly #machine: Machine;
  readonly #memorySizeMb: number;
  readonly #api: RuntimeApi;
  readonly #group: ResourceGroup;
  readonly #launched: Launched;
  readonly #output = new OutputTail();
  readonly #outputClosed: Promise<unknown>;
  readonly #exited: Promise<ProcessEnd>;
  readonly #marker: string;
  readonly #demand: CpuDemand;
  /** Absent where the kernel enforces the limit. */
  readonly #memoryWatch: MemoryWatch | undefined;
  #ended: Promise<void> | undefined;
  #hasExited = false;
  #peakMemoryMb = 0;
  #watchedAt = Number.NEGATIVE_INFINITY;

  private constructor(
    machine: Machine,
    memorySizeMb: number,
    api: RuntimeApi,
    group: ResourceGroup,
    launched: Launched,
    marker: string,
  ) {
    this.#machine = machine;
    this.#memorySizeMb = memorySizeMb;
    this.#demand = new CpuDemand(shareOf(memorySizeMb, machine));
    this.#api = api;
    this.#group = group;
    this.#launched = launched;
    this.#marker = marker;
    this.#memoryWatch = machine.backend.limitsMemory
      ? undefined
      : new MemoryWatch(
          memorySizeMb,
          () => group.processIds(),
          () => signalProcesses(launched.process.pid, group.processIds(), "SIGKILL"),
        );
    const child = launched.process;
    child.stdout?.on("data", (chunk: Buffer) => this.#output.push(chunk));
    this.#outputClosed = new Promise((resolve) => child.stdout?.once("close", resolve));
    this.#exited = new Promise((resolve) => {
      const exit = (end: ProcessEnd): void => {
        this.#hasExited = true;
        resolve(end);
      };
      child.once("error", () => exit({ code: 127, signal: null }));
      child.once("exit", (code, signal) => exit({ code, signal }));
    });
    if (child.pid !== undefined) group.adopt(child.pid);
  }

  /** Prepares an environment; its process waits for `start`. */
  static async open(machine: Machine, target: PreparedTarget, invocation: RunnerInvocation): Promise<Environment> {
    const api = await RuntimeApi.open();
    try {
      const id = randomBytes(8).toString("hex");
      const group = machine.backend.createGroup(id, invocation.memorySizeMb);
      const logStreamName = `[${invocation.version}]${machine.marker}${id}`;
      const core = coreFor(invocation.memorySizeMb, machine);
      const launched = launch(startCommand(target, invocation.memorySizeMb), {
        folder: target.rootFolder,
        environment: environmentVariables(target, invocation, { runtimeApi: api.address, logStreamName }),
        joinFiles: group.joinFiles,
        ...(core === undefined ? {} : { core }),
      });
      return new Environment(machine, invocation.memorySizeMb, api, group, launched, logStreamName);
    } catch (error) {
      api.close();
      throw error;
    }
  }

  /**
   * Starts the process and waits until its runtime asks for work.
   *
   * @param limitMs - Longest that the start may take.
   * @param cpu - Lambda's init phase has all of a core (`boosted`); a start within an invocation has its share.
   */
  async start(limitMs: number, cpu: "boosted" | "limited" = "boosted"): Promise<Start> {
    this.#group.limitCpu(cpu === "boosted" ? undefined : this.#cores());
    const startedAt = performance.now();
    const { pid } = this.#launched.process;
    if (pid !== undefined) {
      this.#machine.reaper.watch(pid);
      this.#machine.ownCpu.add(pid);
    }
    this.#launched.release();
    this.#memoryWatch?.start();
    const since = (): number => performance.now() - startedAt;
    const timer = timeout(limitMs);
    const start = await Promise.race([
      this.#api.started.then((state): Start => ({ ...state, ms: since() })),
      this.#exited.then((end): Start => ({ kind: "exited", ms: since(), end })),
      timer.elapsed.then((): Start => ({ kind: "timed-out", ms: limitMs })),
    ]);
    timer.cancel();
    this.#memoryWatch?.stop();
    if (start.kind === "ready") {
      this.#group.limitCpu(this.#cores());
      // Should the process end with its first invocation, this is what is known of its memory.
      this.maxMemoryUsedMb();
    }
    return start;
  }

  /** CPU to be granted for the next event. */
  get wish(): CpuWish {
    return this.#demand.wish;
  }

  /**
   * Gives the started environment one event and waits for what becomes of it.
   *
   * @param lease - What it was granted; gives back what it turns out not to need.
   */
  async handle(invocation: RunnerInvocation, timeoutMs: number, lease: Pick<CpuLease, "wait">): Promise<Ending> {
    const watch = this.#startWatch();
    const firstLook = this.#demand.isKnown
      ? undefined
      : setTimeout(() => {
          this.#learnFrom(watch);
          const { mb, waits } = this.#demand.wish;
          if (waits) lease.wait(mb);
        }, firstLookMs);
    this.#group.thaw();
    // A process that is born while its parent is being stopped and continued can miss the second and stay stopped.
    const thawing = setInterval(() => this.#group.thaw(), 10);
    this.#memoryWatch?.start();
    const exchange = this.#api.send({
      requestId: invocation.requestId,
      invokedFunctionArn: invocation.invokedFunctionArn,
      deadline: Date.now() + timeoutMs,
      traceId: invocation.traceHeader ?? untraced(),
      payload: invocation.payload,
    });
    const timer = timeout(timeoutMs);
    const ending = await Promise.race([
      exchange.finished.then((at): Ending => ended(at - exchange.startedAt, exchange.reply)),
      this.#exited.then((end): Ending => {
        const ms = performance.now() - exchange.startedAt;
        return { kind: "exited", ms, end, ...(exchange.reply === undefined ? {} : { reply: exchange.reply }) };
      }),
      timer.elapsed.then((): Ending => ({ kind: "timed-out", ms: timeoutMs })),
    ]);
    timer.cancel();
    clearTimeout(firstLook);
    clearInterval(thawing);
    this.#memoryWatch?.stop();
    const contention = this.#learnFrom(watch);
    if (watch !== undefined) this.#watchedAt = performance.now();
    this.#group.freeze();
    return contention === undefined ? ending : { ...ending, contention };
  }

  /** Whether its process has ended, by itself or not. */
  get hasExited(): boolean {
    return this.#hasExited;
  }

  /** What the function has written since the last call. All that it wrote before its reply is there. */
  async takeOutput(): Promise<string> {
    if (this.#hasExited) {
      // The end may be known before the last output is read. Children that go on hold the stream open: no long wait.
      const timer = timeout(50);
      await Promise.race([this.#outputClosed, timer.elapsed]);
      timer.cancel();
    } else {
      // The reply and the output before it are read in one turn of the event loop, the output maybe as the later.
      await new Promise(setImmediate);
    }
    return this.#output.take();
  }

  /** The most memory the environment has held, in whole MB, never more than its size. */
  maxMemoryUsedMb(): number {
    const livingMb = peakMemoryMb(this.#group.processIds());
    // Ended processes leave no mark of their own, but their group may.
    const seenMb = livingMb ?? this.#memoryWatch?.peakMb ?? this.#group.peakMemoryMb() ?? 0;
    this.#peakMemoryMb = Math.max(this.#peakMemoryMb, seenMb);
    return Math.min(this.#memorySizeMb, Math.ceil(this.#peakMemoryMb));
  }

  /** What `maxMemoryUsedMb` found last, without looking again. */
  get heldMb(): number {
    return this.#peakMemoryMb;
  }

  ranOutOfMemory(): boolean {
    return this.#memoryWatch?.wasExceeded ?? this.#group.ranOutOfMemory();
  }

  /** Whether `end` was called. */
  get isEnding(): boolean {
    return this.#ended !== undefined;
  }

  /** Kills the environment with all its processes. */
  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    const { pid } = this.#launched.process;
    if (pid !== undefined) this.#machine.ownCpu.settle(pid);
    signalProcesses(pid, this.#group.processIds(), "SIGKILL");
    this.#api.close();
    await this.#exited;
    await this.#group.remove();
    if (this.#machine.backend.folders.length === 0) await killStrays(this.#marker);
    if (pid !== undefined) this.#machine.reaper.forget(pid);
    this.#launched.process.stdout?.destroy();
  }

  /** Looking takes up to a millisecond: of short events in quick succession some are enough. */
  #startWatch(): CpuWatch | undefined {
    if (performance.now() - this.#watchedAt < watchEveryMs) return undefined;
    return CpuWatch.start(this.#group, this.#machine.ownCpu);
  }

  /** @returns What others took meanwhile; `undefined` where nobody watched or the system does not tell. */
  #learnFrom(watch: CpuWatch | undefined): Contention | undefined {
    const coresAtHand = coreFor(this.#memorySizeMb, this.#machine) === undefined ? availableParallelism() : 1;
    const seen = watch?.look({ shareCores: this.#cores(), coresAtHand });
    if (seen !== undefined) this.#demand.learn(seen.wantedMs, seen.contention.elapsedMs);
    else if (watch !== undefined && !this.#demand.isKnown && !this.#hasExited) this.#demand.giveUp();
    return seen?.contention;
  }

  #cores(): number {
    return shareOf(this.#memorySizeMb, this.#machine) / oneVcpuMb;
  }
}

const shareOf = (memorySizeMb: number, { cappedAtMb }: Machine): number => Math.min(memorySizeMb, cappedAtMb);

const coreFor = (memorySizeMb: number, { core }: Machine): number | undefined =>
  memorySizeMb <= oneVcpuMb ? core : undefined;

// A runtime that asks for more work without a reply to the last has lost it; no well-behaved one does.
const ended = (ms: number, reply: RuntimeReply | undefined): Ending =>
  reply === undefined ? { kind: "exited", ms, end: { code: 0, signal: null } } : { kind: "replied", ms, reply };

const timeout = (ms: number): { elapsed: Promise<void>; cancel: () => void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return { elapsed: promise, cancel: () => clearTimeout(timer) };
};

/** Lambda gives an id to what it does not sample too. */
const untraced = (): string =>
  `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")};Sampled=0`;
