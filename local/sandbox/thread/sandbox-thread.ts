import { SHARE_ENV, Worker } from "node:worker_threads";
import type { FunctionRunner, RunnerInvocation } from "../../endpoint/function-runner.ts";
import type { Answer, OpenRunner, Question } from "./messages.ts";

/** The sandbox's thread, as one runner uses it. */
export interface SandboxThread {
  /** @throws {@link RangeError} when the backend that was asked for does not work here. */
  open(request: OpenRunner): Promise<FunctionRunner>;
  /** Gives the thread up; the last to do so ends it. */
  giveUp(): Promise<void>;
}

/**
 * The one thread of this process that runs environments.
 *
 * Their Runtime APIs are answered there: durations are measured where nothing else waits to be done. In the main thread
 * a few concurrent clients are enough to make a function that does nothing look as if it took 10 ms.
 */
export const useSandboxThread = (): SandboxThread => {
  shared ??= { thread: new Thread(), users: 0 };
  const entry = shared;
  entry.users++;
  return {
    open: (request) => entry.thread.open(request),
    giveUp: async () => {
      if (--entry.users > 0) return;
      if (shared === entry) shared = undefined;
      await entry.thread.end();
    },
  };
};

let shared: { readonly thread: Thread; users: number } | undefined;

// The sources run as they are and compiled, and a worker's file name is not rewritten by the compiler.
const threadFile = new URL(`thread-main${import.meta.filename.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

type Reply = (answer: Answer) => void;
type Unnumbered<Message> = Message extends unknown ? Omit<Message, "call"> : never;

class Thread {
  readonly #worker = new Worker(threadFile, { env: SHARE_ENV });
  readonly #pending = new Map<number, Reply>();
  #calls = 0;
  #runners = 0;
  /** Why there will be no answers any more. */
  #ended: string | undefined;

  constructor() {
    // Only what somebody waits for keeps the process alive.
    this.#worker.unref();
    this.#worker.on("message", (answer: Answer) => {
      const reply = this.#pending.get(answer.call);
      this.#settled(answer.call);
      reply?.(answer);
    });
    this.#worker.on("error", (error: Error) => this.#fail(`The sandbox's thread failed: ${error.message}`));
    this.#worker.on("exit", () => this.#fail("The sandbox's thread has ended."));
  }

  async open(request: OpenRunner): Promise<FunctionRunner> {
    const runner = ++this.#runners;
    const opened = await this.#ask({ kind: "open", runner, ...request });
    if (opened.kind !== "opened") throw new RangeError(reasonOf(opened));
    return {
      cpu: opened.cpu,
      invoke: async ({ signal, ...invocation }) => {
        const answer = await this.#ask({ kind: "invoke", runner, invocation }, signal);
        if (answer.kind !== "invoked") throw new Error(reasonOf(answer));
        return answer.result;
      },
      retire: async (version) => {
        await this.#ask({ kind: "retire", runner, version });
      },
      close: async () => {
        await this.#ask({ kind: "close", runner });
      },
    };
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(question: Unnumbered<Question>, signal?: RunnerInvocation["signal"]): Promise<Answer> {
    const call = ++this.#calls;
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        resolve({ call, kind: "failed", message: this.#ended });
        return;
      }
      if (signal?.aborted === true) {
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the caller's own reason
        reject(signal.reason);
        return;
      }
      const abort = (): void => this.#post({ kind: "abort", call });
      signal?.addEventListener("abort", abort, { once: true });
      if (this.#pending.size === 0) this.#worker.ref();
      this.#pending.set(call, (answer) => {
        signal?.removeEventListener("abort", abort);
        resolve(answer);
      });
      this.#post({ ...question, call });
    });
  }

  #post(question: Question): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(question);
  }

  #settled(call: number): void {
    if (this.#pending.delete(call) && this.#pending.size === 0) this.#worker.unref();
  }

  #fail(message: string): void {
    this.#ended ??= message;
    for (const [call, reply] of this.#pending) {
      this.#settled(call);
      reply({ call, kind: "failed", message });
    }
  }
}

const reasonOf = (answer: Answer): string =>
  answer.kind === "failed" ? answer.message : `The sandbox's thread answered ${answer.kind}.`;
