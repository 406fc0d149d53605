import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createBackOff } from "../../../functions/measuring/back-off.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

const neverAborted = new AbortController().signal;
const always = () => true;
const never = () => false;

it("is exhausted after many throttles in a row, and not before", () => {
  const backOff = createBackOff(() => 1);
  for (let count = 0; count < 13; count += 1) backOff.throttled();
  expect(backOff.isExhausted).toBe(false);
  backOff.throttled();
  expect(backOff.isExhausted).toBe(true);
});

it("starts counting anew when an invocation was accepted", () => {
  const backOff = createBackOff(() => 1);
  for (let count = 0; count < 13; count += 1) backOff.throttled();
  backOff.accepted();
  backOff.throttled();
  expect(backOff.isExhausted).toBe(false);
});

it("does not wait before the first throttle", async () => {
  await expect(createBackOff(() => 1).ready(never, neverAborted)).resolves.toBe(true);
});

it("ends a wait when the run is interrupted", async () => {
  const backOff = createBackOff(() => 1);
  const interruption = new AbortController();
  backOff.throttled();
  const waiting = backOff.ready(always, interruption.signal);
  interruption.abort();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
});

it("does not begin a wait that there is no time for", async () => {
  const backOff = createBackOff(() => 1);
  backOff.throttled();
  const mayWait = vi.fn(never);
  await expect(backOff.ready(mayWait, neverAborted)).resolves.toBe(false);
  expect(mayWait).toHaveBeenCalledWith(100);
});
