import { receiveMessageOnPort, workerData } from "node:worker_threads";
import type { DutyCycleOrder, DutyCycleStart } from "./duty-cycle-thread.ts";
import { preferOwnThread } from "../process/own-thread.ts";
import { DutyCycle } from "./duty-cycle-control.ts";

/** Runs in a thread of its own for as long as there are environments: obeys orders, and sleeps to the next moment due. */
const run = ({ orders, counter }: DutyCycleStart): never => {
  const cycles = new Map<number, DutyCycle>();
  for (;;) {
    const seen = Atomics.load(counter, 0);
    for (let message = receiveMessageOnPort(orders); message !== undefined; message = receiveMessageOnPort(orders)) {
      obey(cycles, message.message as DutyCycleOrder);
    }
    const now = performance.now();
    const due = [...cycles.values()].map((cycle) => cycle.step(now));
    // A finite sleep at the least now and then, so that terminating the thread never waits for an order.
    Atomics.wait(counter, 0, seen, Math.max(0, Math.min(1000, ...due.map((at) => at - performance.now()))));
  }
};

const obey = (cycles: Map<number, DutyCycle>, order: DutyCycleOrder): void => {
  const cycle = cycles.get(order.leaderId);
  if (order.state === "gone") {
    cycle?.close();
    cycles.delete(order.leaderId);
  } else if (cycle === undefined) {
    cycles.set(order.leaderId, new DutyCycle(order.leaderId, order.state, order.cores));
  } else {
    cycle.change(order.state, order.cores);
  }
};

preferOwnThread();
run(workerData as DutyCycleStart);
