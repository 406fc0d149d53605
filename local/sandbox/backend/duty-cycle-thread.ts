import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";

/** What the thread is to do with the processes of one environment. */
export type DutyCycleOrder =
  | {
      readonly leaderId: number;
      readonly state: "running" | "frozen";
      /** Cores' worth of time; `undefined` is unlimited. */
      readonly cores: number | undefined;
    }
  | { readonly leaderId: number; readonly state: "gone" };

/** What the thread starts with. */
export interface DutyCycleStart {
  readonly orders: MessagePort;
  /** Counts the orders; the thread sleeps on it. */
  readonly counter: Int32Array<SharedArrayBuffer>;
}

/** The thread that stops and continues processes: one for all environments, as its clock must not wait for our work. */
export class DutyCycleThread {
  readonly #worker: Worker;
  readonly #orders: MessagePort;
  readonly #counter: Int32Array<SharedArrayBuffer>;

  private constructor(worker: Worker, orders: MessagePort, counter: Int32Array<SharedArrayBuffer>) {
    this.#worker = worker;
    this.#orders = orders;
    this.#counter = counter;
  }

  static async start(): Promise<DutyCycleThread> {
    const { port1, port2 } = new MessageChannel();
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const workerData: DutyCycleStart = { orders: port2, counter };
    const worker = new Worker(threadFile, { workerData, transferList: [port2] });
    await new Promise<void>((resolve, reject) => {
      worker.once("online", resolve);
      worker.once("error", reject);
    });
    worker.unref();
    port1.unref();
    return new DutyCycleThread(worker, port1, counter);
  }

  set(order: DutyCycleOrder): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads, not a window
    this.#orders.postMessage(order);
    Atomics.add(this.#counter, 0, 1);
    Atomics.notify(this.#counter, 0);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    this.#orders.close();
  }
}

// The sources run as they are and compiled, and a worker's file name is not rewritten by the compiler.
const threadFile = new URL(`duty-cycle-loop${import.meta.filename.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);
